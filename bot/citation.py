"""What stands under a quote, the same in Slack and in the terminal: who says so, and when."""

from datetime import date

from index.documents.document import Quote
from index.documents.source import Source

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

OLD_AFTER_MONTHS = 12
"""A source older than this carries an age note."""


def spoken_date(iso: str) -> str:
    """A stated date as people write it: 20 Apr 2026, Apr 2026, 2026."""
    year, *rest = iso.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


def age_in_months(iso: str, today: date) -> int:
    """Whole months since a stated date; a date without month or day counts as late as it can."""
    parts = [int(part) for part in iso.split("-")]
    year, month, day = (*parts, 12, 28)[:3] if len(parts) == 1 else (*parts, 28)[:3]
    return max(0, (today.year - year) * 12 + today.month - month - (today.day < day))


def where(quote: Quote) -> str:
    """The title, and the section or page that the quote stands in."""
    title, section = quote.document.source.title, quote.section
    inner = section if section and section != title else None
    page = f"page {quote.page}" if quote.page else None
    return ", ".join(part for part in (title, inner, page) if part)


def who(source: Source) -> str | None:
    """Author and publisher, as far as stated."""
    named = dict.fromkeys(name for name in (source.author, source.publisher) if name)
    return ", ".join(named) or None


def stated(source: Source) -> str | None:
    """The date by which the source is judged, and which kind of date it is."""
    if source.date is None:
        return None
    kind = "updated " if source.date == source.updated else ""
    return kind + spoken_date(source.date)


def restated(source: Source) -> str | None:
    """The works that a brief restates, by title, with publisher or author and date."""
    works = [
        ", ".join(
            part for part in (work.title, work.publisher or work.author, stated(work)) if part
        )
        for work in source.restates
    ]
    return "; ".join(works) or None
