"""PPTX: the text and tables of each slide, by python-pptx.

A slide is a section under its title and a page under its number. Notes, which the audience does
not see, and hidden slides are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER

from index.documents import boilerplate, metadata
from index.documents.assemble import CELL, Part, assemble, first_heading, is_header
from index.documents.document import BlockKind, Document, Span
from index.documents.loaders.archive import check_archive
from index.documents.source import Source

_FURNITURE = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
"""The same on every slide."""
_BULLETS = {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT}
"""Where a paragraph is a point of a list."""
_NO_TITLES = {"", "PowerPoint Presentation", "Presentation"}
"""What programs write into an empty field."""
_EMPTY = Part(BlockKind.BOILERPLATE, "(a slide without text)")
"""Keeps the number of the slides after it; it is never quoted."""


def read(path: Path, document_id: str) -> Document:
    """Read a PowerPoint presentation.

    Raises:
        UnreadableDocument: it is none, unpacks to too much, or holds no text.
    """
    check_archive(path, "ppt/", "PPTX")
    opened = pptx.Presentation(str(path))
    slides = [_parts(slide) or [_EMPTY] for slide in opened.slides]
    parts = [part for slide in slides for part in slide]
    opening = next((slide for slide in slides if slide != [_EMPTY]), [])
    head = metadata.read_source([part.text for part in parts[:8]], [], "")
    properties = opened.core_properties
    stated = " ".join((properties.title or "").split())
    if stated in _NO_TITLES:
        stated = first_heading(opening) or metadata.file_title(document_id)
    # The properties' created and modified are about the file, not about what it says.
    source = Source(
        title=stated,
        author=head.author or metadata.stated_person(properties.author),
        published=head.published,
        updated=head.updated,
    )
    return _with_slides(assemble(document_id, parts, source), [len(slide) for slide in slides])


def _with_slides(document: Document, counts: Sequence[int]) -> Document:
    """The document with a page for each slide, ``counts`` blocks long, where its section ends."""
    blocks = iter(document.blocks)
    slides = [[block.span for block in islice(blocks, count)] for count in counts]
    pages = tuple(Span(spans[0].start, spans[-1].end) for spans in slides)
    ends = {page.start: page.end for page in pages}
    sections = (
        replace(section, span=Span(section.span.start, ends[section.span.start]))
        for section in document.sections
    )
    return replace(document, pages=pages, sections=tuple(sections))


def _parts(slide: Any) -> list[Part]:
    if slide.element.get("show") == "0":
        return []
    title = slide.shapes.title
    found = [Part(BlockKind.HEADING, _words(title.text_frame.text), 1)] if title is not None else []
    for shape in _flat(slide.shapes):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if shape.has_text_frame:
            found += _paragraphs(shape)
        elif shape.has_table:
            found += _rows(shape.table)
    return [part for part in found if part.text]


def _flat(shapes: Any) -> Iterator[Any]:
    """The shapes of a slide and of the groups in it, in the order of the file."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _flat(shape.shapes)
        else:
            yield shape


def _paragraphs(shape: Any) -> Iterator[Part]:
    placed = shape.placeholder_format.type if shape.is_placeholder else None
    if placed in _FURNITURE:
        return
    if placed is PP_PLACEHOLDER.SUBTITLE:
        yield _part(BlockKind.PARAGRAPH, _words(shape.text_frame.text))
        return
    paragraphs = [p for p in shape.text_frame.paragraphs if _words(p.text)]
    kind = BlockKind.ITEM if placed in _BULLETS and len(paragraphs) > 1 else BlockKind.PARAGRAPH
    for paragraph in paragraphs:
        yield _part(kind, _words(paragraph.text), paragraph.level + 1)


def _part(kind: BlockKind, text: str, level: int = 0) -> Part:
    if boilerplate.is_boilerplate(text) or metadata.is_byline(text):
        return Part(BlockKind.BOILERPLATE, text)
    return Part(kind, text, level)


def _rows(table: Any) -> Iterator[Part]:
    rows = [
        [_words(cell.text_frame.text) for cell in row.cells if not cell.is_spanned]
        for row in table.rows
    ]
    rows = [row for row in rows if any(row)]
    if not rows:
        return
    named = len(rows) > 1 and (table.first_row or is_header(rows))
    for number, row in enumerate(rows):
        header = named and number == 0
        kind = BlockKind.BOILERPLATE if header else BlockKind.ROW
        yield Part(kind, CELL.join(row), is_header=header)


def _words(text: str) -> str:
    return " ".join(text.split())
