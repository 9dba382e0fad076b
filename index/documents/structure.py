"""Lines of plain text → blocks and sections, without changing a character.

Plain text has no markup, so what a line is has to be told from its looks: bullets, pipes, cells
glued together, short lines without a full stop. Each rule is about text from any page; what is
in doubt becomes a paragraph.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.documents import boilerplate, front_matter, metadata
from index.documents.document import Block, BlockKind, Section, Span

BULLET = re.compile(
    r"(?:(?:[-•‣⁃▪●○◦∙■□◆➢➤►✓✔✗✘☐☑·–*+\uf0b7\uf0a7]|\(?\d{1,2}[.)]|\(?[a-zA-Z][)])\s+(?=\S)"
    r"|o\s+(?=[A-Z]))(?:\[[ xX]\]\s+(?=\S))?"
)
_BROKEN_SIGN = re.compile(r"[^\sA-Za-z0-9\u00c0-\u024f]{1,5}\s+(?=[A-Za-z])")
"""What a wrong encoding has made of an emoji before a heading."""
_NUMBER = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
_UNDERLINE = re.compile(r"={3,}|-{3,}|~{3,}")
_PREFIX = re.compile(r"(?:(?:>\s*)+|(?:A|Answer|Q|Question):\s+)(?=\S)")
"""A mail's or FAQ's mark before a line; it is no part of what is said."""
_HANGING = re.compile(
    r"(?:\b(?:an?|the|this|their|its|our|of|and|or|to|in|on|at|by|for|from|with|than|as|that|is|are"
    r"|was|were|has|have|had|will|can)|,)$"
)
"""How no sentence, heading or item ends: the next line goes on, whatever it begins with."""
_COUNTER = re.compile(r"\d[\d.,]*[%+]? [A-Za-z][A-Za-z -]*")
_FIGURE = re.compile(r"(?!(?:19|20)\d\d\b)\b\d|[$€£¥]")
"""A figure that is no year: the header of a table may hold years."""
_CELL_GAP = re.compile(r"\t+| {3,}")
_FIGURE_AT_END = re.compile(
    r"(?:[$€£¥₹]\s?\d[\d,.]*\s?[kKmMbB]?\+?|\d\s?%|/(?:year|yr|hour|hr|month|mo))$|\t"
)
"""What ends so states a figure: a heading over something else does not."""
_SEPARATOR_ROW = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?:-*:?)?\s*")
_GLUE = re.compile(r"[a-z)][A-Z](?=[a-z]|\b|[A-Z])|[a-z)](?=[$€£¥]\d)|\d[A-Z][a-z]|[a-z][A-Z]{2,}")
_GLUED_FIGURE = re.compile(
    r"[a-z)\d](?=[$€£¥]\d)|[A-Za-z]{2}(?=\d{1,3}(?:\.\d+)?%)|%(?=[\dA-Z])|\)(?=\d)"
)
_CAMEL_NAMES = frozenset(
    "JavaScript TypeScript GitHub GitLab LinkedIn YouTube OpenAPI OpenAI DevOps PostgreSQL FastAPI "
    "GraphQL MongoDB PayPal WordPress PowerPoint iPhone eBay".split()
)
"""Names that are written so; elsewhere a capital inside a word is where two cells meet."""
_TERMINAL = re.compile(r"[.!?;:,…][\"”’')\]]*$")
_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]]*$")
_LABEL = re.compile(r"[A-Z][\w -]{2,40}: \S+(?: \S+){0,3}")
_ATTRIBUTION = re.compile(r"[—–―-]\s?[A-Z]")
_MIDDLE_DOT = re.compile(r"\s*(?:[·•|]|ยท|Â·)\s*")
_GLUED_HEADING = re.compile(
    r"(?<=[a-z])(?=[A-Z][a-z]+(?: (?:[A-Z][a-z]+|of|and|the|in|for)){1,5}$)"
)

_LONGEST_HEADING = 100
_WRAPPED_FROM, _WRAPPED_TO = 60, 100
"""A hard-wrapped paragraph's lines, all but the last, have so many characters."""
_LONGEST_ROW = 400
_MOST_LINKS = 10
_HEAD_LINES = 15
"""The top of a document, where title, byline and date stand."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it; lines that hold none are left out."""

    span: Span
    text: str
    after_blank: bool
    indent: int


@dataclass(frozen=True, slots=True)
class Structure:
    """What the lines of a text are; ``head`` and ``rest`` are what metadata is read from.

    ``title`` is empty where there is none.
    """

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    title: str
    head: tuple[str, ...]
    rest: tuple[str, ...]


def read_structure(text: str, start: int = 0) -> Structure:
    """Tell what each line of ``text`` is, from ``start`` on; what is before is boilerplate."""
    lines = _lines(text, start)
    blocks: list[Block] = []
    if start and text[:start].strip():
        blocks += _front_matter(text, start)
    kept = [line for line in lines if not boilerplate.is_boilerplate(line.text)]
    title = metadata.read_source([k.text for k in kept[:_HEAD_LINES]], [], "").title
    if lines and kept and kept[0] is lines[0] and _is_underlined(lines, 0):
        title = kept[0].text
    number = 0
    while number < len(lines):
        found, number = _next_blocks(lines, number, title)
        blocks += found
    blocks = _without_pitches(text, _without_page_parts(text, blocks))
    return Structure(
        blocks=tuple(_with_list_leads(text, blocks)),
        sections=tuple(_sections(text, blocks, title)),
        title=title,
        head=tuple(line.text for line in kept[:_HEAD_LINES]),
        rest=tuple(line.text for line in lines),
    )


def _front_matter(text: str, end: int) -> list[Block]:
    """The facts in front matter, and what stands between them."""
    found, position = [], 0
    for fact in front_matter.facts(text, end):
        if text[position : fact.start].strip():
            found.append(Block(BlockKind.BOILERPLATE, _stripped(text, position, fact.start)))
        found.append(Block(BlockKind.PARAGRAPH, fact))
        position = fact.end
    if text[position:end].strip():
        found.append(Block(BlockKind.BOILERPLATE, _stripped(text, position, end)))
    return found


def _lines(text: str, start: int) -> list[Line]:
    found, position, blank = [], start, True
    for raw in text[start:].split("\n"):
        stripped = raw.strip()
        if stripped:
            begin = position + raw.index(stripped)
            found.append(
                Line(Span(begin, begin + len(stripped)), stripped, blank, begin - position)
            )
        blank = not stripped
        position += len(raw) + 1
    return found


def _next_blocks(  # noqa: C901 - one case a kind of line
    lines: Sequence[Line], number: int, title: str
) -> tuple[list[Block], int]:
    """The blocks that begin with line ``number``, and the number of the line after them."""
    line = lines[number]
    if _is_underlined(lines, number):
        found = [Block(BlockKind.HEADING, _heading_span(line))]
        return [*found, Block(BlockKind.BOILERPLATE, lines[number + 1].span)], number + 2
    if boilerplate.is_boilerplate(line.text):
        return [Block(BlockKind.BOILERPLATE, line.span)], number + 1
    if counters := _counters(line):
        return counters, number + 1
    if line.text.startswith("|") or line.text.count("|") > 1:
        return _pipe_table(lines, number)
    if rows := _flattened_table(lines, number):
        return _rows(rows), number + len(rows)
    if bullet := BULLET.match(line.text):
        return _item(lines, number, bullet.end())
    if number < _HEAD_LINES and (metadata.is_byline(line.text)):
        return [Block(BlockKind.BOILERPLATE, line.span)], number + 1
    if metadata.is_dateline(line.text):
        return _dateline(line), number + 1
    if _trails_off(lines, number):
        return [
            Block(BlockKind.PARAGRAPH, Span(line.span.start, lines[number + 1].span.end))
        ], number + 2
    if line.text == title or _is_heading(lines, number):
        return [Block(BlockKind.HEADING, _heading_span(line))], number + 1
    last = _wrapped_until(lines, number, indent=False)
    prefix = _PREFIX.match(line.text)
    begin = line.span.start + (prefix.end() if prefix else 0)
    return [Block(BlockKind.PARAGRAPH, Span(begin, lines[last].span.end))], last + 1


def _item(lines: Sequence[Line], number: int, mark: int) -> tuple[list[Block], int]:
    """A list item, or a numbered heading, without the first ``mark`` characters."""
    if _is_numbered_heading(lines, number):
        return [Block(BlockKind.HEADING, _heading_span(lines[number]))], number + 1
    last = _wrapped_until(lines, number, indent=True)
    span = Span(lines[number].span.start + mark, lines[last].span.end)
    return [Block(BlockKind.ITEM, span)], last + 1


def _is_underlined(lines: Sequence[Line], number: int) -> bool:
    """Whether a line of dashes or equals signs stands right under a short line."""
    return (
        number + 1 < len(lines)
        and not lines[number + 1].after_blank
        and len(lines[number].text) <= _LONGEST_HEADING
        and bool(_UNDERLINE.fullmatch(lines[number + 1].text))
        and bool(re.search(r"[^\W\d_]", lines[number].text))
        and "|" not in lines[number].text
    )


def _is_numbered_heading(lines: Sequence[Line], number: int) -> bool:
    """Whether "2. Raises shrink" stands over prose and not among the items of a list."""
    line = lines[number].text
    mark = _NUMBER.match(line)
    if not mark or number + 1 == len(lines) or len(line) > _LONGEST_HEADING:
        return False
    if line.endswith("?"):
        return True
    following = lines[number + 1].text
    return (
        line[mark.end()].isupper()
        and not re.search(r"[.!:;,…]$", line)
        and (number == 0 or not re.search(r":$", lines[number - 1].text))
        and (number == 0 or not BULLET.match(lines[number - 1].text))
        and not BULLET.match(following)
        and following[0].isupper()
        and len(following) > len(line)
        and (bool(_SENTENCE_END.search(following)) or len(following) >= _WRAPPED_FROM)
    )


def _counters(line: Line) -> list[Block]:
    """The parts of "3 open tasks1 closed task": figures with their words, glued to each other."""
    cuts = [0, *(m.start() for m in re.finditer(r"(?<=[a-z])(?=\d)", line.text)), len(line.text)]
    spans = [Span(line.span.start + one, line.span.start + two) for one, two in pairwise(cuts)]
    parts = [line.text[one:two] for one, two in pairwise(cuts)]
    if len(parts) < 2 or not all(map(_COUNTER.fullmatch, parts)):
        return []
    return [Block(BlockKind.PARAGRAPH, span) for span in spans]


def _rows(lines: Sequence[Line]) -> list[Block]:
    """Rows under the first line, if that one holds no figure and so is their header."""
    holds_figures = [bool(_FIGURE.search(line.text)) for line in lines]
    if holds_figures[0] or (re.search(r"\d", lines[0].text) and not any(holds_figures)):
        return [Block(BlockKind.ROW, line.span) for line in lines]
    header = lines[0].span
    return [
        Block(BlockKind.BOILERPLATE, header),
        *(Block(BlockKind.ROW, line.span, header) for line in lines[1:]),
    ]


def _pipe_table(lines: Sequence[Line], number: int) -> tuple[list[Block], int]:
    """A table whose cells stand between pipes; the row over a line of dashes is its header."""
    last = number
    while (
        last < len(lines)
        and "|" in lines[last].text
        and (last == number or not lines[last].after_blank)
    ):
        last += 1
    rows = lines[number:last]
    cells = [cell.strip() for cell in rows[0].text.split("|")]
    if len(rows) == 1 and any(map(boilerplate.is_boilerplate, filter(None, cells))):
        return [Block(BlockKind.BOILERPLATE, rows[0].span)], last  # a row of links
    has_header = len(rows) > 1 and _SEPARATOR_ROW.fullmatch(rows[1].text)
    header = rows[0].span if has_header else None
    found = []
    for row in rows:
        hidden = row.span == header or _SEPARATOR_ROW.fullmatch(row.text)
        kind = BlockKind.BOILERPLATE if hidden else BlockKind.ROW
        found.append(Block(kind, row.span, None if hidden else header))
    return found, last


def _flattened_table(lines: Sequence[Line], number: int) -> list[Line]:
    """Rows whose cells are glued together or stand apart by tabs, or nothing.

    "CompanyRolePay" over "AcmeEngineer$1/yearRemote": a short header of two or more glued names,
    then rows that are glued too.
    """
    header = lines[number].text
    if len(header) > _LONGEST_ROW or _TERMINAL.search(header) or BULLET.match(header):
        return []
    if cells := len(_CELL_GAP.findall(header)):
        last = number + 1
        while (
            last < len(lines)
            and not lines[last].after_blank
            and len(_CELL_GAP.findall(lines[last].text)) == cells
        ):
            last += 1
        return list(lines[number:last]) if last - number > 1 else []
    figures = bool(re.search(r"\d", header))
    if not (_GLUED_FIGURE.search(header) if figures else len(header) <= 80 and _glues(header)):
        return []
    last = number + 1
    while (
        last < len(lines)
        and (not figures or _GLUED_FIGURE.search(lines[last].text))
        and (_glues(lines[last].text) or _GLUED_FIGURE.search(lines[last].text))
        and not BULLET.match(lines[last].text)
        and not boilerplate.is_boilerplate(lines[last].text)
        and len(lines[last].text) <= _LONGEST_ROW
    ):
        last += 1
    return list(lines[number:last]) if last - number >= 3 else []


def _glues(line: str) -> int:
    """How often one cell seems to be glued to the next."""
    words = (word for word in line.split(" ") if word.strip(".,;:!?()") not in _CAMEL_NAMES)
    return len(_GLUE.findall(" ".join(words)))


def _dateline(line: Line) -> list[Block]:
    """The parts of a line like "Last Updated: April 2026 · Based on 12 reportsOverview"."""
    found, position = [], 0
    cuts = [(m.start(), m.end()) for m in _MIDDLE_DOT.finditer(line.text)]
    for begin, end in [*cuts, (len(line.text), len(line.text))]:
        part = line.text[position:begin]
        if part.strip():
            offset = line.span.start + position
            glued = _GLUED_HEADING.search(part)
            cut = glued.start() if glued else len(part)
            hidden = metadata.is_issue(part.strip())
            kind = BlockKind.BOILERPLATE if hidden else BlockKind.PARAGRAPH
            found.append(Block(kind, Span(offset, offset + cut)))
            if glued:
                found.append(Block(BlockKind.HEADING, Span(offset + cut, offset + len(part))))
        position = end
    return found


def _trails_off(lines: Sequence[Line], number: int) -> bool:
    """Whether a line breaks off with dots and the next one goes on with them."""
    if number + 1 >= len(lines) or not re.search(r"(?:\.\.\.|…)$", lines[number].text):
        return False
    return bool(re.match(r"(?:\.\.\.|…)\s*\w", lines[number + 1].text))


def _is_heading(lines: Sequence[Line], number: int) -> bool:
    """Whether a short line without a full stop stands over something longer."""
    line = lines[number].text
    if len(line) > _LONGEST_HEADING or not re.search(r"[^\W\d_]", line):
        return False
    if re.search(r"[.;,][\"”’')\]]*$", line) and not line.endswith("..."):
        return False
    if number + 1 == len(lines) or _LABEL.fullmatch(line) or _FIGURE_AT_END.search(line):
        return False
    following = lines[number + 1]
    if not following.after_blank and (
        following.text[0].islower()
        or (re.search(r"[a-z]\. [A-Z]", line) and len(line) >= _WRAPPED_FROM)
    ):
        return False  # a wrapped line of a paragraph
    starts_over = (
        lines[number].after_blank
        or number == 0
        or bool(_SENTENCE_END.search(lines[number - 1].text))
        or bool(BULLET.match(lines[number - 1].text))
        or "|" in lines[number - 1].text
        or len(lines[number - 1].text) <= _LONGEST_HEADING
    )
    if line.endswith(":"):
        return False
    if line.endswith("?"):
        return starts_over
    first = re.search(r"\w", line)
    capital = bool(first and (line[first.start()].isupper() or line[first.start()].isdigit()))
    if not (starts_over and capital and len(line.split()) <= 16):
        return False
    return (
        following.after_blank
        or len(following.text) > len(line)
        or bool(BULLET.match(following.text))
        or bool(_flattened_table(lines, number + 1))
    )


def _heading_span(line: Line) -> Span:
    """A heading without number, hash marks or broken signs in front of it."""
    prefix = _PREFIX.match(line.text) or _NUMBER.match(line.text)
    after = prefix.end() if prefix else 0
    sign = _BROKEN_SIGN.match(line.text, after)
    first = re.compile(r"[\w“\"'(]").search(line.text, sign.end() if sign else after)
    offset = first.start() if first and first.start() - after <= 6 else after
    return Span(line.span.start + offset, line.span.end)


def _wrapped_until(lines: Sequence[Line], number: int, *, indent: bool) -> int:
    """The number of the last line of a hard-wrapped paragraph or list item."""
    last = number
    while last + 1 < len(lines):
        here, following = lines[last], lines[last + 1]
        if following.after_blank or BULLET.match(following.text):
            return last
        ended = bool(_SENTENCE_END.search(here.text))
        if _ATTRIBUTION.match(following.text) and here.text[-1] in '"”’»':
            last += 1  # whose words they are
            continue
        in_item = indent and following.indent > lines[number].indent
        hangs = following.text[0].islower() or bool(_HANGING.search(here.text))
        if not ended and (in_item or (hangs and len(here.text) >= 30)):
            last += 1
            continue
        if (
            not _WRAPPED_FROM <= len(here.text) <= _WRAPPED_TO
            or len(following.text) > _WRAPPED_TO
            or "|" in following.text
            or _LABEL.fullmatch(following.text)
            or boilerplate.is_boilerplate(following.text)
        ):
            return last
        # A full stop at the end of a line may end a paragraph that has no blank line after it;
        # in wrapped text it is as likely as any other place.
        goes_on = len(following.text) >= _WRAPPED_FROM or re.search(r"[.!?]$", following.text)
        if ended and following.text[0].isupper() and (indent or not goes_on):
            return last
        last += 1
    return last


def _without_page_parts(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Hide contents lists, links to other pages, author boxes and readers' comments."""
    words = [text[b.span.start : b.span.end] for b in blocks]
    headings = {w for b, w in zip(blocks, words, strict=True) if b.kind is BlockKind.HEADING}
    done: list[Block] = []
    hiding, links = "", 0
    for block, said in zip(blocks, words, strict=True):
        late = block.span.start > len(text) / 2
        if boilerplate.opens_links(said):
            hiding, links = "links", 0
        elif late and boilerplate.opens_author_box(said):
            hiding = "author"
        elif late and boilerplate.opens_comments(said):
            hiding = "comments"
        elif hiding == "author" and block.kind is BlockKind.PARAGRAPH:
            hiding = "author's" if re.search(r"[.!]$", said) else "author"
        elif hiding == "links" and block.kind is not BlockKind.BOILERPLATE:
            links += 1
            is_link = block.kind is not BlockKind.ROW and not re.search(r"[.!:]$", said)
            hiding = "links" if is_link and links <= _MOST_LINKS else ""
        elif hiding == "author's":
            hiding = ""
        repeats = block.kind in {BlockKind.ITEM, BlockKind.PARAGRAPH} and said in headings
        if block.kind is not BlockKind.BOILERPLATE and (hiding or repeats):
            done.append(Block(BlockKind.BOILERPLATE, block.span))
        else:
            done.append(block)
    return done


def _without_pitches(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Turn sections that are adverts as a whole into boilerplate, and what stands between two."""
    starts = [i for i, b in enumerate(blocks) if b.kind is BlockKind.HEADING or i == 0]
    done = list(blocks)
    for begin, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        section = [text[b.span.start : b.span.end] for b in blocks[begin + 1 : end]]
        facts = any(b.kind in {BlockKind.ITEM, BlockKind.ROW} for b in blocks[begin:end])
        if boilerplate.is_pitch(section) and not facts:
            done[begin:end] = [
                Block(BlockKind.BOILERPLATE, block.span) for block in blocks[begin:end]
            ]
    calls = [
        i
        for i, block in enumerate(blocks)
        if boilerplate.is_call_to_action(text[block.span.start : block.span.end])
    ]
    for one, two in pairwise(calls):
        between = blocks[one + 1 : two]
        if len(between) <= 3 and sum(b.span.end - b.span.start for b in between) <= (
            boilerplate.LONGEST_PITCH
        ):
            done[one + 1 : two] = [Block(BlockKind.BOILERPLATE, b.span) for b in between]
    return done


def _with_list_leads(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Give each list item the line that opens its list: a paragraph that ends in a colon."""
    done: list[Block] = []
    lead: Span | None = None
    for block in blocks:
        if block.kind is BlockKind.ITEM:
            done.append(Block(block.kind, block.span, lead))
            continue
        is_lead = block.kind is BlockKind.PARAGRAPH and text[block.span.end - 1] == ":"
        lead = block.span if is_lead else None
        done.append(block)
    return done


def _sections(text: str, blocks: Sequence[Block], title: str) -> list[Section]:
    """The title over everything after it, and each other heading up to the next."""
    headings = [b.span for b in blocks if b.kind is BlockKind.HEADING]
    found: list[Section] = []
    for number, heading in enumerate(headings):
        is_title = text[heading.start : heading.end] == title
        if is_title and number > 0 and any(s.level == 1 for s in found):
            is_title = False
        following = headings[number + 1].start if number + 1 < len(headings) else len(text)
        end = len(text) if is_title else following
        found.append(Section(heading, Span(heading.start, end), 1 if is_title else 2))
    return found


def _stripped(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    begin = start + len(part) - len(part.lstrip())
    return Span(begin, begin + len(part.strip()))
