"""Pay → the terminal: official wages and the figures of documents on one axis."""

from collections.abc import Iterator
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot import pay_words, terminal
from bot.citation import spoken_date
from bot.pay_axis import Axis, axis_of
from index.pay.evaluate import PayEvaluation
from index.pay.model import OfficialWages, PayAnswer, PayFigure, PayQuery

_BAR = 48
_MOST_NEAR = 5


def pay(answer: PayAnswer, documents: int, today: date) -> RenderableType:
    """A pay answer as people read it; what was not found is said, and near is called near."""
    axis = axis_of(answer)
    parts: list[RenderableType] = [_matched(answer.query)]
    if answer.official:
        parts.append(_official(answer.official, axis))
    parts.append(Padding(_counted(answer, documents), (1, 0, 0, 0)))
    for group in pay_words.by_quote(answer.figures):
        parts.append(terminal.quoted(group[0].quote, today, is_answer=True))
        parts += [_figure(figure, axis, is_near=False) for figure in group]
    if answer.near:
        near = "Near, not the same: another role, level, company or place than you asked for."
        parts.append(Padding(Text(near, style="bold"), (1, 0, 0, 0)))
        shown = answer.near[:_MOST_NEAR]
        for group in pay_words.by_quote(shown):
            parts.append(terminal.quoted(group[0].quote, today, is_answer=False))
            parts += [_figure(figure, axis, is_near=True) for figure in group]
        if more := len(answer.near) - len(shown):
            parts.append(
                Text(
                    f"\n{more} more near figure{'s' * (more != 1)}: --json shows all.", style="dim"
                )
            )
    return Group(*parts)


def evaluation(measured: PayEvaluation) -> RenderableType:
    """The tables of an evaluation of pay queries."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("query")
    for name in ("returned", "right", "due", "found"):
        table.add_column(name, justify="right")
    for outcome in measured.outcomes:
        returned = len(outcome.answer.figures)
        counts = (returned, outcome.right, outcome.due, outcome.found)
        good = outcome.right == returned and outcome.found == outcome.due
        query = terminal.plain(outcome.question.query, "")
        table.add_row(query, *map(str, counts), style=None if good else "yellow")
    shares = {
        "precision": measured.precision,
        "recall": measured.recall,
        "flags": measured.flag_recall,
        "honest none": measured.honest_none,
    }
    lines = [
        f"{name:<14}" + ("–" if share is None else f"{share:.2f}") for name, share in shares.items()
    ]
    if measured.left_out:
        lines.append(f"records that are no amount of pay, left out: {measured.left_out}")
    return Group(table, Text("\n" + "\n".join(lines)))


def _matched(query: PayQuery) -> Text:
    """What the words were taken for."""
    lines = []
    if query.occupations:
        first, *others = query.occupations
        sure = f"{first.confidence:.0%} sure"
        lines.append(f"matched to {first.occupation}, {first.occupation_code} ({sure})")
        lines += [f"or, if you mean it: {o.occupation}, {o.occupation_code}" for o in others[:2]]
    else:
        lines.append("matched to no occupation of the official statistics")
    if query.place:
        lines.append(f"place: {query.place.area}")
    elif query.outside:
        lines.append(f"place: {query.location} is outside the official statistics (US only)")
    elif query.location:
        lines.append(f"place: {query.location} is not known to the official statistics")
    return terminal.plain("\n".join(lines), "dim")


def _official(official: OfficialWages, axis: Axis | None) -> RenderableType:
    """The percentiles with their bar, and where they come from."""
    heading = f"Official wages: {official.occupation}, {official.area}"
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("")
    for label in pay_words.PERCENTILES:
        table.add_column(label, justify="right")
    for name, of in (("a year", official.annual), ("an hour", official.hourly)):
        known = pay_words.values(of)
        if any(value is not None for value in known):
            told = ("–" if value is None else pay_words.money(value, "USD") for value in known)
            table.add_row(name, *told)
    parts: list[RenderableType] = [Text(), terminal.plain(heading, "bold"), _inside(table)]
    if axis:
        parts.append(_official_bar(official, axis))
    about = [official.source, official.release, official.occupation_code]
    if official.employment is not None:
        about.append(f"{official.employment:,} employed")
    if official.relative_standard_error is not None:
        about.append(f"relative standard error {official.relative_standard_error:g}%")
    if official.retrieved and (day := spoken_date(official.retrieved)):
        about.append(f"retrieved {day}")
    below = (" · ".join(about), *official.footnotes)
    return Group(*parts, *(_inside(terminal.plain(line, "dim")) for line in below))


def _inside(part: RenderableType) -> Padding:
    """Two columns further in, where what belongs to a heading stands."""
    return Padding(part, (0, 0, 0, 2))


def _counted(answer: PayAnswer, documents: int) -> Text:
    found = len(answer.figures)
    if found:
        sources = len({figure.quote.document.id for figure in answer.figures})
        return Text(
            f"{terminal.count(found, 'figure')} from {terminal.count(sources, 'document')}, "
            "copied word for word",
            style="dim",
        )
    none = Text("No document in the library states pay for this.", style="bold")
    none.append(f"\nSearched {terminal.count(documents, 'document')}.", style="dim not bold")
    return none


def _figure(figure: PayFigure, axis: Axis | None, *, is_near: bool) -> RenderableType:
    """What a figure states, its place on the axis, its flags; its words stand above it."""
    stated = pay_words.amounts(figure) or "no amount disclosed"
    if figure.period and figure.amount_max is not None:
        stated += f" {pay_words.PERIODS[figure.period]}"
    source_date = figure.quote.document.source.date
    about = [
        figure.role,
        figure.level if figure.level and figure.level not in (figure.role or "").lower() else None,
        figure.company,
        figure.location,
        figure.kind if figure.kind != "undisclosed" else None,
        spoken_date(figure.as_of) if figure.as_of and figure.as_of != source_date else None,
    ]
    line = Text("near: " if is_near else "", style="dim")
    line.append_text(terminal.plain(stated, "not dim" if is_near else "not dim bold"))
    line.append_text(terminal.plain("".join(f" · {part}" for part in about if part), "not dim"))
    parts: list[RenderableType] = [_inside(line)]
    if axis and axis.holds(figure):
        parts.append(_figure_bar(figure, axis))
    flags = (f"{flagged.flag}: {flagged.reason}" for flagged in figure.flags)
    return Group(*parts, *(_inside(terminal.plain(flag, "yellow")) for flag in flags))


# --- bars ---


def _column(axis: Axis, amount: float) -> int:
    return round(axis.place(amount) * (_BAR - 1))


def _official_bar(official: OfficialWages, axis: Axis) -> Text:
    """The percentiles as a box: 10th ├──▒▒┃▒▒──┤ 90th."""
    percentiles = pay_words.of_period(official, axis.period)
    known = pay_words.values(percentiles) if percentiles else ()
    columns = [None if amount is None else _column(axis, amount) for amount in known]
    bar = ["·"] * _BAR
    for (first, last), mark in {(0, 4): "─", (1, 3): "▒"}.items():
        start, end = columns[first], columns[last]
        if start is not None and end is not None:
            bar[start : end + 1] = mark * (end + 1 - start)
    for column, mark in _ends(columns):
        bar[column] = mark
    return _scaled("".join(bar), axis, "cyan")


def _ends(columns: list[int | None]) -> Iterator[tuple[int, str]]:
    """The marks of the 10th and 90th percentile and, above all others, the median."""
    for number, mark in ((0, "├"), (4, "┤"), (2, "┃")):
        if (column := columns[number]) is not None:
            yield column, mark


def _figure_bar(figure: PayFigure, axis: Axis) -> Text:
    """A range as a bar, an amount as a dot, and an arrow for what is far beyond the axis."""
    assert figure.amount_min is not None
    assert figure.amount_max is not None
    start, end = _column(axis, figure.amount_min), _column(axis, figure.amount_max)
    bar = ["·"] * _BAR
    bar[start : end + 1] = ("█" if end > start else "●") * (end + 1 - start)
    if not axis.reaches(figure.amount_max):
        bar[-1] = "▶"
        return _scaled("".join(bar), axis, "red")
    return _scaled("".join(bar), axis, "green")


def _scaled(bar: str, axis: Axis, style: str) -> Text:
    drawn = Text("  0 ", style="dim")
    drawn.append(bar, style=style)
    return drawn.append(f" {pay_words.money(axis.high, axis.currency)}", style="dim")
