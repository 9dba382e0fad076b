"""The measure of pay answers, and the development queries held to it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.build import BuildReport
from index.errors import UsageError
from index.pay.evaluate import evaluate, is_salary_file, read_pay_questions
from index.search import Index

Build = Callable[[Path, Path], BuildReport]


def test_counts_what_is_right_and_what_is_missing(
    tmp_path: Path, index_folder: Path, build_index: Build
) -> None:
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
    build_index(corpus, index_folder)
    index = Index.open(index_folder)
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


def test_development_queries_are_answered(
    shared: Path, index_folder: Path, build_index: Build
) -> None:
    """All figures and flags that are due, no other, and every none honest, as was measured."""
    build_index(shared / "seeds", index_folder)
    index = Index.open(index_folder)
    questions = read_pay_questions(shared / "eval" / "salary_dev.jsonl")
    measured = evaluate(questions, index.pay)
    found = (measured.precision, measured.recall, measured.flag_recall, measured.honest_none)
    assert found == (1, 1, 1, 1)
