"""The one axis on which official wages and the figures of documents are drawn."""

from collections import Counter
from dataclasses import dataclass
from math import ceil, floor, log10
from statistics import median

from bot import pay_words
from index.pay.model import PayAnswer, PayFigure, Period

_FAR = 2.5
"""Times the 90th percentile: a larger amount would squeeze all others, and gets an arrow."""

_MARGIN = 1.05


@dataclass(frozen=True, slots=True)
class Axis:
    """Amounts of one currency and period, from zero to ``high``."""

    currency: str
    period: Period
    high: float

    def holds(self, figure: PayFigure) -> bool:
        """Whether a figure states amounts in this currency and period."""
        stated = figure.amount_min is not None and figure.amount_max is not None
        return stated and (figure.currency, figure.period) == (self.currency, self.period)

    def reaches(self, amount: float) -> bool:
        """Whether an amount is on the axis; else it lies far beyond its end."""
        return amount <= self.high

    def place(self, amount: float) -> float:
        """Where an amount lies, from 0 to 1; what is beyond the end is at the end."""
        return min(1.0, max(0.0, amount / self.high))


def axis_of(answer: PayAnswer) -> Axis | None:
    """Choose the axis: dollars a year (or an hour) beside official wages, else the commonest unit.

    Nothing is converted: what is stated in another unit is not drawn.
    """
    shown = (*answer.figures, *answer.near)
    units = Counter(
        (figure.currency, figure.period)
        for figure in shown
        if figure.currency and figure.period and figure.amount_max is not None
    )
    official: list[float] = []
    if answer.official:
        hourly = not units[("USD", "year")] and units[("USD", "hour")] > 0
        period: Period = "hour" if hourly else pay_words.main_period(answer.official)
        percentiles = answer.official.hourly if period == "hour" else answer.official.annual
        official = [amount for amount in pay_words.values(percentiles) if amount is not None]
        unit: tuple[str, Period] = ("USD", period)
    elif units:
        currency, stated = units.most_common(1)[0][0]
        assert currency is not None
        assert stated is not None
        unit = (currency, stated)
    else:
        return None
    held = [figure for figure in shown if (figure.currency, figure.period) == unit]
    tops = [figure.amount_max for figure in held if figure.amount_max is not None]
    likely = [
        figure.amount_max
        for figure in held
        if figure.amount_max is not None
        and not any(flagged.flag == "implausible" for flagged in figure.flags)
    ]
    if not official and not tops:
        return None
    far = _FAR * (max(official) if official else median(likely or tops))
    reached = [amount for amount in (*official, *tops) if 0 < amount <= far]
    return Axis(*unit, high=_round_up(_MARGIN * max(reached))) if reached else None


def _round_up(amount: float) -> float:
    """The next number of two digits and zeros: where an axis may well end."""
    step = 10.0 ** (floor(log10(amount)) - 1)
    return ceil(amount / step) * step
