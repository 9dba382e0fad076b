"""PayAnswer → message: official wages, the figures of documents with their quotes, or none."""

import json
from collections.abc import Iterator

from bot import pay_words
from bot.citation import spoken_date, spoken_day
from bot.conversation.pay import NEAR_SHOWN
from bot.excerpt import shorten
from bot.pay_axis import Axis, axis_of
from bot.slack import pay_strings, strings
from bot.slack.blocks.answer import Edition, Occasion, follow_up, source_documents
from bot.slack.blocks.elements import (
    Element,
    button,
    buttons,
    note,
    paragraph,
    plain,
    rich_text,
    run,
    sentence,
)
from bot.slack.blocks.quote import quote_block, title_of
from bot.slack.message import Message
from index.pay.model import OfficialWages, PayAnswer, PayFigure, Period

_MOST_FIGURES = 8
_ROOM = 9_000
"""Characters for figures; a message has about 13,000 and the rest is said around them."""
_NOTIFIED = 200
_MOST_DRAWN = 7
_SHORT = 13
"""Characters of a label that leave room for ", from" within Slack's twenty."""
_LONGEST_HEADER = 150


def salary_message(answer: PayAnswer, edition: Edition, occasion: Occasion) -> Message:
    """Lay out a pay answer; what is near is called near, and what is not there is said."""
    shown = _that_fit(answer.figures, occasion)
    near = _that_fit(answer.near[:NEAR_SHOWN], occasion) if not answer.figures else ()
    blocks = [
        {"type": "header", "text": plain(_header(answer))},
        *_shared(occasion),
        *follow_up(occasion),
        *_understood(answer, occasion),
        *_charts(answer),
        *([_table(answer.official)] if answer.official else []),
        *_counted(answer, edition),
        *(_quoted(group, answer, occasion) for group in pay_words.by_quote(shown)),
    ]
    if len(shown) < len(answer.figures):
        more = len(answer.figures) - len(shown)
        blocks.append(note(pay_strings.MORE(strings.number(more))))
    if near:
        blocks.append(sentence(pay_strings.NEAR()))
        blocks += [_quoted(group, answer, occasion) for group in pay_words.by_quote(near)]
    if answer.official:
        blocks.append(_provenance(answer.official))
    blocks.append(_controls(occasion))
    return Message(
        text=_notification(answer, shown),
        blocks=blocks,
        documents=source_documents(tuple(figure.quote for figure in (*shown, *near))),
        people=frozenset(filter(None, (occasion.shared_by,))),
        pay=(answer,),
    )


def _that_fit(figures: tuple[PayFigure, ...], occasion: Occasion) -> tuple[PayFigure, ...]:
    """The first figures whose quotes fit into one message."""
    room, kept = _ROOM, 0
    for figure in figures[:_MOST_FIGURES]:
        room -= len(json.dumps(quote_block(figure.quote, occasion.today), ensure_ascii=False))
        if room < 0 and kept:
            break
        kept += 1
    return figures[:kept]


# --- what was asked ---


def _header(answer: PayAnswer) -> str:
    role, place = _subject(answer)
    if role and place:
        both = pay_strings.ROLE_PLACE(role, place)
        return both if len(both) <= _LONGEST_HEADER else role
    return role or pay_strings.HEADER()


def _subject(answer: PayAnswer) -> tuple[str | None, str | None]:
    """The role and place in words that are registered: never in those of whoever asks."""
    if answer.official:
        return strings.line(answer.official.occupation), strings.line(answer.official.area)
    if answer.query.occupations:
        place = answer.query.place.area if answer.query.place else None
        return strings.line(answer.query.occupations[0].occupation), place
    first = next(iter(answer.figures), None)
    role = pay_words.stated(first, first.role) if first else None
    return role, None


def _shared(occasion: Occasion) -> Iterator[Element]:
    if occasion.shared_by:
        sharer = {"type": "user", "user_id": occasion.shared_by}
        yield rich_text(paragraph(sharer, run(strings.SHARED())))


def _understood(answer: PayAnswer, occasion: Occasion) -> Iterator[Element]:
    """What the title and the place were taken for, and the other occupations it may mean."""
    query = answer.query
    if query.occupations:
        first = query.occupations[0]
        sure = strings.number(round(100 * first.confidence))
        matched = pay_strings.MATCHED(strings.line(first.occupation), first.occupation_code, sure)
        yield note(matched)
    else:
        yield note(pay_strings.UNMATCHED())
    if query.outside:
        yield note(pay_strings.OUTSIDE())
    elif query.location and not query.place:
        yield note(pay_strings.UNKNOWN_PLACE())
    if query.occupations and not answer.official and not query.outside:
        yield note(pay_strings.NO_WAGES())
    if others := query.occupations[1:3]:
        yield sentence(pay_strings.WHICH())
        yield buttons(
            *(
                button(
                    strings.option(match.occupation),
                    f"pay_occupation:{number}",
                    f"{occasion.answer_id}:{match.occupation_code}",
                )
                for number, match in enumerate((query.occupations[0], *others))
            )
        )


# --- official wages ---


def _table(official: OfficialWages) -> Element:
    """The percentiles in rows, which a phone shows whole."""
    head = [pay_strings.PERCENTILE(), pay_strings.YEARLY(), pay_strings.HOURLY()]
    lines = zip(
        (phrase() for phrase in pay_strings.PERCENTILES),
        map(_dollars, pay_words.values(official.annual)),
        map(_dollars, pay_words.values(official.hourly)),
        strict=True,
    )
    return {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in (head, *lines)],
    }


def _dollars(amount: float | None) -> str:
    return pay_strings.MISSING if amount is None else pay_words.money(amount, "USD")


def _provenance(official: OfficialWages) -> Element:
    """Where the wages come from, and the statistics' own words on cells without a number."""
    told = [
        pay_strings.SOURCE(strings.line(official.source), strings.line(official.release)),
        pay_strings.SOURCE(strings.line(official.occupation), official.occupation_code),
        pay_strings.SOURCE(strings.line(official.area), official.area_code),
    ]
    if official.employment is not None:
        told.append(pay_strings.EMPLOYED(strings.number(official.employment)))
    if official.relative_standard_error is not None:
        told.append(pay_strings.ERROR(f"{official.relative_standard_error:g}%"))
    if official.retrieved and (day := spoken_date(official.retrieved)):
        told.append(pay_strings.RETRIEVED(day))
    told += [strings.line(footnote) for footnote in official.footnotes]
    return {"type": "context", "elements": [plain(text) for text in told[:10]]}


# --- charts ---


def _charts(answer: PayAnswer) -> Iterator[Element]:
    """The percentiles and what documents state as bars; far larger amounts in a chart of theirs."""
    axis = axis_of(answer)
    if axis is None:
        return
    bars = _official_bars(answer.official, axis)
    far: dict[str, float] = {}
    for label, figure in _labelled(drawn_figures(answer, axis)):
        reached = axis.reaches(max(_ends(figure)))
        (bars if reached else far).update(_figure_bars(figure, label))
    if bars:
        yield _chart(pay_strings.CHART_TITLE(), axis, bars)
    if far:
        measure = {_MEDIAN: bars[_MEDIAN]} if _MEDIAN in bars else {}
        yield _chart(pay_strings.CHART_TITLE_FAR(), axis, measure | far)


_MEDIAN = pay_strings.PERCENTILES[2]()


def drawn_figures(answer: PayAnswer, axis: Axis) -> tuple[PayFigure, ...]:
    """The figures that a chart shows: those of its currency and period, as many as fit."""
    return tuple(filter(axis.holds, answer.figures))[:_MOST_DRAWN]


def _official_bars(official: OfficialWages | None, axis: Axis) -> dict[str, float]:
    of = pay_words.of_period(official, axis.period) if official else None
    known = pay_words.values(of) if of else ()
    names = (phrase() for phrase in pay_strings.PERCENTILES)
    return {name: value for name, value in zip(names, known, strict=False) if value is not None}


def _labelled(figures: tuple[PayFigure, ...]) -> Iterator[tuple[str, PayFigure]]:
    """Each figure with a short name, where it has one that no other has."""
    shorts = [_short(figure) for figure in figures]
    for number, (short, figure) in enumerate(zip(shorts, figures, strict=True), start=1):
        alone = short if shorts.count(short) == 1 else None
        yield alone or pay_strings.CHART_NTH(strings.number(number)), figure


def _short(figure: PayFigure) -> str | None:
    for detail in (figure.company, figure.role):
        stated = pay_words.stated(figure, detail)
        if stated and len(stated) <= _SHORT:
            return stated
    return None


def _ends(figure: PayFigure) -> list[float]:
    return [end for end in (figure.amount_min, figure.amount_max) if end is not None]


def _figure_bars(figure: PayFigure, label: str) -> dict[str, float]:
    """One bar for one amount, two for a range."""
    low, high = min(_ends(figure)), max(_ends(figure))
    if low == high:
        return {label: low}
    return {pay_strings.CHART_FROM(label): low, pay_strings.CHART_TO(label): high}


def _chart(title: str, axis: Axis, bars: dict[str, float]) -> Element:
    categories = list(bars)
    points = [{"label": label, "value": value} for label, value in bars.items()]
    series = {"name": pay_strings.CHART_UNITS[axis.period](axis.currency), "data": points}
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {
            "type": "bar",
            "axis_config": {"categories": categories},
            "series": [series],
        },
    }


# --- documents ---


def _counted(answer: PayAnswer, edition: Edition) -> Iterator[Element]:
    count = len(answer.figures)
    if count == 1:
        yield note(pay_strings.COUNT_ONE())
    elif count:
        yield note(pay_strings.COUNT(strings.number(count)))
    else:
        yield sentence(pay_strings.NONE())
        indexed = spoken_day(edition.indexed)
        yield note(strings.SEARCHED(strings.number(edition.documents), indexed))


def _quoted(group: list[PayFigure], answer: PayAnswer, occasion: Occasion) -> Element:
    """A quote, beneath it what its figures state, each with its flags, and the source."""
    quoted, source = quote_block(group[0].quote, occasion.today)["elements"]
    lines = [line for figure in group for line in _figure(figure, answer)]
    return rich_text(quoted, *lines, source)


def _figure(figure: PayFigure, answer: PayAnswer) -> Iterator[Element]:
    """One figure: what it states, and its flags."""
    yield paragraph(*_stated(figure))
    for text in _flags(figure, answer):
        yield paragraph(run(text, italic=True))


def _stated(figure: PayFigure) -> Iterator[Element]:
    """The amounts as stated, and the details that the document states in these words."""
    ends = [pay_words.money(end, figure.currency) for end in _ends(figure)]
    if not ends:
        yield run(pay_strings.UNDISCLOSED(), bold=True)
    elif ends[0] == ends[-1]:
        yield run(pay_strings.AMOUNT(ends[0]), bold=True)
    else:
        yield run(pay_strings.AMOUNTS(ends[0], ends[-1]), bold=True)
    if ends and figure.period:
        yield run(pay_strings.PERIODS[figure.period]())
    for detail in details(figure):
        yield run(strings.DETAIL(detail))
    if kind := pay_strings.KINDS[figure.kind]():
        yield run(kind)


def details(figure: PayFigure) -> list[str]:
    """Role, company and place, as far as the document states them in these words."""
    stated = (
        pay_words.stated(figure, detail)
        for detail in (figure.role, figure.company, figure.location)
    )
    return list(dict.fromkeys(filter(None, stated)))


def _flags(figure: PayFigure, answer: PayAnswer) -> Iterator[str]:
    for flagged in figure.flags:
        compared = _comparison(figure, answer) if flagged.flag == "implausible" else None
        yield compared or pay_strings.FLAGS[flagged.flag]()


def _comparison(figure: PayFigure, answer: PayAnswer) -> str | None:
    """What an implausible figure is held against, where the statistics give it."""
    of = pay_words.of_period(answer.official, figure.period) if answer.official else None
    if of is None or of.p10 is None:
        return None
    return pay_strings.COMPARED(_dollars(of.p10), _dollars(of.p90)) if of.p90 else None


def _controls(occasion: Occasion) -> Element:
    place = {
        "type": "external_select",
        "action_id": "pay_place",
        "placeholder": plain(pay_strings.CHANGE_PLACE()),
        "min_query_length": 0,
    }
    items = [place]
    if occasion.shareable:
        items.append(button(strings.SHARE(), "share", occasion.answer_id))
    items.append(button(pay_strings.CSV(), "pay_csv", occasion.answer_id))
    return buttons(*items) | {"block_id": f"pay:{occasion.answer_id}"}


# --- in words ---


def _notification(answer: PayAnswer, shown: tuple[PayFigure, ...]) -> str:
    """The numbers and the first quote, for notifications and screen readers."""
    wages: tuple[str, ...] = ()
    period: Period = "year"
    if official := answer.official:
        period = pay_words.main_period(official)
        of = pay_words.of_period(official, period) or official.annual
        wages = (strings.line(official.occupation), strings.line(official.area))
        wages += (_dollars(of.p10), _dollars(of.p50), _dollars(of.p90))
    if not shown:
        text = pay_strings.NOTIFY[period](*wages) if wages else pay_strings.NONE()
        return strings.escape(text)
    document = shown[0].quote.document
    span = shorten(document, shown[0].quote.span, _NOTIFIED)
    whole = span == shown[0].quote.span
    if wages:
        phrase = (pay_strings.NOTIFY_BOTH if whole else pay_strings.NOTIFY_BOTH_CUT)[period]
    else:
        phrase = strings.NOTIFY if whole else strings.NOTIFY_CUT
    return strings.escape(phrase(*wages, document.cut(span), title_of(document)))


def label_of(figure: PayFigure) -> str:
    """A line that names a figure in a picture: its company and role, else its source."""
    named = (pay_words.stated(figure, detail) for detail in (figure.company, figure.role))
    return ", ".join(filter(None, named)) or title_of(figure.quote.document)


def describe(answer: PayAnswer, axis: Axis, drawn: int) -> str:
    """The description of a chart for those who do not see it."""
    of = pay_words.of_period(answer.official, axis.period) if answer.official else None
    if of is None:
        return pay_strings.CHART_ALT_FIGURES(strings.number(drawn))
    return pay_strings.CHART_ALT(
        _dollars(of.p10), _dollars(of.p50), _dollars(of.p90), strings.number(drawn)
    )
