"""The letters of a page, by pypdfium2: where each one stands, and the rules between them.

PDFium tells a letter's place, size and weight, which letter of a line is a hyphen, and which have
no entry in their font's table of letters. Coordinates are in points, from the bottom left of the
page as it is read: a page that lies on its side is turned.
"""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

UNKNOWN = "�"
"""Stands for a letter that the font does not name."""
MADE_SPACE = "\v"
"""White space that PDFium has put between two letters that stand apart."""
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_BOLD_WEIGHT = 600
_THIN = 2.5
"""A rule is at most so thick; what is thicker is a box, and its edges are rules."""
_MOST_RULES = 4_000
_MOST_SEGMENTS = 200
"""A path of more of them is a drawing."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter, or the white space between two, as it stands in a line.

    ``drawn`` tells apart what was drawn at once. ``is_hyphen`` marks one that ends a line.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    is_bold: bool
    drawn: int
    is_hyphen: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line; ``at`` is its x if it is upright, else its y."""

    at: float
    start: float
    end: float
    is_upright: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The letters of a page in the order they were drawn; those that stand askew are apart."""

    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    askew: str
    unknown: int
    """How many of the letters have no entry in their font's table."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What all letters that are drawn at once have in common."""

    size: float
    angle: int
    is_bold: bool
    number: int


def read_page(page: Any) -> Page:
    """Read a page of a ``pypdfium2.PdfDocument``."""
    text = page.get_textpage()
    try:
        placed = list(_placed(text))
    finally:
        text.close()
    angles = Counter(angle for angle, glyph in placed if not glyph.text.isspace())
    upright = angles.most_common(1)[0][0] if angles else 0
    straight = [_turned(glyph, upright) for angle, glyph in placed if angle == upright]
    askew = "".join(glyph.text for angle, glyph in placed if angle != upright)
    return Page(
        glyphs=tuple(straight),
        rules=tuple(_rules(page)) if upright == 0 else (),
        askew=" ".join(askew.split()),
        unknown=sum(glyph.text == UNKNOWN for glyph in straight),
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """A letter in the page's own coordinates; ``x`` and ``y`` are where its baseline begins."""

    text: str
    box: tuple[float, float, float, float]
    x: float
    y: float
    style: _Style
    is_hyphen: bool


def _placed(text: Any) -> Iterator[tuple[int, _Placed]]:
    """Each letter with the angle, in quarters of a circle, that it stands at; -1 is askew."""
    raw = text.raw
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    styles: dict[int, _Style] = {}
    style, angle = _Style(1.0, 0, False, -1), 0
    high = 0
    for number in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, number)
        if 0xD800 <= code < 0xDC00:  # the second half of the letter follows
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if pdfium.FPDFText_IsGenerated(raw, number) == 1:
            # PDFium's own white space has no place; the letter after it tells what it parts.
            kind = "\n" if code in {10, 13} else MADE_SPACE
            yield angle, _Placed(kind, (0, 0, 0, 0), 0, 0, style, False)
            continue
        drawn = pdfium.FPDFText_GetTextObject(raw, number)
        address = ctypes.addressof(drawn.contents) if drawn else 0
        if address not in styles:
            styles[address] = _style(raw, drawn, number, len(styles))
        style = styles[address]
        pdfium.FPDFText_GetLooseCharBox(raw, number, box)
        pdfium.FPDFText_GetCharOrigin(raw, number, x, y)
        angle = style.angle
        is_hyphen = pdfium.FPDFText_IsHyphen(raw, number) == 1
        unknown = not is_hyphen and pdfium.FPDFText_HasUnicodeMapError(raw, number) == 1
        yield (
            angle,
            _Placed(
                UNKNOWN if unknown else "-" if is_hyphen else _letter(code),
                (box.left, box.bottom, box.right, box.top),
                x.value,
                y.value,
                style,
                is_hyphen,
            ),
        )


def _letter(code: int) -> str:
    letter = chr(code)
    if letter.isspace():
        return " "
    category = unicodedata.category(letter)
    if category in {"Cc", "Co", "Cn", "Cs"}:
        # Symbol fonts put their bullets into the private range; what reads them knows these.
        return letter if letter in "\uf0b7\uf0a7" else UNKNOWN
    return _LIGATURES.get(letter, letter)


def _style(raw: Any, drawn: Any, number: int, count: int) -> _Style:
    matrix = pdfium.FS_MATRIX()
    scale = 1.0
    if drawn and pdfium.FPDFPageObj_GetMatrix(drawn, matrix):
        scale = math.hypot(matrix.c, matrix.d) or 1.0
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, number, name, 128, flags)
    named = name.value.decode("latin-1").lower()
    is_bold = (
        pdfium.FPDFText_GetFontWeight(raw, number) >= _BOLD_WEIGHT
        or any(word in named for word in ("bold", "black", "heavy"))
        or bool(flags.value & (1 << 18))
    )
    size = max(pdfium.FPDFText_GetFontSize(raw, number) * scale, 0.1)
    turn = pdfium.FPDFText_GetCharAngle(raw, number) / (math.pi / 2)
    angle = round(turn) % 4 if abs(turn - round(turn)) < 0.03 else -1
    return _Style(size, angle, is_bold, count)


def _turned(placed: _Placed, angle: int) -> Glyph:
    """A letter as it stands when the page is turned so that its lines are level."""
    left, bottom, right, top = placed.box
    match angle:
        case 3:
            start, end, base = bottom, top, -placed.x
        case 2:
            start, end, base = -right, -left, -placed.y
        case 1:
            start, end, base = -top, -bottom, placed.x
        case _:
            start, end, base = left, right, placed.y
    style = placed.style
    return Glyph(
        placed.text, start, end, base, style.size, style.is_bold, style.number, placed.is_hyphen
    )


def _rules(page: Any) -> Iterator[Rule]:
    """The upright and level lines of a page, the edges of boxes too."""
    count = 0
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        for rule in _of_path(drawn.raw):
            yield rule
            count += 1
        if count > _MOST_RULES:
            return


def _of_path(path: Any) -> Iterator[Rule]:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    here: tuple[float, float] | None = None
    first: tuple[float, float] | None = None
    segments = pdfium.FPDFPath_CountSegments(path)
    if segments > _MOST_SEGMENTS:
        return
    for number in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        there = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = there
        elif kind == pdfium.FPDF_SEGMENT_LINETO and here:
            yield from _rule(here, there)
        if pdfium.FPDFPathSegment_GetClose(segment) and first and first != there:
            yield from _rule(there, first)
        here = there


def _rule(one: tuple[float, float], two: tuple[float, float]) -> Iterator[Rule]:
    (left, right), (low, high) = sorted((one[0], two[0])), sorted((one[1], two[1]))
    if high - low > _THIN >= right - left:
        yield Rule((left + right) / 2, low, high, is_upright=True)
    elif right - left > _THIN >= high - low:
        yield Rule((low + high) / 2, left, right, is_upright=False)
