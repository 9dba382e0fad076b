"""What changed from one version to another: documents, and answers to the golden questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index import gate, versions
from index.evaluate import Question
from index.search import Index
from index.versions import DocumentChanges


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote, and the document it is from."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A golden question that the two versions answer differently."""

    id: str
    question: str
    verdict: Literal["better", "worse", "other quotes"]
    before: tuple[Shown, ...]
    """Empty: it was refused."""
    after: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a version differs from another."""

    before: str
    after: str
    documents: DocumentChanges
    questions: int
    """Golden questions that both were asked."""
    answers: tuple[AnswerChange, ...]


def difference(index: Path, before: str, after: str, questions: Sequence[Question]) -> Difference:
    """Compare two versions of one folder.

    Raises:
        IndexUnavailable: one of them is not there, or is damaged.
    """
    old = Index.open(index, before)
    new = Index.open(index, after, models=old.models)
    answers = []
    if questions:
        for question, was, now in zip(
            questions, _replies(index, old, questions), _replies(index, new, questions), strict=True
        ):
            shown = _shown(old, was), _shown(new, now)
            if was.good != now.good or shown[0] != shown[1]:
                verdict = _verdict(was, now)
                answers.append(AnswerChange(question.id, question.question, verdict, *shown))
    documents = [versions.read_version(index, i).manifest.documents for i in (before, after)]
    return Difference(
        before, after, versions.document_changes(*documents), len(questions), tuple(answers)
    )


def _replies(index: Path, opened: Index, questions: Sequence[Question]) -> list[gate.Reply]:
    return gate.ask_golden(index, opened.version, questions, lambda: opened, lambda: None)


def _shown(opened: Index, reply: gate.Reply) -> tuple[Shown, ...]:
    documents = opened.documents
    return tuple(Shown(name, documents[name].text[s:e]) for name, s, e in reply.quotes)


def _verdict(was: gate.Reply, now: gate.Reply) -> Literal["better", "worse", "other quotes"]:
    if was.good == now.good:
        return "other quotes"
    return "better" if now.good else "worse"
