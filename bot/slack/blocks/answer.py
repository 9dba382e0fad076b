"""Answer → message: the quotes with their sources, or an honest none."""

from dataclasses import dataclass
from datetime import date

from bot.citation import newest_first, spoken_day
from bot.excerpt import shorten
from bot.slack import strings
from bot.slack.blocks.elements import (
    Element,
    button,
    buttons,
    note,
    paragraph,
    plain,
    rich_text,
    run,
    sentence,
)
from bot.slack.blocks.quote import near_block, quote_block, title_of
from bot.slack.message import Message
from index.answer import Answer
from index.documents.document import Document, Quote
from index.evidence import NEAREST

_NOTIFIED = 280


@dataclass(frozen=True, slots=True)
class Edition:
    """What a reply says of the library: how many documents, which version, indexed when."""

    documents: int
    version: str
    indexed: date


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where and when a reply is shown: its answer's id, today, and who shares it if anyone.

    ``follows``: the question was read together with the one before it.
    """

    answer_id: str
    today: date
    shareable: bool = False
    shared_by: str | None = None
    follows: bool = False


def answer_message(answer: Answer, occasion: Occasion) -> Message:
    """Lay out the quotes that answer, and their sources."""
    by_date = newest_first(answer.quotes) if answer.differs else None
    quotes = by_date or answer.quotes
    blocks = [
        *_shared(occasion),
        *follow_up(occasion),
        *(_differ(quotes, by_date=by_date is not None) if answer.differs else []),
        note(_copied(len(quotes), len(source_documents(quotes)))),
        *(quote_block(quote, occasion.today) for quote in quotes),
        _buttons(occasion),
        _votes(occasion.answer_id),
    ]
    people = frozenset(filter(None, (occasion.shared_by,)))
    return Message(_notification(quotes[0]), blocks, source_documents(quotes), people)


def nothing_message(
    answer: Answer, near: tuple[Document, ...], edition: Edition, occasion: Occasion
) -> Message:
    """Say that no passage answers, show the nearest, and name what the library holds near it."""
    nearest = answer.nearest[:NEAREST]
    blocks = [
        *follow_up(occasion),
        sentence(strings.NO_ANSWER()),
        note(_searched(edition)),
        *_near(nearest, occasion.today),
        *([note(_held(near))] if near else []),
        buttons(button(strings.SUGGEST(), "suggest_source", occasion.answer_id)),
    ]
    return Message(strings.NO_ANSWER(), blocks, (*source_documents(nearest), *near))


def _held(near: tuple[Document, ...]) -> str:
    """Name the documents that are closest to the question."""
    first, *more = map(title_of, near)
    return strings.HELD(first) + "".join(map(strings.HELD_ALSO, more))


def _searched(edition: Edition) -> str:
    indexed = spoken_day(edition.indexed)
    if edition.documents == 1:
        return strings.SEARCHED_ONE(indexed)
    return strings.SEARCHED(strings.number(edition.documents), indexed)


def _near(nearest: tuple[Quote, ...], today: date) -> list[Element]:
    if not nearest:
        return []
    label = strings.NEAREST_ONE if len(nearest) == 1 else strings.NEAREST
    return [note(label()), *(near_block(quote, today) for quote in nearest)]


def _shared(occasion: Occasion) -> list[Element]:
    if not occasion.shared_by:
        return []
    sharer = {"type": "user", "user_id": occasion.shared_by}
    return [rich_text(paragraph(sharer, run(strings.SHARED())))]


def follow_up(occasion: Occasion) -> list[Element]:
    """Say that the question was read together with the one before it."""
    return [note(strings.FOLLOWS())] if occasion.follows else []


def _differ(quotes: tuple[Quote, ...], *, by_date: bool) -> list[Element]:
    """How many sources there are, without a verdict; one source does not differ from itself."""
    sources = len(source_documents(quotes))
    said = strings.DIFFER if by_date else strings.DIFFER_UNORDERED
    return [sentence(said(strings.number(sources)))] if sources > 1 else []


def _copied(quotes: int, sources: int) -> str:
    if quotes == 1:
        return strings.COPIED_ONE()
    if sources == 1:
        return strings.COPIED_ONE_DOCUMENT(strings.number(quotes))
    return strings.COPIED(strings.number(quotes), strings.number(sources))


def _buttons(occasion: Occasion) -> Element:
    answer_id = occasion.answer_id
    items = [
        button(strings.SHOW_CONTEXT(), "show_context", answer_id),
        button(strings.CHECK_QUOTES(), "check_quotes", answer_id),
    ]
    if occasion.shareable:
        items.append(button(strings.SHARE(), "share", answer_id))
    return buttons(*items)


def _votes(answer_id: str) -> Element:
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": _vote(strings.HELPFUL(), f"{answer_id}:up"),
                "negative_button": _vote(strings.NOT_HELPFUL(), f"{answer_id}:down"),
            }
        ],
    }


def _vote(label: str, value: str) -> Element:
    return {"text": plain(label), "accessibility_label": label, "value": value}


def _notification(quote: Quote) -> str:
    """Return the first quote and its source, for notifications and screen readers."""
    document = quote.document
    shown = shorten(document, quote.span, _NOTIFIED)
    phrase = strings.NOTIFY if shown == quote.span else strings.NOTIFY_CUT
    return strings.escape(phrase(document.cut(shown), title_of(document)))


def source_documents(quotes: tuple[Quote, ...]) -> tuple[Document, ...]:
    """Return the documents of some quotes, each once, in order."""
    return tuple({quote.document.id: quote.document for quote in quotes}.values())
