"""Sources that differ: made-up pairs, those of HELD_OUT written before and never tuned on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.build import BuildReport
from index.differs import Difference, differ, difference, opposed
from index.documents.document import Document, Quote, Span
from index.documents.source import Source
from index.search import Index

FIGURES, OPPOSITE = Difference.FIGURES, Difference.OPPOSITE
Pair = tuple[str, str, str, Difference | None]

TUNED: list[Pair] = [
    # the same quantity, other figures
    (
        "how many staff work from home",
        "The survey puts the share of staff who work from home at 40 percent.",
        "The share of staff who work from home is 62%.",
        FIGURES,
    ),
    (
        "how long does a reference call take",
        "The first reference call takes 20 minutes.",
        "The second reference call takes an hour.",
        None,
    ),
    (
        "how long does a reference call take",
        "A reference call takes 20 minutes.",
        "A reference call lasts 45 minutes.",
        FIGURES,
    ),
    (
        "how many interview rounds are there",
        "An interview process has three rounds.",
        "The interview process has 6 rounds.",
        FIGURES,
    ),
    (
        "what does a notary earn",
        "A notary earns $40,000 a year.",
        "A notary is paid $70,000 a year.",
        FIGURES,
    ),
    (
        "how much does training raise output",
        "Training makes a team 2x as productive.",
        "Training makes a team five times as productive.",
        FIGURES,
    ),
    (
        "how long should a trial last",
        "A trial should last two weeks.",
        "A trial should last six months.",
        FIGURES,
    ),
    # they agree
    (
        "how many staff work from home",
        "26% of staff work from home.",
        "25.8 percent of staff work from home.",
        None,
    ),
    (
        "how many staff work from home",
        "About a quarter of staff work from home.",
        "26% of staff work from home.",
        None,
    ),
    ("how long is a trial", "A trial lasts 2 to 4 weeks.", "A trial lasts three weeks.", None),
    ("how long is a trial", "A trial lasts up to 90 days.", "A trial lasts three months.", None),
    (
        "what does a notary earn",
        "A notary earns $40k a year.",
        "A notary earns 40,000 dollars a year.",
        None,
    ),
    # not the same quantity
    (
        "how many staff work from home",
        "In 2021, 40% of staff worked from home.",
        "In 2025, 20% of staff worked from home.",
        None,
    ),
    (
        "what does a notary earn",
        "A junior notary earns $40,000 a year.",
        "A senior notary earns $70,000 a year.",
        None,
    ),
    (
        "what does a notary earn",
        "A notary in Norway earns $70,000 a year.",
        "A notary in Chile earns $30,000 a year.",
        None,
    ),
    (
        "what does a notary earn",
        "The median notary earns $40,000 a year.",
        "The average notary earns $55,000 a year.",
        None,
    ),
    (
        "how many staff work from home",
        "40% of managers work from home.",
        "12% of apprentices work from home.",
        None,
    ),
    (
        "how long does hiring take",
        "Writing the advert takes two days.",
        "Reading the letters takes nine days.",
        None,
    ),
    # opposite
    (
        "will robots replace notaries",
        "Robots will replace notaries.",
        "Robots will not replace notaries.",
        OPPOSITE,
    ),
    (
        "do i need a degree to become a notary",
        "You need a degree to become a notary.",
        "You don't need a degree to become a notary.",
        OPPOSITE,
    ),
    (
        "is demand for notaries rising",
        "Demand for notaries is rising.",
        "Demand for notaries is falling.",
        OPPOSITE,
    ),
    (
        "is the letter dead",
        "The cover letter is dead.",
        "The cover letter is alive and well.",
        OPPOSITE,
    ),
    (
        "does a mentor pay off",
        "Mentors help careers.",
        "Mentors hurt careers.",
        OPPOSITE,
    ),
    ("is a portfolio required", "A portfolio is required.", "A portfolio is optional.", OPPOSITE),
    # not opposite
    (
        "will robots replace notaries",
        "Robots will replace some notaries.",
        "Robots will not replace all notaries.",
        None,
    ),
    (
        "will robots replace notaries",
        "Robots will not replace notaries.",
        "Robots will never replace notaries.",
        None,
    ),
    (
        "is demand for notaries rising",
        "Demand for notaries does not rise.",
        "Demand for notaries falls.",
        None,
    ),
    (
        "do i need a degree",
        "You need a degree to become a notary.",
        "You do not need a degree to become a baker.",
        None,
    ),
    (
        "should i name a number",
        "Do not name a number first.",
        "If they insist, name a number first.",
        None,
    ),
    (
        "do robots replace notaries",
        "Will robots replace notaries?",
        "Robots will not replace notaries.",
        None,
    ),
]

HELD_OUT: list[Pair] = [
    (
        "how many people get promoted",
        "30 percent of employees are promoted within a year.",
        "55 percent of workers are promoted within a year.",
        FIGURES,
    ),
    (
        "how many applications does it take",
        "A job search takes 50 applications.",
        "The average job search takes 200 applications.",
        None,
    ),
    (
        "how many applications does it take",
        "Finding a job takes 50 applications.",
        "Finding a job requires 200 applications.",
        FIGURES,
    ),
    (
        "what does a course cost",
        "The course costs €900.",
        "The course costs €1,500.",
        FIGURES,
    ),
    (
        "how long should a resume be",
        "A resume should be one page.",
        "A resume should be three pages.",
        FIGURES,
    ),
    (
        "how many people negotiate",
        "A third of candidates negotiate their offer.",
        "70% of candidates negotiate their offer.",
        FIGURES,
    ),
    (
        "how long does onboarding take",
        "According to the handbook, onboarding takes three months.",
        "Onboarding takes 12 months.",
        FIGURES,
    ),
    (
        "how many people negotiate",
        "More than half of candidates negotiate their offer.",
        "70% of candidates negotiate their offer.",
        None,
    ),
    (
        "how long does onboarding take",
        "Onboarding takes roughly a month, say 30 days.",
        "Onboarding takes four weeks.",
        None,
    ),
    ("what does a course cost", "The course costs $900.", "The course costs €900.", None),
    (
        "what does a baker earn",
        "A baker earns $20 an hour.",
        "A baker earns $41,000 a year.",
        None,
    ),
    (
        "what does a baker earn",
        "A baker earns $41,000 a year.",
        "A baker at Example Bread earns $60,000 a year.",
        None,
    ),
    (
        "how many people negotiate",
        "40% of women negotiate their offer.",
        "60% of men negotiate their offer.",
        None,
    ),
    (
        "how many people negotiate",
        "40% of candidates negotiate their offer.",
        "60% of candidates do not negotiate their offer.",
        None,
    ),
    (
        "how many people negotiate",
        "The share rose from 30% to 45%.",
        "The share rose by 15%.",
        None,
    ),
    (
        "how long does onboarding take",
        "Onboarding takes three months.",
        "Offboarding takes two days.",
        None,
    ),
    (
        "how many people negotiate",
        "45% of candidates negotiate their start date.",
        "70% of candidates negotiate their offer.",
        None,
    ),
    (
        "should i send a thank you note",
        "You should send a thank-you note after the interview.",
        "You should not send a thank-you note after the interview.",
        OPPOSITE,
    ),
    (
        "is the market shrinking",
        "The job market is growing.",
        "The job market is shrinking.",
        OPPOSITE,
    ),
    (
        "is a certificate worth it",
        "Certificates matter to recruiters.",
        "Certificates do not matter to recruiters.",
        OPPOSITE,
    ),
    (
        "are clerks safe",
        "Clerks' jobs are safe.",
        "The jobs of clerks are at risk.",
        OPPOSITE,
    ),
    (
        "do generalists earn more",
        "Generalists earn more than specialists.",
        "Generalists earn less than specialists.",
        OPPOSITE,
    ),
    (
        "is it easy to switch careers",
        "Switching careers is easy.",
        "Switching careers is hard.",
        OPPOSITE,
    ),
    (
        "should i send a thank you note",
        "You should not only send a thank-you note after the interview.",
        "You should send a thank-you note after the interview.",
        None,
    ),
    (
        "do generalists earn more",
        "Generalists earn more than specialists.",
        "Specialists earn less than generalists.",
        None,
    ),
    (
        "do generalists earn more",
        "Generalists earn more than specialists.",
        "Specialists earn more than generalists.",
        OPPOSITE,
    ),
    (
        "is the market shrinking",
        "The market for bakers is growing.",
        "The market for weavers is shrinking.",
        None,
    ),
    (
        "is a certificate worth it",
        "Certificates may matter to recruiters.",
        "Certificates do not matter to recruiters.",
        None,
    ),
    (
        "was a degree required",
        "A degree was once required.",
        "A degree is not required.",
        None,
    ),
    (
        "should i send a thank you note",
        "Ask for feedback early.",
        "Do not ask for a raise early.",
        None,
    ),
]


MISSED = 5
"""Pairs of HELD_OUT that differ and are taken to agree: doubt means that they agree."""


@pytest.mark.parametrize(("asked", "one", "other", "expected"), TUNED + HELD_OUT)
def test_pair(asked: str, one: str, other: str, expected: Difference | None) -> None:
    """No pair differs that a reader would not say differs, in whichever order it comes."""
    found = difference(one, other, asked)
    assert found in {expected, None}
    assert difference(other, one, asked) is found


def test_most_differences_are_found() -> None:
    """Being careful does not mean finding nothing."""
    found = [difference(one, other, asked) is due for asked, one, other, due in HELD_OUT if due]
    assert found.count(False) <= MISSED


def test_only_what_was_asked_counts() -> None:
    """Sources that differ on another thing than the question's do not differ on the question."""
    one, other = "The notary's office closes in two weeks.", "The notary's office closes in a year."
    assert difference(one, other, "when does the notary's office close") is FIGURES
    assert difference(one, other, "how do I become a baker") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trade | 40%", "Trade | 60%"),
        ("Is the trade of weavers growing?", "The trade of weavers is shrinking."),
    ],
)
def test_rows_and_questions_state_nothing(one: str, other: str) -> None:
    """A row's numbers mean what its header says, and a question takes no side."""
    assert difference(one, other, "is the trade of weavers growing") is None


def quote(name: str, text: str) -> Quote:
    """The whole of a document of one sentence, titled as it is named."""
    return Quote(Document(name, text, Source(name), ()), Span(0, len(text)))


def test_one_document_does_not_differ_from_itself() -> None:
    """Both sides within one document are one source; in two documents they differ."""
    yes, no = "Robots will replace notaries.", "Robots will not replace notaries."
    asked = "will robots replace notaries"
    assert opposed(quote("a.md", yes), quote("b.md", no), asked)
    assert not opposed(quote("a.md", yes), quote("a.md", no), asked)
    assert differ(asked, [quote("a.md", yes), quote("c.md", "Notaries sign."), quote("b.md", no)])
    assert not differ(asked, [quote("a.md", yes)])


@pytest.mark.parametrize(
    ("title", "other"), [("Pay in Norway", "Pay in Chile"), ("Pay in 2020", "Pay in 2026")]
)
def test_titles_set_documents_apart(title: str, other: str) -> None:
    """What two documents say of different places or years does not differ."""
    one, two = "A notary earns $40,000 a year.", "A notary earns $70,000 a year."
    asked = "what does a notary earn"
    assert opposed(quote("Pay", one), quote("On pay", two), asked)
    assert not opposed(quote(title, one), quote(other, two), asked)


def test_an_answer_says_that_its_sources_differ(
    tmp_path: Path, index_folder: Path, build_index: Callable[[Path, Path], BuildReport]
) -> None:
    """Two documents with other figures for what is asked make an answer that differs."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, long in (("one", "20 minutes"), ("two", "45 minutes")):
        text = f"# Note {name}\n\nA telephone reference call takes {long}.\n"
        (corpus / f"{name}.md").write_text(text, "utf-8")
    build_index(corpus, index_folder)
    opened = Index.open(index_folder)
    given = opened.ask("How long does a telephone reference call take?")
    assert given.answered
    assert {q.document.id for q in given.quotes} == {"one.md", "two.md"}
    assert given.differs
