"""PayAnswer → the rows of a CSV, each cell as the linter knows it."""

from collections.abc import Iterator

from bot import pay_words
from bot.slack import pay_strings, strings
from index.pay.model import OfficialWages, PayAnswer, PayFigure

_PERCENTILES = (
    "10th percentile",
    "25th percentile",
    "median",
    "75th percentile",
    "90th percentile",
)


def rows(answer: PayAnswer) -> list[list[str]]:
    """Official percentiles, then the figures of documents with their quotes, then near ones."""
    found = [list(pay_strings.COLUMNS)]
    if answer.official:
        found += _official(answer.official)
    found += [_figure(figure, "asked for") for figure in answer.figures]
    found += [_figure(figure, "near") for figure in answer.near]
    return found


def _official(official: OfficialWages) -> Iterator[list[str]]:
    for period, of in (("year", official.annual), ("hour", official.hourly)):
        for name, amount in zip(_PERCENTILES, pay_words.values(of), strict=True):
            if amount is not None:
                written = strings.bare_number(amount)
                yield [
                    *("official", name, strings.line(official.occupation), "", ""),
                    *(strings.line(official.area), written, written, "USD", period),
                    *(strings.line(official.release), "", "", official.occupation_code),
                    *(strings.line(official.source), ""),
                ]


def _figure(figure: PayFigure, match: str) -> list[str]:
    source = figure.quote.document.source
    ends = (figure.amount_min, figure.amount_max)
    details = (figure.role, figure.level, figure.company, figure.location)
    return [
        *(match, figure.kind),
        *((pay_words.stated(figure, detail) or "") for detail in details),
        *("" if end is None else strings.bare_number(end) for end in ends),
        *(figure.currency or "", figure.period or "", figure.as_of or ""),
        "; ".join(flagged.flag for flagged in figure.flags),
        *(figure.quote.text, strings.name(figure.quote.document.id), strings.name(source.title)),
        source.url or "",
    ]
