"""What a question gets: quotes, or an honest none. Frozen values that every renderer reads."""

from dataclasses import dataclass

from index.documents.document import Document, Quote

LONGEST_QUOTE = 400
"""Characters: sentences are joined up to here, and a sentence that goes on is cut where shown."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds spent on one question, by stage."""

    encode: float
    search: float
    evidence: float
    total: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question.

    ``answered``: ``quotes`` holds up to three quotes, best first, and ``nearest`` is empty.
    Not answered: ``quotes`` is empty and ``nearest`` holds passages that are close and no answer,
    or none where nothing is even close.
    ``confidence`` is the estimated probability, 0 to 1, that the first passage answers.
    ``differs``: the quotes give different figures for the same thing, or opposite sides; false as
    long as no reader can tell.
    """

    question: str
    answered: bool
    confidence: float
    index_version: str
    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    differs: bool
    timings_ms: Timings
    read_as: str | None = None
    """What a follow-up was read as: a question that stands alone."""
    around: tuple[Document, ...] = ()
    """Not answered: the documents that come closest, best first; empty where none has a word or a
    meaning in common with the question."""
