"""A reply of the conversation → message."""

from bot.conversation.reply import Both, NothingFound, Pay, Quotes, Reply, Said, Sources
from bot.slack import strings
from bot.slack.blocks.answer import (
    Edition,
    Occasion,
    answer_message,
    nothing_message,
    source_documents,
)
from bot.slack.blocks.elements import Element, bullets, paragraph, rich_text, run, sentence
from bot.slack.blocks.quote import source_line
from bot.slack.blocks.salary import salary_message
from bot.slack.message import Message
from index.question.asked import Kind

_SENTENCES = {
    Kind.GREETING: strings.GREETING,
    Kind.HELP: strings.HOW_TO,
    Kind.THANKS: strings.WELCOME,
    Kind.PAY: strings.WHOSE_PAY,
    Kind.COMPLAINT: strings.COMPLAINT,
    Kind.ASIDE: strings.ASIDE,
    Kind.NOTHING: strings.EMPTY_QUESTION,
}
_ONE_A_MESSAGE = {"table", "data_visualization"}
_CONTROLS = {"actions", "context_actions"}


def reply_message(given: Reply, edition: Edition, occasion: Occasion) -> Message:
    """Lay out a reply."""
    match given:
        case Quotes(answer):
            return answer_message(answer, occasion)
        case NothingFound(answer, near):
            return nothing_message(answer, near, edition, occasion)
        case Pay(found):
            return salary_message(found, edition, occasion)
        case Sources(quotes):
            return _sources(given, occasion) if quotes else _plain(strings.NO_SOURCES())
        case Said(kind, examples):
            return _plain(_SENTENCES[kind](), examples)
        case Both(first, second):
            parts = (reply_message(part, edition, occasion) for part in (first, second))
            return _joined(*parts)


def _plain(said: str, examples: tuple[str, ...] = ()) -> Message:
    """One sentence, and questions to try."""
    blocks = [sentence(said)]
    if examples:
        lines = (paragraph(run(strings.EXAMPLE(strings.name(example)))) for example in examples)
        blocks.append(rich_text(paragraph(run(strings.EXAMPLES())), bullets(*lines)))
    return Message(strings.escape(said), blocks, examples=examples)


def _sources(given: Sources, occasion: Occasion) -> Message:
    """The sources of the answer above, each once."""
    by_document = {quote.document.id: quote for quote in reversed(given.quotes)}
    quotes = tuple(reversed(by_document.values()))
    lines = (paragraph(*source_line(quote, occasion.today)) for quote in quotes)
    blocks = [sentence(strings.SOURCES()), rich_text(bullets(*lines))]
    return Message(strings.SOURCES(), blocks, source_documents(quotes))


def _joined(first: Message, second: Message) -> Message:
    """Two parts in one message, with the controls once and what Slack takes once only once."""
    above = [block for block in first.blocks if block["type"] not in _CONTROLS]
    taken = {block["type"] for block in above} & _ONE_A_MESSAGE
    below = [block for block in second.blocks if block["type"] not in taken]
    divider: Element = {"type": "divider"}
    return Message(
        text=first.text,
        blocks=[*above, divider, *below],
        documents=tuple({d.id: d for d in (*first.documents, *second.documents)}.values()),
        people=first.people | second.people,
        pay=(*first.pay, *second.pay),
    )
