"""One reading of a message, made once; whatever comes after looks at this and at no string."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What somebody wants who writes to us."""

    QUESTION = "question"
    PAY = "pay"
    """What a job pays."""
    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    """Who we are, and what may be asked."""
    SOURCE = "source"
    """Where the answer just before comes from."""
    COMPLAINT = "complaint"
    """The answer just before was no good."""
    ASIDE = "aside"
    """Nothing that is meant for us: "lol", a code block, an emoji."""
    NOTHING = "nothing"
    """No words at all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a message asks. `index.question.read.read` makes it.

    Places, jobs, years and ranks are those that an answer has to be about; empty where none is
    named.
    """

    text: str
    """As typed."""
    kind: Kind
    words: str = ""
    """What is searched for: a question that stands alone; empty where nothing is."""
    query: str = ""
    """What is looked up as pay, for `Kind.PAY`: role, level, employer, place."""
    jobs: frozenset[str] = frozenset()
    level: str | None = None
    places: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    ranks: frozenset[str] = frozenset()
    """Percentiles, as numbers, and the mean."""
    employer: str | None = None
    before: str | None = None
    """The question before, as it was read, where there was one."""
    read_as: str | None = None
    """What a follow-up was read as: a question that stands alone."""
    language: str = "en"
    """ISO 639-1; English unless another language is plain."""
    then: "Asked | None" = None
    """The second question of the message, if it asks two."""

    @property
    def alone(self) -> str:
        """The question as the next one follows on it."""
        return self.read_as or self.text
