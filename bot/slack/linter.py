"""What may leave the app: nothing but quotes, catalogue strings and Slack's limits.

Every text is either an exact span of a registered document or a phrase of the catalogue; quotes
stand in ``rich_text_quote`` only, where whatever is shown between two omission marks must be one
unbroken span, so that words of a source cannot be strung together anew. Everything else that is a
string must be an id, a link to a registered source or a known keyword of Block Kit; mrkdwn is
refused, because only there could a text become a mention.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.citation import is_spoken_date, spoken_date
from bot.slack import library_linter, library_strings, pay_linter, pay_strings, strings
from bot.slack.message import Upkeep
from bot.slack.strings import PLACE_PATTERNS
from index.documents.document import Document
from index.documents.source import Source
from index.pay.model import PayAnswer

CATALOGUE = (*strings.CATALOGUE, *pay_strings.CATALOGUE, *library_strings.CATALOGUE)


class UnsafeMessage(Exception):
    """A message or view that must not be sent; the text says which rule it breaks.

    It goes to the log, so it holds nothing of the message: that may be what somebody has asked.
    """


@dataclass(frozen=True, slots=True)
class _Allowed:
    """What one message may hold: words of these texts, these names, links and people."""

    texts: tuple[str, ...]
    names: frozenset[str]
    links: frozenset[str]
    people: frozenset[str]
    amounts: frozenset[str] = frozenset()
    numbers: frozenset[float] = frozenset()
    reasons: frozenset[str] = frozenset()


def check(
    blocks: Sequence[Mapping[str, Any]],
    text: str,
    documents: Iterable[Document],
    people: Iterable[str] = (),
    pay: Sequence[PayAnswer] = (),
    *,
    upkeep: Upkeep | None = None,
    examples: Iterable[str] = (),
) -> None:
    """Raise `UnsafeMessage` unless a message of these blocks and this text may be sent."""
    allowed = _allowed(documents, people, pay, upkeep, examples)
    _check_notification(text, allowed)
    _check_blocks(blocks, allowed, most=50)
    shown = sum(map(len, _texts(blocks)))
    _limit("characters of a message", shown, 13_000)


def check_options(options: Sequence[Mapping[str, Any]], areas: Iterable[str]) -> None:
    """Raise `UnsafeMessage` unless a menu may offer these options, which are all such areas."""
    _walk({"options": options}, _Allowed((), frozenset(map(strings.option, areas)), *_NOTHING))


def check_file(title: str, alt: str | None, pay: PayAnswer) -> None:
    """Raise `UnsafeMessage` unless a file with this title and description may be sent."""
    allowed = _allowed((), (), [pay])
    for text in (title, *([alt] if alt else [])):
        _check_phrase(text, allowed)
        _limit("description of a file", len(text), 1000)


def check_cells(
    rows: Iterable[Sequence[str]], documents: Iterable[Document], pay: PayAnswer
) -> None:
    """Raise `UnsafeMessage` unless each cell of a table for a file is known.

    A cell holds a span of a document, a name, a link, an amount, a date, or words of the catalogue
    and flags.
    """
    allowed = _allowed(documents, (), [pay])
    known = pay_strings.CELLS | allowed.names | allowed.links
    numbers = {strings.bare_number(amount) for amount in allowed.numbers}
    for cell in (cell for row in rows for cell in row):
        listed = all(part in pay_strings.FLAGS for part in cell.split("; "))
        _require(
            not cell
            or listed
            or cell in known
            or cell in numbers
            or spoken_date(cell) is not None
            or _is_span(cell, allowed),
            f"a cell of {len(cell)} characters",
        )


def check_view(view: Mapping[str, Any], documents: Iterable[Document] = ()) -> None:
    """Raise `UnsafeMessage` unless this modal or Home tab may be shown."""
    allowed = _allowed(documents, ())
    for key in ("title", "submit", "close"):
        if key in view:
            _walk(view[key], allowed)
            _limit(f"view {key}", len(view[key]["text"]), 24)
    _check_strings({k: v for k, v in view.items() if isinstance(v, str)}, allowed)
    if unknown := set(view) - _VIEW_KEYS:
        raise UnsafeMessage(f"unknown keys of a view: {sorted(unknown)}")
    _check_blocks(view["blocks"], allowed, most=100)
    _limit("view in bytes", len(json.dumps(view).encode()), 250_000)


_VIEW_KEYS = {"type", "callback_id", "private_metadata", "title", "submit", "close", "blocks"}


# --- what is registered ---


_NOTHING: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


def _allowed(
    documents: Iterable[Document],
    people: Iterable[str],
    pay: Sequence[PayAnswer] = (),
    upkeep: Upkeep | None = None,
    examples: Iterable[str] = (),
) -> _Allowed:
    documents = tuple(documents)
    sources = [document.source for document in documents]
    headings = (d.cut(s.heading) for d in documents for s in d.sections)
    stated = (value for source in sources for value in _stated(source))
    ids = (document.id for document in documents)
    files = library_linter.names(upkeep) if upkeep else ()
    return _Allowed(
        texts=tuple(document.text for document in documents),
        names=frozenset(map(strings.name, (*headings, *stated, *ids, *files, *examples)))
        | frozenset(strings.line(name) for answer in pay for name in pay_linter.names(answer)),
        links=frozenset(source.url for source in sources if source.url),
        people=frozenset(people),
        amounts=frozenset(amount for answer in pay for amount in pay_linter.amounts(answer)),
        numbers=frozenset(number for answer in pay for number in pay_linter.numbers(answer)),
        reasons=frozenset(doubt for document in documents for doubt in document.doubts)
        | (library_linter.reasons(upkeep) if upkeep else frozenset()),
    )


def _stated(source: Source) -> Iterator[str]:
    """Yield every name that a source states, and those of the works that it restates."""
    yield from filter(None, (source.title, source.author, source.publisher, source.date))
    for restated in source.restates:
        yield from _stated(restated)


# --- text runs ---


def _check_notification(text: str, allowed: _Allowed) -> None:
    """Check the top-level text, the one place that Slack reads as mrkdwn."""
    if not text.strip():
        raise UnsafeMessage("the top-level text is empty")
    _limit("top-level text", len(text), 3000)
    plain = html.unescape(text) if _ESCAPED.fullmatch(text) else None
    if plain is None or strings.escape(plain) != text:
        raise UnsafeMessage("the top-level text is not escaped")
    _check_phrase(plain, allowed)


_ESCAPED = re.compile(r"(?:[^&<>]|&amp;|&lt;|&gt;)*")


def _check_phrase(text: str, allowed: _Allowed) -> None:
    if not any(_fits(phrase.parts(), text, allowed) for phrase in CATALOGUE):
        raise UnsafeMessage(f"neither a quote nor a catalogue string: {len(text)} characters")


def _fits(parts: list[tuple[str | None, str]], text: str, allowed: _Allowed) -> bool:
    """Match a phrase's parts against a text, trying every way to fill its places."""
    if not parts:
        return not text
    (kind, fixed), rest = parts[0], parts[1:]
    if kind is None:
        return text.startswith(fixed) and _fits(rest, text[len(fixed) :], allowed)
    return any(_fits(rest, text[end:], allowed) for end in _ends(kind, rest, text, allowed))


def _ends(
    kind: str, rest: list[tuple[str | None, str]], text: str, allowed: _Allowed
) -> Iterator[int]:
    """Yield where a place that starts ``text`` may end."""
    if kind == "name":
        yield from (len(name) for name in allowed.names if name and text.startswith(name))
    elif kind == "money":
        yield from (len(amount) for amount in allowed.amounts if text.startswith(amount))
    elif kind == "reason":
        yield from (len(reason) for reason in allowed.reasons if text.startswith(reason))
    elif kind == "span":
        closing = rest[0][1]
        yield from (
            found.start()
            for found in re.finditer(f"(?={re.escape(closing)})", text)
            if _is_span(text[: found.start()], allowed)
        )
    else:
        found = PLACE_PATTERNS[kind].match(text)
        if found and (kind != "date" or is_spoken_date(found[0])):
            yield found.end()


def _is_span(text: str, allowed: _Allowed) -> bool:
    return bool(text) and any(text in whole for whole in allowed.texts)


_OMISSIONS = {strings.OMITTED_BEFORE.template, strings.OMITTED_AFTER.template}

_LINE_BREAK = {"type": "text", "text": strings.NEW_LINE.template}


def _check_quote(elements: Sequence[Mapping[str, Any]], allowed: _Allowed) -> None:
    """Check that a quote is one span of a document, below its table header or list opener.

    What stands between two omissions, or an omission and a line break, is a stretch; each must be
    an unbroken span, and there are at most two.
    """
    stretches = [""]
    for element in elements:
        style = element.get("style", {})
        if element.get("type") != "text" or set(element) - {"type", "text", "style"}:
            raise UnsafeMessage("a quote holds only text")
        omission = style == {"italic": True} and element["text"] in _OMISSIONS
        if omission or element == _LINE_BREAK:
            stretches.append("")
        elif style in ({}, {"bold": True}):
            stretches[-1] += element["text"]
        else:
            raise UnsafeMessage("inside a quote italics are for omissions")
    said = [stretch for stretch in stretches if stretch]
    _limit("stretches of a quote", len(said), 2)
    for stretch in said:
        if not _is_span(stretch, allowed):
            raise UnsafeMessage(f"not a span of a registered document: {len(stretch)} characters")


# --- blocks ---

_TYPES = {
    *("context", "rich_text", "actions", "context_actions", "section", "header", "divider"),
    *("input", "plain_text", "rich_text_section", "rich_text_quote", "text", "link", "user"),
    *("button", "feedback_buttons", "radio_buttons", "plain_text_input", "modal", "home"),
    *("table", "raw_text", "external_select", "static_select"),
    *("rich_text_list", "plan", "task_card"),
}
_ID = re.compile(r"[\w.:-]{1,255}")
_ID_KEYS = {"action_id", "block_id", "callback_id", "value", "private_metadata", "task_id"}
_STYLES = {"primary", "danger", "bullet"}
_STATUSES = {"pending", "in_progress", "complete", "error"}


def _check_blocks(blocks: Sequence[Mapping[str, Any]], allowed: _Allowed, most: int) -> None:
    _limit("blocks", len(blocks), most)
    if not blocks:
        raise UnsafeMessage("there are no blocks")
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        raise UnsafeMessage("two blocks share an id")
    for block in blocks:
        if block.get("type") == "data_visualization":
            _check_chart(block, allowed)
        else:
            _walk(block, allowed)
    for kind, number in {"table": 1, "data_visualization": 2}.items():
        _limit(f"{kind} blocks", sum(block.get("type") == kind for block in blocks), number)


def _check_chart(block: Mapping[str, Any], allowed: _Allowed) -> None:
    """Check a chart: catalogue strings and names, and amounts of the pay answer only."""
    try:
        texts, values = pay_linter.chart_texts(block), pay_linter.chart_values(block)
        _require(pay_linter.chart_shape(block), "a chart of another shape")
    except (KeyError, TypeError) as error:
        raise UnsafeMessage(f"a chart without {error}") from error
    for text in texts:
        _check_phrase(text, allowed)
    _require(allowed.numbers.issuperset(values), "a value that is no amount of the answer")
    categories = block["chart"]["axis_config"]["categories"]
    _require(len(set(categories)) == len(categories) > 0, "categories of one name, or none")
    _limit("title of a chart", len(block["title"]), 50)
    _limit("series of a chart", len(block["chart"]["series"]), 6)
    _limit("categories of a chart", len(categories), 20)
    _limit("a label of a chart", pay_linter.longest(texts[1:]), 20)


def _walk(node: Any, allowed: _Allowed) -> None:
    """Check a block, an element or an object, and everything inside it."""
    if isinstance(node, list | tuple):
        for item in node:
            _walk(item, allowed)
        return
    if not isinstance(node, Mapping):
        if isinstance(node, str):
            raise UnsafeMessage(f"a bare string of {len(node)} characters")
        return
    _check_limits(node)
    if node.get("type") == "rich_text_quote":
        _check_quote(node["elements"], allowed)
        return
    _check_strings({k: v for k, v in node.items() if isinstance(v, str)}, allowed)
    for value in node.values():
        if not isinstance(value, str):
            _walk(value, allowed)


def _check_strings(values: Mapping[str, str], allowed: _Allowed) -> None:
    """Check the strings that one block, element or object holds directly, by their keys."""
    for key, value in values.items():
        if key in {"text", "title", "accessibility_label"}:
            _check_phrase(value, allowed)
        elif key == "type":
            _require(value in _TYPES, "an unknown type")
        elif key == "url":
            _require(_is_link(value, allowed), "a link to no source")
        elif key == "user_id":
            _require(value in allowed.people, "a mention of somebody else")
        elif key == "status":
            _require(value in _STATUSES, "an unknown status")
        elif key == "style":
            _require(value in _STYLES, "an unknown style")
        elif key in _ID_KEYS:
            _require(not value or _ID.fullmatch(value) is not None, f"{key} that is no id")
        else:
            raise UnsafeMessage(f"unknown key {key!r}")


def _is_link(url: str, allowed: _Allowed) -> bool:
    """Whether a url is that of a registered source, with or without a place inside it."""
    base = url.partition("#")[0]
    return url.startswith(("https://", "http://")) and any(
        url == link or base == link.partition("#")[0] for link in allowed.links
    )


def _require(condition: bool, what: str) -> None:
    if not condition:
        raise UnsafeMessage(f"not allowed: {what}")


# --- Slack's limits ---

_MOST_ELEMENTS = {"context": 10, "actions": 25, "context_actions": 5}
_LONGEST_TEXT = {"section": 3000, "header": 150, "button": 75}
_LONGEST = {"value": 2000, "url": 3000, "block_id": 255, "action_id": 255, "private_metadata": 3000}


def _check_limits(node: Mapping[str, Any]) -> None:
    kind = node.get("type", "")
    if kind in _MOST_ELEMENTS:
        _limit(f"elements of {kind}", len(node["elements"]), _MOST_ELEMENTS[kind])
    if kind in _LONGEST_TEXT and isinstance(node.get("text"), Mapping):
        _limit(f"text of {kind}", len(node["text"]["text"]), _LONGEST_TEXT[kind])
    if kind == "context":
        _limit("text of context", max(len(e.get("text", "")) for e in node["elements"]), 2000)
    if kind == "table":
        _check_table_limits(node)
    if "options" in node:
        _check_option_limits(node["options"])
    for key, most in _LONGEST.items():
        if isinstance(node.get(key), str):
            _limit(key, len(node[key]), most)
    if kind in {"text", "link", "plain_text"} and "text" in node and not node["text"]:
        raise UnsafeMessage("an empty text")


def _check_table_limits(table: Mapping[str, Any]) -> None:
    _limit("rows of a table", len(table["rows"]), 100)
    _limit("columns of a table", max(map(len, table["rows"])), 20)
    _limit("characters of a table", sum(map(len, _texts(table))), 10_000)


def _check_option_limits(options: Sequence[Mapping[str, Any]]) -> None:
    _limit("options", len(options), 100)
    for option in options:
        _limit("text of an option", len(option["text"]["text"]), 75)


def _limit(what: str, length: int, most: int) -> None:
    if length > most:
        raise UnsafeMessage(f"{what}: {length} is over Slack's limit of {most}")


def _texts(node: Any) -> Iterator[str]:
    """Yield every text run inside a block."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _texts(item)
