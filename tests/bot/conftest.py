"""Pay answers built by hand over a document of our own."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
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
from index.pay.official import OfficialTable
from tests.bot.harness import bot, emulate, open_bot, recorder

__all__ = ["bot", "emulate", "open_bot", "recorder"]
"""Fixtures that Slack's tests share."""

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


def _wages(folder: Path) -> OfficialTable:
    """Two occupations in two areas, written as a version holds them."""
    hourly = ([4717, 6175, 7928, 9679, -5], [4000, 5000, 6000, 7000, 8000])
    yearly = ([98_120, 128_450, 164_900, 201_330, -5], [83_200, 104_000, 124_800, 145_600, 166_400])
    cells = [[73_450, 10, 8000, 166_000, 12, *hourly[n], *yearly[n]] for n in (0, 1)]
    areas = [
        {"code": "0000000", "name": "National", "kind": "national"},
        {"code": "0042660", "name": "Seattle-Tacoma-Bellevue, WA", "kind": "metropolitan"},
        {"code": "0019100", "name": "Dallas-Fort Worth-Arlington, TX", "kind": "metropolitan"},
    ]
    occupations = [
        {"code": "151252", "name": "Software Developers", "detailed": True},
        {"code": "151254", "name": "Web Developers", "detailed": True},
    ]
    rows = {
        int(area["code"]) * 1_000_000 + int(str(occupation["code"])): cells[number]
        for area in areas
        for number, occupation in enumerate(occupations)
    }
    ordered = sorted(rows)
    np.save(folder / "keys.npy", np.array(ordered, dtype=np.int64))
    np.save(folder / "values.npy", np.array([rows[key] for key in ordered], dtype=np.int32))
    card = {
        "release": "May 2025",
        "retrieved": "2026-06-01",
        "footnotes": {"5": OFFICIAL.footnotes[0]},
        "occupations": occupations,
        "areas": areas,
    }
    (folder / "wages.json").write_text(json.dumps(card), "utf-8")
    return OfficialTable(folder)


@pytest.fixture(scope="session")
def wages(tmp_path_factory: pytest.TempPathFactory) -> OfficialTable:
    """Official wages of two occupations in three areas."""
    return _wages(tmp_path_factory.mktemp("wages"))


@pytest.fixture
def pay_answer() -> Callable[..., PayAnswer]:
    """Make an answer with everything in it, some of it replaced."""

    def make(**other: Any) -> PayAnswer:
        return replace(ANSWER, **other)

    return make
