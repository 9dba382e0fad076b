"""What a message asks: its kind, the words that are searched for, what they name."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from index.question.asked import Asked, Kind
from index.question.read import read


def no_meaning(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """An encoder for which every text is like every other."""
    return np.ones((len(texts), 1), dtype=np.float32)


def asked(text: str, before: str | None = None) -> Asked:
    return read(text, before, no_meaning, employers={"stripe"})


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        (
            "  what do  <@U1> swe earn? https://example.com ",
            "what do swe (software engineer) earn?",
        ),
        ("?!", ""),
        ("<@U1>", ""),
        ("Thank you so much! :tada:", ""),
        ("great companies to work for", "great companies to work for"),
        ("thanks, and in Texas?", "thanks, and in Texas?"),
        ("hi there, how do I negotiate?", "how do I negotiate?"),
        ("Good morning! what is a staff engineer", "what is a staff engineer"),
        ("why does ```x = 1``` matter", "why does matter"),
    ],
)
def test_what_is_searched_for(typed: str, searched: str) -> None:
    """Mentions, links, code, greetings and thanks ask nothing; short forms stay beside the long."""
    assert asked(typed).words == searched


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hi", Kind.GREETING),
        ("Good morning everyone!", Kind.GREETING),
        ("hey, what's up?", Kind.GREETING),
        ("thanks!!", Kind.THANKS),
        ("ok cool, thank you so much", Kind.THANKS),
        ("what can you do?", Kind.HELP),
        ("hi, who are you", Kind.HELP),
        ("Who are you and what can you do?", Kind.HELP),
        ("source?", Kind.SOURCE),
        ("where's that from", Kind.SOURCE),
        ("says who?", Kind.SOURCE),
        ("this is wrong", Kind.COMPLAINT),
        ("that's not what I asked", Kind.COMPLAINT),
        ("lol", Kind.ASIDE),
        ("```SELECT 1```", Kind.ASIDE),
        (":tada:", Kind.ASIDE),
        ("🎉", Kind.ASIDE),
        ("", Kind.NOTHING),
        ("?!", Kind.NOTHING),
        ("what do nurses make?", Kind.PAY),
        ("data engineer salary in Austin", Kind.PAY),
        ("salary?", Kind.PAY),
        ("Who published that?", Kind.SOURCE),
        ("hi, not sure what to ask you, any examples?", Kind.QUESTION),
        ("give me an example please", Kind.HELP),
        ("that number is wrong", Kind.COMPLAINT),
        ("thank you for your help", Kind.THANKS),
        ("how do I help a struggling report?", Kind.QUESTION),
        ("is open source work worth listing", Kind.QUESTION),
        ("what is wrong with my resume", Kind.QUESTION),
        ("can you help me negotiate", Kind.QUESTION),
        ("thanks to AI, is hiring down?", Kind.QUESTION),
        ("should I say hi to the interviewer first", Kind.QUESTION),
    ],
)
def test_kind(text: str, kind: Kind) -> None:
    """One word that is no greeting, thanks or the like makes a message a question."""
    assert asked(text).kind == kind


def test_what_a_question_names() -> None:
    """Job, level, place, year and employer are read once."""
    found = asked("what does a senior data engineer at Stripe in Germany earn in 2024")
    assert found.jobs == {"data"}
    assert (found.level, found.employer) == ("senior", "stripe")
    assert found.places == {"germany"}
    assert found.years == {"2024"}


def test_the_end_of_a_long_message_counts() -> None:
    """People tell first and ask last; what comes after the question is kept out of it."""
    told = "I have worked in support for six years and nobody tells me anything. " * 60
    found = asked(f"{told}How do I become a developer? Thank you all for reading this.")
    assert found.words.endswith("How do I become a developer?")
    assert len(found.words) <= 400


def test_two_questions() -> None:
    """Two whole questions are two, each read by itself; a fragment belongs to its question."""
    both = asked("How do I negotiate an offer? And what should I put on my resume?")
    assert both.words == "How do I negotiate an offer?"
    assert both.then
    assert both.then.words == "what should I put on my resume?"
    assert asked("is remote work paid less? or the same?").then is None
    assert asked("I was laid off? what do I do now").then is None


def test_a_follow_up_on_pay_stays_with_pay() -> None:
    """One that names a job, a level or a place is about pay; another subject is not."""
    before = "what does a data engineer make in Austin?"
    assert asked("and in Texas?", before).kind == Kind.PAY
    assert asked("and resume tips?", before).kind == Kind.QUESTION
