"""One quote with what a reader needs: its words, and beneath them where they come from."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote as percent

from bot.citation import OLD_AFTER_MONTHS, age_in_months, spoken_date
from bot.excerpt import Excerpt, alone, in_paragraph, in_section, shorten
from bot.slack import strings
from bot.slack.blocks.elements import Element, paragraph, rich_text, run
from index.documents.document import Document, Quote
from index.documents.source import Source

_LONGEST_LEAD = 500
_MOST_RESTATED = 3
_LONGEST_URL = 3000
_WORDS_IN_LINK = 6


def quote_block(quote: Quote, today: date) -> Element:
    """Lay out a quote with a little of the text around it, and its source beneath."""
    return rich_text(_quoted(quote, in_paragraph(quote)), paragraph(*source_line(quote, today)))


def context_block(quote: Quote, today: date) -> Element:
    """Lay out a quote inside the section it stands in, and its source beneath."""
    return rich_text(_quoted(quote, in_section(quote)), paragraph(*source_line(quote, today)))


def near_block(quote: Quote, today: date) -> Element:
    """Lay out a passage that is no answer: its words alone, not bold, and its source beneath."""
    return rich_text(
        _quoted(quote, alone(quote), bold=False), paragraph(*source_line(quote, today))
    )


def _quoted(quote: Quote, excerpt: Excerpt, *, bold: bool = True) -> Element:
    cut = quote.document.cut
    runs = _lead(quote)
    if excerpt.omitted_before:
        runs.append(run(strings.OMITTED_BEFORE(), italic=True))
    if excerpt.before:
        runs.append(run(cut(excerpt.before)))
    runs.append(run(cut(excerpt.quote), bold=bold))
    if excerpt.after:
        runs.append(run(cut(excerpt.after)))
    if excerpt.omitted_after:
        runs.append(run(strings.OMITTED_AFTER(), italic=True))
    return {"type": "rich_text_quote", "elements": runs}


def _lead(quote: Quote) -> list[Element]:
    """Return the header of a table or the line that opens a list, on a line of its own."""
    if not quote.lead:
        return []
    lead = shorten(quote.document, quote.lead, _LONGEST_LEAD)
    runs = [run(quote.document.cut(lead))]
    if lead != quote.lead:
        runs.append(run(strings.OMITTED_AFTER(), italic=True))
    return [*runs, run(strings.NEW_LINE())]


def source_line(quote: Quote, today: date) -> list[Element]:
    """Say where a quote comes from: title and section, who, when, and what it restates."""
    title, section = title_of(quote.document), strings.name(quote.section or "")
    label = (
        strings.SOURCE_SECTION(title, section)
        if section not in {"", title}
        else strings.SOURCE_TITLE(title)
    )
    url = link_to(quote)
    head = {"type": "link", "url": url, "text": label} if url else run(label)
    source = quote.document.source
    return [
        head,
        *map(run, _details(quote)),
        *_age_note(source, today),
        *map(run, _restating(source)),
    ]


def _details(quote: Quote) -> Iterator[str]:
    source = quote.document.source
    if quote.page:
        yield strings.DETAIL_PAGE(strings.number(quote.page))
    for who in dict.fromkeys(strings.name(n) for n in (source.author, source.publisher) if n):
        if who:
            yield strings.DETAIL(who)
    stated = strings.name(source.date or "")
    if not stated:
        yield strings.NO_DATE()
    elif written := spoken_date(stated):
        updated = source.date == source.updated
        yield (strings.DETAIL_UPDATED if updated else strings.DETAIL_DATE)(written)
    else:
        yield strings.DETAIL(stated)


def title_of(document: Document) -> str:
    """Return the title that replies show; a document without one goes by its file."""
    return strings.name(document.source.title) or strings.name(document.id)


def _age_note(source: Source, today: date) -> list[Element]:
    months = age_in_months(source.date or "", today)
    note = strings.OLD(strings.number(months))
    return [run(note, italic=True)] if months > OLD_AFTER_MONTHS else []


def _restating(source: Source) -> Iterator[str]:
    """Name the first works that a brief restates, and say how many more there are."""
    works = [work for work in source.restates if strings.name(work.title)]
    for number, work in enumerate(works[:_MOST_RESTATED]):
        yield (strings.ALSO if number else strings.RESTATING)(strings.name(work.title))
        if who := strings.name(work.publisher or work.author or ""):
            yield strings.WORK_BY(who)
        if when := spoken_date(work.date or ""):
            yield strings.WORK_DATE(when)
    if len(works) > _MOST_RESTATED:
        yield strings.RESTATING_MORE(strings.number(len(works) - _MOST_RESTATED))


def link_to(quote: Quote) -> str | None:
    """Return a link to the very words: a page of a PDF, a text fragment of a web page."""
    url = quote.document.source.url
    if not url or not re.fullmatch(r"https?://[^\s<>|]+", url):
        return None
    base, _, fragment = url.partition("#")
    if quote.page:
        place = f"page={quote.page}"
    elif quote.document.id.lower().endswith((".html", ".htm")):
        place = f"{fragment}:~:text={_fragment(quote.text)}"
    else:
        place = fragment
    link = f"{base}#{place}" if place else base
    return next((option for option in (link, url) if len(option) <= _LONGEST_URL), None)


def _fragment(text: str) -> str:
    """Write the words a browser should scroll to: the first few, and the last few if longer."""
    words = text.split()
    if len(words) <= 2 * _WORDS_IN_LINK:
        return _escaped(words)
    return f"{_escaped(words[:_WORDS_IN_LINK])},{_escaped(words[-_WORDS_IN_LINK:])}"


def _escaped(words: list[str]) -> str:
    return percent(" ".join(words), safe="").replace("-", "%2D")
