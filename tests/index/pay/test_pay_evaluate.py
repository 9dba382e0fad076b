"""The measure of pay answers, and the development queries held to it."""

import json
from pathlib import Path

import pytest

from index.build import BuildSettings, build
from index.errors import UsageError
from index.pay.evaluate import evaluate, is_salary_file, read_pay_questions
from index.search import Index

SHARED = Path(__file__).resolve().parents[4] / "shared"


class _Quiet:
    def stage(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def step(self, count: int = 1) -> None:
        """Say nothing."""

    def waiting(self) -> None:
        """Say nothing."""


def opened(corpus: Path, folder: Path) -> Index:
    """An index of a corpus."""
    build(BuildSettings((corpus,), folder), _Quiet())
    return Index.open(folder)


def test_counts_what_is_right_and_what_is_missing(tmp_path: Path) -> None:
    """One query of three figures due two, one wrong; one rightly without."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "000_case.md").write_text(
        "# Pay\n\n"
        "- Example Works — Data Engineer, salary €70,000/year, Berlin.\n"
        "- Sample Studio — Data Engineer, salary €60,000/year, Lyon.\n",
        "utf-8",
    )
    due = {
        "doc": "000", "role": "Data Engineer", "company": "Example Works", "amount_min": 70000,
        "amount_max": 70000, "currency": "EUR", "period": "year", "flags": [], "rel": "primary",
    }  # fmt: skip
    lines = [
        {"id": "1", "query": "data engineer", "expect": [due], "none_expected": False},
        {"id": "2", "query": "wizard", "expect": [], "none_expected": True},
    ]
    path = tmp_path / "pay.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    assert is_salary_file(path)
    index = opened(corpus, tmp_path / "index")
    measured = evaluate(read_pay_questions(path), index.pay)
    assert (measured.precision, measured.recall, measured.honest_none) == (0.5, 1.0, 1.0)
    assert [figure.company for figure in index.pay_figures] == ["Example Works", "Sample Studio"]


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    """A line that is no query is named."""
    path = tmp_path / "pay.jsonl"
    path.write_text('{"id": "1"}\n', "utf-8")
    assert not is_salary_file(path)
    with pytest.raises(UsageError, match="line 1"):
        read_pay_questions(path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the development queries are not here")
def test_development_queries_are_answered(tmp_path: Path) -> None:
    """All figures and flags that are due, no other, and every none honest, as was measured."""
    index = opened(SHARED / "seeds", tmp_path / "index")
    questions = read_pay_questions(SHARED / "eval" / "salary_dev.jsonl")
    measured = evaluate(questions, index.pay)
    found = (measured.precision, measured.recall, measured.flag_recall, measured.honest_none)
    assert found == (1, 1, 1, 1)
