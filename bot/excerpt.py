"""Which words around a quote are shown with it: spans only, cut at the ends of words."""

import re
from dataclasses import dataclass

from index.answer import LONGEST_QUOTE
from index.documents.document import BlockKind, Document, Quote, Span

_A_LITTLE = 150
_A_SCREEN = 1200
_LONGEST_IN_SECTION = 1500
_BREAK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is shown of a document: a quote between its neighbours, and where words are left out."""

    before: Span | None
    quote: Span
    after: Span | None
    omitted_before: bool
    omitted_after: bool


def alone(quote: Quote) -> Excerpt:
    """Show a quote without its neighbours."""
    return _excerpt(quote, quote.span, 0, LONGEST_QUOTE)


def in_paragraph(quote: Quote) -> Excerpt:
    """Show a little of the paragraph around a quote.

    A table row or list item stands alone: what lies beside it in the text is another row.
    """
    blocks = quote.document.blocks
    home = next((b for b in blocks if b.span.start <= quote.span.start < b.span.end), None)
    whole = home.span if home and home.kind == BlockKind.PARAGRAPH else quote.span
    return _excerpt(quote, whole, _A_LITTLE, LONGEST_QUOTE)


def in_section(quote: Quote) -> Excerpt:
    """Show a quote inside its section, about a screen of text."""
    section = quote.document.section_at(quote.span.start)
    whole = section.span if section else Span(0, len(quote.document.text))
    return _excerpt(quote, whole, _A_SCREEN, _LONGEST_IN_SECTION)


def shorten(document: Document, span: Span, most: int) -> Span:
    """Return the start of a span, at most ``most`` characters, to the end of a word if it can."""
    if span.end - span.start <= most:
        return span
    end = _word_end(document, span.start, span.end, most)
    return Span(span.start, end if end > span.start else span.start + most)


def _excerpt(quote: Quote, whole: Span, most: int, longest: int) -> Excerpt:
    document, span = quote.document, quote.span
    shown = shorten(document, span, longest)
    start = _word_start(document, span.start, whole.start, most)
    end = shown.end if shown != span else _word_end(document, span.end, whole.end, most)
    return Excerpt(
        before=_words(document, start, span.start),
        quote=shown,
        after=_words(document, shown.end, end),
        omitted_before=_words(document, whole.start, start) is not None,
        omitted_after=_words(document, end, max(whole.end, span.end)) is not None,
    )


def _word_start(document: Document, end: int, floor: int, most: int) -> int:
    """Return where at most ``most`` characters before ``end`` start with a whole word."""
    if end - most <= floor:
        return min(floor, end)
    found = _BREAK.search(document.text, end - most, end)
    return found.end() if found else end


def _word_end(document: Document, start: int, ceiling: int, most: int) -> int:
    """Return where at most ``most`` characters from ``start`` end with a whole word."""
    if start + most >= ceiling:
        return max(ceiling, start)
    found = list(_BREAK.finditer(document.text, start, start + most))
    return found[-1].start() if found else start


def _words(document: Document, start: int, end: int) -> Span | None:
    """Return the span from ``start`` to ``end`` if there is anything to read in it."""
    return Span(start, end) if start < end and document.text[start:end].strip() else None
