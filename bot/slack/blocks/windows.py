"""The modals and the Home tab."""

from collections.abc import Sequence
from datetime import date

from bot.citation import spoken_day
from bot.slack import pay_strings, strings
from bot.slack.blocks.answer import Edition
from bot.slack.blocks.elements import Element, modal, note, plain, sentence
from bot.slack.blocks.quote import context_block, quote_block
from bot.slack.message import View
from index.documents.document import Quote


def context_view(quotes: Sequence[Quote], today: date) -> View:
    """Show each quote inside the section it stands in, and what was read doubtfully there."""
    blocks: list[Element] = []
    for quote in quotes:
        blocks.append(context_block(quote, today))
        blocks += [note(strings.READ_DOUBTFULLY(doubt)) for doubt in quote.document.doubts]
    return View(modal(strings.CONTEXT_TITLE(), blocks), tuple(q.document for q in quotes))


def check_view(checked: Sequence[Quote | None], today: date) -> View:
    """Show, for each quote of an answer, whether its stored source still holds it (else None)."""
    blocks: list[Element] = []
    for quote in checked:
        if quote is None:
            blocks.append(sentence(strings.QUOTE_CHANGED()))
            continue
        start, end = strings.number(quote.span.start), strings.number(quote.span.end)
        found = strings.QUOTE_SOUND(quote.document.sha256[:12], start, end)
        blocks += [sentence(found), quote_block(quote, today)]
    documents = tuple(quote.document for quote in checked if quote)
    return View(modal(strings.CHECK_TITLE(), blocks), documents)


def gone_view() -> View:
    """Say that the sources of an answer have changed."""
    return View(modal(strings.CONTEXT_TITLE(), [sentence(strings.ANSWER_GONE())]))


def reason_view(reference: str) -> View:
    """Ask what was wrong with an answer; ``reference`` comes back with the reply."""
    options = [
        {"text": plain(phrase()), "value": value} for value, phrase in strings.REASONS.items()
    ]
    choice = {"type": "radio_buttons", "action_id": "reason", "options": options}
    comment = {"type": "plain_text_input", "action_id": "comment", "multiline": True}
    blocks = [
        form_input(strings.REASON_QUESTION(), "reason", choice),
        form_input(strings.REASON_COMMENT(), "comment", comment) | {"optional": True},
    ]
    return View(form(strings.REASON_TITLE(), blocks, "feedback_reason", reference))


def suggest_view(reference: str) -> View:
    """Ask for a source that answers; ``reference`` comes back with the reply."""
    field = {"type": "plain_text_input", "action_id": "source", "max_length": 1000}
    blocks = [form_input(strings.SUGGEST_QUESTION(), "source", field)]
    return View(form(strings.SUGGEST_TITLE(), blocks, "suggest_source", reference))


def home_view(edition: Edition) -> View:
    """Show how to ask, and what the library holds."""
    indexed = spoken_day(edition.indexed)
    library = (
        strings.HOME_LIBRARY_ONE(indexed, edition.version)
        if edition.documents == 1
        else strings.HOME_LIBRARY(strings.number(edition.documents), indexed, edition.version)
    )
    header = {"type": "header", "text": plain(strings.HOME_TITLE())}
    how_to = [sentence(strings.HOW_TO()), sentence(pay_strings.HOW_TO())]
    blocks = [header, *how_to, note(library)]
    return View({"type": "home", "blocks": blocks})


def form_input(label: str, block_id: str, element: Element) -> Element:
    """Return a field of a form."""
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element}


def form(title: str, blocks: Sequence[Element], callback: str, reference: str) -> Element:
    """Return a modal that is sent in; ``reference`` comes back with it."""
    return modal(
        title,
        blocks,
        submit=plain(strings.SEND()),
        close=plain(strings.CLOSE()),
        callback_id=callback,
        private_metadata=reference,
    )
