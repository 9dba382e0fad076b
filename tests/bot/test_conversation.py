"""What is replied to a message, whatever draws it."""

from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from bot import terminal
from bot.conversation.reply import (
    Both,
    NothingFound,
    Pay,
    Previous,
    Quotes,
    Reply,
    Said,
    Sources,
    follow_on,
    has_answer,
    kept_answer,
    reply,
    shown_quotes,
)
from bot.slack.blocks.answer import Edition, Occasion
from bot.slack.blocks.reply import reply_message
from bot.slack.linter import UnsafeMessage, check
from index.question.asked import Kind
from index.search import Index

ANSWERED = "how many former managers do most teams call?"
TODAY = date(2026, 8, 20)
EXAMPLE = "How long does a reference call take?"


@pytest.fixture
def library(small_index: Index, monkeypatch: pytest.MonkeyPatch) -> Index:
    """The small library with a golden question, and official wages as every index has them."""
    monkeypatch.setattr(small_index, "examples", (EXAMPLE,))
    return small_index


def said_to(library: Index, text: str, previous: Previous | None = None) -> Reply:
    """The reply to a message."""
    return reply(library, library.read(text, previous.question if previous else None), previous)


def drawn(given: Reply) -> str:
    """A reply as the terminal shows it, once Slack's linter has passed the same reply."""
    made = reply_message(given, Edition(3, "v1", TODAY), Occasion("a1", TODAY))
    check(made.blocks, made.text, made.documents, made.people, made.pay, examples=made.examples)
    console = Console(width=80, file=StringIO(), record=True)
    console.print(terminal.reply(given, 3, TODAY))
    return console.export_text()


def test_a_question_gets_quotes(library: Index) -> None:
    """What a passage answers is quoted, and kept for the ledger under the question as read."""
    given = said_to(library, f"hi, {ANSWERED}")
    assert isinstance(given, Quotes)
    assert has_answer(given)
    assert "two former managers" in drawn(given)
    kept = kept_answer(given, ANSWERED)
    assert kept
    assert (kept.question, kept.answered) == (ANSWERED, True)


def test_what_nothing_answers_names_what_is_near(library: Index) -> None:
    """The honest none says which documents are close to the question, and counts as no answer."""
    given = said_to(library, "how much does a written reference cost in Spain?")
    assert isinstance(given, NothingFound)
    assert not has_answer(given)
    shown = drawn(given)
    assert "No passage in the library answers this question." in shown
    assert "How references are checked" in shown
    assert shown_quotes(given) == ()


def test_pay_is_official_statistics_too(library: Index) -> None:
    """A plain pay question gets the statistics, though no document of the library states pay."""
    given = said_to(library, "what does a data scientist make in Austin?")
    assert isinstance(given, Pay)
    assert given.found.official
    assert has_answer(given)
    assert "Data Scientists" in drawn(given)


@pytest.mark.parametrize(
    "question",
    [
        "what does a wizard of the third circle make?",
        "what is the 99th percentile wage of data scientists?",
        "what did data scientists earn in 2019?",
    ],
)
def test_what_statistics_do_not_know_is_not_pay(library: Index, question: str) -> None:
    """An unknown job, and a percentile that is not published, are questions for the library."""
    assert not isinstance(said_to(library, question), Pay)


@pytest.mark.parametrize(
    ("text", "kind", "suggests"),
    [
        ("good morning", Kind.GREETING, True),
        ("what can you do?", Kind.HELP, True),
        ("lol", Kind.ASIDE, True),
        ("???", Kind.NOTHING, True),
        ("thanks a lot!", Kind.THANKS, False),
        ("this is wrong", Kind.COMPLAINT, False),
        ("salary?", Kind.PAY, False),
    ],
)
def test_what_asks_nothing_gets_a_sentence(
    library: Index, text: str, kind: Kind, suggests: bool
) -> None:
    """Greetings, help and chatter come with a golden question to try; nothing is quoted or kept."""
    given = said_to(library, text)
    assert given == Said(kind, (EXAMPLE,) if suggests else ())
    assert (EXAMPLE in drawn(given)) is suggests
    assert kept_answer(given, text) is None


def test_an_example_is_a_golden_question_or_refused(library: Index) -> None:
    """What a reply suggests is what it names as its examples; any other words are not sent."""
    made = reply_message(said_to(library, "hi"), Edition(3, "v1", TODAY), Occasion("a1", TODAY))
    with pytest.raises(UnsafeMessage):
        check(made.blocks, made.text, made.documents)


def test_source_names_the_sources_of_the_answer_above(library: Index) -> None:
    """It is about the answer just before; later messages still follow on that one."""
    asked = library.read(ANSWERED)
    previous = follow_on(asked, reply(library, asked), None)
    assert previous
    given = said_to(library, "source?", previous)
    assert isinstance(given, Sources)
    assert "How references are checked" in drawn(given)
    assert follow_on(library.read("source?"), given, previous) == previous


def test_source_without_an_answer_above(library: Index) -> None:
    """There is nothing to name, and that is said."""
    given = said_to(library, "source?")
    assert not has_answer(given)
    assert "no answer above" in drawn(given)


def test_two_questions_get_two_parts(library: Index) -> None:
    """One message gets one reply in two parts; the ledger keeps the quotes of both."""
    given = said_to(
        library, f"{ANSWERED.capitalize()} And how often should a mentor meet a new engineer?"
    )
    assert isinstance(given, Both)
    assert isinstance(given.first, Quotes)
    assert isinstance(given.second, Quotes)
    shown = drawn(given)
    assert "two former managers" in shown
    assert "every second week" in shown
    kept = kept_answer(given, "both")
    assert kept
    assert len(kept.quotes) == len(shown_quotes(given))


def test_two_questions_on_pay_fit_one_message(library: Index) -> None:
    """Slack takes one table a message; both parts keep their amounts."""
    given = said_to(library, "What do nurses make in Texas? And what do data scientists make?")
    assert isinstance(given, Both)
    assert isinstance(given.first, Pay)
    assert isinstance(given.second, Pay)
    made = reply_message(given, Edition(3, "v1", TODAY), Occasion("a1", TODAY))
    assert [block["type"] for block in made.blocks].count("table") == 1
    assert "Data Scientists" in drawn(given)
