"""Which whole sentences answer a question, or none. Every threshold for silence is here."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.documents.document import Document, Quote
from index.models.runtime import CrossEncoder
from index.passages import Passage

QUOTES = 3
"""Quotes in an answer, at most."""

NEAREST = 2
"""Passages shown, labelled as no answer, when nothing answers."""

READ = 20
"""Candidates that the cross-encoder reads, about 2 ms each."""

READING_WEIGHT = 0.6
"""The cross-encoder's part in the ranking; the rest is the fused score's."""

ANSWERS_FROM = 0.5
"""The least confidence that is shown as an answer."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, and how close it is: see `index.fusion` for the scores."""

    document: Document
    passage: Passage
    meaning: float
    words: float
    fused: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """The best quotes for a question, and whether they answer it."""

    answered: bool
    confidence: float
    quotes: tuple[Quote, ...]


def judge(asked: str, candidates: Sequence[Candidate], reader: CrossEncoder) -> Evidence:
    """Read the best candidates, rank them, and say how likely the first one answers."""
    read = [c for c in candidates if c.passage.quotable][:READ]
    if not read:
        return Evidence(False, 0.0, ())
    logits = reader.score(asked, [_reading_text(c) for c in read])
    fused = np.array([c.fused for c in read])
    scores = READING_WEIGHT * _sigmoid(logits) + (1 - READING_WEIGHT) * fused
    order = np.argsort(-scores, kind="stable")
    confidence = 0.5
    quotes = [
        Quote(read[i].document, read[i].passage.span, read[i].passage.lead, float(scores[i]))
        for i in order
    ]
    return Evidence(confidence >= ANSWERS_FROM, confidence, tuple(quotes[:QUOTES]))


def _reading_text(candidate: Candidate) -> str:
    document, passage = candidate.document, candidate.passage
    return document.cut(passage.span)


def _sigmoid(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    return 1 / (1 + np.exp(-logits.astype(np.float64)))
