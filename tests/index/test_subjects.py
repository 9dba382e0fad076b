"""Text about another job, rank or time does not answer."""

import pytest

from index.search import Index
from index.subjects import subjects


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("what do front-end developers earn?", "Backend developers earn more than most."),
        ("Will AI replace lawyers?", "AI replaces part of what backend engineers do."),
        ("which skills should a data analyst learn", "The skills of a product manager"),
        ("the 95th percentile of the wage", "The 90th percentile was $162,290."),
        ("the median wage in 2019", "The estimates of May 2025 put the median at $92,650."),
    ],
)
def test_another_subject_is_amiss(asked: str, text: str) -> None:
    """Where other jobs or ranks are named, or later years, the text is about those."""
    assert subjects(asked).amiss(text)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("what do front-end developers earn?", "Frontend engineers earn $90,000."),
        ("what do front-end developers earn?", "The median was $90,000."),
        ("do software engineers use AI?", "Two of three backend engineers use AI."),
        ("do backend or frontend developers earn more?", "Backend developers earn more."),
        ("what do nurses earn", "Registered nurses earn $90,000."),
        ("wages of QA testers", "Quality assurance analysts and testers"),
        ("is Java worth learning in 2026?", "In 2024 Java was taught everywhere."),
        ("what happened since 2019", "From 2019 to 2026 hiring fell."),
        ("which AI agents do companies use?", "Backend developers use agents."),
    ],
)
def test_the_same_or_no_subject_is_not(asked: str, text: str) -> None:
    """What names none of the kind may answer; so may what is older than the year asked for."""
    assert not subjects(asked).amiss(text)


def test_another_job_is_not_answered(small_index: Index) -> None:
    """What answers a question does not answer it for a job that the document is not about."""
    question = "how often should a mentor meet a new engineer"
    assert small_index.ask(f"{question}?").answered
    asked = subjects(f"{question} who is a nurse?")
    assert asked.jobs == {"nurse"}
