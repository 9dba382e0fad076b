"""DOCX: paragraphs, lists and tables in the order of the document, by python-docx."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from index.documents import boilerplate, metadata
from index.documents.assemble import CELL, Part, assemble, first_heading, heading_over_all
from index.documents.document import BlockKind, Document
from index.documents.loaders.archive import check_archive
from index.documents.source import Source
from index.documents.structure import BULLET

_BLOCKS = """(.//w:p | .//w:tbl)[not(ancestor::w:tbl or ancestor::w:txbxContent
    or ancestor::w:sdt/w:sdtPr/w:docPartObj)]"""
"""Paragraphs and tables, those in forms too; not text boxes, nor a contents list that Word made."""
_WORDS = """.//*[self::w:t or self::w:noBreakHyphen or self::w:p or parent::w:r and
    (self::w:tab or self::w:br or self::w:cr)]
    [not(ancestor::w:del or ancestor::w:moveFrom or ancestor::w:txbxContent)]"""
"""What a reader sees with every tracked change accepted. The library's own text leaves insertions
out: without a tracked "not", a quote would say the opposite."""


def read(path: Path, document_id: str) -> Document:
    """Read a Word document.

    Raises:
        UnreadableDocument: it is none, or unpacks to too much.
    """
    check_archive(path, "word/", "DOCX")
    opened = docx.Document(str(path))
    parts = list(_parts(opened))
    of_sections = [p for p in parts if p.kind is BlockKind.HEADING and p.level > 1]
    head = metadata.read_source([p.text for p in parts[:8] if p not in of_sections], [], "")
    properties = opened.core_properties
    stated = " ".join((properties.title or "").split())
    # The properties' created and modified are about the file, not about what it says.
    source = Source(
        title=stated
        or first_heading(parts)
        or heading_over_all(parts)
        or head.title
        or metadata.file_title(document_id),
        author=head.author or metadata.stated_person(properties.author),
        publisher=head.publisher,
        published=head.published,
        updated=head.updated,
    )
    return assemble(document_id, parts, source)


def _parts(opened: Any) -> Iterator[Part]:
    for block in opened.element.body.xpath(_BLOCKS):
        if block.tag.endswith("}tbl"):
            yield from _rows(Table(block, opened))
            continue
        element = Paragraph(block, opened)
        text = _text(block)
        style = element.style.name if element.style is not None else ""
        if style == "Title":
            yield Part(BlockKind.HEADING, text, 1)
        elif heading := re.fullmatch(r"Heading ([1-9])", style):
            yield Part(BlockKind.HEADING, text, int(heading[1]))
        elif boilerplate.is_boilerplate(text) or metadata.is_byline(text):
            yield Part(BlockKind.BOILERPLATE, text)
        elif bullet := BULLET.match(text):
            yield Part(BlockKind.ITEM, text[bullet.end() :])
        elif style.startswith("List") or element._p.xpath("./w:pPr/w:numPr"):  # noqa: SLF001
            yield Part(BlockKind.ITEM, text, _depth(element))
        else:
            yield Part(BlockKind.PARAGRAPH, text)


def _text(element: Any) -> str:
    """The words of a paragraph or cell."""
    marks = {"t": None, "noBreakHyphen": "-"}
    pieces = (
        marks.get(e.tag.rpartition("}")[2], " ") or e.text or "" for e in element.xpath(_WORDS)
    )
    return " ".join("".join(pieces).split())


def _depth(paragraph: Any) -> int:
    """How deep a list item is nested, from 1."""
    stated = paragraph._p.xpath("string(./w:pPr/w:numPr/w:ilvl/@w:val)")  # noqa: SLF001
    by_style = re.search(r"\d$", paragraph.style.name)
    return int(stated) + 1 if stated else int(by_style[0]) if by_style else 1


def _rows(table: Table) -> Iterator[Part]:
    for number, row in enumerate(table.rows):
        cells = {cell._tc: _text(cell._tc) for cell in row.cells}  # noqa: SLF001 - a merged cell comes once for each column
        words = list(cells.values())
        if not any(words):
            continue
        is_header = number == 0 and len(table.rows) > 1 and not any(map(_is_figure, words))
        kind = BlockKind.BOILERPLATE if is_header else BlockKind.ROW
        yield Part(kind, CELL.join(words), is_header=is_header)


def _is_figure(cell: str) -> bool:
    return bool(re.search(r"\d", cell)) and not re.search(r"\b(?:19|20)\d\d\b", cell)
