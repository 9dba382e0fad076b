"""What was asked → what to reply. Slack and the terminal draw it; nothing here knows of either."""

from dataclasses import dataclass, replace

from bot.conversation.library import Library
from bot.conversation.pay import PayAsked, as_answer, look_up
from index.answer import Answer
from index.documents.document import Document, Quote
from index.pay.model import PayAnswer
from index.question.asked import Asked, Kind

_EXAMPLES = 3
_TITLES = 3
_PUBLISHED = frozenset({"10", "25", "50", "75", "90", "mean"})


@dataclass(frozen=True, slots=True)
class Previous:
    """The answer just before in the same conversation: its question as read, and its quotes."""

    question: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotes:
    """Passages that answer."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class NothingFound:
    """No passage answers; the nearest ones, and what the library holds near the question."""

    answer: Answer
    near: tuple[Document, ...]
    """Documents that are close to the question and not among the nearest passages."""


@dataclass(frozen=True, slots=True)
class Pay:
    """What a job pays: figures of documents, official statistics, or neither."""

    found: PayAnswer
    asked: PayAsked
    read_as: str | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the answer just before comes from; without quotes there was none."""

    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A message that asks nothing of the library gets a sentence, and examples of what to ask."""

    kind: Kind
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Both:
    """The two parts of a reply to a message with two questions."""

    first: "Quotes | NothingFound | Pay"
    second: "Quotes | NothingFound | Pay"


Found = Quotes | NothingFound | Pay
Reply = Found | Sources | Said | Both


def reply(library: Library, asked: Asked, previous: Previous | None = None) -> Reply:
    """The reply to a message, given what was answered just before."""
    if asked.kind == Kind.SOURCE:
        return Sources(previous.quotes if previous else ())
    if asked.kind not in {Kind.QUESTION, Kind.PAY} or not asked.words:
        shows = asked.kind in {Kind.GREETING, Kind.HELP, Kind.NOTHING, Kind.ASIDE}
        return Said(asked.kind, library.examples[:_EXAMPLES] if shows else ())
    if asked.then:
        return Both(_found(library, asked), _found(library, asked.then))
    return _found(library, asked)


def reply_pay(library: Library, asked: PayAsked) -> Pay:
    """The reply where nothing but pay is asked for: by a command, a form, or a menu's choice."""
    return Pay(look_up(library, asked), asked)


def shown_quotes(given: Reply) -> tuple[Quote, ...]:
    """Every quote of a reply that stands as an answer."""
    match given:
        case Quotes(answer):
            return answer.quotes
        case Pay(found):
            return tuple(dict.fromkeys(figure.quote for figure in found.figures))
        case Sources(quotes):
            return quotes
        case Both(first, second):
            return tuple(dict.fromkeys((*shown_quotes(first), *shown_quotes(second))))
        case _:
            return ()


def kept_answer(given: Reply, question: str) -> Answer | None:
    """A reply as the ledger keeps it, under the question as read; None for what is no answer."""
    match given:
        case Quotes(answer) | NothingFound(answer):
            return replace(answer, question=question)
        case Pay(found):
            return as_answer(found, question)
        case Both(first, second):
            parts = [kept_answer(part, question) for part in (first, second)]
            return _together([part for part in parts if part])
        case _:
            return None


def _together(parts: list[Answer]) -> Answer:
    """The answers of both parts as one."""
    quotes = tuple(dict.fromkeys(quote for part in parts for quote in part.quotes))
    nearest = tuple(dict.fromkeys(quote for part in parts for quote in part.nearest))
    answered = any(part.answered for part in parts)
    confidence = max(part.confidence for part in parts)
    return replace(
        parts[0],
        answered=answered,
        confidence=confidence,
        quotes=quotes if answered else (),
        nearest=() if answered else nearest,
    )


def has_answer(given: Reply) -> bool:
    """Whether a reply answers what was asked, with a quote or with a figure."""
    match given:
        case Quotes():
            return True
        case Pay(found):
            return found.found
        case Sources(quotes):
            return bool(quotes)
        case Both(first, second):
            return has_answer(first) or has_answer(second)
        case Said(kind):
            return kind != Kind.NOTHING
        case _:
            return False


def follow_on(asked: Asked, given: Reply, previous: Previous | None) -> Previous | None:
    """What the next message of the conversation follows on."""
    if isinstance(given, Sources | Said):
        return previous
    last = asked.then or asked
    return Previous(last.alone, shown_quotes(given))


def _found(library: Library, asked: Asked) -> Found:
    """Pay where pay is asked for and found, else quotes, else the honest none."""
    if asked.kind == Kind.PAY:
        given = reply_pay(library, PayAsked(asked.query))
        if given.found.figures or (given.found.official and _is_covered(asked)):
            return replace(given, read_as=asked.read_as)
    answer = library.answer(asked)
    if answer.answered:
        return Quotes(answer)
    shown = {quote.document.id for quote in answer.nearest}
    near = tuple(document for document in answer.around if document.id not in shown)
    return NothingFound(answer, near[:_TITLES])


def _is_covered(asked: Asked) -> bool:
    """Whether official statistics can answer: they know no employer, no past, five percentiles."""
    return asked.employer is None and not asked.years and asked.ranks <= _PUBLISHED
