"""Questions with gold quotes → how often the quotes are right, and the refusals."""

import json
import re
import statistics
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from index.answer import Answer
from index.errors import UsageError

Expect = Literal["answer", "none", "either"]


@dataclass(frozen=True, slots=True)
class Gold:
    """One acceptable piece of evidence.

    ``document`` is a document's id, or the beginning of its file name.
    """

    document: str
    quote: str
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One line of an evaluation file."""

    id: str
    question: str
    kind: str
    expect: Expect
    gold: tuple[Gold, ...]
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question and what came back, judged."""

    question: Question
    answer: Answer
    hits: tuple[bool, ...]
    """For each passage shown, quoted or nearest, whether it is gold."""
    sides: frozenset[str]
    """The sides of a conflict that the quotes show."""

    @property
    def hit(self) -> bool:
        """The first quote of an answer is gold."""
        return self.answer.answered and any(self.hits[:1])

    @property
    def hit3(self) -> bool:
        """One of the first three quotes of an answer is gold."""
        return self.answer.answered and any(self.hits[:3])


@dataclass(frozen=True, slots=True)
class KindRow:
    """The figures of one kind of question. Shares are ``None`` where there is nothing to share."""

    kind: str
    count: int
    answered: int
    hit1: float | None
    hit3: float | None
    """Over all that expect an answer: a refusal is a miss."""
    ranked1: float | None
    ranked3: float | None
    """The same with the passages shown as nearest counted too: the ranking without the refusal."""
    refused: float | None
    """Over all that expect none."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an evaluation measured."""

    rows: tuple[KindRow, ...]
    total: KindRow
    precision: float | None
    """Of the answered questions: those whose quotes hold a gold one."""
    refusal_precision: float | None
    refusal_recall: float | None
    auroc_near: float | None
    auroc_far: float | None
    both_sides: float | None
    """Of the conflicts with two sides: those whose quotes show both."""
    must_not: tuple[str, ...]
    """Ids of questions whose reply holds what it must not."""
    p50_ms: float
    p95_ms: float
    outcomes: tuple[Outcome, ...] = field(repr=False)


def read_questions(path: Path) -> list[Question]:
    """Read an evaluation file, one JSON object a line.

    Raises:
        UsageError: the file cannot be read, or a line is not a question; it names the line.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as a file of questions") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(_question(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(
                f"{path}, line {number}: not a question with its gold quotes"
            ) from error
    if not found:
        raise UsageError(f"{path} holds no questions")
    return found


def evaluate(
    questions: Sequence[Question],
    ask: Callable[[str, str | None], Answer],
) -> Evaluation:
    """Ask every question and judge every answer."""
    asked = {q.id: q.question for q in questions}
    outcomes = []
    for question in questions:
        after = asked.get(question.after) if question.after else None
        outcomes.append(_judge(question, ask(question.question, after)))
    kinds = list(dict.fromkeys(q.kind for q in questions))
    rows = tuple(_row(k, [o for o in outcomes if o.question.kind == k]) for k in kinds)
    times = sorted(o.answer.timings_ms.total for o in outcomes)
    answered = [o for o in outcomes if o.answer.answered]
    refused = [o for o in outcomes if not o.answer.answered]
    none_due = [o for o in outcomes if o.question.expect == "none"]
    conflicts = [o for o in outcomes if len({g.side for g in o.question.gold if g.side}) > 1]
    return Evaluation(
        rows=rows,
        total=_row("all", outcomes),
        precision=_share(o.hit3 for o in answered),
        refusal_precision=_share(o.question.expect == "none" for o in refused),
        refusal_recall=_share(not o.answer.answered for o in none_due),
        auroc_near=_auroc(outcomes, "unanswerable_near"),
        auroc_far=_auroc(outcomes, "unanswerable_far"),
        both_sides=_share(o.answer.answered and len(o.sides) > 1 for o in conflicts),
        must_not=tuple(o.question.id for o in outcomes if _says_what_it_must_not(o)),
        p50_ms=statistics.median(times),
        p95_ms=times[min(len(times) - 1, int(0.95 * len(times)))],
        outcomes=tuple(outcomes),
    )


def is_hit(document: str, text: str, gold: Gold, must: Sequence[str]) -> bool:
    """The rule of the evaluation files: contains a gold quote, or lies in one with its point."""
    if document != gold.document and not document.rsplit("/", 1)[-1].startswith(gold.document):
        return False
    folded, golden = _folded(text), _folded(gold.quote)
    return golden in folded or (folded in golden and any(_folded(m) in folded for m in must))


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """How often a positive has the higher value, ties counted half (Mann and Whitney, 1947)."""
    if not positives or not negatives:
        return None
    wins = sum((p > n) + 0.5 * (p == n) for p in positives for n in negatives)
    return wins / (len(positives) * len(negatives))


def _question(record: dict[str, Any]) -> Question:
    gold = tuple(Gold(g["doc"], g["quote"], g.get("side")) for g in record.get("gold", ()))
    expect = record["expect"]
    if expect not in {"answer", "none", "either"}:
        raise ValueError(expect)
    return Question(
        id=str(record["id"]),
        question=str(record["question"]),
        kind=str(record.get("kind", "question")),
        expect=expect,
        gold=gold,
        must=tuple(record.get("must", ())),
        must_not=tuple(record.get("must_not", ())),
        after=record.get("after"),
    )


def _judge(question: Question, answer: Answer) -> Outcome:
    shown = answer.quotes or answer.nearest
    matches = [
        [g for g in question.gold if is_hit(quote.document.id, quote.text, g, question.must)]
        for quote in shown
    ]
    sides = frozenset(g.side for found in matches[:3] for g in found if g.side)
    return Outcome(question, answer, tuple(bool(found) for found in matches), sides)


_FOLDED = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "|": " ", "*": " "}
)


def _folded(text: str) -> str:
    """Lower case; white space, table bars, emphasis, curly quotes and dashes made one."""
    return re.sub(
        r"\s+", " ", unicodedata.normalize("NFC", text).translate(_FOLDED).lower()
    ).strip()


def _row(kind: str, outcomes: Sequence[Outcome]) -> KindRow:
    due = [o for o in outcomes if o.question.expect == "answer"]
    none_due = [o for o in outcomes if o.question.expect == "none"]
    return KindRow(
        kind=kind,
        count=len(outcomes),
        answered=sum(o.answer.answered for o in outcomes),
        hit1=_share(o.hit for o in due),
        hit3=_share(o.hit3 for o in due),
        ranked1=_share(any(o.hits[:1]) for o in due),
        ranked3=_share(any(o.hits[:3]) for o in due),
        refused=_share(not o.answer.answered for o in none_due),
    )


def _auroc(outcomes: Sequence[Outcome], kind: str) -> float | None:
    return auroc(
        [o.answer.confidence for o in outcomes if o.question.expect == "answer"],
        [o.answer.confidence for o in outcomes if o.question.kind == kind],
    )


def _says_what_it_must_not(outcome: Outcome) -> bool:
    said = " ".join(_folded(q.text) for q in (*outcome.answer.quotes, *outcome.answer.nearest))
    return any(_folded(m) in said for m in outcome.question.must_not)


def _share(values: Iterable[bool]) -> float | None:
    listed = list(values)
    return sum(listed) / len(listed) if listed else None
