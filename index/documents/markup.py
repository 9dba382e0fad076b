"""Elements of HTML → parts: paragraphs, headings, items, and tables whose cells span others.

What a browser does not show is left out; so is what a program was to fill in and did not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from index.documents import boilerplate, metadata
from index.documents.assemble import Part, is_header, table_parts
from index.documents.document import BlockKind
from index.documents.marks import is_mark, with_raised

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre search section "
    "summary table tbody td tfoot th thead tr ul".split()
)
_UNSEEN = (
    "script", "style", "template", "head", "title",
    "svg", "math", "noscript", "iframe", "object", "canvas",
    "audio", "video", "button", "select", "textarea", "input", "datalist", "del", "s", "strike",
    etree.Comment, etree.ProcessingInstruction,
)  # fmt: skip
_HIDDEN = """//*[@hidden or @aria-hidden='true'
    or contains(translate(@style, ' ', ''), 'display:none')
    or contains(translate(@style, ' ', ''), 'visibility:hidden')]"""
_LAYOUT = frozenset("p ul ol dl h1 h2 h3 h4 h5 h6 section article form".split())
"""A table with these in its cells puts a page in order; it holds no data."""
PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\$\{\s*\w[\w.]*\s*\}|«\w+»|\[%.*?%\]")
"""What a program was to replace by words."""
_MOST_SPAN = 1_000
"""Columns or rows, as in browsers."""
_MOST_CELLS = 200_000
"""Of one table, those that span others counted as often as they do."""
_HEADING = re.compile(r"h([1-6])")
_PERMALINK = re.compile(r"\s*[¶#§🔗]+$")


def clean(tree: Any) -> None:
    """Take out of a tree what a browser does not show."""
    for element in tree.xpath(_HIDDEN):
        if element.getparent() is not None and element.tag not in {"body", "html"}:
            element.drop_tree()
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)


def read_parts(element: Any) -> Iterator[Part]:
    """The parts of an element, in the order of the page."""
    for block in read_blocks(element):
        yield block.part


@dataclass(frozen=True, slots=True)
class Block:
    """A part and the element that it is of."""

    part: Part
    element: Any


def read_blocks(
    element: Any, kind: BlockKind = BlockKind.PARAGRAPH, depth: int = 0
) -> Iterator[Block]:
    """The blocks in an element; words of its own between them are of its ``kind``."""
    words = element.text or ""
    for child in element:
        if not _holds_block(child):
            words = _with_inline(words, child)
            continue
        yield from _own(kind, words, depth, element)
        words = child.tail or ""
        if heading := _HEADING.fullmatch(child.tag):
            plain = _PERMALINK.sub("", _plain(_inline(child)))
            yield Block(Part(BlockKind.HEADING, plain, int(heading[1])), child)
        elif child.tag == "summary":
            yield Block(Part(BlockKind.HEADING, _plain(_inline(child)), 6), child)
        elif child.tag == "table":
            yield from _table(child, kind, depth)
        elif child.tag == "pre":
            yield Block(Part(BlockKind.BOILERPLATE, _plain(_inline(child))), child)
        elif child.tag == "dt":
            plain = _plain(_inline(child))
            yield Block(Part(BlockKind.BOILERPLATE, plain, is_header=True), child)
        elif child.tag in {"li", "dd"}:
            yield from read_blocks(child, BlockKind.ITEM, max(depth, 1))
        elif child.tag in {"ul", "ol", "dl"}:
            yield from read_blocks(child, kind, depth + 1)
        else:
            yield from read_blocks(child, kind, depth)
    yield from _own(kind, words, depth, element)


def _own(kind: BlockKind, words: str, depth: int, element: Any) -> Iterator[Block]:
    """The words of an element between its blocks; two line breaks begin a new paragraph."""
    for stretch in re.split(r"\v\s*\v", words):
        plain = _plain(stretch)
        if plain:
            yield Block(part_of(kind, plain, depth), element)


def part_of(kind: BlockKind, plain: str, level: int = 0) -> Part:
    """Words as a part, hidden where they are about the page or were never filled in."""
    hidden = boilerplate.is_boilerplate(plain) or metadata.is_byline(plain)
    hidden = hidden or bool(PLACEHOLDER.search(plain))
    return Part(BlockKind.BOILERPLATE if hidden else kind, plain, level)


def _holds_block(element: Any) -> bool:
    return any(inner.tag in _BLOCKS for inner in element.iter())


def _inline(element: Any) -> str:
    """The words of an element; line breaks and blocks part them, marks of notes are none."""
    words = element.text or ""
    for child in element:
        words = _with_inline(words, child)
    return words


def _with_inline(words: str, child: Any) -> str:
    """Words, with those of the element after them and what stands between it and the next."""
    inner = _inline(child)
    if child.get("epub:type") == "noteref" or child.get("role") == "doc-noteref":
        return words + (child.tail or "")
    if child.tag == "br":
        return f"{words}\v{child.tail or ''}"
    if child.tag == "sup" and is_mark(inner):
        return with_raised(words, inner) + (child.tail or "")
    if child.tag in _BLOCKS:
        inner = f" {inner} "
    return words + inner + (child.tail or "")


def _plain(words: str) -> str:
    return " ".join(words.replace("\v", " ").split())


# --- tables ---


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    names: bool
    """Whether it is marked as the name of what is under or beside it."""


def _table(table: Any, kind: BlockKind, depth: int) -> Iterator[Block]:
    """The rows of a table under the names of its columns, then the tables in its cells."""
    caption = table.find("caption")
    if caption is not None:
        yield Block(part_of(BlockKind.PARAGRAPH, _plain(_inline(caption)), depth), caption)
    rows = [row for row in table.iter("tr") if _table_of(row) is table]
    if _is_layout(table, rows):
        for row in rows:
            for cell in _cells(row):
                yield from read_blocks(cell, kind, depth)
        return
    inner = [t for t in table.iter("table") if t is not table and _table_of(t) is table]
    grid = _grid(rows)
    header = _header(rows, grid)
    for part in table_parts([[cell.text for cell in row] for row in grid], header):
        yield Block(_shown(part), table)
    for nested in inner:
        yield from _table(nested, kind, depth)


def _shown(part: Part) -> Part:
    if part.kind is BlockKind.ROW and PLACEHOLDER.search(part.text):
        return Part(BlockKind.BOILERPLATE, part.text)
    return part


def _table_of(element: Any) -> Any:
    return next(element.iterancestors("table"), None)


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _is_layout(table: Any, rows: Sequence[Any]) -> bool:
    """Whether a table only puts words beside each other."""
    if table.get("role") in {"presentation", "none"}:
        return True
    if any(cell.tag == "th" for row in rows for cell in _cells(row)):
        return False
    if max((len(_cells(row)) for row in rows), default=0) <= 1:
        return True
    blocks = [
        sum(inner.tag in _LAYOUT for inner in cell.iter()) > 1
        for row in rows
        for cell in _cells(row)
    ]
    return sum(blocks) > 0.5 * len(blocks) or (len(rows) == 1 and any(blocks))


def _grid(rows: Sequence[Any]) -> list[list[_Cell]]:
    """The cells as a reader sees them: one that spans rows or columns stands in all of them."""
    grid: list[list[_Cell]] = []
    reaching: dict[int, tuple[_Cell, int]] = {}
    count = 0
    for row in rows:
        filled: list[_Cell] = []
        cells = iter(_cells(row))
        cell = next(cells, None)
        while cell is not None or len(filled) in reaching:
            if len(filled) in reaching:
                filled.append(_reach(reaching, len(filled)))
                continue
            assert cell is not None
            read = _Cell(_plain("".join(_own_words(cell))), cell.tag == "th")
            across = _span(cell, "colspan")
            down = _span(cell, "rowspan") or len(rows)
            for number in range(across):
                if down > 1:
                    reaching[len(filled)] = (read, down - 1)
                # A name stands over all its columns; of a row's words once is enough.
                filled.append(read if not number or read.names else _Cell("", read.names))
            cell = next(cells, None)
        count += len(filled)
        if count > _MOST_CELLS:
            break
        grid.append(filled)
    return [row for row in grid if any(cell.text for cell in row)]


def _reach(reaching: dict[int, tuple[_Cell, int]], column: int) -> _Cell:
    """The cell that reaches down from the row above."""
    cell, rest = reaching.pop(column)
    if rest > 1:
        reaching[column] = (cell, rest - 1)
    return cell


def _span(cell: Any, name: str) -> int:
    stated = re.match(r"\s*(\d{1,5})", cell.get(name, ""))
    return min(int(stated[1]), _MOST_SPAN) if stated else 1


def _own_words(cell: Any) -> Iterator[str]:
    """The words of a cell, without those of tables in it."""
    words = cell.text or ""
    for child in cell:
        if child.tag == "table":
            words += f" {child.tail or ''}"
        elif any(True for _ in child.iter("table")):
            words += f" {''.join(_own_words(child))} {child.tail or ''}"
        else:
            words = _with_inline(words, child)
    yield words


def _header(rows: Sequence[Any], grid: Sequence[Sequence[_Cell]]) -> int:
    """How many rows at the top name the columns."""
    if len(grid) < 2:
        return 0
    in_head = sum(1 for row in rows if row.getparent().tag == "thead" and _cells(row))
    marked = 0
    for row in grid:
        if not all(cell.names for cell in row if cell.text):
            break
        marked += 1
    header = max(min(in_head, len(grid) - 1), marked)
    if header == len(grid):  # every cell is marked
        header = 1
    if not header and is_header([[cell.text for cell in row] for row in grid]):
        header = 1
    return header
