"""Text about another job, rank or time does not answer."""

import pytest

from index.question.subjects import asked_about, is_amiss


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("what do front-end developers earn?", "Backend developers earn more than most."),
        ("Will AI replace lawyers?", "AI replaces part of what backend engineers do."),
        ("which skills should a data analyst learn", "The skills of a DevOps engineer"),
        ("the 95th percentile of the wage", "The 90th percentile was $162,290."),
        ("mean hourly wage of testers", "The median hourly wage was $44.54."),
        ("median salary of testers", "The mean annual wage was $98,770."),
        ("the median wage in 2019", "The estimates of May 2025 put the median at $92,650."),
    ],
)
def test_another_subject_is_amiss(asked: str, text: str) -> None:
    """Where other jobs or ranks are named, or later years, the text is about those."""
    assert is_amiss(asked_about(asked), text, text)


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
        ("What skills do backend developers need?", "They have to architect distributed systems."),
        ("Which tools do DevOps engineers need?", "Ansible, Chef and Terraform"),
        ("What do backend developers write?", "Explain every trade-off to product managers."),
        ("What do UX designers earn?", "Web and UI designers earn $104,000."),
        ("What do React developers earn?", "React is worth 15% more to backend developers."),
        ("What do full-stack developers earn?", "Backend developers earn $130,000."),
        ("What do machine learning engineers earn?", "AI engineers earn $150,000."),
        ("Can I live on $2000 a month?", "The estimates of May 2025"),
        ("I graduated in 2018. Is the market still good?", "In 2026 hiring rose."),
        ("which companies with 2000 employees hire?", "In 2026 large companies hire."),
        ("what does the mean annual wage say", "The mean annual wage was $98,770."),
        ("what do the hourly numbers mean", "The median hourly wage was $44.54."),
        ("which companies are among the top 10?", "The median wage was $92,650."),
        ("as a 3rd year student, what is the first step", "The 1st step is to ask."),
    ],
)
def test_the_same_or_no_subject_is_not(asked: str, text: str) -> None:
    """What names none of the kind may answer; so may what is older than the year asked for."""
    assert not is_amiss(asked_about(asked), text, text)


def test_a_rank_is_looked_for_in_the_text_before_its_surroundings() -> None:
    """A list of wages goes from rank to rank; a row of a table has them in its header."""
    around = "The 10th percentile was $82,460. The 90th percentile was $162,290."
    asked = asked_about("what is the 90th percentile")
    assert is_amiss(asked, "The 10th percentile was $82,460.", around)
    assert not is_amiss(asked, "The 90th percentile was $162,290.", around)
    assert not is_amiss(asked, "Testers | $82,460 | $162,290", around)
