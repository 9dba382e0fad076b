"""What stands under a quote, the same in Slack and in the terminal: who says so, and when."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from index.documents.document import Quote
from index.documents.source import Source

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

SPOKEN = re.compile(rf"(?:(?:([1-9]|[12][0-9]|3[01]) )?({'|'.join(MONTHS)}) )?([0-9]{{4}})")
"""What looks like a date as people write it; `is_spoken_date` tells whether it is one."""

OLD_AFTER_MONTHS = 12
"""A source older than this carries an age note."""


def spoken_date(iso: str) -> str | None:
    """A date as precisely as it is stated: 20 Apr 2026, Apr 2026, 2026; None if it is no date."""
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", iso)
    if not found:
        return None
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    parts = (str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", year)
    return " ".join(part for part in parts if part)


def is_spoken_date(text: str) -> bool:
    """Whether a text is a real date in a form that `spoken_date` gives."""
    found = SPOKEN.fullmatch(text)
    if not found:
        return False
    day, month, year = found.groups()
    iso = year
    iso += f"-{MONTHS.index(month) + 1:02}" if month else ""
    iso += f"-{int(day):02}" if day else ""
    return spoken_date(iso) == text


def spoken_day(day: date) -> str:
    """A day as people write it: 20 Apr 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def newest_first(quotes: Sequence[Quote]) -> tuple[Quote, ...] | None:
    """The quotes by the date of their sources; None where that does not order the sources.

    It does not where a date is not stated or two of them may be the same day: 2026 and 20 Apr 2026.
    Quotes of one document stay together, in their order.
    """
    dates = {quote.document.id: quote.document.source.date or "" for quote in quotes}
    stated = sorted(dates.values(), reverse=True)
    if not all(map(spoken_date, stated)):
        return None
    if any(newer.startswith(older) for newer, older in pairwise(stated)):
        return None
    return tuple(sorted(quotes, key=lambda quote: dates[quote.document.id], reverse=True))


def age_in_months(iso: str, today: date) -> int:
    """Whole months since a stated date; a date without month or day counts as late as it can.

    What is no date has no age: 0.
    """
    if spoken_date(iso) is None:
        return 0
    parts = [int(part) for part in iso.split("-")]
    year, month, day = (*parts, 12, 28)[:3] if len(parts) == 1 else (*parts, 28)[:3]
    return max(0, (today.year - year) * 12 + today.month - month - (today.day < day))


def where(quote: Quote) -> str:
    """The title, and the section and page that the quote stands in."""
    title, section = quote.document.source.title, quote.section
    place = f"{title} › {section}" if section and section != title else title
    return f"{place} · page {quote.page}" if quote.page else place


def who(source: Source) -> str | None:
    """Author and publisher, as far as stated."""
    named = dict.fromkeys(name for name in (source.author, source.publisher) if name)
    return " · ".join(named) or None


def stated(source: Source) -> str | None:
    """The date by which the source is judged, and which kind of date it is."""
    spoken = spoken_date(source.date or "")
    if spoken is None:
        return source.date
    return f"updated {spoken}" if source.date == source.updated else spoken


def restated(source: Source) -> str | None:
    """The works that a brief is based on, with publisher or author and date."""
    works = [
        ", ".join(
            part
            for part in (f"“{work.title}”", work.publisher or work.author, stated(work))
            if part
        )
        for work in source.restates
    ]
    return "; ".join(works) or None
