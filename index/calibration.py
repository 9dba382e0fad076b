"""How high the scores of a library run: what its confidence is measured from.

The best passage for a question that is not answered scores higher in a library of dense figures
than in one of plain prose, and so does the best passage for one that is. Both are measured at
build time, without knowing any question that people will ask: the library's own headings stand for
questions that it answers, and questions of quite other libraries for those that it does not.
docs/decisions/0021-calibration.md has the numbers.
"""

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import median

import numpy as np
import numpy.typing as npt

from index import derived
from index.documents.document import Document
from index.models.runtime import CrossEncoder

HEADINGS = 24
"""Headings that are asked; more hardly move their median."""

_FEW = 4
"""So many headings count half: their median is drawn towards 0, about which it lies in libraries of
any size. In a handful of short documents a heading finds just the sentence it was made for."""

STRANGERS = (
    "how many hours does a nurse work in a week?",
    "what do electricians earn in their first year",
    "which licence does a truck driver need",
    "how long does it take to become a veterinarian?",
    "do chefs get paid for overtime",
    "is there a shortage of primary school teachers?",
    "what is the retirement age of airline pilots",
    "how do I open a flower shop",
    "which certificates does a welder need?",
    "what share of lawyers work on weekends",
    "how is a dentist's practice sold",
    "who hires seasonal farm workers?",
    "what time do the shops close on Sunday",
    "how do I get a stain out of a carpet",
    "which river is the longest in Europe?",
    "how many players are in a handball team",
    "what is the best time to plant tomatoes",
    "who painted the ceiling of the Sistine Chapel?",
    "how far is the moon from the earth",
    "why do cats purr",
)
"""Half of them about work, half about nothing of the kind. That a library answers one or two of
them does no harm: their median counts."""


class KeptScores:
    """A cross-encoder that reads no pair twice, so that a rebuild reads what is new."""

    def __init__(self, reader: CrossEncoder, store: derived.Derived) -> None:
        self._reader = reader
        self._store = store

    def score(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """The logits of (question, passage), shape (len(passages),)."""
        keys = [derived.key("pair", self._reader.fingerprint, question, text) for text in passages]
        found = {key: self._store.get(key) for key in keys}
        new = [(key, text) for key, text in zip(keys, passages, strict=True) if not found[key]]
        scores = self._reader.score(question, [text for _, text in new])
        for (key, _), score in zip(new, scores, strict=True):
            found[key] = struct.pack("<f", score)
            self._store.put(key, struct.pack("<f", score))
        return np.array([struct.unpack("<f", found[key] or b"")[0] for key in keys], np.float32)


def headings(documents: Iterable[Document]) -> Iterator[str]:
    """The titles and headings of all documents."""
    for document in documents:
        yield document.source.title
        for section in document.sections:
            yield document.cut(section.heading)


def level(closeness: Callable[[str], float | None], headings: Iterable[str]) -> float:
    """The score halfway between a library's own headings and the questions of others.

    ``closeness``: `index.evidence.closeness` in this library. The headings that are asked are
    chosen by their hash, so that a new document changes few of them.
    """
    asked = sorted(set(headings), key=lambda h: hashlib.sha256(h.encode()).digest())[:HEADINGS]
    own, others = (
        [close for text in texts if (close := closeness(text)) is not None]
        for texts in (asked, STRANGERS)
    )
    if not own or not others:
        return 0.0
    return (median(own) * len(own) / (len(own) + _FEW) + median(others)) / 2
