"""What a pay answer adds to what a message may hold: its amounts and its names, and no others."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot import pay_words
from bot.slack import pay_strings, strings
from index.pay.model import OfficialWages, PayAnswer, PayFigure


def amounts(answer: PayAnswer) -> frozenset[str]:
    """Every amount that the answer holds, as replies write it, and the mark for a missing one."""
    return frozenset((*_amounts(answer), pay_strings.MISSING))


def numbers(answer: PayAnswer) -> frozenset[float]:
    """Every amount that the answer holds, for charts and for cells of a CSV."""
    figures = (*answer.figures, *answer.near)
    found = [end for figure in figures for end in (figure.amount_min, figure.amount_max)]
    if answer.official:
        found += [*pay_words.values(answer.official.annual)]
        found += [*pay_words.values(answer.official.hourly)]
    return frozenset(amount for amount in found if amount is not None)


def names(answer: PayAnswer) -> Iterator[str]:
    """Every name of the official statistics, and each detail that a figure's document states."""
    for match in answer.query.occupations:
        yield from (match.occupation, match.occupation_code)
    if answer.query.place:
        yield answer.query.place.area
    if answer.official:
        yield from _official_names(answer.official)
    for figure in (*answer.figures, *answer.near):
        details = (figure.role, figure.level, figure.company, figure.location)
        yield from filter(None, (pay_words.stated(figure, detail) for detail in details))
        yield from filter(None, (figure.currency,))


def _amounts(answer: PayAnswer) -> Iterator[str]:
    for figure in (*answer.figures, *answer.near):
        yield from _amounts_of(figure)
    if official := answer.official:
        for of in (official.annual, official.hourly):
            yield from (pay_words.money(v, "USD") for v in pay_words.values(of) if v is not None)
        if official.relative_standard_error is not None:
            yield f"{official.relative_standard_error:g}%"


def _amounts_of(figure: PayFigure) -> Iterator[str]:
    for amount in (figure.amount_min, figure.amount_max):
        if amount is not None:
            yield pay_words.money(amount, figure.currency)


def _official_names(official: OfficialWages) -> Iterator[str]:
    yield from (official.occupation, official.occupation_code, official.area, official.area_code)
    yield from (official.source, official.release, "USD")
    yield from (strings.line(note) for note in official.footnotes)


def chart_values(block: Mapping[str, Any]) -> list[float]:
    """Every value that a chart block draws."""
    return [point["value"] for series in block["chart"]["series"] for point in series["data"]]


def chart_texts(block: Mapping[str, Any]) -> list[str]:
    """Every text that a chart block shows."""
    chart = block["chart"]
    points = [point["label"] for series in chart["series"] for point in series["data"]]
    return [
        block["title"],
        *chart["axis_config"]["categories"],
        *(series["name"] for series in chart["series"]),
        *points,
    ]


def chart_shape(block: Mapping[str, Any]) -> bool:
    """Whether a chart block has the keys that we send, and no others."""
    chart = block["chart"]
    return (
        set(block) == {"type", "title", "chart"}
        and set(chart) == {"type", "axis_config", "series"}
        and chart["type"] == "bar"
        and set(chart["axis_config"]) == {"categories"}
        and all(set(series) == {"name", "data"} for series in chart["series"])
        and all(
            [point["label"] for point in series["data"]] == chart["axis_config"]["categories"]
            and all(set(point) == {"label", "value"} for point in series["data"])
            for series in chart["series"]
        )
    )


def longest(values: Sequence[str]) -> int:
    """The length of the longest of some texts; 0 of none."""
    return max(map(len, values), default=0)
