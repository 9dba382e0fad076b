"""PDF: the text of each page by pypdf, its lines joined to paragraphs again."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from index.documents import metadata
from index.documents.document import Document, Span
from index.documents.loaders import text as plain_text
from index.documents.structure import BULLET
from index.errors import UnreadableDocument

_MOST_PAGES = 3_000
_RUNNING = 0.4
"""A line on so large a part of the pages, at their edge, is a running header or footer."""

_ENDS = re.compile(r"[.!?:;][\"”’')\]]*$")
_BARE_BULLET = re.compile(r"[•‣⁃▪●○◦∙■□◆➢➤►✓✔·–*\uf0b7\uf0a7-]|\d{1,2}[.)]")


def read(path: Path, document_id: str) -> Document:
    """Read a PDF that holds text.

    Raises:
        UnreadableDocument: it is none, encrypted, too long, or only pictures of pages.
    """
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument("it is encrypted: save it without a password")
        if len(reader.pages) > _MOST_PAGES:
            raise UnreadableDocument(
                f"it has {len(reader.pages):,} pages; {_MOST_PAGES:,} at most: split it"
            )
        pages = [_lines(page.extract_text()) for page in reader.pages]
        info = reader.metadata
    except DependencyError as error:  # AES, which pypdf leaves to the package cryptography
        raise UnreadableDocument("it is encrypted: save it without a password") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise UnreadableDocument("it is not a PDF that can be read") from error
    if not any(pages):
        raise UnreadableDocument("it holds no text, only pictures of pages: run OCR first")
    text, spans = _joined(_without_running_lines(pages))
    document = plain_text.read(text, document_id, spans)
    # The creation date is the file's, not that of what it says; the title is often its file name.
    title = str(info.title).strip() if info and info.title else ""
    author = metadata.stated_person(str(info.author)) if info and info.author else None
    stated = document.source
    return replace(
        document,
        source=replace(
            stated,
            title=title if len(title.split()) > 1 else stated.title,
            author=stated.author or author,
        ),
    )


def _lines(extracted: str) -> list[str]:
    # Fonts without a proper table give control characters for some letters.
    visible = (c for c in extracted if unicodedata.category(c) not in {"Cc", "Cs"} or c.isspace())
    composed = unicodedata.normalize("NFC", "".join(visible))
    return [" ".join(line.split()) for line in composed.splitlines()]


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Leave out the lines at the edge of pages that others have there too, page numbers aside."""

    def shape(line: str) -> str:
        return re.sub(r"\d+", "#", line)

    edges: dict[str, dict[int, str]] = defaultdict(dict)
    for number, page in enumerate(pages):
        for line in filter(None, (*page[:2], *page[-2:])):
            edges[shape(line)][number] = line
    running = {
        s
        for s, lines in edges.items()
        if len(lines) >= max(2, _RUNNING * len(pages)) and _count_pages_only(lines)
    }
    running |= {"#", "- # -", "Page #", "Page # of #", "# / #"}
    cleaned = []
    for page in pages:
        first, last = 0, len(page)
        while first < min(2, last) and shape(page[first]) in running:
            first += 1
        while last > max(first, len(page) - 2) and shape(page[last - 1]) in running:
            last -= 1
        cleaned.append(page[first:last])
    return cleaned


def _count_pages_only(lines: Mapping[int, str]) -> bool:
    """Whether the numbers in the lines of several pages stay, or grow as the pages do.

    Rows of a table that look alike, "Baker 12.50" over "Baker 13.10", are no running line.
    """
    columns = zip(*(re.findall(r"\d+", line) for line in lines.values()), strict=True)
    return all(
        len(set(column)) == 1
        or len({int(n) - page for n, page in zip(column, lines, strict=True)}) == 1
        for column in columns
    )


def _joined(pages: list[list[str]]) -> tuple[str, tuple[Span, ...]]:
    """One text of all pages, wrapped lines made whole, and the span of each page in it."""
    pieces: list[str] = []
    spans: list[Span] = []
    position = 0
    for page in pages:
        text = "\n\n".join(_paragraphs(page)) or " "
        if pieces:
            # A sentence that goes on over the page is one.
            goes_on = not _ENDS.search(pieces[-1]) and text[0].islower()
            between = " " if goes_on else "\n\n"
            pieces.append(between)
            position += len(between)
        pieces.append(text)
        spans.append(Span(position, position + len(text)))
        position += len(text)
    return "".join(pieces), tuple(spans)


def _paragraphs(lines: list[str]) -> list[str]:
    """Join what the page's width has broken: long lines, up to one that ends a sentence short."""
    width = max((len(line) for line in lines), default=0)
    found: list[str] = []
    goes_on = after_line = False
    for line in lines:
        if not line:
            goes_on = after_line = False
            continue
        cut = bool(found) and (found[-1].endswith("-") or bool(_BARE_BULLET.fullmatch(found[-1])))
        runs_on = bool(found) and line[0].islower() and not _ENDS.search(found[-1])
        if (goes_on or (after_line and (cut or runs_on))) and not BULLET.match(line):
            broken = re.search(r"\w-$", found[-1]) and line[0].islower()
            found[-1] = found[-1][:-1] + line if broken else f"{found[-1]} {line}"
        else:
            found.append(line)
        after_line = True
        goes_on = len(line) > 0.6 * width and not (_ENDS.search(line) and len(line) < 0.85 * width)
    return found
