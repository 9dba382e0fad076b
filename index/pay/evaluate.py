"""Pay queries with the records they should return → precision, recall, flags, honest none."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.errors import UsageError
from index.pay.model import PayAnswer, PayFigure
from index.pay.vocabulary import role_terms

_NOT_OURS = frozenset({"percentage", "not a salary (cost/premium)", "level mismatch"})
"""Flags of things that are no pay figures: such records are not due."""


@dataclass(frozen=True, slots=True)
class Record:
    """A figure that an answer should or may hold; ``document`` begins its document's file name."""

    document: str
    role: str | None
    company: str | None
    amount_min: float | None
    amount_max: float | None
    currency: str | None
    period: str | None
    flags: frozenset[str]
    primary: bool


@dataclass(frozen=True, slots=True)
class PayQuestion:
    """One line of a salary file."""

    id: str
    query: str
    expect: tuple[Record, ...]
    none_expected: bool


@dataclass(frozen=True, slots=True)
class PayOutcome:
    """A query judged."""

    question: PayQuestion
    answer: PayAnswer
    right: int
    """Figures returned that are an expected record."""
    found: int
    """Expected primary records that were returned."""
    due: int
    flags_found: int
    flags_due: int


@dataclass(frozen=True, slots=True)
class PayEvaluation:
    """What a salary file measured; shares are ``None`` where there is nothing to share."""

    queries: int
    precision: float | None
    recall: float | None
    flag_recall: float | None
    honest_none: float | None
    left_out: int
    """Primary records that are no amount of pay (percentages, say): never returned as figures."""
    outcomes: tuple[PayOutcome, ...] = field(repr=False)


def is_salary_file(path: Path) -> bool:
    """Whether a file's first line is a pay query."""
    try:
        with path.open(encoding="utf-8") as lines:
            return "query" in json.loads(next((line for line in lines if line.strip()), "{}"))
    except (OSError, ValueError, TypeError):
        return False


def read_pay_questions(path: Path) -> list[PayQuestion]:
    """Read a salary file, one JSON object a line.

    Raises:
        UsageError: the file cannot be read, or a line is not a pay query; it names the line.
    """
    found = []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as a file of pay queries") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            found.append(
                PayQuestion(
                    id=str(record["id"]),
                    query=str(record["query"]),
                    expect=tuple(_record(item) for item in record.get("expect", ())),
                    none_expected=bool(record.get("none_expected", False)),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path}, line {number}: not a pay query with its records") from error
    return found


def evaluate(questions: Sequence[PayQuestion], pay: Callable[[str], PayAnswer]) -> PayEvaluation:
    """Ask every query and judge every answer."""
    outcomes = tuple(_judge(question, pay(question.query)) for question in questions)
    returned = sum(len(o.answer.figures) for o in outcomes)
    none_due = [o for o in outcomes if o.question.none_expected]
    primary = sum(r.primary for o in outcomes for r in o.question.expect)
    due = sum(o.due for o in outcomes)
    return PayEvaluation(
        queries=len(outcomes),
        precision=_share(sum(o.right for o in outcomes), returned),
        recall=_share(sum(o.found for o in outcomes), due),
        flag_recall=_share(
            sum(o.flags_found for o in outcomes), sum(o.flags_due for o in outcomes)
        ),
        honest_none=_share(sum(not o.answer.figures for o in none_due), len(none_due)),
        left_out=primary - due,
        outcomes=outcomes,
    )


def matches(record: Record, figure: PayFigure) -> bool:
    """Whether a figure is the record: document, amounts, currency, period, role and company."""
    name = figure.quote.document.id.rsplit("/", 1)[-1]
    return (
        name.startswith(record.document)
        and (figure.amount_min, figure.amount_max) == (record.amount_min, record.amount_max)
        and figure.currency == record.currency
        and figure.period == record.period
        and _folded(figure.company) == _folded(record.company)
        and _same_role(figure.role, record.role)
    )


def _judge(question: PayQuestion, answer: PayAnswer) -> PayOutcome:
    due = [r for r in question.expect if r.primary and not r.flags & _NOT_OURS]
    right = found = flags_found = flags_due = 0
    for figure in answer.figures:
        right += any(matches(record, figure) for record in question.expect)
    for record in due:
        same = [f for f in answer.figures if matches(record, f)]
        found += bool(same)
        if same:
            said = [{flagged.flag for flagged in figure.flags} for figure in same]
            flags_due += len(record.flags)
            flags_found += max(len(record.flags & flags) for flags in said)
    return PayOutcome(question, answer, right, found, len(due), flags_found, flags_due)


def _record(item: dict[str, Any]) -> Record:
    return Record(
        document=str(item["doc"]),
        role=item.get("role"),
        company=item.get("company"),
        amount_min=item.get("amount_min"),
        amount_max=item.get("amount_max"),
        currency=item.get("currency"),
        period=item.get("period"),
        flags=frozenset(item.get("flags", ())),
        primary=item.get("rel", "primary") == "primary",
    )


def _same_role(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return one == other
    a, b = set(role_terms(one)), set(role_terms(re.sub(r"\(.*?\)", "", other)))
    return a <= b or b <= a


def _folded(name: str | None) -> str:
    return re.sub(r"\W+", "", name or "").casefold()


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
