"""Pay answers built by hand over a document of our own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from index.documents.document import Block, BlockKind, Document, Quote, Section, Span
from index.documents.source import Source
from index.pay.model import (
    Flagged,
    OccupationMatch,
    OfficialWages,
    PayAnswer,
    PayFigure,
    PayQuery,
    Percentiles,
    PlaceMatch,
)

TEXT = """Pay at three firms
Company | Role | Pay
Acme Tools | Senior Backend Engineer | $150,000–$190,000/year
Bolt & Sons | Backend Engineer | $17.8 million/year
Cargo Line pays a backend engineer in Leeds £55,000 a year.
Dune Works does not say what it pays a backend engineer.
A night shift at Cargo Line is paid at $40-an-hour."""

LINES = TEXT.split("\n")


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def _document() -> Document:
    heading, header, *lines = (_span(line) for line in LINES)
    blocks = (
        Block(BlockKind.HEADING, heading),
        *(Block(BlockKind.ROW, row, lead=header) for row in lines[:2]),
        *(Block(BlockKind.PARAGRAPH, line) for line in lines[2:]),
    )
    source = Source(
        "Pay at three firms",
        author="A. Writer",
        publisher="careerbot tests",
        published="2026-03-02",
        url="https://example.org/pay",
    )
    return Document(
        "pay/firms.md", TEXT, source, blocks, (Section(heading, Span(0, len(TEXT)), 1),)
    )


DOCUMENT = _document()

RANGE = PayFigure(
    role="Senior Backend Engineer",
    level="senior",
    company="Acme Tools",
    location=None,
    amount_min=150_000,
    amount_max=190_000,
    currency="USD",
    period="year",
    kind="estimate",
    as_of="2026-03-02",
    quote=Quote(DOCUMENT, _span(LINES[2]), _span(LINES[1])),
    flags=(Flagged("estimate", "The source itself calls the figure an estimate."),),
)
OUTLIER = replace(
    RANGE,
    role="Backend Engineer",
    level=None,
    company="Bolt & Sons",
    amount_min=17_800_000,
    amount_max=17_800_000,
    kind="listing",
    quote=Quote(DOCUMENT, _span(LINES[3]), _span(LINES[1])),
    flags=(Flagged("implausible", "Seventy times the official 90th percentile of $239,200."),),
)
POUNDS = replace(
    OUTLIER,
    role="backend engineer",
    company="Cargo Line",
    location="Leeds",
    amount_min=55_000,
    amount_max=55_000,
    currency="GBP",
    quote=Quote(DOCUMENT, _span(LINES[4])),
    flags=(Flagged("currency", "Stated in pounds, so it is not compared with dollars."),),
)
UNDISCLOSED = replace(
    POUNDS,
    company="Dune Works",
    location=None,
    amount_min=None,
    amount_max=None,
    currency=None,
    period=None,
    kind="undisclosed",
    quote=Quote(DOCUMENT, _span(LINES[5])),
    flags=(Flagged("undisclosed", "The source names the role and gives no amount."),),
)
HOURLY = replace(
    POUNDS,
    role=None,
    company="Cargo Line",
    location=None,
    amount_min=40,
    amount_max=40,
    currency="USD",
    period="hour",
    quote=Quote(DOCUMENT, _span(LINES[6])),
    flags=(Flagged("hourly rate", "Stated by the hour."),),
)
OFFICIAL = OfficialWages(
    occupation="Software Developers",
    occupation_code="15-1252",
    area="Seattle-Tacoma-Bellevue, WA",
    area_code="0042660",
    release="May 2025",
    source="U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics",
    retrieved="2026-06-01",
    annual=Percentiles(98_120, 128_450, 164_900, 201_330, None),
    hourly=Percentiles(47.17, 61.75, 79.28, 96.79, None),
    mean_annual=166_000,
    employment=73_450,
    relative_standard_error=1.2,
    footnotes=("(5) This wage is equal to or greater than $115.00 per hour or $239,200 per year.",),
)
QUERY = PayQuery(
    text="backend engineer, seattle",
    role="backend engineer",
    level=None,
    company=None,
    location="seattle",
    occupations=(OccupationMatch("Software Developers", "15-1252", 0.93),),
    place=PlaceMatch("Seattle-Tacoma-Bellevue, WA", "0042660", 1.0),
)
ANSWER = PayAnswer(
    query=QUERY,
    found=True,
    figures=(RANGE, OUTLIER, POUNDS, UNDISCLOSED),
    near=(HOURLY,),
    official=OFFICIAL,
    index_version="v1",
)


@pytest.fixture
def pay_answer() -> Callable[..., PayAnswer]:
    """Make an answer with everything in it, some of it replaced."""

    def make(**other: Any) -> PayAnswer:
        return replace(ANSWER, **other)

    return make
