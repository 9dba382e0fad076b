"""What a question means when another was asked before it."""

from pathlib import Path

import pytest

from index.models.export import export_model
from index.models.runtime import Encoder
from index.question.followups import standing_alone

WAGE = "What is the median annual wage of web developers in Texas?"


@pytest.fixture(scope="module")
def encoder(models: Path) -> Encoder:
    """The default encoder."""
    return Encoder(export_model("encoder", "", models))


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        (WAGE, "and in California?", WAGE.replace("Texas", "California")),
        (WAGE, "Thanks! And in California?", WAGE.replace("Texas", "California")),
        (WAGE, "ok, what about Washington State", WAGE.replace("Texas", "Washington State")),
        (
            WAGE,
            "how about database administrators?",
            WAGE.replace("web developers", "database administrators"),
        ),
        (WAGE, "and IT managers?", WAGE.replace("web developers", "IT managers")),
        (
            "what do web developers make in Texas?",
            "and database administrators in California?",
            "what do database administrators make in California?",
        ),
        (
            "What does a backend engineer at Stripe earn?",
            "at Linear?",
            "What does a backend engineer at Linear earn?",
        ),
        (
            "how many layoffs were there in 2026?",
            "and 2025?",
            "how many layoffs were there in 2025?",
        ),
    ],
)
def test_a_fragment_takes_the_place_of_its_like(
    encoder: Encoder, before: str, asked: str, meant: str
) -> None:
    """A place stands for a place, a role for a role, a year for a year."""
    assert standing_alone(asked, before, encoder.encode) == meant


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        (WAGE, "per hour?", WAGE.replace("?", " per hour?")),
        (
            "What is the median wage of web developers?",
            "and in Texas",
            "What is the median wage of web developers in Texas?",
        ),
    ],
)
def test_what_is_like_nothing_is_added(
    encoder: Encoder, before: str, asked: str, meant: str
) -> None:
    """Nothing of the question before is lost for it."""
    assert standing_alone(asked, before, encoder.encode) == meant


def test_a_new_question_about_the_same_takes_its_topic(encoder: Encoder) -> None:
    """What was wanted before is wanted no longer."""
    said = standing_alone("how many of them work there?", WAGE, encoder.encode)
    assert said == "web developers in Texas? how many of them work there?"


@pytest.mark.parametrize("asked", ["why is that?", "does it last"])
def test_what_else_leans_takes_the_whole_question(encoder: Encoder, asked: str) -> None:
    """The reason is asked of all that was said."""
    before = "Are offshore developers cheaper?"
    assert standing_alone(asked, before, encoder.encode) == f"{before} {asked}"


@pytest.mark.parametrize(
    "asked",
    [
        "What do employers want to see in a portfolio?",
        "Which skills protect senior engineers whose company adopts tools that write code?",
        "As a junior, what should I learn first?",
        "So what should a junior backend engineer learn about databases?",
        "IT managers' median wage?",
        "data scientists?",
        "Is there a demand for COBOL?",
        "is it worth it to learn Rust",
        "For how long should I stay at one job?",
        "ok",
        "Over 40 and looking for work in a new field of software, any chance",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(encoder: Encoder, asked: str) -> None:
    """A relative "that", a leading preposition and the letters IT point back at nothing."""
    assert standing_alone(asked, WAGE, encoder.encode) == asked


def test_a_thing_takes_no_persons_place(encoder: Encoder) -> None:
    """A job stands for a job, a number for a number, and nothing for what somebody does."""
    said = standing_alone("what about data scientists?", "Will AI replace nurses?", encoder.encode)
    assert said == "Will AI replace data scientists?"
    said = standing_alone("And the signing bonus?", "How do I negotiate my salary?", encoder.encode)
    assert said == "How do I negotiate my signing bonus?"
    said = standing_alone("in 2024?", WAGE, encoder.encode)
    assert said == WAGE.replace("?", " in 2024?")


def test_the_end_of_a_long_message_is_kept(encoder: Encoder) -> None:
    """What somebody asks comes after what they tell."""
    told = "I have worked in support for six years and nobody tells me anything. " * 6
    said = standing_alone("and in California?", told + WAGE, encoder.encode)
    assert said.endswith(WAGE.replace("Texas", "California"))


def test_a_chain_does_not_grow_forever(encoder: Encoder) -> None:
    """After many follow-ups the last one is still heard."""
    said = WAGE
    for _ in range(100):
        said = standing_alone("why is that?", said, encoder.encode)
    assert len(said) < 400
    assert said.endswith("why is that?")


@pytest.mark.parametrize("before", ["?", "why?", "of the", "(", "what about it?"])
@pytest.mark.parametrize(
    "asked", ["and in Texas?", "and", "what about", "per", "why?", "the", "in"]
)
def test_odd_questions_stay_questions(encoder: Encoder, before: str, asked: str) -> None:
    """Whatever is typed, something is asked."""
    assert standing_alone(asked, before, encoder.encode).strip()
