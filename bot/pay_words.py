"""How pay is written, the same in Slack, in the terminal and in pictures."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from index.documents.document import Span
from index.pay.model import OfficialWages, PayFigure, Percentiles, Period

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}

PERIODS: dict[Period, str] = {
    "year": "a year",
    "month": "a month",
    "week": "a week",
    "day": "a day",
    "hour": "an hour",
}

PERCENTILES = ("10th", "25th", "median", "75th", "90th")


_LONGEST_DETAIL = 100


def money(amount: float, currency: str | None) -> str:
    """Write an amount: $120,000, £40.50, IDR 840,000,000; never rounded."""
    number = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    if currency in _SYMBOLS:
        return _SYMBOLS[currency] + number
    return f"{currency} {number}" if currency else number


def amounts(figure: PayFigure) -> str | None:
    """Write what a figure states, as a range or one amount; None if it discloses none."""
    ends = [amount for amount in (figure.amount_min, figure.amount_max) if amount is not None]
    written = dict.fromkeys(money(amount, figure.currency) for amount in ends)
    return "–".join(written) or None


def values(percentiles: Percentiles) -> tuple[float | None, ...]:
    """The five percentiles, in the order of `PERCENTILES`."""
    of = percentiles
    return (of.p10, of.p25, of.p50, of.p75, of.p90)


def main_period(official: OfficialWages) -> Literal["year", "hour"]:
    """A year, except for occupations that have wages by the hour only."""
    yearly, hourly = values(official.annual), values(official.hourly)
    return "hour" if not any(yearly) and any(hourly) else "year"


def of_period(official: OfficialWages, period: Period | None) -> Percentiles | None:
    """The distribution by year or hour; the statistics have no other."""
    return {"year": official.annual, "hour": official.hourly}.get(period or "year")


def by_quote(figures: Iterable[PayFigure]) -> list[list[PayFigure]]:
    """Put figures that stand in the same words together; in the order of their first ones."""
    groups: dict[tuple[str, Span], list[PayFigure]] = {}
    for figure in figures:
        groups.setdefault((figure.quote.document.id, figure.quote.span), []).append(figure)
    return list(groups.values())


def stated(figure: PayFigure, value: str | None) -> str | None:
    """Return a detail of a figure, on one line, if its document says it in these words.

    The title counts too. Case and white space are not compared. What was normalised on the way (a
    level, say) is left to the quote, where it stands in its own words, as is what is too long.
    """
    line = " ".join((value or "").split())
    if not 0 < len(line) <= _LONGEST_DETAIL:
        return None
    document = figure.quote.document
    said = (document.source.title, document.text)
    return line if any(_folded(line) in _folded(text) for text in said) else None


@lru_cache(maxsize=256)
def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
