"""CSV: each row of the table, under the row that names its columns."""

import csv
import io
import re

from index.documents.assemble import CELL, Part, assemble
from index.documents.document import BlockKind, Document
from index.documents.metadata import file_title
from index.documents.source import Source
from index.errors import UnreadableDocument

_DELIMITERS = ",;\t|"
_SAMPLE = 20_000
"""Characters that show which delimiter a file has."""
_MOST_ROWS = 20_000
_LONGEST_NAME = 80
"""Of a column."""
_FIGURE = re.compile(r"(?!(?:19|20)\d\d$)[$€£¥+-]?\.?\d")


def read(text: str, document_id: str) -> Document:
    """Read a table; what is not stated in it, like its author, stays unknown.

    Raises:
        UnreadableDocument: it is no table, or too long.
    """
    try:
        rows = [
            [" ".join(cell.split()) for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        ]
    except csv.Error as error:
        raise UnreadableDocument(f"it is not a table ({error}): save it as CSV again") from error
    rows = [row for row in rows if any(row)]
    if len(rows) > _MOST_ROWS:
        raise UnreadableDocument(f"it has {len(rows):,} rows; {_MOST_ROWS:,} at most: split it")
    named = len(rows) > 1 and _names_columns(rows[0])
    parts = [
        Part(BlockKind.ROW, CELL.join(row))
        if number or not named
        else Part(BlockKind.BOILERPLATE, CELL.join(row), is_header=True)
        for number, row in enumerate(rows)
    ]
    return assemble(document_id, parts, Source(title=file_title(document_id)))


def _delimiter(text: str) -> str:
    """What stands between the cells; a comma where nothing shows it."""
    try:
        return csv.Sniffer().sniff(text[:_SAMPLE], _DELIMITERS).delimiter
    except csv.Error:
        return ","


def _names_columns(row: list[str]) -> bool:
    """Whether the first row is names: all there, all different, short, no numbers but years."""
    return (
        len(set(row)) == len(row)
        and all(0 < len(cell) <= _LONGEST_NAME for cell in row)
        and not any(_FIGURE.match(cell) for cell in row)
    )
