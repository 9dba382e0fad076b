"""Parts of a marked-up document → canonical text, blocks and sections."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from index.documents.document import Block, BlockKind, Document, Section, Span
from index.documents.source import Source
from index.errors import UnreadableDocument

CELL = " | "
"""What stands between the cells of a table's row in the canonical text."""


_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document, in reading order.

    ``level`` is a heading's, or how deep an item is nested, from 1. A ``BOILERPLATE`` part that is
    a header is the lead of the rows or items after it; a paragraph that ends in a colon is the
    lead of the items after it, and an item that does of the items nested in it.
    """

    kind: BlockKind
    text: str
    level: int = 0
    is_header: bool = False


def first_heading(parts: Iterable[Part]) -> str | None:
    """The first heading of the first level, if there is one. A deeper one heads a section."""
    headings = (p.text.strip() for p in parts if p.kind is BlockKind.HEADING and p.level == 1)
    return next(filter(None, headings), None)


def heading_over_all(parts: Iterable[Part]) -> str | None:
    """The heading that the text opens with, if all others are below it, whatever its level."""
    written = [part for part in parts if part.text.strip()]
    if not written or written[0].kind is not BlockKind.HEADING:
        return None
    others = [part.level for part in written[1:] if part.kind is BlockKind.HEADING]
    return written[0].text.strip() if all(n > written[0].level for n in others) else None


def assemble(document_id: str, parts: Sequence[Part], source: Source) -> Document:
    """Put the parts under each other and note where each one stands.

    Raises:
        UnreadableDocument: there is no text in them.
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    headings: list[tuple[Span, int]] = []
    position, row_lead = 0, None
    item_leads: dict[int, Span] = {}
    for part in parts:
        text = unicodedata.normalize("NFC", part.text).strip()
        if not text:
            continue
        if pieces:
            pieces.append("\n\n")
            position += 2
        span = Span(position, position + len(text))
        pieces.append(text)
        position += len(text)
        depth = max(part.level, 1)
        if part.kind is BlockKind.ITEM:
            blocks.append(Block(part.kind, span, item_leads.get(depth)))
            item_leads = {d: lead for d, lead in item_leads.items() if d <= depth}
            if text.endswith(":"):
                item_leads[depth + 1] = span
        else:
            blocks.append(Block(part.kind, span, row_lead if part.kind is BlockKind.ROW else None))
        if part.kind is BlockKind.HEADING:
            headings.append((span, part.level))
        if part.kind is not BlockKind.ROW:
            row_lead = span if part.is_header else None
        if part.kind is not BlockKind.ITEM:
            opens = part.is_header or (part.kind is BlockKind.PARAGRAPH and text.endswith(":"))
            item_leads = {1: span} if opens and part.kind is not BlockKind.ROW else {}
    if not any(block.kind is not BlockKind.BOILERPLATE for block in blocks):
        raise UnreadableDocument("it holds no text")
    text = "".join(pieces)
    return Document(document_id, text, source, tuple(blocks), _sections(headings, len(text)))


def table_parts(rows: Sequence[Sequence[str]], header: int) -> list[Part]:
    """The rows of a table, the first ``header`` of which name its columns and are put together.

    "Annual pay" over "From" and "To" gives "Annual pay From" and "Annual pay To". A row of one cell
    that all columns share is a line over those that follow.
    """
    parts: list[Part] = []
    names: list[str] = []
    for row in rows[:header]:
        if len(row) > 1 and len({cell for cell in row if cell}) == 1 and all(row):
            parts.append(Part(BlockKind.PARAGRAPH, row[0]))
            continue
        names = names or [""] * len(row)
        names += [""] * (len(row) - len(names))
        for column, cell in enumerate(row):
            if cell and not names[column].endswith(cell):
                names[column] = f"{names[column]} {cell}".strip()
    if any(names):
        parts.append(Part(BlockKind.BOILERPLATE, CELL.join(names), is_header=True))
    parts += [Part(BlockKind.ROW, CELL.join(row)) for row in rows[header:] if any(row)]
    return parts


def is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table without marks names its columns.

    It does where all its cells are short and hold no figures (years aside), and others do, or
    where a column under it is nothing but figures.
    """
    first, *others = rows
    figures = re.compile(r"(?!(?:19|20)\d\d\b)\b\d|[$€£¥]")
    if not (len(first) > 1 and others and all(len(cell) <= _LONGEST_NAME for cell in first)):
        return False
    if any(cell.endswith(":") for cell in first):
        return False  # "Place:" beside "Omaha"
    if not any(figures.search(cell) for cell in first):
        return any(figures.search(cell) for row in others for cell in row)
    # "First 10,000 miles" over "45p" and "24p"
    columns = zip_longest(*others, fillvalue="")
    return not any(map(_is_figure, first)) and any(
        all(map(_is_figure, column)) for column in columns
    )


def _is_figure(cell: str) -> bool:
    """Whether most of a cell is a number."""
    digits = sum(c.isdigit() for c in cell)
    return digits > 0 and digits >= sum(c.isalpha() for c in cell)


def _sections(headings: Sequence[tuple[Span, int]], length: int) -> tuple[Section, ...]:
    found = []
    for number, (heading, level) in enumerate(headings):
        after = (h.start for h, deeper in headings[number + 1 :] if deeper <= level)
        found.append(Section(heading, Span(heading.start, next(after, length)), level))
    return tuple(found)
