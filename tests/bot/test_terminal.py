"""Answers in the terminal: known answers in, known words out."""

from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from bot import terminal
from index.answer import Answer, Timings
from index.documents.document import Document, Quote, Span
from index.documents.source import Source


def quote(words: str, published: str | None) -> Quote:
    """The whole of a document of its own."""
    source = Source("Notes", published=published)
    return Quote(Document(f"{words}.md", words, source, ()), Span(0, len(words)))


def shown(*quotes: Quote, differs: bool = True) -> list[str]:
    """The lines that an answer of these quotes is shown as, without empty ones."""
    timings = Timings(0, 0, 0, 0)
    given = Answer("?", True, 0.9, "v", quotes, (), differs, timings)
    console = Console(width=100, file=StringIO(), record=True)
    console.print(terminal.answered(given, date(2026, 8, 20)))
    return [line.strip() for line in console.export_text().splitlines() if line.strip()]


def test_sources_that_differ_come_newest_first() -> None:
    """Where sources differ, that is the first line, and the newest stands first."""
    lines = shown(quote("Old words.", "2025"), quote("New words.", "2026-04"))
    assert lines[0] == "2 sources on this, newest first."
    assert [line for line in lines if line.startswith("▌")] == ["▌ New words.", "▌ Old words."]


def test_no_order_is_claimed_where_dates_do_not_tell() -> None:
    """Without a date the best quote stays first, and nothing is said of an order."""
    lines = shown(quote("Best words.", None), quote("New words.", "2026-04"))
    assert lines[0] == "2 sources on this."
    assert [line for line in lines if line.startswith("▌")] == ["▌ Best words.", "▌ New words."]


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("count", range(1, 13))
def test_any_number_of_sources_is_said(count: int, dated: bool) -> None:
    """However many sources differ, the first line counts them; one does not differ from itself."""
    quotes = [quote(f"Words {n}.", f"{2000 + n}" if dated else None) for n in range(count)]
    said = [line for line in shown(*quotes) if "sources" in line]
    order = ", newest first" if dated else ""
    assert said == ([f"{count} sources on this{order}."] if count > 1 else [])


@pytest.mark.parametrize("stated", ["spring", "2025-02-31", "2025-13"])
def test_what_is_no_date_is_shown_as_it_is(stated: str) -> None:
    """A date that is none is shown as stated, and has no age."""
    (line,) = [line for line in shown(quote("Words.", stated)) if "Notes" in line]
    assert line == f"Notes · {stated}"


def test_sources_that_agree_are_not_announced() -> None:
    """Where sources do not differ, the first line counts passages."""
    lines = shown(quote("Old words.", "2025"), quote("New words.", "2026-04"), differs=False)
    assert lines[0] == "2 passages from 2 documents, copied word for word"
