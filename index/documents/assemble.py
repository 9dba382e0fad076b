"""Parts of a marked-up document → canonical text, blocks and sections."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


def is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table without marks names its columns.

    It does where all its cells are short and hold no figures (years aside), and others do.
    """
    first, *others = rows
    figures = re.compile(r"(?!(?:19|20)\d\d\b)\b\d|[$€£¥]")
    return (
        len(first) > 1
        and all(len(cell) <= _LONGEST_NAME and not figures.search(cell) for cell in first)
        and any(figures.search(cell) for row in others for cell in row)
    )


def _sections(headings: Sequence[tuple[Span, int]], length: int) -> tuple[Section, ...]:
    found = []
    for number, (heading, level) in enumerate(headings):
        after = (h.start for h, deeper in headings[number + 1 :] if deeper <= level)
        found.append(Section(heading, Span(heading.start, next(after, length)), level))
    return tuple(found)
