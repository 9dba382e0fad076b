"""What the wording of a question asks an answer to hold."""

import pytest

from index.answer_type import AnswerType, holds, wanted


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("how many backend devs are there", AnswerType.COUNT),
        ("what share of listings ask for AI skills", AnswerType.SHARE),
        ("How much does a senior developer make?", AnswerType.MONEY),
        ("average compensation of a web developer", AnswerType.MONEY),
        ("how long does hiring take", AnswerType.DURATION),
        ("how many years until senior", AnswerType.DURATION),
        ("When was the report published?", AnswerType.DATE),
        ("when should i ask for a raise", None),
        ("how much does system design matter", None),
        ("how many years of experience does it take to be senior", AnswerType.DURATION),
        ("as long as i want", None),
        ("how can average people get hired", None),
        ("which skills pay best", AnswerType.PAY),
        ("what are the best-paid jobs", AnswerType.PAY),
        ("which habits pay off most", None),
        ("what is the best way to pay for school", None),
    ],
)
def test_the_wording_says_what_is_wanted(question: str, kind: AnswerType | None) -> None:
    """Advice and opinions leave it open."""
    assert wanted(question) is kind


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("In 2026 the list is shorter.", AnswerType.COUNT, False),
        ("In 2026 there are ten of them.", AnswerType.COUNT, True),
        ("None of them was hired.", AnswerType.COUNT, True),
        ("Hiring rose over two months.", AnswerType.SHARE, False),
        ("Hiring rose by 23%.", AnswerType.SHARE, True),
        ("Half of the listings ask for it.", AnswerType.SHARE, True),
        ("Demand is high in 2026.", AnswerType.MONEY, False),
        ("From $120,000 a year.", AnswerType.MONEY, True),
        ("Salary undisclosed, remote.", AnswerType.MONEY, True),
        ("There is no additional cost.", AnswerType.MONEY, True),
        ("The median wage is $85,800, the 10th percentile $50,060.", AnswerType.COUNT, False),
        ("From $50,060 at the 10th percentile to $158,460 at the 90th.", AnswerType.COUNT, False),
        ("Security engineers get exceptional pay.", AnswerType.PAY, True),
        ("Companies hired 23% more engineers.", AnswerType.PAY, False),
        ("Which language counts for less than how well it is known.", AnswerType.PAY, False),
        ("I have hired engineers for 20 years, two months at a time.", AnswerType.COUNT, False),
        ("In 20 years it hired 300 engineers.", AnswerType.COUNT, True),
        ("Web developers | 4,910 | $50,060 | $85,800", AnswerType.COUNT, True),
        ("Foundations matter more than tools.", AnswerType.DURATION, False),
        ("Foundations take years.", AnswerType.DURATION, True),
        ("The page names its author.", AnswerType.DATE, False),
        ("Last updated in April.", AnswerType.DATE, True),
    ],
)
def test_a_text_holds_it_or_not(text: str, kind: AnswerType, expected: bool) -> None:
    """A year or an amount of money counts nothing, and a count is no share."""
    assert holds(text, kind) is expected
