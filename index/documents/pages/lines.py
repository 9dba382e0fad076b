"""The letters of a page → its lines, those at one height together.

A wide gap, or a rule, parts two lines at one height: they may be cells, or stand in two columns. A
small raised mark is a note's number, or a power.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.documents.marks import is_mark, with_raised
from index.documents.pages.glyphs import MADE_SPACE, Glyph, Page, Rule

WIDE = 1.0
"""A gap of so many times the letters' size parts columns and cells; a smaller one parts words."""
_SPACE = 0.17
_MOST_STRETCHED = 5.0
_SMALL = 0.85
"""A note's number has at most so much of the size of the letters beside it."""
LONE_MARK = re.compile(r"\d{1,2}|[*†‡]{1,2}")
ENDS = re.compile(r"[.!?:;…][\"”’')\]]*$")
"""How a sentence ends."""
_BARE_BULLET = re.compile(
    r"[•‣⁃▪●○◦∙■□◆➢➤►✓✔✗✘☐☑·–*+o\uf0b7\uf0a7-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text on one line, between the edges of its column.

    ``mark`` is the raised number or sign that it opens with, where it is a note.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    is_bold: bool
    page: int = 0
    column: tuple[float, float] = (0.0, 0.0)
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters that were drawn one after the other on one line."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    is_bold: bool


def read_rows(page: Page, number: int) -> list[list[Line]]:
    """The lines of a page from top to bottom, those at one height together from left to right."""
    rows: list[list[_Run]] = []
    for run in sorted(_runs(page.glyphs), key=lambda run: -run.baseline):
        if rows and _on_one_line(rows[-1], run):
            rows[-1].append(run)
        else:
            rows.append([run])
    upright = [rule for rule in page.rules if rule.is_upright]
    found = (_merged(row, upright, number) for row in rows)
    return [row for row in found if row]


def _runs(glyphs: Iterable[Glyph]) -> list[_Run]:
    runs: list[_Run] = []
    letters: list[Glyph] = []
    space, spaces = False, 0

    def end() -> None:
        text = "".join(g.text for g in letters)
        if text.strip():
            seen = [g for g in letters if g.text != " "]
            runs.append(
                _Run(
                    text,
                    min(g.left for g in seen),
                    max(g.right for g in seen),
                    seen[0].baseline,
                    seen[0].size,
                    all(g.is_bold for g in seen),
                )
            )
        letters.clear()

    for glyph in glyphs:
        if glyph.text == "\n":
            end()
            continue
        if glyph.text in {" ", MADE_SPACE}:
            spaces += glyph.text == " "
            space = True
            continue
        if letters:
            last = letters[-1]
            apart = max(glyph.left - last.right, last.left - glyph.right)
            if (
                abs(glyph.baseline - last.baseline) > 0.05 * last.size
                or abs(glyph.size - last.size) > 0.05 * last.size
                or (apart > WIDE * 0.9 * last.size and not _is_stretched(last, glyph, spaces))
                or (glyph.left < last.left - 0.5 * last.size and not _is_leftward(glyph.text))
            ):
                if space:
                    letters.append(replace(last, text=" "))
                end()
            elif space or apart > _SPACE * last.size:
                letters.append(replace(last, text=" "))
        space, spaces = False, 0
        letters.append(glyph)
    end()
    return runs


def _is_stretched(last: Glyph, glyph: Glyph, spaces: int) -> bool:
    """Whether one space between two words is wide because the line fills its column."""
    return (
        spaces == 1
        and last.drawn == glyph.drawn
        and glyph.left - last.right < _MOST_STRETCHED * last.size
    )


def _is_leftward(text: str) -> bool:
    """Whether a letter belongs to a script that is read from right to left."""
    return "\u0590" <= text[:1] <= "\u08ff" or "\ufb1d" <= text[:1] <= "\ufefc"


def _on_one_line(row: Sequence[_Run], run: _Run) -> bool:
    """Whether a run stands at the height of a row; a small one beside another may be raised."""
    widest = max(row, key=lambda r: (r.size, r.right - r.left))
    small, large = sorted((widest.size, run.size))
    apart = min(max(run.left - other.right, other.left - run.right) for other in row)
    may_be_raised = small <= _SMALL * large and apart < 0.6 * large
    reach = 0.6 * large if may_be_raised else 0.3 * small
    return abs(widest.baseline - run.baseline) <= reach


def _merged(row: list[_Run], upright: Sequence[Rule], page: int) -> list[Line]:
    """The runs of one row as lines, cut where a wide gap or a rule stands between two."""
    leftward = sum(sum(map(_is_leftward, run.text)) for run in row)
    is_leftward = leftward > sum(len(run.text) for run in row) / 2
    main = max(row, key=lambda r: (r.size, r.right - r.left))
    found: list[Line] = []
    ordered = sorted(row, key=lambda r: -r.right if is_leftward else r.left)
    for run in ordered:
        raised = run.baseline - main.baseline > 0.12 * main.size
        is_raised = raised and run.size <= _SMALL * main.size
        last = found[-1] if found else None
        gap = run.left - last.right if last else 0.0
        if is_leftward and last:
            gap = last.left - run.right
        if last and not _is_cut(last, run, gap, upright) and not (last.mark and not last.text):
            if is_raised:
                text = with_raised(last.text, run.text)
            else:
                space = gap > _SPACE * run.size or last.text.endswith(" ")
                text = last.text.rstrip() + (" " if space else "") + run.text
            found[-1] = replace(
                last,
                text=text,
                left=min(last.left, run.left),
                right=max(last.right, run.right),
                size=max(last.size, run.size),
                is_bold=last.is_bold and (run.is_bold or is_raised),
            )
        elif is_raised and is_mark(run.text):
            found.append(
                Line("", run.left, run.right, main.baseline, 0.0, True, page, mark=run.text.strip())
            )
        elif last and last.mark and not last.text and gap < 2 * WIDE * run.size:
            found[-1] = replace(
                last, text=run.text, right=run.right, size=run.size, is_bold=run.is_bold
            )
        else:
            found.append(
                Line(run.text, run.left, run.right, main.baseline, run.size, run.is_bold, page)
            )
    lines = [replace(line, text=" ".join(line.text.split())) for line in found]
    return _with_bullets([line for line in lines if line.text])


def _is_cut(last: Line, run: _Run, gap: float, upright: Sequence[Rule]) -> bool:
    if gap > WIDE * max(min(last.size or run.size, run.size), 1.0):
        return True
    return any(
        last.right - 1 <= rule.at <= run.left + 1
        and rule.start <= run.baseline + 0.3 * run.size <= rule.end
        for rule in upright
    )


def _with_bullets(row: list[Line]) -> list[Line]:
    """A bullet, or an item's number, is one line with what follows it."""
    found: list[Line] = []
    for line in row:
        last = found[-1] if found else None
        if last and _BARE_BULLET.fullmatch(last.text) and line.left - last.right < 5 * line.size:
            text = f"{last.text} {line.text}"
            found[-1] = replace(line, text=text, left=last.left)
        else:
            found.append(line)
    return found
