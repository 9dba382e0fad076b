"""Lines and tables in reading order → the parts of a document: paragraphs, headings, items, rows.

A line goes on where the next word had no room on it; where it had, whoever set the page began a new
line on purpose. Columns and pages end no sentence.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from index.documents import boilerplate, metadata
from index.documents.assemble import Part, table_parts
from index.documents.document import BlockKind
from index.documents.hyphens import Joins
from index.documents.pages.furniture import NOTE
from index.documents.pages.layout import Flow, Table
from index.documents.pages.lines import ENDS, Line
from index.documents.structure import BULLET

_NO_HEADING_END = re.compile(r"[.;,:][\"”’')\]]*$")
_LONGEST_HEADING = 120
_LARGER = 1.12
"""Letters of a heading are so many times as large as those of the text."""
_CONTENTS_LINE = re.compile(r".*?(?:\.\s?){4,}\s*\d+$")
_LABEL = re.compile(r"[A-Z][\w ]{1,30}: \S")
_FEW_WORDS = 4
"""A line of so few words over "Beds: 240" is a label's too, however narrow its column."""
_ROOM = 1.5
"""White space of so many times the usual pitch of lines is a paragraph's."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A part and where each page that begins in it begins: (page, character of its text)."""

    part: Part
    starts: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line]
    is_heading: bool
    is_note: bool = False
    text: str = ""
    starts: list[tuple[int, int]] = field(default_factory=list)

    @property
    def last(self) -> Line:
        return self.lines[-1]


def read_parts(flow: Flow) -> list[Placed]:
    """Put the lines of a document together again."""
    joins = Joins(item.text for item in (*flow.items, *flow.notes) if isinstance(item, Line))
    found = _paragraphs(flow, joins)
    notes = _paragraphs(replace(flow, items=flow.notes), joins, are_notes=True)
    found = _with_notes(found, notes)
    levels = _levels(found)
    placed: list[Placed] = []
    for number, item in enumerate(found):
        if isinstance(item, Table):
            parts = table_parts([list(map(_clean, row)) for row in item.rows], item.header)
            placed += [Placed(part, ((item.page, 0),)) for part in parts]
            continue
        before = found[number - 1] if number else None
        after = found[number + 1] if number + 1 < len(found) else None
        placed.append(_placed(item, before, after, levels))
    return _with_only_sentences([one for one in placed if one.part.text])


def _with_only_sentences(placed: Sequence[Placed]) -> list[Placed]:
    """Show the sentences of a page that seems to hold nothing but navigation and adverts."""
    shown = {
        page
        for one in placed
        for page, _ in one.starts
        if one.part.kind not in {BlockKind.BOILERPLATE, BlockKind.HEADING}
    }
    return [
        replace(one, part=replace(one.part, kind=BlockKind.PARAGRAPH))
        if one.part.kind is BlockKind.BOILERPLATE
        and not one.part.is_header
        and one.starts[0][0] not in shown
        and ENDS.search(one.part.text)
        and len(one.part.text.split()) > 3
        else one
        for one in placed
    ]


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


# --- lines to paragraphs ---


def _paragraphs(flow: Flow, joins: Joins, *, are_notes: bool = False) -> list[_Paragraph | Table]:
    pitch = _pitch([item for item in flow.items if isinstance(item, Line)])
    bold = _is_bold_text(flow)
    found: list[_Paragraph | Table] = []
    for item in flow.items:
        if isinstance(item, Table):
            found.append(item)
            continue
        last = found[-1] if found else None
        # What stands apart from the text, a table say, does not end a sentence over the page.
        if isinstance(last, _Paragraph) and _goes_on(last, item, pitch, are_notes=are_notes):
            text = joins.joined(last.text, _clean(item.text))
            if item.page != last.last.page:
                last.starts.append((item.page, len(text) - len(_clean(item.text))))
            last.text = text
            last.lines.append(item)
            continue
        heading = not are_notes and (item.size > _LARGER * flow.size or (item.is_bold and not bold))
        text = _clean(item.text)
        found.append(_Paragraph([item], heading, are_notes, text, [(item.page, 0)]))
    return found


def _pitch(lines: Sequence[Line]) -> dict[float, float]:
    """The usual distance of lines for each size of letters."""
    counts: dict[float, Counter[float]] = {}
    for one, two in pairwise(lines):
        distance = one.baseline - two.baseline
        same = one.page == two.page and abs(one.size - two.size) < 0.1 * one.size
        if same and 0 < distance < 2.5 * one.size:
            counts.setdefault(round(one.size), Counter())[round(distance, 1)] += 1
    usual: dict[float, float] = {}
    for size, counted in counts.items():
        # Between the lines of a paragraph there is the least white space.
        often = [d for d, n in counted.items() if n >= 0.15 * sum(counted.values())]
        usual[size] = min(often or counted)
    return usual


def _is_bold_text(flow: Flow) -> bool:
    lines = [item for item in flow.items if isinstance(item, Line)]
    bold = sum(len(line.text) for line in lines if line.is_bold)
    return bold > 0.5 * sum(len(line.text) for line in lines)


def _goes_on(
    paragraph: _Paragraph, line: Line, pitch: dict[float, float], *, are_notes: bool
) -> bool:
    """Whether a line belongs to the paragraph before it."""
    last = paragraph.last
    if _begins_anew(paragraph, line, are_notes=are_notes):
        return False
    broken = bool(re.search(r"\w[-–—/\u00ad]$", last.text))
    ended = bool(ENDS.search(last.text))
    lower = line.text[0].islower()
    room = not _had_no_room(last, line)
    if line.page != last.page or line.column != last.column:
        if paragraph.is_heading or ended:
            return False
        return broken or lower or (not room and len(last.text.split()) > 4)
    distance = last.baseline - line.baseline
    usual = pitch.get(round(last.size), 1.2 * last.size)
    if distance > max(_ROOM * usual, usual + 0.35 * last.size) or distance < 0:
        return not ended and (broken or lower) and 0 < distance < 2.2 * usual
    if broken or (paragraph.is_heading and lower):
        return True
    if _is_indented(paragraph, line) and (ended or not lower):
        return False
    return not room or (lower and not ended)


def _begins_anew(paragraph: _Paragraph, line: Line, *, are_notes: bool) -> bool:
    """Whether a line looks other than those before it, or like the first of a note or an item."""
    last = paragraph.last
    if _CONTENTS_LINE.fullmatch(last.text) or line.mark:
        return True
    if are_notes and NOTE.match(line.text):
        return True
    if abs(last.size - line.size) > 0.12 * max(last.size, line.size):
        return True
    if paragraph.is_heading and line.is_bold != last.is_bold:
        return True
    if line.is_bold and not last.is_bold and not _had_no_room(last, line):
        return True
    if _LABEL.match(line.text) and len(last.text.split()) <= _FEW_WORDS:
        return True
    return bool(BULLET.match(line.text)) and not _is_figure_after(paragraph.text, line)


def _is_figure_after(text: str, line: Line) -> bool:
    """Whether what looks like an item's number goes on with a sentence: "since May" "12. The…"."""
    return bool(re.match(r"\d", line.text)) and bool(
        re.search(r"\b(?:of|in|on|to|by|from|than|and|or|the|a|at|for|is|are)$", text)
    )


def _had_no_room(line: Line, following: Line) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    right = max(line.column[1], following.right if line.column == following.column else 0.0)
    width = (line.right - line.left) / max(len(line.text), 1)
    word = following.text.split(" ", 1)[0]
    return line.right + (len(word) + 0.5) * width > right - 0.3 * width


def _is_indented(paragraph: _Paragraph, line: Line) -> bool:
    """Whether a line begins further right than the paragraph's others, as first lines do."""
    if BULLET.match(paragraph.text):
        return False
    others = paragraph.lines[1:] or paragraph.lines
    return line.left > min(other.left for other in others) + 0.8 * line.size


def _with_notes(
    found: list[_Paragraph | Table], notes: list[_Paragraph | Table]
) -> list[_Paragraph | Table]:
    """The notes of each page after what stands on it, before what goes on over the next page."""
    done: list[_Paragraph | Table] = []
    waiting = [note for note in notes if isinstance(note, _Paragraph)]
    for item in found:
        page = item.page if isinstance(item, Table) else item.last.page
        while waiting and waiting[0].lines[0].page < page:
            done.append(waiting.pop(0))
        done.append(item)
    return [*done, *waiting]


# --- paragraphs to parts ---


def _levels(found: Sequence[_Paragraph | Table]) -> dict[float, int]:
    """The level of a heading by the size of its letters: the largest is the title's."""
    sizes = {
        round(item.last.size) for item in found if isinstance(item, _Paragraph) and item.is_heading
    }
    return {size: level for level, size in enumerate(sorted(sizes, reverse=True), 1)}


def _placed(
    item: _Paragraph,
    before: _Paragraph | Table | None,
    after: _Paragraph | Table | None,
    levels: dict[float, int],
) -> Placed:
    text = item.text
    cut = 0
    kind, level = BlockKind.PARAGRAPH, 0
    is_short = len(text) <= _LONGEST_HEADING and not _NO_HEADING_END.search(text)
    about_page = boilerplate.is_boilerplate(text) or _CONTENTS_LINE.fullmatch(text)
    if about_page or metadata.is_byline(text):
        kind = BlockKind.BOILERPLATE
    elif item.is_heading and is_short and re.search(r"[^\W\d_]", text):
        kind, level = BlockKind.HEADING, min(levels.get(round(item.last.size), 2), 6)
    elif item.is_note and (mark := NOTE.match(text)):
        cut = mark.end()
    elif bullet := BULLET.match(text):
        kind, level, cut = BlockKind.ITEM, 1, bullet.end()
    elif is_short and _stands_over(item, before, after):
        kind, level = BlockKind.HEADING, len(levels) + 1
    starts = tuple((page, max(0, offset - cut)) for page, offset in item.starts)
    return Placed(Part(kind, text[cut:], level), starts)


def _stands_over(
    item: _Paragraph, before: _Paragraph | Table | None, after: _Paragraph | Table | None
) -> bool:
    """Whether a short line in the letters of the text stands over a longer one as its heading."""
    text = item.text
    if len(item.lines) > 1 or not isinstance(after, _Paragraph) or not text[0].isupper():
        return False
    if re.search(r"[$€£¥]\s?\d|\d\s?%|\d{3}", text) or len(text.split()) > 12 or after.is_heading:
        return False
    alone = (
        before is None
        or not isinstance(before, _Paragraph)
        or bool(ENDS.search(before.text) or before.is_heading)
    )
    over = bool(ENDS.search(after.text)) or bool(BULLET.match(after.text))
    return alone and over and len(after.text) > len(text)
