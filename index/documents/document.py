"""A document, its parts, and the only way to cut a quote from it."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from index.documents.source import Source


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of characters of one document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a range that can hold no character."""
        if not 0 <= self.start < self.end:
            msg = f"not a span: {self.start}..{self.end}"
            raise ValueError(msg)


class BlockKind(StrEnum):
    """What a stretch of text is to a reader; it decides how the stretch may be quoted."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """One item of a list, without bullet or number; ``lead`` is the line that opens the list."""
    ROW = "row"
    """One row of a table; ``lead`` is the table's header row."""
    BOILERPLATE = "boilerplate"
    """Navigation, newsletter, advert, byline, table header: in the text, never in a passage."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table row: blocks are in order and never overlap."""

    kind: BlockKind
    span: Span
    lead: Span | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and everything beneath it up to the next heading of its level or above."""

    heading: Span
    span: Span
    level: int


@dataclass(frozen=True)
class Document:
    r"""A text that quotes are cut from.

    ``text`` is canonical: NFC, newlines are ``\n``. Offsets everywhere count its characters.
    ``id`` is the path relative to the corpus root, with ``/``. ``pages`` are the spans of a PDF's
    pages, the first one first; empty for formats without pages. ``doubts`` say in a few words what
    of it may have been read otherwise than its author meant.
    """

    id: str
    text: str
    source: Source
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    pages: tuple[Span, ...] = ()
    doubts: tuple[str, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """The hash of the canonical text in UTF-8, by which a version knows this document."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def collection(self) -> str | None:
        """The top folder of the corpus that the document lies in, if it lies in one."""
        return self.id.split("/", 1)[0] if "/" in self.id else None

    def cut(self, span: Span) -> str:
        """The characters of ``span``; a span beyond the text is an error, never a shorter text."""
        if span.end > len(self.text):
            msg = f"{self.id}: span {span.start}..{span.end} is beyond the text"
            raise ValueError(msg)
        return self.text[span.start : span.end]

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that holds the character at ``offset``."""
        holding = (s for s in self.sections if s.span.start <= offset < s.span.end)
        return max(holding, key=lambda s: s.level, default=None)

    def page_at(self, offset: int) -> int | None:
        """The number, from 1, of the page that holds the character at ``offset``."""
        for number, page in enumerate(self.pages, start=1):
            if page.start <= offset < page.end:
                return number
        return None


@dataclass(frozen=True, slots=True)
class Quote:
    """A document and a span of it. The words are cut on demand: a paraphrase cannot be built.

    ``lead`` is what a reader needs above the quote: a table's header row or the line that opens
    a list, itself a span of the same document.
    """

    document: Document
    span: Span
    lead: Span | None = None
    score: float = 0.0

    @property
    def text(self) -> str:
        """The quoted words, exactly as the document has them."""
        return self.document.cut(self.span)

    @property
    def section(self) -> str | None:
        """The heading above the quote."""
        section = self.document.section_at(self.span.start)
        return self.document.cut(section.heading) if section else None

    @property
    def page(self) -> int | None:
        """The page the quote starts on, where the document has pages."""
        return self.document.page_at(self.span.start)
