"""DOCX: paragraphs, lists, tables, text boxes and notes in the order of the document.

python-docx opens the file and knows its styles. Its own texts and rows leave out what is wrapped: a
tracked insertion, a content control, a text box.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph
from lxml import etree

from index.documents import markup, metadata
from index.documents.assemble import (
    Part,
    assemble,
    first_heading,
    heading_over_all,
    table_parts,
)
from index.documents.document import BlockKind, Document
from index.documents.loaders.archive import check_archive
from index.documents.marks import with_raised
from index.documents.source import Source
from index.documents.structure import BULLET

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS = {
    "tab": " ",
    "ptab": " ",
    "br": " ",
    "cr": " ",
    "noBreakHyphen": "-",
    "softHyphen": "",
}
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}pPr", f"{_W}rPr"})
"""What was deleted, what older programs are given, and what is about the text."""
_MOST_SPAN = 1_000
_OFF = {"0", "false", "off", "none"}


def read(path: Path, document_id: str) -> Document:
    """Read a Word document.

    Raises:
        UnreadableDocument: it is none, or unpacks to too much.
    """
    check_archive(path, "word/", "DOCX")
    opened = docx.Document(str(path))
    parts = list(_Reader(opened).parts())
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


@dataclass(frozen=True, slots=True)
class _Cell:
    element: Any
    text: str
    is_first: bool
    """Whether it begins here, and does not reach here over columns."""


class _Reader:
    """Reads one document; it knows its notes and which of its styles hide their words."""

    def __init__(self, opened: Any) -> None:
        self._opened = opened
        styles = opened.styles.element
        self._hidden_styles = set(
            _xpath(
                styles, "./w:style[w:rPr/w:vanish[not(@w:val='0' or @w:val='false')]]/@w:styleId"
            )
        )
        self._notes = {
            **self._read_notes(RELATIONSHIP_TYPE.FOOTNOTES, "footnote"),
            **self._read_notes(RELATIONSHIP_TYPE.ENDNOTES, "endnote"),
        }

    def _read_notes(self, relation: str, tag: str) -> dict[tuple[str, str], Any]:
        try:
            part = self._opened.part.part_related_by(relation)
        except KeyError:
            return {}
        root = parse_xml(part.blob)
        notes = (note for note in root if note.tag == f"{_W}{tag}" and not note.get(f"{_W}type"))
        return {(tag, note.get(f"{_W}id")): note for note in notes}

    def parts(self) -> Iterator[Part]:
        """The parts of the document."""
        yield from self._blocks(self._opened.element.body)

    def _blocks(self, container: Any) -> Iterator[Part]:
        """The parts of what stands in an element: paragraphs and tables, however wrapped."""
        for child in container:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            elif child.tag == f"{_MC}AlternateContent":
                yield from self._blocks(_chosen(child))
            elif child.tag == f"{_W}sdt":
                yield from self._blocks(_content(child))
            elif child.tag not in _GONE:
                yield from self._blocks(child)

    # --- paragraphs ---

    def _paragraph(self, element: Any) -> Iterator[Part]:
        text = " ".join(self._words(element).split())
        if text and self._style_id(element, "pStyle") not in self._hidden_styles:
            yield self._part(element, text)
        yield from self._beside(element)

    def _part(self, element: Any, text: str) -> Part:
        paragraph = Paragraph(element, self._opened)
        style = paragraph.style.name if paragraph.style is not None else ""
        if style == "Title":
            return Part(BlockKind.HEADING, text, 1)
        if heading := re.fullmatch(r"Heading ([1-9])", style):
            return Part(BlockKind.HEADING, text, int(heading[1]))
        if re.match(r"(?i)toc \d|table of figures", style):
            return Part(BlockKind.BOILERPLATE, text)
        shown = markup.part_of(BlockKind.PARAGRAPH, text)
        if shown.kind is BlockKind.BOILERPLATE:
            return shown
        if bullet := BULLET.match(text):
            return Part(BlockKind.ITEM, text[bullet.end() :])
        if style.startswith("List") or _xpath(element, "./w:pPr/w:numPr"):
            return Part(BlockKind.ITEM, text, _depth(element, style))
        return shown

    def _beside(self, element: Any) -> Iterator[Part]:
        """What hangs on a paragraph or cell: its text boxes, and the notes it refers to."""
        seen: list[list[Part]] = []
        for box in element.iter(f"{_W}txbxContent"):
            if _is_gone(box, element) or _box_around(box) is not _box_around(element):
                continue
            parts = list(self._blocks(box))
            if parts not in seen:  # some files hold a box twice, for older programs
                seen.append(parts)
                yield from parts
        for reference in element.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"):
            tag = reference.tag.removeprefix(_W).removesuffix("Reference")
            note = self._notes.pop((tag, reference.get(f"{_W}id")), None)
            if note is not None and not _is_gone(reference, element):
                yield from self._blocks(note)

    def _words(self, element: Any) -> str:
        """The words of a paragraph or run, as a reader sees them with all changes accepted."""
        words = ""
        for child in element:
            if child.tag in _GONE or child.tag == f"{_W}txbxContent":
                continue
            if child.tag == f"{_W}r":
                words = self._with_run(words, child)
            elif child.tag in {f"{_W}t", f"{_M}t"}:
                words += child.text or ""
            elif (sign := _SIGNS.get(str(child.tag).removeprefix(_W))) is not None:
                words += sign if element.tag != f"{_W}tabs" else ""
            elif child.tag == f"{_MC}AlternateContent":
                words += self._words(_chosen(child))
            elif child.tag == f"{_W}sdt":
                words += self._words(_content(child))
            elif child.tag == f"{_W}p":
                words += f" {self._words(child)} "
            elif isinstance(child.tag, str):
                words += self._words(child)
        return words

    def _with_run(self, words: str, run: Any) -> str:
        """Words and the run after them, unless it is hidden or struck."""
        if any(_is_on(run, name) for name in ("vanish", "strike", "dstrike")):
            return words
        if self._style_id(run, "rStyle") in self._hidden_styles:
            return words
        said = self._words(run)
        raised = _xpath(run, "./w:rPr/w:vertAlign/@w:val")
        return with_raised(words, said) if "superscript" in raised and said else words + said

    @staticmethod
    def _style_id(element: Any, name: str) -> str | None:
        found = _xpath(element, f"./w:pPr/w:{name}/@w:val | ./w:rPr/w:{name}/@w:val")
        return found[0] if found else None

    # --- tables ---

    def _table(self, table: Any) -> Iterator[Part]:
        rows = [
            row for row in _rows(table) if not _xpath(row, "./w:trPr/w:del | ./w:trPr/w:hidden")
        ]
        grid = self._grid(rows)
        if all(sum(cell.is_first for cell in row) <= 1 for row in grid):
            for row in rows:  # a frame around text
                for cell in _cells(row):
                    yield from self._blocks(cell)
            return
        shown = [n for n, row in enumerate(grid) if any(cell.text for cell in row)]
        header = _header([rows[n] for n in shown], [grid[n] for n in shown])
        names = [[cell.text for cell in grid[n]] for n in shown[:header]]
        yield from table_parts(names, header)
        for number in shown[header:]:
            # The words of a merged cell count once.
            words = [cell.text for cell in grid[number] if cell.is_first]
            yield from map(_filled, table_parts([words], 0))
            yield from self._in_cells(grid[number])
        for number in shown[:header]:
            yield from self._in_cells(grid[number])

    def _in_cells(self, row: Sequence[_Cell]) -> Iterator[Part]:
        """The tables, boxes and notes in the cells of a row."""
        for cell in row:
            if cell.is_first:
                for child in _unwrapped(cell.element):
                    if child.tag == f"{_W}tbl":
                        yield from self._table(child)
                    elif child.tag == f"{_W}p":
                        yield from self._beside(child)

    def _grid(self, rows: Sequence[Any]) -> list[list[_Cell]]:
        """The cells of each row as a reader sees them, a merged one in all rows it reaches over."""
        grid: list[list[_Cell]] = []
        for row in rows:
            cells: list[_Cell] = []
            for cell in _cells(row):
                merged = _xpath(cell, "./w:tcPr/w:vMerge")
                goes_on = merged and merged[0].get(f"{_W}val", "continue") == "continue"
                above = grid[-1][len(cells)] if goes_on and _reaches(grid, len(cells)) else None
                said = (self._words(c) for c in _unwrapped(cell) if c.tag == f"{_W}p")
                text = above.text if above else " ".join(" ".join(said).split())
                span = _xpath(cell, "./w:tcPr/w:gridSpan/@w:val")
                count = min(int(span[0]), _MOST_SPAN) if span and span[0].isdigit() else 1
                cells += [_Cell(cell, text, number == 0) for number in range(max(count, 1))]
            grid.append(cells)
        return grid


@cache
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces={"w": _W[1:-1]})


def _xpath(element: Any, path: str) -> Any:
    """What is found in an element; python-docx's own ``xpath`` is on the elements that it knows."""
    return _compiled(path)(element)


def _reaches(grid: Sequence[Sequence[_Cell]], column: int) -> bool:
    return bool(grid) and column < len(grid[-1])


def _rows(table: Any) -> Iterator[Any]:
    return (child for child in _unwrapped(table) if child.tag == f"{_W}tr")


def _cells(row: Any) -> Iterator[Any]:
    return (child for child in _unwrapped(row) if child.tag == f"{_W}tc")


def _unwrapped(element: Any) -> Iterator[Any]:
    """The children of an element, those in content controls and tracked insertions too."""
    for child in element:
        if child.tag == f"{_W}sdt":
            yield from _unwrapped(_content(child))
        elif child.tag in {f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"}:
            yield from _unwrapped(child)
        elif child.tag not in _GONE:
            yield child


def _content(control: Any) -> Any:
    """What stands in a content control; nothing in a list of headings or an empty form."""
    gallery = _xpath(control, "string(./w:sdtPr/w:docPartObj/w:docPartGallery/@w:val)")
    showing = _xpath(control, "./w:sdtPr/w:showingPlcHdr[not(@w:val='0' or @w:val='false')]")
    content = control.find(f"{_W}sdtContent")
    return () if gallery == "Table of Contents" or showing or content is None else content


def _chosen(alternatives: Any) -> Any:
    """What a program of today is given, not what an older one is."""
    choice = alternatives.find(f"{_MC}Choice")
    fallback = alternatives.find(f"{_MC}Fallback")
    return choice if choice is not None else fallback if fallback is not None else ()


def _is_gone(element: Any, within: Any) -> bool:
    for above in element.iterancestors():
        if above is within:
            return False
        if above.tag in _GONE:
            return True
    return False


def _box_around(element: Any) -> Any:
    return next(element.iterancestors(f"{_W}txbxContent"), None)


def _is_on(run: Any, name: str) -> bool:
    found = run.find(f"{_W}rPr/{_W}{name}")
    return found is not None and found.get(f"{_W}val", "1") not in _OFF


def _depth(element: Any, style: str) -> int:
    """How deep a list item is nested, from 1."""
    stated = _xpath(element, "string(./w:pPr/w:numPr/w:ilvl/@w:val)")
    by_style = re.search(r"\d$", style)
    return int(stated) + 1 if stated else int(by_style[0]) if by_style else 1


def _filled(part: Part) -> Part:
    """A row, hidden where a program was to fill it in."""
    return Part(BlockKind.BOILERPLATE, part.text) if markup.PLACEHOLDER.search(part.text) else part


def _header(rows: Sequence[Any], grid: Sequence[Sequence[_Cell]]) -> int:
    """How many rows at the top name the columns."""
    most = len(grid) - 1
    marked = 0
    for row in rows[:most]:
        if not _xpath(row, "./w:trPr/w:tblHeader[not(@w:val='0' or @w:val='false')]"):
            break
        marked += 1
    named = [not any(_is_figure(cell.text) for cell in row) for row in grid]
    header = marked or int(most > 0 and named[0])
    # Under a name that reaches over several columns, or rows, the names go on.
    while header and header < min(3, most) and named[header]:
        if not any(not cell.is_first for cell in grid[header - 1]) or all(named[header:]):
            break
        header += 1
    return header


def _is_figure(cell: str) -> bool:
    return bool(re.search(r"\d", cell)) and not re.search(r"\b(?:19|20)\d\d\b", cell)
