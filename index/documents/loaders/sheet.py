"""XLSX, XLS and ODS: the rows of each sheet under the row that names its columns, by calamine.

A cell's value is read, not how a program shows it: 86000 is shown as "$86,000" where its format
says so.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import python_calamine

from index.documents import boilerplate
from index.documents.assemble import Part, assemble, is_header, table_parts
from index.documents.document import BlockKind, Document
from index.documents.loaders.archive import check_unpacked
from index.documents.metadata import file_title
from index.documents.source import Source
from index.errors import UnreadableDocument

_MOST_ROWS = 20_000
_MOST_CELLS = 2_000_000
_LONGEST_NAME = 80
"""Of a column."""


def read(path: Path, document_id: str) -> Document:
    """Read a workbook; hidden sheets are left out.

    Raises:
        UnreadableDocument: it is none, locked, too long, or holds no text.
    """
    check_unpacked(path)
    try:
        with python_calamine.load_workbook(path) as book:
            shown = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible is python_calamine.SheetVisibleEnum.Visible
                and sheet.typ is python_calamine.SheetTypeEnum.WorkSheet
            ]
            sheets = [(name, _rows(book.get_sheet_by_name(name))) for name in shown]
    except python_calamine.PasswordError as error:
        raise UnreadableDocument("it is encrypted: save it without a password") from error
    except python_calamine.CalamineError as error:
        raise UnreadableDocument("it is no workbook, or a damaged one: save it again") from error
    count = sum(len(rows) for _, rows in sheets)
    if count > _MOST_ROWS:
        raise UnreadableDocument(f"it has {count:,} rows; {_MOST_ROWS:,} at most: split it")
    filled = [(name, rows) for name, rows in sheets if any(map(any, rows))]
    parts: list[Part] = []
    for name, rows in filled:
        if len(filled) > 1:
            parts.append(Part(BlockKind.HEADING, name, 1))
        parts += _parts(rows)
    return assemble(document_id, parts, Source(title=file_title(document_id)))


def _rows(sheet: Any) -> list[list[str]]:
    """The cells of a sheet as words; a merged one stands in all that it reaches over."""
    if sheet.width * sheet.height > _MOST_CELLS:
        count = f"{sheet.width * sheet.height:,} cells"
        raise UnreadableDocument(f"a sheet has {count}; {_MOST_CELLS:,} at most: split it")
    rows = [[_words(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = rows[top][left]
    return rows


def _words(cell: Any) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(round(cell, 10))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return str(cell).upper()
    return " ".join(str(cell).split())


def _parts(rows: Sequence[Sequence[str]]) -> Iterator[Part]:
    """The tables of a sheet: empty rows part them, and a row of one cell stands over one."""
    table: list[list[str]] = []
    for row in [*rows, []]:
        if any(row):
            table.append(list(row))
        elif table:
            yield from _table(table)
            table = []


def _table(rows: list[list[str]]) -> Iterator[Part]:
    filled = [n for n in range(len(rows[0])) if any(row[n] for row in rows)]
    cells = [[row[n] for n in filled] for row in rows]
    while cells and len(filled) > 1 and len({cell for cell in cells[0] if cell}) == 1:
        yield _line(next(cell for cell in cells.pop(0) if cell))
    if len(filled) == 1:
        yield from (_line(row[0]) for row in cells)
        return
    header = 0
    if len(cells) > 2 and is_header(cells[1:]) and len(set(cells[0])) < len(cells[0]):
        header = 2  # names over several columns
    elif len(cells) > 1 and (is_header(cells) or _names_columns(cells[0])):
        header = 1
    yield from table_parts(cells, header)


def _line(text: str) -> Part:
    hidden = boilerplate.is_boilerplate(text)
    return Part(BlockKind.BOILERPLATE if hidden else BlockKind.PARAGRAPH, text)


def _names_columns(row: Sequence[str]) -> bool:
    """Whether a row is names: all there, all different, short, no numbers."""
    return len(set(row)) == len(row) and all(
        0 < len(cell) <= _LONGEST_NAME and not any(c.isdigit() for c in cell) for cell in row
    )
