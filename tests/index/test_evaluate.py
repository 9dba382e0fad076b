"""The scoring rules, case by case."""

import json
from pathlib import Path

import pytest

from index.answer import Answer, Timings
from index.documents.document import Document, Quote, Span
from index.documents.source import Source
from index.errors import UsageError
from index.evaluate import Gold, Question, auroc, evaluate, read_questions

TEXT = "Ask for the range first. “Name no number” – they say. Then wait."
DOCUMENT = Document("talks/007_range.txt", TEXT, Source("Range"), blocks=())


def _question(**changes: object) -> Question:
    fields: dict[str, object] = {
        "id": "q1",
        "question": "?",
        "kind": "fact",
        "expect": "answer",
        "gold": (Gold("007", "Ask for the range first."),),
        "must": ("range",),
        "must_not": (),
        "after": None,
    }
    return Question(**{**fields, **changes})  # type: ignore[arg-type]


def _answer(*texts: str, answered: bool = True, confidence: float = 0.9) -> Answer:
    quotes = tuple(
        Quote(DOCUMENT, Span(TEXT.index(text), TEXT.index(text) + len(text))) for text in texts
    )
    shown, nearest = (quotes, ()) if answered else ((), quotes)
    timings = Timings(0, 0, 0, 10)
    return Answer("?", answered, confidence, "v", shown, nearest, False, timings)


def _hit1(question: Question, answer: Answer) -> float | None:
    return evaluate([question], lambda *_: answer).total.hit1


def test_containing_the_gold_quote_is_a_hit() -> None:
    """A longer quote around the gold one counts."""
    assert _hit1(_question(), _answer("Ask for the range first. “Name no number”")) == 1


def test_lying_in_the_gold_quote_needs_the_point() -> None:
    """A shorter quote counts only with a `must` string."""
    assert _hit1(_question(), _answer("the range first")) == 1
    assert _hit1(_question(), _answer("Ask for")) == 0


def test_case_quotes_and_dashes_are_folded() -> None:
    """Curly quotes, dashes, white space and case do not matter."""
    gold = (Gold("007", '"NAME no  number" - they say.'),)
    assert _hit1(_question(gold=gold), _answer("“Name no number” – they say.")) == 1


def test_markup_is_no_difference() -> None:
    """A gold quote without table bars and emphasis is the row that has them."""
    row = Document("a/b.md", "| Senior | **$90,000** |", Source("Pay"), blocks=())
    given = Answer("?", True, 1, "v", (Quote(row, Span(0, 24)),), (), False, Timings(0, 0, 0, 1))
    assert _hit1(_question(gold=(Gold("b", "Senior $90,000"),)), given) == 1


def test_a_document_goes_by_its_id_or_the_beginning_of_its_name() -> None:
    """The whole path is as good as the start of the file name; the middle of it is nothing."""
    for name, hit in (("talks/007_range.txt", 1), ("007", 1), ("talks", 0), ("range", 0)):
        assert _hit1(_question(gold=(Gold(name, "Then wait."),)), _answer("Then wait.")) == hit


def test_another_document_is_no_hit() -> None:
    """The quote has to come from the gold document."""
    assert _hit1(_question(gold=(Gold("008", "Then wait."),)), _answer("Then wait.")) == 0


def test_a_refusal_is_a_miss_and_its_ranking_is_seen() -> None:
    """A refused question is no hit; what was nearest counts for the ranking alone."""
    row = evaluate([_question()], lambda *_: _answer(TEXT[:24], answered=False)).total
    assert (row.hit1, row.ranked1) == (0, 1)


def test_refusals_are_counted() -> None:
    """Precision over what was refused, recall over what should have been."""
    due = _question(id="q2", kind="unanswerable_near", expect="none", gold=())
    answers = iter([_answer(answered=False, confidence=0.2), _answer(TEXT[:24], confidence=0.6)])
    measured = evaluate([_question(), due], lambda *_: next(answers))
    assert measured.refusal_precision == 0
    assert measured.refusal_recall == 0
    assert measured.auroc_near == 0
    assert measured.precision == 0


def test_both_sides_of_a_conflict() -> None:
    """Both sides have to stand in the first three quotes."""
    gold = (Gold("007", TEXT[:24], "A"), Gold("007", "Then wait.", "B"))
    question = _question(kind="conflict", gold=gold, must=("range", "wait"))
    both = evaluate([question], lambda *_: _answer(TEXT[:24], "Then wait."))
    one = evaluate([question], lambda *_: _answer(TEXT[:24]))
    assert (both.both_sides, one.both_sides) == (1, 0)


def test_a_follow_up_is_asked_after_its_question() -> None:
    """The question before is passed on as text."""
    asked = []
    questions = [_question(), _question(id="q2", question="and then?", after="q1")]
    evaluate(questions, lambda q, after: (asked.append((q, after)), _answer(TEXT[:24]))[1])  # type: ignore[func-returns-value]
    assert asked == [("?", None), ("and then?", "?")]


def test_what_must_not_be_said() -> None:
    """A reply that holds a forbidden string is named."""
    question = _question(must_not=("then WAIT",))
    assert evaluate([question], lambda *_: _answer("Then wait.")).must_not == ("q1",)


def test_auroc() -> None:
    """The share of pairs in the right order, ties counted half."""
    assert auroc([0.9, 0.5], [0.5, 0.1]) == pytest.approx(3.5 / 4)
    assert auroc([], [0.1]) is None


@pytest.mark.parametrize("line", ["{", '{"id": 1}', "[]", '{"id":"a","question":"b","expect":"x"}'])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    """The error gives file and line."""
    path = tmp_path / "questions.jsonl"
    good = json.dumps({"id": "a", "question": "b", "expect": "none"})
    path.write_text(f"{good}\n{line}\n", "utf-8")
    with pytest.raises(UsageError, match="line 2"):
        read_questions(path)


@pytest.mark.parametrize("content", [None, "", "\n\n"])
def test_no_questions(tmp_path: Path, content: str | None) -> None:
    """A missing or empty file is one line."""
    path = tmp_path / "questions.jsonl"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(UsageError, match=r"questions\.jsonl"):
        read_questions(path)
