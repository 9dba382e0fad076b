"""The lines of pages → lines and tables in reading order.

Columns are read one after the other, tables row by row.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from index.documents.assemble import is_header
from index.documents.pages.furniture import without_notes, without_running_rows
from index.documents.pages.glyphs import Page, Rule
from index.documents.pages.lines import ENDS, LONE_MARK, WIDE, Line, read_rows

_RAGGED = 0.12
"""Of a column's width: so much may be left over where lines are broken by hand."""


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table's rows; ``header`` rows of them, at the top, name the columns."""

    rows: tuple[tuple[str, ...], ...]
    header: int
    page: int


@dataclass(frozen=True, slots=True)
class Flow:
    """A document's lines and tables in reading order, and the notes of each page.

    ``uncertain`` are the numbers, from 0, of the pages whose columns could be read otherwise.
    """

    items: tuple[Line | Table, ...]
    notes: tuple[Line, ...]
    size: float
    """Of the letters of the text."""
    uncertain: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Reading:
    """What is collected while the pages are read."""

    items: list[Line | Table] = field(default_factory=list)
    uncertain: set[int] = field(default_factory=set)


def read_flow(pages: Sequence[Page]) -> Flow:
    """Put the lines of a document's pages into reading order."""
    rows = [read_rows(page, number) for number, page in enumerate(pages)]
    sizes = Counter[float]()
    for row in (row for page in rows for row in page):
        for line in row:
            sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 1.0
    rows = [[row for row in page if not _is_lone_mark(row, size)] for page in rows]
    rows = without_running_rows(rows, size)
    reading, notes = _Reading(), list[Line]()
    for page, found in zip(pages, rows, strict=True):
        body, below = without_notes(found, size)
        notes += below
        _read_area(body, page.rules, reading)
    return Flow(tuple(reading.items), tuple(notes), size, frozenset(reading.uncertain))


def _is_lone_mark(row: Sequence[Line], size: float) -> bool:
    """Whether nothing but a note's number stands at its height, on top of a line."""
    (first, *others) = row
    return not others and first.size < 0.75 * size and bool(LONE_MARK.fullmatch(first.text))


def _read_area(rows: Sequence[Sequence[Line]], rules: Sequence[Rule], reading: _Reading) -> None:
    """Read the rows of a page, or of a column of it, band by band."""
    number = 0
    plain: list[Line] = []
    while number < len(rows):
        end = _band(rows, number)
        if end:
            _read_band([list(row) for row in rows[number:end]], plain, rules, reading)
            number = end
        else:
            plain.extend(rows[number])
            number += 1
    _end_plain(plain, reading)


def _end_plain(lines: list[Line], reading: _Reading) -> None:
    if lines:
        column = (min(line.left for line in lines), max(line.right for line in lines))
        reading.items += [replace(line, column=column) for line in lines]
        lines.clear()


def _band(rows: Sequence[Sequence[Line]], start: int) -> int | None:
    """The end of the rows from ``start`` on that stand side by side, if some do.

    White space from top to bottom parts what is left of it from what is right of it.
    """
    if len(rows[start]) < 2 and not _beside(rows, start):
        return None
    covered: list[tuple[float, float]] = []
    end, last = start, None
    for number in range(start, len(rows)):
        row = rows[number]
        pitch = rows[number - 1][0].baseline - row[0].baseline if number > start else 0.0
        if last is not None and len(row) == 1 and pitch > 2.2 * max(row[0].size, 1.0):
            # A line alone, far under the rows before it, goes on with them only if rows follow.
            following = rows[number + 1] if number + 1 < len(rows) else []
            if len(following) < 2 and not _beside(rows, number):
                break
        wider = _union([*covered, *((line.left, line.right) for line in row)])
        if not _gutters(wider, row[0].size) and (number > start or len(row) > 1):
            break
        covered, end = wider, number + 1
        if len(row) > 1 or _beside(rows, number):
            last = number
    if last is None:
        return None
    end = last + 1
    # What hangs from the last row: the wrapped words of a cell, or the rest of one column.
    while end < len(rows) and end - last <= 40 and len(rows[end]) == 1:
        pitch = rows[end - 1][0].baseline - rows[end][0].baseline
        if pitch > 1.6 * rows[end][0].size or not _fits(rows[end][0], covered):
            break
        end += 1
    several = sum(len(row) > 1 for row in rows[start:end])
    return (
        end
        if several >= 2 or (several == 0 and end - start > 3) or several == end - start
        else None
    )


def _beside(rows: Sequence[Sequence[Line]], number: int) -> bool:
    """Whether the only line of a row stands beside that of the next row, half a line lower."""
    if number + 1 >= len(rows) or len(rows[number]) > 1:
        return False
    one, two = rows[number][0], rows[number + 1][0]
    lower = one.baseline - two.baseline
    apart = max(two.left - one.right, one.left - two.right)
    return lower < 0.9 * one.size and apart > WIDE * one.size


def _fits(line: Line, covered: Sequence[tuple[float, float]]) -> bool:
    """Whether a line stands within one column."""
    touched = [c for c in covered if c[0] < line.right and line.left < c[1]]
    return len(touched) <= 1 and (not touched or line.right <= touched[0][1] + line.size)


def _union(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _gutters(covered: Sequence[tuple[float, float]], size: float) -> list[float]:
    """The middle of each stretch of white space between the columns."""
    return [(one[1] + two[0]) / 2 for one, two in pairwise(covered) if two[0] - one[1] > 0.5 * size]


def _read_band(
    rows: list[list[Line]], plain: list[Line], rules: Sequence[Rule], reading: _Reading
) -> None:
    """Read rows that stand side by side, under ``plain`` lines: columns of text, or a table."""
    page = rows[0][0].page
    size = median(line.size for row in rows for line in row)
    gutters = _gutters(_union((line.left, line.right) for row in rows for line in row), size)
    if not gutters:  # what hangs from the last row reaches over all
        plain.extend(line for row in rows for line in row)
        return
    columns: list[list[list[Line]]] = []
    for left, right in pairwise([float("-inf"), *gutters, float("inf")]):
        inside = ([line for line in row if left < line.left < right] for row in rows)
        columns.append([row for row in inside if row])
    is_ruled = _is_ruled(rows, rules)
    prose = [_is_prose([line for row in column for line in row]) for column in columns]
    beside = sum(len(row) > 1 for row in rows)
    is_prose = (
        sum(prose) >= 2
        or (any(prose) and beside < 0.3 * len(rows))
        or any(_runs_past(rows, gutters, n) for n, is_text in enumerate(prose) if is_text)
    )
    if not beside or (is_prose and not is_ruled):
        if not all(prose):
            reading.uncertain.add(page)
        _end_plain(plain, reading)
        for column in columns:
            _read_area(column, rules, reading)
        return
    if not is_ruled and any(prose):
        reading.uncertain.add(page)
    if _is_numbered(columns):
        plain += [
            replace(row[1], text=f"{row[0].text}. {row[1].text}", left=row[0].left)
            if len(row) > 1
            else row[0]
            for row in rows
        ]
        return
    while plain and plain[-1].left > gutters[0] and _is_close(plain[-1], rows[0][0]):
        rows.insert(0, [plain.pop()])  # the name over two columns
    _end_plain(plain, reading)
    table = _table(rows, rules)
    if table:
        reading.items.append(table)


def _runs_past(rows: Sequence[Sequence[Line]], gutters: Sequence[float], column: int) -> bool:
    """Whether the text of a column goes on past most lines that begin beside it.

    Beside a wrapped cell of a table others stand once.
    """
    edges = [float("-inf"), *gutters, float("inf")]
    begun = past = 0
    before = "."
    for row in rows:
        own = [line for line in row if edges[column] < line.left < edges[column + 1]]
        if own and before != ".":
            goes_on = own[0].text[0].islower() or not ENDS.search(before)
            begun += len(row) > len(own)
            past += len(row) > len(own) and goes_on
        before = own[-1].text if own else "."
    return begun > 1 and past > 0.5 * begun


def _is_close(above: Line, below: Line) -> bool:
    return above.baseline - below.baseline < 2.2 * below.size


def _is_numbered(columns: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """Whether the first of two columns counts the items that stand in the second."""
    if len(columns) != 2:
        return False
    counts = [row[0].text for row in columns[0]]
    return (
        counts == [str(number) for number in range(1, len(counts) + 1)]
        and columns[1][0][0].left - columns[0][0][0].right < 3 * columns[0][0][0].size
        and not any(re.match(r"[$€£¥]?\d", row[0].text) for row in columns[1])
    )


def _is_ruled(rows: Sequence[Sequence[Line]], rules: Sequence[Rule]) -> bool:
    """Whether rules lie between the rows, across the columns."""
    left = min(line.left for row in rows for line in row)
    right = max(line.right for row in rows for line in row)
    top, bottom = rows[0][0].baseline, rows[-1][0].baseline
    across = {round(rule.at) for rule in _level(rules, left, right) if bottom < rule.at < top}
    return len(across) >= min(2, len(rows) - 1)


def _level(rules: Sequence[Rule], left: float, right: float) -> list[Rule]:
    """The level rules that, with those at their height, reach over most of a width."""
    reach: dict[int, float] = defaultdict(float)
    level = [rule for rule in rules if not rule.is_upright]
    for rule in level:
        reach[round(rule.at)] += max(0.0, min(rule.end, right) - max(rule.start, left))
    return [rule for rule in level if reach[round(rule.at)] > 0.6 * (right - left)]


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether lines are text that the width of its column has broken: no next word had room."""
    if len(lines) < 3:
        return False
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    full = sum(
        _had_no_room(one, two, right - _RAGGED * (right - left))
        or (two.text[0].islower() and not ENDS.search(one.text))
        for one, two in pairwise(lines)
    )
    words = sum(len(line.text.split()) for line in lines) / len(lines)
    return words >= 2.5 and full >= 0.55 * (len(lines) - 1)


def _had_no_room(line: Line, following: Line, right: float) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    width = (line.right - line.left) / max(len(line.text), 1)
    word = following.text.split(" ", 1)[0]
    return line.right + (len(word) + 0.6) * width > right + 0.4 * width


def _table(rows: list[list[Line]], rules: Sequence[Rule]) -> Table | None:
    """The cells of a table, those wrapped over several lines put together."""
    columns = _columns(rows)
    logical = _logical_rows(rows, columns, rules)
    cells: list[tuple[str, ...]] = []
    bold: list[bool] = []
    for group in logical:
        words = [""] * len(columns)
        spreads = not cells and len(group) < len(columns)
        for number, line in enumerate(group):
            # A cell over several columns of the header belongs to each of them.
            for column in (
                _spread(group, number, columns) if spreads else _touched(line, columns)[:1]
            ):
                words[column] = f"{words[column]} {line.text}".strip()
        cells.append(tuple(words))
        bold.append(all(line.is_bold for line in group))
    if not cells:
        return None
    return _with_header(cells, bold, rows[0][0].page)


def _columns(rows: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Where the columns of a table stand, told from the rows that have most cells alike."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    usual = max(counts, key=lambda count: (counts[count] * (count - 1), count))
    return _union((line.left, line.right) for row in rows if len(row) == usual for line in row)


def _touched(line: Line, columns: Sequence[tuple[float, float]]) -> list[int]:
    found = [n for n, c in enumerate(columns) if c[0] < line.right and line.left < c[1]]
    if found:
        return found
    middle = (line.left + line.right) / 2
    return [min(range(len(columns)), key=lambda n: abs(sum(columns[n]) / 2 - middle))]


def _spread(row: Sequence[Line], number: int, columns: Sequence[tuple[float, float]]) -> list[int]:
    """The columns that a cell of the first row names: those it stands over, or nearest to."""
    touched = _touched(row[number], columns)
    if 0 in touched:
        return touched
    others = [line for line in row if 0 not in _touched(line, columns)]

    def distance(line: Line, column: tuple[float, float]) -> float:
        return abs(line.left + line.right - column[0] - column[1])

    nearest = [min(others, key=lambda line: distance(line, column)) for column in columns]
    return [n for n, line in enumerate(nearest) if n and line is row[number]]


def _logical_rows(
    rows: Sequence[Sequence[Line]], columns: Sequence[tuple[float, float]], rules: Sequence[Rule]
) -> list[list[Line]]:
    """The rows of a table; one whose cells are wrapped takes several lines."""
    left, right = columns[0][0], columns[-1][1]
    level = sorted({round(rule.at) for rule in _level(rules, left, right)})
    bottom, top = rows[-1][0].baseline, rows[0][0].baseline
    between = [at for at in level if bottom < at < top]
    opens = sum(_touched(row[0], columns)[0] == 0 for row in rows)
    by_rules = len(between) + 1 >= max(3, 0.6 * opens) or len(between) + 1 >= opens
    spaced = _by_space(rows, columns)
    if spaced and not by_rules:
        return spaced
    found: list[list[Line]] = []
    for number, row in enumerate(rows):
        above = rows[number - 1] if number else None
        if above is None:
            goes_on = False
        elif by_rules:
            goes_on = not any(row[0].baseline < at < above[0].baseline for at in between)
        else:
            close = above[0].baseline - row[0].baseline <= 1.35 * row[0].size
            goes_on = close and _touched(row[0], columns)[0] != 0
        if goes_on:
            found[-1].extend(row)
        else:
            found.append(list(row))
    return found


def _by_space(
    rows: Sequence[Sequence[Line]], columns: Sequence[tuple[float, float]]
) -> list[list[Line]]:
    """The rows of a table that are further from each other than the lines of a cell are.

    None where no cell is wrapped, or the first column has two cells in what would be one row.
    """
    pitches = [one[0].baseline - two[0].baseline for one, two in pairwise(rows)]
    if len(pitches) < 2 or max(pitches) < 1.2 * min(pitches):
        return []
    wide = (max(pitches) + min(pitches)) / 2
    found = [list(rows[0])]
    for pitch, row in zip(pitches, rows[1:], strict=True):
        if pitch < wide:
            found[-1].extend(row)
        else:
            found.append(list(row))
    whole = all(sum(_touched(line, columns)[0] == 0 for line in row) <= 1 for row in found)
    return found if whole and len(found) > 1 else []


def _with_header(cells: list[tuple[str, ...]], bold: list[bool], page: int) -> Table:
    """Tell which rows at the top name the columns: bold ones, or those without figures."""
    header = 0
    if any(bold) and not all(bold):
        header = next(n for n, is_bold in enumerate([*bold, False]) if not is_bold)
    if not header and len(cells) > 1 and is_header(cells):
        header = 1
    # Under a name over several columns, or one without words, the header goes on.
    while 0 < header < min(3, len(cells) - 1) and _is_spread(cells[header - 1]):
        if not is_header(cells[header:]) and not bold[header]:
            break
        header += 1
    return Table(tuple(cells), min(header, len(cells) - 1), page)


def _is_spread(row: Sequence[str]) -> bool:
    return "" in row or len(set(row)) < len(row)
