"""ODT: headings, paragraphs, lists, tables and notes of a LibreOffice document."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from index.documents import markup, metadata
from index.documents.assemble import (
    Part,
    assemble,
    first_heading,
    heading_over_all,
    is_header,
    table_parts,
)
from index.documents.document import BlockKind, Document
from index.documents.loaders.archive import check_archive
from index.documents.marks import with_raised
from index.documents.source import Source

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_GONE = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_TEXT}table-of-content",
        f"{_TEXT}placeholder",
        f"{_TEXT}hidden-text",
        f"{_TEXT}hidden-paragraph",
        f"{_TEXT}note",
        f"{_DRAW}text-box",
        f"{_OFFICE}annotation",
        f"{_OFFICE}forms",
    }
)
"""What was deleted or is not shown, and what stands apart: boxes and notes."""
_MOST_SPAN = 1_000


def read(path: Path, document_id: str) -> Document:
    """Read an ODT document.

    Raises:
        UnreadableDocument: it is none, unpacks to too much, is locked, or holds no text.
    """
    check_archive(path, "content.xml", "ODT")
    with zipfile.ZipFile(path) as archive:
        content = _xml(archive.read("content.xml"))
        meta = _xml(archive.read("meta.xml")) if "meta.xml" in archive.namelist() else None
    body = content.find(f".//{_OFFICE}text")
    parts = list(_Reader(content).blocks(body)) if body is not None else []
    head = metadata.read_source([part.text for part in parts[:8]], [], "")
    title = "".join(meta.itertext(f"{_DC}title")).strip() if meta is not None else ""
    source = Source(
        title=title
        or first_heading(parts)
        or heading_over_all(parts)
        or metadata.file_title(document_id),
        author=head.author,
        publisher=head.publisher,
        published=head.published,
        updated=head.updated,
    )
    return assemble(document_id, parts, source)


def _xml(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


class _Reader:
    """Reads one document; it knows which of its styles hide or raise their words."""

    def __init__(self, content: Any) -> None:
        self._hidden, self._raised = set[str](), set[str]()
        for style in content.iter(f"{_STYLE}style"):
            for properties in style.iter(f"{_STYLE}text-properties"):
                name = style.get(f"{_STYLE}name", "")
                if (
                    properties.get(f"{_TEXT}display") == "none"
                    or properties.get(f"{_STYLE}text-line-through-style", "none") != "none"
                ):
                    self._hidden.add(name)
                if properties.get(f"{_STYLE}text-position", "").startswith(("super", "3", "5")):
                    self._raised.add(name)

    def blocks(self, container: Any, depth: int = 0) -> Iterator[Part]:
        """The parts of what stands in an element."""
        for child in container:
            if child.tag in {f"{_TEXT}h", f"{_TEXT}p"}:
                yield from self._paragraph(child, depth)
            elif child.tag == f"{_TEXT}list":
                yield from self.blocks(child, depth + 1)
            elif child.tag == f"{_TABLE}table":
                yield from self._table(child)
            elif child.tag not in _GONE and isinstance(child.tag, str):
                yield from self.blocks(child, depth)

    def _paragraph(self, element: Any, depth: int) -> Iterator[Part]:
        text = " ".join(self._words(element).split())
        if text and element.get(f"{_TEXT}style-name") not in self._hidden:
            if element.tag == f"{_TEXT}h":
                stated = element.get(f"{_TEXT}outline-level", "1")
                yield Part(BlockKind.HEADING, text, int(stated) if stated.isdigit() else 1)
            else:
                kind = BlockKind.ITEM if depth else BlockKind.PARAGRAPH
                yield markup.part_of(kind, text, depth)
        yield from self._beside(element)

    def _beside(self, element: Any) -> Iterator[Part]:
        """The text boxes and notes that hang on a paragraph."""
        for box in element.iter(f"{_DRAW}text-box", f"{_TEXT}note-body"):
            yield from self.blocks(box)

    def _words(self, element: Any) -> str:
        words = element.text or ""
        for child in element:
            tag = child.tag
            if tag == f"{_TEXT}s" or tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
                words += " "
            elif tag == f"{_TEXT}span" and child.get(f"{_TEXT}style-name") in self._hidden:
                pass
            elif tag == f"{_TEXT}span" and child.get(f"{_TEXT}style-name") in self._raised:
                words = with_raised(words, self._words(child))
            elif tag not in _GONE and isinstance(tag, str):
                words += self._words(child)
            words += child.tail or ""
        return words

    def _table(self, table: Any) -> Iterator[Part]:
        rows: list[list[str]] = []
        named = 0
        inner: list[Any] = []
        for row in table.iter(f"{_TABLE}table-row"):
            if next(row.iterancestors(f"{_TABLE}table")) is not table:
                continue
            cells: list[str] = []
            for cell in row:
                if cell.tag in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                    cells += self._cell(cell, rows, len(cells))
                    inner.append(cell)
            if any(cells):
                rows.append(cells)
                named += row.getparent().tag == f"{_TABLE}table-header-rows"
        if not named and len(rows) > 1 and is_header(rows):
            named = 1
        yield from table_parts(rows, min(named, max(len(rows) - 1, 0)))
        for cell in inner:
            for child in cell:
                if child.tag == f"{_TABLE}table":
                    yield from self._table(child)
                else:
                    yield from self._beside(child)

    def _cell(self, cell: Any, rows: list[list[str]], column: int) -> list[str]:
        """The words of a cell, as often as it stands in a row."""
        stated = cell.get(f"{_TABLE}number-columns-repeated", "1")
        count = min(int(stated), _MOST_SPAN) if stated.isdigit() else 1
        text = " ".join(" ".join(self._words(p) for p in cell if p.tag != f"{_TABLE}table").split())
        if cell.tag == f"{_TABLE}covered-table-cell" and not text and rows:
            above = rows[-1]
            text = above[column] if column < len(above) else ""
        return [text] * (count if text or count < 50 else 1)
