"""PDF: the letters of each page by pypdfium2, put together again by where they stand."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from index.documents import metadata
from index.documents.assemble import Part, assemble
from index.documents.document import BlockKind, Document, Span
from index.documents.pages.glyphs import UNKNOWN, Page, read_page
from index.documents.pages.layout import read_flow
from index.documents.pages.paragraphs import Placed, read_parts
from index.documents.source import Source
from index.errors import UnreadableDocument

_MOST_PAGES = 3_000
_MOST_UNKNOWN = 0.5
"""Of the letters of a document that can be read in part."""
_TOLD_UNKNOWN = 0.01
_TOLD_EMPTY = 0.25
_MOST_NAMED = 5
_HEAD_PARTS = 8
_TEXT_WORDS = 15
"""From so many words on a paragraph belongs to the text, not to what stands above it."""
_NO_TITLES = {"untitled", "microsoft word", "presentation", "document"}


def read(path: Path, document_id: str) -> Document:
    """Read a PDF that holds text.

    Raises:
        UnreadableDocument: it is none, encrypted, too long, only pictures of pages, or its fonts
            do not say which letters they draw.
    """
    try:
        opened = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableDocument("it is encrypted: save it without a password") from error
        raise UnreadableDocument("it is not a PDF that can be read") from error
    with closing(opened):
        if len(opened) > _MOST_PAGES:
            raise UnreadableDocument(
                f"it has {len(opened):,} pages; {_MOST_PAGES:,} at most: split it"
            )
        try:
            pages = [_page(opened, number) for number in range(len(opened))]
        except pypdfium2.PdfiumError as error:
            raise UnreadableDocument("it is not a PDF that can be read") from error
        stated = opened.get_metadata_dict()
    _check_letters(pages)
    flow = read_flow(pages)
    placed = read_parts(flow)
    name = document_id.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    document = assemble(document_id, [one.part for one in placed], _source(placed, stated, name))
    spans = tuple(_pages(document, placed, len(pages)))
    return replace(document, pages=spans, doubts=tuple(_doubts(pages, flow.uncertain)))


def _page(opened: pypdfium2.PdfDocument, number: int) -> Page:
    page = opened[number]
    try:
        return read_page(page)
    finally:
        page.close()


def _check_letters(pages: Sequence[Page]) -> None:
    letters = sum(not g.text.isspace() for page in pages for g in page.glyphs)
    if not letters:
        raise UnreadableDocument("it holds no text, only pictures of pages: run OCR first")
    unknown = sum(page.unknown for page in pages)
    if unknown > _MOST_UNKNOWN * letters:
        raise UnreadableDocument(
            "its fonts do not say which letters they draw: print it to PDF again, or run OCR"
        )


def _doubts(pages: Sequence[Page], uncertain: Collection[int]) -> Iterator[str]:
    """What of the pages may have been read otherwise than they look."""
    if uncertain:
        first = sorted(uncertain)[:_MOST_NAMED]
        named = ", ".join(str(number + 1) for number in first)
        more = f" and {len(uncertain) - len(first)} more" if len(uncertain) > len(first) else ""
        yield f"columns uncertain on page {named}{more}"
    letters = sum(not g.text.isspace() for page in pages for g in page.glyphs)
    unknown = sum(page.unknown for page in pages)
    if unknown >= _TOLD_UNKNOWN * letters:
        yield f"{max(1, round(100 * unknown / letters))} % of its letters unreadable"
    empty = sum(not page.glyphs for page in pages)
    if empty >= _TOLD_EMPTY * len(pages):
        yield f"{empty} of {len(pages)} pages hold no text: run OCR"


def _source(placed: Sequence[Placed], stated: dict[str, str], name: str) -> Source:
    """What the first page and the file say; the creation date is the file's, not the text's."""
    parts = [one.part for one in placed if UNKNOWN not in one.part.text]
    prose = [part.text for part in parts[:_HEAD_PARTS] if part.kind is not BlockKind.ROW]
    head = metadata.read_source(prose, [], "")
    opening = takewhile(_is_before_text, parts[:_HEAD_PARTS])
    headings = [part for part in opening if part.kind is BlockKind.HEADING]
    top = min(headings, key=lambda part: part.level, default=None)
    title = " ".join(stated.get("Title", "").split())
    is_title = len(title.split()) > 1 and not title.lower().startswith(tuple(_NO_TITLES))
    return Source(
        title=title if is_title else top.text if top else metadata.file_title(name),
        author=head.author or metadata.stated_person(stated.get("Author")),
        publisher=head.publisher,
        published=head.published,
        updated=head.updated,
    )


def _is_before_text(part: Part) -> bool:
    """Whether a title may still follow: a paragraph of some length opens the text itself."""
    return part.kind is BlockKind.HEADING or len(part.text.split()) < _TEXT_WORDS


def _pages(document: Document, placed: Sequence[Placed], count: int) -> Iterator[Span]:
    """The span of each page; no quote can begin in that of a page without text."""
    starts: dict[int, int] = {}
    for block, one in zip(document.blocks, placed, strict=True):
        for page, offset in one.starts:
            starts.setdefault(page, block.span.start + offset)
    first, last = document.blocks[0].span.end, len(document.text) - 1
    nowhere = Span(first, first + 1) if len(document.blocks) > 1 else Span(last, last + 1)
    ends = dict(zip(starts, [*list(starts.values())[1:], len(document.text)], strict=True))
    for page in range(count):
        inside = page in starts and starts[page] < ends[page]
        yield Span(starts[page], ends[page]) if inside else nowhere
