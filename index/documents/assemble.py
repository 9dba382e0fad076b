"""Parts of a marked-up document → canonical text, blocks and sections."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from index.documents.document import Block, BlockKind, Document, Section, Span
from index.documents.source import Source
from index.errors import UnreadableDocument

CELL = " | "
"""What stands between the cells of a table's row in the canonical text."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document, in reading order.

    ``level`` is a heading's, from 1. A ``BOILERPLATE`` part that is a table's header is the lead
    of the rows after it; a paragraph that ends in a colon is the lead of the items after it.
    """

    kind: BlockKind
    text: str
    level: int = 0
    is_header: bool = False


def assemble(document_id: str, parts: Sequence[Part], source: Source) -> Document:
    """Put the parts under each other and note where each one stands.

    Raises:
        UnreadableDocument: there is no text in them.
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    headings: list[tuple[Span, int]] = []
    position, lead = 0, None
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
        belongs = part.kind in {BlockKind.ITEM, BlockKind.ROW}
        blocks.append(Block(part.kind, span, lead if belongs else None))
        if part.kind is BlockKind.HEADING:
            headings.append((span, part.level))
        if not belongs:
            opens = part.is_header or (part.kind is BlockKind.PARAGRAPH and text.endswith(":"))
            lead = span if opens else None
    if not any(block.kind is not BlockKind.BOILERPLATE for block in blocks):
        raise UnreadableDocument("it holds no text")
    text = "".join(pieces)
    return Document(document_id, text, source, tuple(blocks), _sections(headings, len(text)))


def _sections(headings: Sequence[tuple[Span, int]], length: int) -> tuple[Section, ...]:
    found = []
    for number, (heading, level) in enumerate(headings):
        after = (h.start for h, deeper in headings[number + 1 :] if deeper <= level)
        found.append(Section(heading, Span(heading.start, next(after, length)), level))
    return tuple(found)
