"""The few Block Kit shapes that we use, so that each is spelled once."""

from collections.abc import Sequence
from typing import Any

Element = dict[str, Any]


def plain(text: str) -> Element:
    """Return a text object that Slack shows as it is."""
    return {"type": "plain_text", "text": text, "emoji": False}


def run(text: str, *, bold: bool = False, italic: bool = False) -> Element:
    """Return a run of rich text, which needs no escaping and cannot mention anyone."""
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def rich_text(*parts: Element) -> Element:
    """Return a rich text block of sections and quotes."""
    return {"type": "rich_text", "elements": list(parts)}


def paragraph(*runs: Element) -> Element:
    """Return a section of rich text."""
    return {"type": "rich_text_section", "elements": list(runs)}


def bullets(*lines: Element) -> Element:
    """Return a list of sections of rich text."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(lines)}


def note(text: str) -> Element:
    """Return a small grey line."""
    return {"type": "context", "elements": [plain(text)]}


def sentence(text: str) -> Element:
    """Return an ordinary line."""
    return {"type": "section", "text": plain(text)}


def button(label: str, action: str, value: str) -> Element:
    """Return a button; ``value`` is an id, never content."""
    return {"type": "button", "text": plain(label), "action_id": action, "value": value}


def buttons(*items: Element) -> Element:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(items)}


def modal(title: str, blocks: Sequence[Element], **rest: Any) -> Element:
    """Return a modal view; ``rest`` adds ``submit``, ``callback_id`` or ``private_metadata``."""
    return {"type": "modal", "title": plain(title), "blocks": list(blocks), **rest}
