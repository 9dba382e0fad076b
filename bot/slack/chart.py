"""The picture that stands in for Slack's own chart: official wages and figures on one axis."""

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot import pay_words
from bot.pay_axis import Axis, axis_of
from bot.slack import pay_strings, strings
from bot.slack.blocks.salary import describe, drawn_figures, label_of
from bot.slack.message import File
from index.pay.model import OfficialWages, PayAnswer, PayFigure

# Blue, orange and vermilion of Okabe and Ito's palette, which colour-blind readers tell apart;
# shapes differ too.
_OFFICIAL, _DOCUMENT, _BEYOND, _INK, _GREY = "#0072B2", "#E69F00", "#D55E00", "#222222", "#6b6b6b"

_INCHES, _DOTS = 6.0, 180
"""1080 pixels wide: three to a point on a phone, where the smallest words are 11 points."""

_ROW = 0.86
"""Inches a row."""

_LETTERS = 56
"""So many fit beside each other: the name of a figure and its amounts."""

_WIDER = 1.2
"""A digit is wider than most letters."""

_MILLIONS = 10_000_000
"""From here on an axis says "20 million"."""


def picture(answer: PayAnswer) -> File | None:
    """The chart of an answer as a PNG, with its description; None if there is nothing to draw."""
    axis = axis_of(answer)
    figures = drawn_figures(answer, axis) if axis else ()
    if axis is None or not (figures or answer.official):
        return None
    content = _png(answer.official, figures, axis)
    title, alt = pay_strings.CHART_FILE(), describe(answer, axis, len(figures))
    return File("pay.png", content, title, alt)


def _png(official: OfficialWages | None, figures: tuple[PayFigure, ...], axis: Axis) -> bytes:
    """Draw the percentiles as a box and each figure as a range, an outlier as an arrow."""
    rows = len(figures) + (official is not None)
    drawing = Figure(figsize=(_INCHES, _ROW * rows + 0.75), dpi=_DOTS, layout="constrained")
    axes = drawing.add_subplot()
    _set_up(axes, axis, rows)
    height = rows - 1.0
    if official:
        _draw_official(axes, official, axis, height)
        height -= 1
    for figure in figures:
        _draw_figure(axes, figure, axis, height)
        height -= 1
    held = BytesIO()
    drawing.savefig(held, format="png", facecolor="white")
    return held.getvalue()


def _set_up(axes: Axes, axis: Axis, rows: int) -> None:
    axes.set_xlim(0, axis.high * 1.02)
    axes.set_ylim(-0.45, rows - 0.3)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda amount, _: _tick(amount, axis.currency)))
    axes.tick_params(axis="x", labelsize=12, colors=_GREY)
    axes.grid(axis="x", color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    unit = pay_strings.CHART_UNITS[axis.period](axis.currency)
    axes.set_xlabel(unit, fontsize=12, color=_GREY)


def _draw_official(axes: Axes, official: OfficialWages, axis: Axis, height: float) -> None:
    """A box from the 25th to the 75th percentile, whiskers to the 10th and 90th, the median."""
    percentiles = pay_words.of_period(official, axis.period)
    p10, p25, p50, p75, p90 = pay_words.values(percentiles) if percentiles else (None,) * 5
    _say(axes, 0, height, pay_strings.CHART_OFFICIAL(), bold=True)
    if p10 is not None and p90 is not None:
        axes.plot([p10, p90], [height, height], color=_OFFICIAL, linewidth=2.5)
    elif p10 is not None and p75 is not None:  # the highest wages are not published
        axes.plot([p10, p75], [height, height], color=_OFFICIAL, linewidth=2.5)
    for end in (p10, p90):
        if end is not None:
            axes.plot([end, end], [height - 0.12, height + 0.12], color=_OFFICIAL, linewidth=2.5)
    if p25 is not None and p75 is not None:
        axes.barh(height, p75 - p25, left=p25, height=0.3, color="#8fc3e3", edgecolor=_OFFICIAL)
    if p50 is not None:
        axes.plot([p50, p50], [height - 0.18, height + 0.18], color=_INK, linewidth=4)
        told = pay_strings.CHART_MEDIAN(pay_words.money(p50, "USD"))
        _say_right(axes, axis, height, told)


def _draw_figure(axes: Axes, figure: PayFigure, axis: Axis, height: float) -> None:
    """A range as a bar, one amount as a diamond, what lies beyond the axis as an arrow."""
    low, high = figure.amount_min, figure.amount_max
    assert low is not None
    assert high is not None
    stated = pay_words.amounts(figure) or ""
    _say(axes, 0, height, strings.cut(label_of(figure), _LETTERS - int(_WIDER * len(stated))))
    _say_right(axes, axis, height, stated)
    if not axis.reaches(high):
        start = low if axis.reaches(low) and low < high else 0.85 * axis.high
        axes.annotate(
            "",
            xy=(axis.high, height),
            xytext=(start, height),
            arrowprops={"arrowstyle": "-|>", "color": _BEYOND, "linewidth": 3, "linestyle": "--"},
        )
    elif high > low:
        axes.barh(height, high - low, left=low, height=0.24, color=_DOCUMENT, edgecolor=_INK)
    else:
        axes.plot([low], [height], marker="D", markersize=11, color=_DOCUMENT, markeredgecolor=_INK)


def _say(axes: Axes, x: float, height: float, words: str, *, bold: bool = False) -> None:
    weight = "bold" if bold else "normal"
    axes.text(x, height + 0.27, _plain(words), fontsize=13, color=_INK, weight=weight)


def _say_right(axes: Axes, axis: Axis, height: float, words: str) -> None:
    axes.text(axis.high, height + 0.27, _plain(words), fontsize=13, color=_INK, ha="right")


def _tick(amount: float, currency: str) -> str:
    """A short number: the unit stands below the axis."""
    if amount >= _MILLIONS:
        return f"{amount / 1_000_000:g} million"
    return _plain(pay_words.money(amount, currency).removeprefix(f"{currency} "))


def _plain(words: str) -> str:
    """Keep matplotlib from reading a dollar sign as mathematics."""
    return words.replace("$", r"\$")
