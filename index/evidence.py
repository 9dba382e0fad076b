"""Which whole sentences answer a question, or none. Every threshold for silence is here.

docs/decisions/0003-retrieval-and-evidence.md says how the numbers for choosing were found,
0021-calibration.md those for the confidence.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.answer import LONGEST_QUOTE
from index.documents.document import Document, Quote, Span
from index.models.answerability import evidence_text
from index.passages import Passage
from index.places import names_one_of
from index.question.asked import Asked
from index.question.subjects import Subjects, is_amiss
from index.words import terms

QUOTES = 3
"""Quotes in an answer, at most."""

NEAREST = 2
"""Passages shown, labelled as no answer, when nothing answers."""

_READ = 10
"""Candidates that the cross-encoder reads; it is most of what a question costs."""

_READ_FOR_CALIBRATION = 5
"""The same when a library is calibrated, where a median is asked for and not the best quote."""

_LOGIT_WEIGHT = 0.04
"""Logits run from about -9 to 6; the fused score from 0 to 1."""

_ANSWERS_FROM = 0.5
"""The least confidence that is shown as an answer: likelier than not. Of our own plain questions,
94 in 100 are above it, and 26 in 100 of those on the topic that the library does not answer."""

_UNLIKE, _UNLIKE_AT_MOST = 0.2, 0.45
"""A passage whose fused score is below the first has next to no word or meaning in common with the
question. It may be near, with the second as its highest confidence, but is never an answer."""

NEAREST_FROM = 0.2
"""The least confidence at which passages are worth showing, as near or beside an answer."""

_FUSED_IN_LOGITS = 3.0
"""Closeness is the best passage's logit plus so much of its fused score: the logit tells whether it
answers, the fused score that it is about the same."""

EVEN, STEEPNESS = 0.29, 0.85
"""Confidence is logistic in the closeness above the library's level. Fitted by training/calibrate
on questions of our own, which no evaluation uses."""

_AMISS = 9.0
"""What a passage's logit loses when the question names a place that its surroundings do not, or a
job, a rank or a past year where they name others."""

_SECOND_WITHIN = 0.45
"""A further quote may score so much less than the first: beyond it, it rarely answers."""

_SAME_DOCUMENT = 0.1
"""What a further quote of a document that is quoted already must be better by."""

_ALIKE = 0.8
"""Quotes that share this part of their terms say the same."""

_JOINED_WITHIN = 0.2
"""A sentence beside a quoted one joins it when it scores so little less or more."""

_RUN_TOGETHER = re.compile(r"[\w/%)]*[a-z)](?:[A-Z]|[$€£]\d)(?:\S*\w)?")
_CELL_ENDS = re.compile(r"(?<=[a-z)])(?=[A-Z]|[$€£]\d)")
"""Where the cells of a table that has lost its lines meet."""


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
    around: tuple[Document, ...] = ()
    """Not answered: the documents of passages that share words or meaning with the question."""


class Reader(Protocol):
    """What reads pairs of question and passage: a `index.models.runtime.CrossEncoder`."""

    def score(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """The logits, shape (len(passages),)."""


def judge(asked: Asked, candidates: Iterable[Candidate], reader: Reader, level: float) -> Evidence:
    """Read the best candidates, given best first; choose quotes; say how likely they answer.

    ``level``: how high the scores of this library run (`index.calibration`).
    """
    read = _quotable(candidates, _READ)
    if not read:
        return Evidence(False, 0.0, ())
    alone = _logits(asked.words, read, reader)
    logits = alone - _AMISS * _amiss(asked, read)
    scores = _scores(logits, read)
    first = int(np.argmax(scores))
    # A second choice is no surer than what it stands in for.
    replaced = _closeness(alone, read, int(np.argmax(_scores(alone, read))))
    above = min(_closeness(logits, read, first), replaced) - level
    confidence = _confidence(above)
    if read[first].fused < _UNLIKE:
        confidence = min(confidence, _UNLIKE_AT_MOST)
    if confidence >= _ANSWERS_FROM:
        likely = [
            number
            for number in range(len(read))
            if number == first
            or _confidence(_closeness(logits, read, number) - level) >= NEAREST_FROM
        ]
        quotes = _choose([read[number] for number in likely], scores[likely], QUOTES)
        return Evidence(True, confidence, quotes)
    around = {c.document.id: c.document for c in read if c.fused >= _UNLIKE}
    nearest = _choose(read, scores, NEAREST) if confidence >= NEAREST_FROM else ()
    return Evidence(False, confidence, nearest, tuple(around.values()))


def closeness(words: str, candidates: Iterable[Candidate], reader: Reader) -> float | None:
    """What the confidence in the best of a few candidates would be made of; None without any.

    Whether they are about another job or place is left out: a stranger's question about nurses is
    asked to see how high the reader scores in this library, not whether nurses are named.
    """
    read = _quotable(candidates, _READ_FOR_CALIBRATION)
    if not read:
        return None
    logits = _logits(words, read, reader)
    return _closeness(logits, read, int(np.argmax(_scores(logits, read))))


def _closeness(logits: npt.NDArray[np.float32], read: Sequence[Candidate], number: int) -> float:
    return float(logits[number]) + _FUSED_IN_LOGITS * read[number].fused


def _confidence(above: float) -> float:
    """How likely a passage answers that is so close, above the library's level."""
    return 1 / (1 + math.exp(-STEEPNESS * (above - EVEN)))


def _quotable(candidates: Iterable[Candidate], count: int) -> list[Candidate]:
    return list(islice((c for c in candidates if c.passage.quotable), count))


def _logits(words: str, read: Sequence[Candidate], reader: Reader) -> npt.NDArray[np.float32]:
    return reader.score(words, [reading_text(c.document, c.passage) for c in read])


def _amiss(asked: Asked, read: Sequence[Candidate]) -> npt.NDArray[np.float32]:
    """1 for each candidate about another place, job, rank or time."""
    about = Subjects(asked.jobs, asked.years, asked.ranks)
    return np.array(
        [
            is_amiss(about, said, around)
            or bool(asked.places and not names_one_of(around, asked.places))
            for said, around in ((_alone(c).text, _surroundings(c)) for c in read)
        ],
        dtype=np.float32,
    )


def _scores(logits: npt.NDArray[np.float32], read: Sequence[Candidate]) -> npt.NDArray[np.float64]:
    """What orders the candidates, shape (candidates,)."""
    fused = np.array([c.fused for c in read], dtype=np.float64)
    scores: npt.NDArray[np.float64] = fused + _LOGIT_WEIGHT * logits
    return scores


def reading_text(document: Document, passage: Passage) -> str:
    """The passage in its surroundings, as the cross-encoder was trained to read it."""
    heading = document.cut(passage.heading) if passage.heading else document.source.title
    words = _apart(document.cut(passage.span), document)
    if passage.lead:
        return evidence_text(words, document.cut(passage.lead), "", heading)
    before = document.text[passage.window.start : passage.span.start]
    after = document.text[passage.span.end : passage.window.end]
    return evidence_text(words, before, after, heading)


def _apart(text: str, document: Document) -> str:
    """A text with spaces where the cells of a table have run together: "LinearFull Stack$90,000".

    Names are written so too, but a name mostly stands in its document more than once.
    """
    return _RUN_TOGETHER.sub(
        lambda word: word[0] if document.text.count(word[0]) > 1 else _CELL_ENDS.sub(" ", word[0]),
        text,
    )


def _surroundings(candidate: Candidate) -> str:
    """The title, heading and window of a passage: where what it speaks of would be named."""
    document, passage = candidate.document, candidate.passage
    heading = document.cut(passage.heading) if passage.heading else ""
    return f"{document.source.title} {heading} {document.cut(passage.window)}"


def _choose(
    read: Sequence[Candidate], scores: npt.NDArray[np.float64], count: int
) -> tuple[Quote, ...]:
    """The best passage, then the next best that are close to it and say something else.

    Other documents come first: a further quote of a document that is quoted already must be
    clearly better than one of a document that is not.
    """
    best = int(np.argmax(scores))
    quotes: list[Quote] = []
    joined: set[int] = set()
    while len(quotes) < count:
        quoted = {quote.document.id for quote in quotes}
        rest = [
            (scores[i] - (_SAME_DOCUMENT if read[i].document.id in quoted else 0), -i)
            for i in range(len(read))
            if i not in joined
            and scores[i] >= scores[best] - _SECOND_WITHIN
            and not any(_repeats(_alone(read[i]), quote) for quote in quotes)
        ]
        if not rest:
            break
        number = -max(rest)[1]
        span, within = _joined(number, read, scores, joined)
        joined |= within
        quotes.append(replace(_alone(read[number]), span=span, score=float(scores[number])))
    return tuple(quotes)


def _alone(candidate: Candidate) -> Quote:
    return Quote(candidate.document, candidate.passage.span, candidate.passage.lead)


def _joined(
    best: int, read: Sequence[Candidate], scores: npt.NDArray[np.float64], taken: set[int]
) -> tuple[Span, set[int]]:
    """A passage with the sentences beside it that answer as well; which of ``read`` they are."""
    document, span, within = read[best].document, read[best].passage.span, {best}
    while True:
        beside = [
            i
            for i in range(len(read))
            if i not in within | taken
            and read[i].document is document
            and scores[i] >= scores[best] - _JOINED_WITHIN
            and _join(document, span, read[i].passage.span)
        ]
        if not beside:
            return span, within
        nearest = max(beside, key=lambda i: scores[i])
        span = _around(span, read[nearest].passage.span)
        within.add(nearest)


def _join(document: Document, one: Span, other: Span) -> bool:
    """Whether two spans stand in one paragraph with nothing between them, and fit a quote."""
    left, right = sorted((one, other))
    if left.end > right.start or right.end - left.start > LONGEST_QUOTE:
        return False
    between = document.text[left.end : right.start]
    return not between.strip() and "\n\n" not in between


def _around(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _repeats(one: Quote, other: Quote) -> bool:
    """Whether two quotes are in nearly the same words."""
    a, b = set(terms(one.text)), set(terms(other.text))
    return len(a & b) >= _ALIKE * max(1, min(len(a), len(b)))
