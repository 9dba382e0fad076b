"""The gate: a version that answers the golden questions worse than the current one stays aside.

``golden.jsonl`` in a corpus holds them, in the format of the evaluation files. A question is good
in a version when it is answered with a gold quote among the first three, or refused where no
answer is due (docs/decisions/0015-gate-and-hot-switch.md).
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from index import versions
from index.answer import Answer
from index.disk import replace_file
from index.documents.library import GOLDEN
from index.errors import UsageError
from index.evaluate import Outcome, Question, evaluate, read_questions
from index.search import Index

_EXAMPLES, _LONGEST_EXAMPLE = 4, 90


@dataclass(frozen=True, slots=True)
class Reply:
    """What a version said to a golden question."""

    question: str
    """Its id."""
    good: bool
    answered: bool
    quotes: tuple[tuple[str, int, int], ...]
    """What was quoted: document id, start, end."""


@dataclass(frozen=True, slots=True)
class GateResult:
    """How a version compares with the one before on the golden questions."""

    passed: bool
    questions: int
    """Those that were judged: without ``gone``."""
    good: int
    good_before: int | None
    """None: there was no version to compare with."""
    worse: tuple[str, ...]
    """Ids of the questions that were good and no longer are."""
    better: tuple[str, ...]
    gone: tuple[str, ...]
    """Ids of the questions whose every gold document was taken out of the corpus."""
    problem: str
    """Why the questions could not be asked, where they could not."""

    @property
    def reason(self) -> str:
        """Why the version is held back, in a sentence."""
        if self.problem:
            return self.problem
        return (
            f"{self.good} of {self.questions} golden questions are answered well, "
            f"{self.good_before} in the version before (worse: {', '.join(self.worse)})"
        )


def read_golden(corpora: Sequence[Path]) -> list[Question]:
    """The golden questions of all corpora; none where no corpus has any.

    Raises:
        UsageError: a file of golden questions cannot be read, or two questions have one id.
    """
    found = [
        question
        for corpus in corpora
        if (corpus / GOLDEN).exists()
        for question in read_questions(corpus / GOLDEN)
    ]
    ids = [question.id for question in found]
    if twice := next((i for i in ids if ids.count(i) > 1), None):
        raise UsageError(f"two golden questions have the id {twice}: give each its own")
    return found


def examples(corpora: Sequence[Path]) -> tuple[str, ...]:
    """Golden questions that a stranger may try: short ones that are due an answer, of each kind."""
    try:
        golden = read_golden(corpora)
    except UsageError:  # the gate says so
        return ()
    fit = [q for q in golden if q.expect == "answer" and not q.after]
    by_kind = {q.kind: q for q in reversed(fit) if len(q.question) <= _LONGEST_EXAMPLE}
    rest = [q for q in fit if q not in by_kind.values() and len(q.question) <= _LONGEST_EXAMPLE]
    return tuple(q.question for q in (*reversed(by_kind.values()), *rest))[:_EXAMPLES]


def ask_golden(
    index: Path,
    name: str,
    questions: Sequence[Question],
    opened: Callable[[], Index],
    on_done: Callable[[], None],
) -> list[Reply]:
    """What a version says to the golden questions, asked once and then remembered.

    ``opened`` opens the version, only if it has to be asked; ``on_done`` is told of each answer.
    The answers are those of the code that asked first, so a change of the code is compared too.
    """
    asked = hashlib.sha256(json.dumps([asdict(q) for q in questions]).encode()).hexdigest()
    note = versions.beside(index, name, "golden")
    if known := _remembered(note, asked):
        return known
    answering = opened()

    def ask(question: str, after: str | None) -> Answer:
        answer = answering.ask(question, after)
        on_done()
        return answer

    measured = evaluate(questions, ask)
    replies = [_reply(o, o.question.id in measured.must_not) for o in measured.outcomes]
    record = {"questions": asked, "replies": [asdict(reply) for reply in replies]}
    with suppress(OSError):  # a note that cannot be written costs only time
        replace_file(note, json.dumps(record))
    return replies


def compare(
    before: Sequence[Reply] | None, after: Sequence[Reply], gone: frozenset[str], tolerance: float
) -> GateResult:
    """Judge a version by its replies and those of the version before.

    ``tolerance`` is the share of the questions by which it may be worse, the newly good ones
    counted against the newly bad ones.
    """
    good = {reply.question for reply in after if reply.good} - gone
    judged = len(after) - len(gone)
    if before is None:
        return GateResult(True, judged, len(good), None, (), (), tuple(sorted(gone)), "")
    good_before = {reply.question for reply in before if reply.good} - gone
    return GateResult(
        passed=len(good_before) - len(good) <= tolerance * judged + 1e-9,
        questions=judged,
        good=len(good),
        good_before=len(good_before),
        worse=tuple(sorted(good_before - good)),
        better=tuple(sorted(good - good_before)),
        gone=tuple(sorted(gone)),
        problem="",
    )


def gone(
    questions: Sequence[Question], before: versions.Manifest, after: versions.Manifest
) -> frozenset[str]:
    """Ids of the questions whose every gold document was there before and was taken out.

    A document that is there and can no longer be read was not taken out.
    """
    there = {*after.documents, *(path for path, _ in after.problems)}
    return frozenset(
        question.id
        for question in questions
        if question.gold
        and all(_any_starts(gold.document, before.documents) for gold in question.gold)
        and not any(_any_starts(gold.document, there) for gold in question.gold)
    )


def _any_starts(prefix: str, documents: Sequence[str] | set[str] | dict[str, str]) -> bool:
    return any(document.rsplit("/", 1)[-1].startswith(prefix) for document in documents)


def _reply(outcome: Outcome, says_what_it_must_not: bool) -> Reply:
    answered = outcome.answer.answered
    right = {
        "answer": outcome.hit3,
        "none": not answered,
        "either": outcome.hit3 or not answered,
    }[outcome.question.expect]
    return Reply(
        question=outcome.question.id,
        good=right and not says_what_it_must_not,
        answered=answered,
        quotes=tuple((q.document.id, q.span.start, q.span.end) for q in outcome.answer.quotes),
    )


def _remembered(note: Path, asked: str) -> list[Reply] | None:
    """The replies that were noted for just these questions; a damaged note counts as none."""
    try:
        record = json.loads(note.read_text("utf-8"))
        if record["questions"] != asked:
            return None
        return [
            Reply(
                r["question"], r["good"], r["answered"], tuple((d, s, e) for d, s, e in r["quotes"])
            )
            for r in record["replies"]
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return None
