"""What a reader has to be told about a figure, each with its reason. Figures are never changed."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from index.documents.document import Span
from index.pay.model import Flag, Flagged, OfficialWages, PayFigure
from index.pay.vocabulary import role_terms

Compare = Callable[[PayFigure], OfficialWages | None]
"""The official wages to hold a figure against, if there are any."""

_FAR_ABOVE, _FAR_BELOW = 4.0, 4.0
"""So many times the 90th, or less than so great a part of the 10th, percentile is implausible."""
_WRONG_CURRENCY = 10.0
"""So many times the 90th percentile looks like another currency's amount."""
_BEYOND_ANY = 3_000_000.0
"""Dollars, euros or pounds a year: implausible for a listing even without statistics."""
_STRONG = frozenset({"USD", "EUR", "GBP", "CHF"})
_PER_YEAR = {"year": 1, "month": 12, "week": 52, "day": 260, "hour": 2080}
_ROUNDING = 0.02


def flag_figures(
    figures: Sequence[PayFigure], compare: Compare, today: date, stale_after_months: int
) -> list[PayFigure]:
    """All figures of a library, with every flag they need; ``today`` is the day of the build."""
    of_passage: dict[tuple[str, Span], list[PayFigure]] = defaultdict(list)
    of_company: dict[str, list[PayFigure]] = defaultdict(list)
    for figure in figures:
        of_passage[_passage(figure)].append(figure)
        of_company[(figure.company or "").casefold()].append(figure)
    flagged = []
    for figure in figures:
        found: dict[Flag, str] = {flag.flag: flag.reason for flag in figure.flags}
        for flag, reason in (
            *_kind(figure),
            *_implausible(figure, compare(figure)),
            *_currency(figure, of_passage[_passage(figure)]),
            *_against_others(figure, of_company[(figure.company or "").casefold()]),
            *_stale(figure, today, stale_after_months),
        ):
            found.setdefault(flag, reason)
        marks = tuple(Flagged(flag, reason) for flag, reason in found.items())
        flagged.append(replace(figure, flags=marks))
    return flagged


def _kind(figure: PayFigure) -> list[tuple[Flag, str]]:
    found: list[tuple[Flag, str]] = []
    if figure.kind == "estimate":
        found.append(("estimate", "The source calls this an estimate."))
    if figure.kind == "undisclosed":
        found.append(("undisclosed", "The source says that the pay is not disclosed."))
    if figure.kind == "projection":
        found.append(("projection", "A projection: nobody is said to be paid this yet."))
    if figure.kind == "average":
        found.append(("aggregate average", "An aggregate over many people, not one job's pay."))
    if figure.period == "hour":
        found.append(("hourly rate", "Pay by the hour; hours a year are not stated."))
    return found


def _implausible(figure: PayFigure, official: OfficialWages | None) -> list[tuple[Flag, str]]:
    if figure.amount_min is None or figure.amount_max is None or figure.period is None:
        return []
    yearly = _PER_YEAR[figure.period]
    low, high = figure.amount_min * yearly, figure.amount_max * yearly
    rule = "" if figure.period == "year" else f" (taken {yearly:,} times for a year)"
    if official and figure.currency == "USD":
        p10, p90 = official.annual.p10, official.annual.p90
        against = f"{official.occupation}, {official.area}, {official.release}"
        if p90 and low > _FAR_ABOVE * p90:
            reason = (
                f"${low:,.0f} a year{rule} is {low / p90:,.0f} times the official 90th percentile, "
                f"${p90:,.0f} ({against})."
            )
            return _with_currency(reason, low / p90)
        if p10 and high < p10 / _FAR_BELOW and figure.kind != "projection":
            reason = (
                f"${high:,.0f} a year{rule} is far below the official 10th percentile, "
                f"${p10:,.0f} ({against})."
            )
            return [("implausible", reason)]
    if figure.currency in _STRONG and low > _BEYOND_ANY:
        return _with_currency(
            f"{figure.currency} {low:,.0f} a year{rule} is beyond what listings pay.",
            _WRONG_CURRENCY,
        )
    return []


def _with_currency(reason: str, times: float) -> list[tuple[Flag, str]]:
    found: list[tuple[Flag, str]] = [("implausible", reason)]
    if times >= _WRONG_CURRENCY:
        found.append(("currency", "So far outside that the currency or its unit may be wrong."))
    return found


def _passage(figure: PayFigure) -> tuple[str, Span]:
    return figure.quote.document.id, figure.quote.span


def _currency(figure: PayFigure, beside: Sequence[PayFigure]) -> list[tuple[Flag, str]]:
    """A passage that gives the same pay in two currencies."""
    if figure.amount_min is None:
        return []
    others = {other.currency for other in beside if other.amount_min is not None and other.currency}
    if len(others) > 1:
        return [("currency", f"The passage gives pay in {' and '.join(sorted(others))}.")]
    return []


def _against_others(figure: PayFigure, others: Sequence[PayFigure]) -> list[tuple[Flag, str]]:
    """Figures for the same role and company: another amount, none, or the same one rounded."""
    if not figure.company or not figure.role or figure.kind in {"projection", "average"}:
        return []
    found: list[tuple[Flag, str]] = []
    for other in others:
        if other is figure or not _same_job(figure, other) or _same_amount(figure, other):
            continue
        if other.kind in {"projection", "average"}:
            continue
        if _is_rounding(figure, other):
            if _digits(figure) < _digits(other):
                told = f"Rounded: elsewhere the amount is {other.amount_min:,.0f}."
                found.append(("rounded", told))
            continue
        where = "the same document" if _same_document(figure, other) else "another document"
        told = (
            "says the pay is undisclosed"
            if other.amount_min is None
            else f"gives {_amounts(other)}"
        )
        found.append(("sources disagree", f"For the same role and company {where} {told}."))
    return found


def _same_document(one: PayFigure, other: PayFigure) -> bool:
    return one.quote.document.id == other.quote.document.id


def _same_job(one: PayFigure, other: PayFigure) -> bool:
    if not (other.company and other.role and one.company and one.role):
        return False
    if one.company.casefold() != other.company.casefold() or one.level != other.level:
        return False
    a, b = set(role_terms(one.role)), set(role_terms(other.role))
    return a <= b or b <= a


def _same_amount(one: PayFigure, other: PayFigure) -> bool:
    if one.currency != other.currency and one.quote.span == other.quote.span:
        return True
    return (one.amount_min, one.amount_max, one.currency) == (
        other.amount_min,
        other.amount_max,
        other.currency,
    )


def _is_rounding(one: PayFigure, other: PayFigure) -> bool:
    if one.amount_min is None or other.amount_min is None or one.currency != other.currency:
        return False
    assert one.amount_max is not None
    assert other.amount_max is not None
    return (
        abs(one.amount_min - other.amount_min) <= _ROUNDING * other.amount_min
        and abs(one.amount_max - other.amount_max) <= _ROUNDING * other.amount_max
    )


def _digits(figure: PayFigure) -> int:
    """How many digits an amount has before its zeros."""
    return len(re.sub(r"\D", "", f"{figure.amount_min or 0:.0f}").rstrip("0"))


def _amounts(figure: PayFigure) -> str:
    low, high = figure.amount_min or 0, figure.amount_max or 0
    ends = f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"
    return f"{figure.currency or ''} {ends}".strip()


def _stale(figure: PayFigure, today: date, months: int) -> list[tuple[Flag, str]]:
    if not figure.as_of:
        return []
    year, month = (int(part) for part in f"{figure.as_of}-12".split("-")[:2])
    age = 12 * (today.year - year) + today.month - month
    if age <= months:
        return []
    return [("stale", f"From {figure.as_of}: older than {months} months.")]
