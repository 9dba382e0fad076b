"""Which whole sentences answer a question, or none. Every threshold for silence is here.

The numbers were chosen on the development questions: docs/decisions/0003-retrieval-and-evidence.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.documents.document import Document, Quote
from index.models.runtime import CrossEncoder
from index.passages import Passage
from index.words import terms

QUOTES = 3
"""Quotes in an answer, at most."""

NEAREST = 2
"""Passages shown, labelled as no answer, when nothing answers."""

_READ = 16
"""Candidates that the cross-encoder reads, about 2 ms each."""

_LOGIT_WEIGHT = 0.04
"""The cross-encoder's logits run from about -11 to 9; the fused score from 0 to 1."""

_ANSWERS_FROM = 0.5
"""The least confidence that is shown as an answer."""

_EVEN_SCORE, _STEEPNESS = -0.1, 5.0
"""The score at which an answer is as likely right as wrong, and how fast that changes."""

_SECOND_WITHIN = 0.45
"""A further quote may score so much less than the first: beyond it, it rarely answers."""

_SAME_DOCUMENT = 0.1
"""What a further quote of a document that is quoted already must be better by."""

_ALIKE = 0.8
"""Quotes that share this part of their terms say the same."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, and its score by meaning and words (`index.fusion`)."""

    document: Document
    passage: Passage
    fused: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """The best quotes for a question, best first, and whether they answer it."""

    answered: bool
    confidence: float
    quotes: tuple[Quote, ...]


def judge(asked: str, candidates: Sequence[Candidate], reader: CrossEncoder) -> Evidence:
    """Read the best candidates, given best first; choose quotes; say how likely they answer."""
    read = [c for c in candidates if c.passage.quotable][:_READ]
    if not read:
        return Evidence(False, 0.0, ())
    logits = reader.score(asked, [_under_its_heading(c.document, c.passage) for c in read])
    scores = np.array([c.fused for c in read]) + _LOGIT_WEIGHT * logits
    best = float(scores.max())
    confidence = 1 / (1 + float(np.exp(-_STEEPNESS * (best - _EVEN_SCORE))))
    return Evidence(confidence >= _ANSWERS_FROM, confidence, _choose(read, scores))


def _under_its_heading(document: Document, passage: Passage) -> str:
    above = [span for span in (passage.heading, passage.lead) if span]
    return " ".join([*(f"{document.cut(span)}:" for span in above), document.cut(passage.span)])


def _choose(read: Sequence[Candidate], scores: npt.NDArray[np.float64]) -> tuple[Quote, ...]:
    """The best passage, then the next best that are close to it and say something else.

    Other documents come first: a further quote of a document that is quoted already must be
    clearly better than one of a document that is not.
    """
    chosen: list[int] = [int(np.argmax(scores))]
    while len(chosen) < QUOTES:
        quoted = {read[i].document.id for i in chosen}
        rest = [
            (scores[i] - (_SAME_DOCUMENT if read[i].document.id in quoted else 0), -i)
            for i in range(len(read))
            if i not in chosen
            and scores[i] >= scores[chosen[0]] - _SECOND_WITHIN
            and not any(_alike(read[i], read[j]) for j in chosen)
        ]
        if not rest:
            break
        chosen.append(-max(rest)[1])
    return tuple(
        Quote(read[i].document, read[i].passage.span, read[i].passage.lead, float(scores[i]))
        for i in chosen
    )


def _alike(one: Candidate, other: Candidate) -> bool:
    """Whether two passages say the same in nearly the same words."""
    a = set(terms(one.document.cut(one.passage.span)))
    b = set(terms(other.document.cut(other.passage.span)))
    return len(a & b) >= _ALIKE * max(1, min(len(a), len(b)))
