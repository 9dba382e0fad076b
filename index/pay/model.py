"""What travels through the pay path: frozen values, each carrying where it comes from."""

from dataclasses import dataclass
from typing import Literal

from index.documents.document import Quote

Period = Literal["year", "month", "week", "day", "hour"]
Kind = Literal["listing", "estimate", "average", "projection", "official", "undisclosed"]
Flag = Literal[
    "estimate",
    "undisclosed",
    "implausible",
    "sources disagree",
    "currency",
    "projection",
    "aggregate average",
    "rounded",
    "hourly rate",
    "stale",
    "illustration",
]


@dataclass(frozen=True, slots=True)
class Flagged:
    """Something a reader has to be told about a figure, and why, in one plain sentence."""

    flag: Flag
    reason: str


@dataclass(frozen=True, slots=True)
class PayFigure:
    """One statement of pay in a document; the words are ``quote``, never rewritten.

    Amounts are as stated, in units of ``currency`` (ISO 4217) per ``period``; both are ``None``
    where the text discloses none. A single amount is minimum and maximum. What the text does not
    state is ``None``.
    """

    role: str | None
    level: str | None
    company: str | None
    location: str | None
    amount_min: float | None
    amount_max: float | None
    currency: str | None
    period: Period | None
    kind: Kind
    as_of: str | None
    """ISO 8601, as precise as stated: of the figure, else of its document."""
    quote: Quote
    flags: tuple[Flagged, ...] = ()


@dataclass(frozen=True, slots=True)
class Percentiles:
    """A wage distribution in US dollars; ``None`` where the statistics give no number."""

    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class OfficialWages:
    """What the official statistics say of one occupation in one area."""

    occupation: str
    occupation_code: str
    """With hyphen, as people cite it: 15-1252."""
    area: str
    area_code: str
    release: str
    source: str
    retrieved: str | None
    annual: Percentiles
    hourly: Percentiles
    mean_annual: float | None
    employment: int | None
    relative_standard_error: float | None
    """Of the mean wage, in percent."""
    footnotes: tuple[str, ...]
    """The statistics' own words on suppressed and top-coded cells."""


@dataclass(frozen=True, slots=True)
class OccupationMatch:
    """An occupation that a typed title may mean."""

    occupation: str
    occupation_code: str
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """An area of the statistics that a typed place means."""

    area: str
    area_code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class PayQuery:
    """What somebody asked, taken apart; ``None`` where nothing was said."""

    text: str
    role: str | None
    level: str | None
    company: str | None
    location: str | None
    occupations: tuple[OccupationMatch, ...] = ()
    """Best first; more than one where the title is ambiguous."""
    place: PlaceMatch | None = None
    outside: bool = False
    """The place is named and lies outside the statistics."""


@dataclass(frozen=True, slots=True)
class PayAnswer:
    """The reply to a pay query.

    ``found``: a document states a figure, or the official statistics have one.
    ``figures`` match what was asked; ``near`` do not quite, and may only be shown as such. Both
    come best first. Figures of different sources are never averaged.
    """

    query: PayQuery
    found: bool
    figures: tuple[PayFigure, ...]
    near: tuple[PayFigure, ...]
    official: OfficialWages | None
    index_version: str
