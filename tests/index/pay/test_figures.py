"""Pay figures in text of our own: many currencies, layouts, countries and levels."""

import json
from pathlib import Path

import pytest

from index.documents.document import Document
from index.documents.library import read_library
from index.documents.reader import Limits
from index.passages import passages
from index.pay.figures import find_figures
from index.pay.model import PayFigure

CASES = json.loads((Path(__file__).parent / "figure_cases.json").read_text("utf-8"))

Record = tuple[str, str | None, float | None, float | None, str | None, str | None]


def document_of(folder: Path, text: str, name: str = "case.md") -> Document:
    """A text, loaded as a document."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    library = read_library((folder,), Limits(), lambda _: None)
    return library.documents[0]


def figures_of(folder: Path, text: str, name: str = "case.md") -> list[PayFigure]:
    """The figures that a text states."""
    document = document_of(folder, text, name)
    return find_figures(document, passages(document))


def records(folder: Path, case: dict[str, object]) -> list[Record]:
    """What is measured of the figures in a case."""
    if "plain" in case:
        text, name = (
            f"A guide to what people earn\n\nWho pays what?\n\n{case['plain']}\n",
            "case.txt",
        )
    else:
        text, name = f"{case['text']}\n", "case.md"
    return [
        ((f.role or "").lower(), f.company, f.amount_min, f.amount_max, f.currency, f.period)
        for f in figures_of(folder, text, name)
    ]


def expected(case: dict[str, list[list[object]]]) -> list[Record]:
    """The records that a case is due."""
    return [
        (str(role).lower(), company, low, high, currency, period)  # type: ignore[misc]
        for role, company, low, high, currency, period in case["figures"]
    ]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_finds_what_a_text_states_and_no_more(number: int, tmp_path: Path) -> None:
    """Every figure with its role, company, amounts, currency and period, and nothing else."""
    assert sorted(records(tmp_path, CASES[number]), key=str) == sorted(
        expected(CASES[number]), key=str
    )


def test_quote_is_cut_from_the_document(tmp_path: Path) -> None:
    """A figure's words are the document's own."""
    (figure,) = figures_of(tmp_path, "A data analyst at Example Works earns £42,000 a year.\n")
    assert figure.quote.text == "A data analyst at Example Works earns £42,000 a year."


def test_date_and_place_come_from_what_states_them(tmp_path: Path) -> None:
    """The sentence's own date, the heading's place."""
    text = "# Pay in Portugal\n\nAs of March 2025 a data analyst earns a salary of €38,000.\n"
    (figure,) = figures_of(tmp_path, text)
    assert (figure.as_of, figure.location) == ("2025-03", "Portugal")


def test_kinds_are_told_apart_within_a_sentence(tmp_path: Path) -> None:
    """An average beside a projection."""
    text = "The average salary of a paralegal is $61,000, projected to reach $66,000 by 2030.\n"
    assert [f.kind for f in figures_of(tmp_path, text)] == ["average", "projection"]


def test_an_argument_is_called_an_illustration(tmp_path: Path) -> None:
    """A made-up rate in an argument is no pay."""
    text = "A $30-an-hour engineer who listens beats a $90-an-hour one who does not.\n"
    flags = [[f.flag for f in figure.flags] for figure in figures_of(tmp_path, text)]
    assert flags == [["illustration"], ["illustration"]]
