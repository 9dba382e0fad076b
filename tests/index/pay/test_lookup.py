"""Pay queries against a small library of our own."""

import pytest

from index.documents.library import read_library
from index.documents.reader import Limits
from index.passages import passages
from index.pay.figures import find_figures
from index.pay.lookup import PayLookup

TEXT = """# Pay survey of June 2026

| Company | Role | Salary | Location |
|---|---|---|---|
| DataExample | Senior Backend Engineer | $150,000 | Remote |
| Example Works | Full-Stack Developer | €70,000 | Berlin |
| Sample Hospital | Registered Nurse | £36,000 | Leeds |
| Generic Labs | Product Manager | Undisclosed | Remote worldwide |

A $30-an-hour developer who listens beats a $90-an-hour one who does not.
"""


@pytest.fixture(scope="module")
def lookup(tmp_path_factory: pytest.TempPathFactory) -> PayLookup:
    """The survey, ready to be asked, without official wages."""
    folder = tmp_path_factory.mktemp("pay")
    (folder / "survey.md").write_text(TEXT, "utf-8")
    document = read_library((folder,), Limits(), lambda _: None).documents[0]
    return PayLookup(find_figures(document, passages(document)), "v1", None, None)


@pytest.mark.parametrize(
    ("query", "companies"),
    [
        ("senior backend engineer", ["DataExample"]),
        ("sr. back-end dev, remote", ["DataExample"]),
        ("backend salary in usd", ["DataExample"]),
        ("fullstack dev", ["Example Works"]),
        ("ful stack enginer berlin", ["Example Works"]),
        ("what does a registered nurse make in Leeds?", ["Sample Hospital"]),
        ("RN", ["Sample Hospital"]),
        ("nurses uk", []),
        ("generic labs pm", ["Generic Labs"]),
        ("de backend", ["DataExample"]),
        ("data example backend", ["DataExample"]),
        ("150,000", ["DataExample"]),
        ("36k", ["Sample Hospital"]),
        ("remote worldwide", ["Generic Labs"]),
        ("junior backend engineer", []),
        ("backend engineer germany", []),
        ("backend engineer € per month", []),
        ("unknown corp backend engineer", []),
        ("engineering manager", []),
        ("wizard", []),
        ("salary", []),
        ("", []),
    ],
)
def test_answers_only_what_every_word_fits(
    lookup: PayLookup, query: str, companies: list[str]
) -> None:
    """Abbreviations, typos and order do not matter; an unmet word means none."""
    answer = lookup.ask(query)
    assert [figure.company for figure in answer.figures] == companies
    assert answer.found == bool(companies)


def test_near_figures_are_kept_apart(lookup: PayLookup) -> None:
    """Another level is near, never an answer."""
    answer = lookup.ask("junior backend engineer")
    assert not answer.figures
    assert "DataExample" in [figure.company for figure in answer.near]


def test_illustrations_never_answer(lookup: PayLookup) -> None:
    """A rate made up for an argument is no pay of developers."""
    amounts = [figure.amount_min for figure in lookup.ask("developer").figures]
    assert 30 not in amounts
    assert 90 not in amounts


def test_the_question_is_taken_apart(lookup: PayLookup) -> None:
    """Level, role, company and place as asked."""
    query = lookup.ask("senior backend engineer dataexample berlin").query
    assert (query.level, query.company, query.location) == ("senior", "DataExample", "berlin")
    assert query.role == "backend engineer"
