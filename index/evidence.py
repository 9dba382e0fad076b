"""Which whole sentences answer a question, or none. Every threshold for silence is here.

The numbers were chosen on the development questions: docs/decisions/0003-retrieval-and-evidence.md.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from index.differs import opposed
from index.documents.document import Document, Quote
from index.models.answerability import evidence_text
from index.models.runtime import CrossEncoder
from index.passages import Passage
from index.places import named_places, names_one_of
from index.words import terms

QUOTES = 3
"""Quotes in an answer, at most."""

NEAREST = 2
"""Passages shown, labelled as no answer, when nothing answers."""

_READ = 10
"""Candidates that the cross-encoder reads; it is most of what a question costs."""

_LOGIT_WEIGHT = 0.04
"""Logits run from about -9 to 6; the fused score from 0 to 1."""

_ANSWERS_FROM = 0.5
"""The least confidence that is shown as an answer."""

_NEAREST_FROM = 0.2
"""The least confidence at which passages are worth showing as near; below it, nothing is."""

_FUSED_IN_LOGITS, _EVEN, _STEEPNESS = 3.0, -4.0, 0.8
"""Confidence is logistic in the first quote's logit plus so much of its fused score: the logit
tells whether a passage answers, the fused score that it is about the same. Even chances are where
real questions put them, which ask in fewer and other words than those the model was trained on."""

_ELSEWHERE = 6.0
"""What a passage's logit loses when the question names a place that its surroundings do not."""

_SECOND_WITHIN = 0.45
"""A further quote may score so much less than the first: beyond it, it rarely answers."""

_SAME_DOCUMENT = 0.1
"""What a further quote of a document that is quoted already must be better by."""

_ALIKE = 0.8
"""Quotes that share this part of their terms say the same, unless they differ on the question."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, and its score by meaning and words (`index.fusion`)."""

    document: Document
    passage: Passage
    fused: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """The best quotes for a question, best first, and whether they answer it.

    Not answered, they are near; where not even that is likely there are none.
    """

    answered: bool
    confidence: float
    quotes: tuple[Quote, ...]


def judge(asked: str, candidates: Iterable[Candidate], reader: CrossEncoder) -> Evidence:
    """Read the best candidates, given best first; choose quotes; say how likely they answer."""
    read = list(islice((c for c in candidates if c.passage.quotable), _READ))
    if not read:
        return Evidence(False, 0.0, ())
    logits = reader.score(asked, [_reading_text(c.document, c.passage) for c in read])
    places = named_places(asked)
    if places:
        elsewhere = [not names_one_of(_surroundings(c), places) for c in read]
        logits = logits - _ELSEWHERE * np.array(elsewhere, dtype=np.float32)
    fused = np.array([c.fused for c in read])
    scores = fused + _LOGIT_WEIGHT * logits
    first = int(np.argmax(scores))
    certainty = float(logits[first]) + _FUSED_IN_LOGITS * float(fused[first]) - _EVEN
    confidence = 1 / (1 + math.exp(-_STEEPNESS * certainty))
    if confidence >= _ANSWERS_FROM:
        return Evidence(True, confidence, _choose(asked, read, scores, QUOTES))
    if confidence >= _NEAREST_FROM:
        return Evidence(False, confidence, _choose(asked, read, scores, NEAREST))
    return Evidence(False, confidence, ())


def _reading_text(document: Document, passage: Passage) -> str:
    """The passage in its surroundings, as the cross-encoder was trained to read it."""
    heading = document.cut(passage.heading) if passage.heading else document.source.title
    if passage.lead:
        return evidence_text(document.cut(passage.span), document.cut(passage.lead), "", heading)
    before = document.text[passage.window.start : passage.span.start]
    after = document.text[passage.span.end : passage.window.end]
    return evidence_text(document.cut(passage.span), before, after, heading)


def _surroundings(candidate: Candidate) -> str:
    """The title, heading and window of a passage: where the place it speaks of would be named."""
    document, passage = candidate.document, candidate.passage
    heading = document.cut(passage.heading) if passage.heading else ""
    return f"{document.source.title} {heading} {document.cut(passage.window)}"


def _choose(
    asked: str, read: Sequence[Candidate], scores: npt.NDArray[np.float64], count: int
) -> tuple[Quote, ...]:
    """The best passage, then the next best that are close to it and say something else.

    Other documents come first: a further quote of a document that is quoted already must be
    clearly better than one of a document that is not. Two that differ on what was asked are both
    shown, however much their words are alike.
    """
    quotes = [
        Quote(c.document, c.passage.span, c.passage.lead, float(score))
        for c, score in zip(read, scores, strict=True)
    ]
    chosen: list[int] = [int(np.argmax(scores))]
    while len(chosen) < count:
        quoted = {read[i].document.id for i in chosen}
        rest = [
            (scores[i] - (_SAME_DOCUMENT if read[i].document.id in quoted else 0), -i)
            for i in range(len(read))
            if i not in chosen
            and scores[i] >= scores[chosen[0]] - _SECOND_WITHIN
            and not any(_repeats(quotes[i], quotes[j], asked) for j in chosen)
        ]
        if not rest:
            break
        chosen.append(-max(rest)[1])
    return tuple(quotes[i] for i in chosen)


def _repeats(one: Quote, other: Quote, asked: str) -> bool:
    """Whether a quote says what another says already; "45 minutes" does not repeat "20 minutes"."""
    return _alike(one, other) and not opposed(one, other, asked)


def _alike(one: Quote, other: Quote) -> bool:
    """Whether two quotes are in nearly the same words."""
    a, b = set(terms(one.text)), set(terms(other.text))
    return len(a & b) >= _ALIKE * max(1, min(len(a), len(b)))
