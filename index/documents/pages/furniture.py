"""What is about the page: running heads, page numbers, the notes at its foot."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index.documents.pages.lines import ENDS, Line

_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:p(?:age|\.)?\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?"
    r"[-–—|\s]*|(?:page|seite|página|pagina)\s+\d+.{0,12}",
    re.IGNORECASE,
)
_LONE_NUMBER = re.compile(r"(?:page |p\. ?)?(\d{1,5})", re.IGNORECASE)
_LONGEST_HEAD = 120
_RUNNING = 0.4
"""A line on so large a part of the pages, at the same place, is a running header or footer."""
_EDGE_ROWS = 3
_REPEATED = 5
"""Pages of a chapter."""
NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¶]{1,3})[\])]?[.:]?\s+(?=\S)")
"""How a note begins."""


def without_running_rows(pages: list[list[list[Line]]], size: float) -> list[list[list[Line]]]:
    """Leave out page numbers and the lines that pages repeat, but never all that a page says."""
    repeated: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for number, page in enumerate(pages):
        for row in _edge_rows(page):
            said = _said(row)
            repeated[re.sub(r"\d+", "#", said), round(row[0].baseline / 6)][number] = said
            repeated[re.sub(r"\d+", "#", said), round(row[0].baseline / 6) + 1].setdefault(
                number, said
            )
    most = max(2, _RUNNING * sum(map(bool, pages)))
    running = {
        key[0]
        for key, lines in repeated.items()
        if (len(lines) >= most or _on_every_other(lines, len(pages)) or _is_repeated(lines))
        and _counts_pages_only(lines)
    }
    ahead = _numbered_ahead(pages, most)
    found = []
    for number, page in enumerate(pages):
        hidden = {
            id(row)
            for row in _edge_rows(page)
            if (
                re.sub(r"\d+", "#", _said(row)) in running
                and _is_plain(row, size)
                and not _is_header(row, page)
            )
            or (row in (page[0], page[-1]) and _PAGE_NUMBER.fullmatch(_said(row)))
            or (_counts(row, number, ahead) and not ENDS.search(_said(row)))
        }
        kept = [row for row in page if id(row) not in hidden]
        if not any(re.search(r"[^\W\d_]{2}", _said(row)) for row in kept):
            kept = [row for row in page if not _PAGE_NUMBER.fullmatch(_said(row))]
        found.append(kept)
    return _without_interruptions(found, size)


def _numbered_ahead(pages: list[list[list[Line]]], most: float) -> set[int]:
    """How far ahead of the count of pages the numbers on them are, where many are as far."""
    ahead = Counter(
        count - number
        for number, page in enumerate(pages)
        for row in _edge_rows(page)
        for count in _page_numbers(row)
    )
    filled = sum(map(bool, pages))
    return {far for far, count in ahead.items() if count >= max(min(3, filled), most)}


def _page_numbers(row: Sequence[Line]) -> list[int]:
    """The numbers that stand alone in a line, or apart from its words by a stroke or dot."""
    pieces = [piece for line in row for piece in re.split(r"\s*[|·•]\s*|\s+[-–—]\s+", line.text)]
    found = (_LONE_NUMBER.fullmatch(piece) for piece in pieces)
    return [int(number[1]) for number in found if number]


def _counts(row: Sequence[Line], number: int, ahead: set[int]) -> bool:
    """Whether a line holds the number of its page, beside the name of a chapter, say."""
    is_short = len(row) < 4 and len(_said(row)) < _LONGEST_HEAD
    return is_short and any(n - number in ahead for n in _page_numbers(row))


def _edge_rows(page: list[list[Line]]) -> list[list[Line]]:
    return [*page[:_EDGE_ROWS], *page[max(_EDGE_ROWS, len(page) - _EDGE_ROWS) :]]


def _said(row: Sequence[Line]) -> str:
    return " ".join(line.text for line in row)


def _is_plain(row: Sequence[Line], size: float) -> bool:
    """Whether a line with a count in it is not set off as a heading is."""
    return not re.search(r"\d", _said(row)) or max(line.size for line in row) <= 1.1 * size


def _is_header(row: Sequence[Line], page: list[list[Line]]) -> bool:
    """Whether a line names the columns of the row under it, as a table has on each page."""
    number = next(n for n, other in enumerate(page) if other is row)
    below = page[number + 1] if number + 1 < len(page) else []
    return len(row) == len(below) > 1 and all(
        min(abs(one.left - two.left), abs(one.right - two.right)) < 4
        or abs(one.left + one.right - two.left - two.right) < 8
        for one, two in zip(row, below, strict=True)
    )


def _is_repeated(lines: dict[int, str]) -> bool:
    """Whether several pages have exactly the same line there."""
    return len(lines) >= _REPEATED and len(set(lines.values())) == 1


def _on_every_other(lines: dict[int, str], count: int) -> bool:
    """Whether left or right pages alone have a line: the title of the book, say."""
    parity = {number % 2 for number in lines}
    return len(lines) >= 3 and len(parity) == 1 and len(lines) >= _RUNNING * count / 2


def _counts_pages_only(lines: dict[int, str]) -> bool:
    """Whether the lines of several pages are the same, or differ in one number, the page's.

    Headings that look alike, "Section 1: Leave type 1", and sentences are no running lines.
    """
    if len(set(lines.values())) == 1:
        return True
    numbers = {page: re.findall(r"\d+", line) for page, line in lines.items()}
    changing = [c for c in zip(*numbers.values(), strict=True) if len(set(c)) > 1]
    if len(changing) != 1 or any(ENDS.search(line) for line in lines.values()):
        return False
    first, *_ = lines.values()
    at_edge = re.match(r"\W*(?:page\W+)?\d", first, re.IGNORECASE) or re.search(r"\d\W*$", first)
    of_total = re.search(r"\d+\s*(?:of|/)\s*\d+", first)
    counts = {int(n) - page for n, page in zip(changing[0], numbers, strict=True)}
    return len(counts) == 1 and bool(at_edge or of_total)


def _without_interruptions(pages: list[list[list[Line]]], size: float) -> list[list[list[Line]]]:
    """Leave out a small line on top of a page in the middle of a sentence that goes on under it."""
    found: list[list[list[Line]]] = []
    for page in pages:
        before = found[-1][-1][-1].text if found and found[-1] else "."
        if len(page) > 2 and not ENDS.search(before):
            first, second = page[0], page[1]
            gap = first[0].baseline - second[0].baseline
            stands_off = gap > 1.8 * size or max(line.size for line in first) < 0.95 * size
            if second[0].text[:1].islower() and not first[0].text[:1].islower() and stands_off:
                page = page[1:]  # noqa: PLW2901 - the rest of it
        found.append(page)
    return found


def without_notes(rows: list[list[Line]], size: float) -> tuple[list[list[Line]], list[Line]]:
    """The rows of a page's text, and the lines of the notes at its foot."""
    first = len(rows)
    for number in range(len(rows) - 1, -1, -1):
        row = rows[number]
        if len(row) > 1 or row[0].size > 0.95 * size:
            break
        if row[0].mark or NOTE.match(row[0].text):
            first = number
    notes = [replace(line, column=(0.0, line.right)) for row in rows[first:] for line in row]
    return rows[:first], notes
