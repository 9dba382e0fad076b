"""Tables in CSV: rows under the names of their columns, whatever stands between the cells."""

from pathlib import Path

import pytest

from index.documents.document import Document
from index.documents.loaders import load
from index.errors import UnreadableDocument
from index.passages import passages


def read(path: Path, text: str) -> Document:
    """Write a table and load it."""
    path.write_text(text, "utf-8")
    return load(path, path.name, 10_000_000)


def rows(document: Document) -> list[tuple[str | None, str]]:
    """Each row that may be quoted, with the row of names above it."""
    return [
        (document.cut(p.lead) if p.lead else None, document.cut(p.span))
        for p in passages(document)
        if p.quotable
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_row_has_the_names_of_its_columns(tmp_path: Path, delimiter: str) -> None:
    """The first row leads the others; the delimiter is found."""
    table = [["Loaf", "Weight", "2026"], ["Rye", "900 g", "5.20"], ["Wheat", "750 g", "4.10"]]
    document = read(tmp_path / "prices.csv", "\n".join(delimiter.join(row) for row in table))
    assert rows(document) == [
        ("Loaf | Weight | 2026", "Rye | 900 g | 5.20"),
        ("Loaf | Weight | 2026", "Wheat | 750 g | 4.10"),
    ]
    assert document.source.title == "Prices"
    assert document.source.date is None


def test_quoted_cells_keep_their_commas_and_lines(tmp_path: Path) -> None:
    """A cell may hold the delimiter, quotes and a line break; empty rows are none."""
    text = 'Loaf,Note\r\nRye,"dark, ""sour""\r\nand heavy"\r\n,\r\n\r\nWheat,light\r\n'
    assert [row for _, row in rows(read(tmp_path / "a.csv", text))] == [
        'Rye | dark, "sour" and heavy',
        "Wheat | light",
    ]


def test_a_table_without_names_has_rows_only(tmp_path: Path) -> None:
    """A first row with figures is a row."""
    assert rows(read(tmp_path / "a.csv", "Rye,5.20\nWheat,4.10\n")) == [
        (None, "Rye | 5.20"),
        (None, "Wheat | 4.10"),
    ]


def test_a_table_that_is_too_long_says_so(tmp_path: Path) -> None:
    """Its rows are counted."""
    with pytest.raises(UnreadableDocument, match="20,002 rows; 20,000 at most: split it"):
        read(tmp_path / "a.csv", "Loaf,Price\n" + "Rye,5\n" * 20_001)


def test_a_damaged_table_says_so(tmp_path: Path) -> None:
    """A quote that never ends makes one huge cell."""
    with pytest.raises(UnreadableDocument, match="save it as CSV again"):
        read(tmp_path / "a.csv", 'Loaf,Price\nRye,"' + "5\n" * 100_000)
