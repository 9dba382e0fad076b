"""Workbooks, LibreOffice documents and RTF, made by other libraries or by hand."""

import datetime as dt
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from index.documents.document import BlockKind, Document
from index.documents.loaders import load
from index.errors import UnreadableDocument
from index.passages import passages

LIMIT = 3_000_000


def quoted(document: Document) -> list[str]:
    """The texts of the passages that may be quoted."""
    return [document.cut(p.span) for p in passages(document) if p.quotable]


def rows(document: Document) -> dict[str, str]:
    """The rows of the tables, each with the names of its columns."""
    return {
        document.cut(b.span): document.cut(b.lead) if b.lead else ""
        for b in document.blocks
        if b.kind is BlockKind.ROW
    }


def workbook(path: Path, **sheets: Sequence[Sequence[Any]]) -> Document:
    """Write a workbook and load it."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, cells in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(cells):
                for column, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(number, column, cell, day)
                    elif cell is not None:
                        sheet.write(number, column, cell)
            if name.startswith("Hidden"):
                sheet.hide()
    return load(path, path.name, LIMIT)


def test_rows_of_a_workbook(tmp_path: Path) -> None:
    """Numbers without a tail, days as days, empty columns left out, a title over the table."""
    document = workbook(
        tmp_path / "pay.xlsx",
        Pay=[
            ["Pay in the mill, by year"],
            [],
            [None, "Job", "Pay", "Since"],
            [None, "Baker", 54000, dt.date(2026, 5, 1)],
            [None, "Miller", 18.5, dt.date(2026, 6, 1)],
        ],
        Hidden=[["Nobody sees this here"]],
    )
    assert rows(document) == {
        "Baker | 54000 | 2026-05-01": "Job | Pay | Since",
        "Miller | 18.5 | 2026-06-01": "Job | Pay | Since",
    }
    assert "Pay in the mill, by year" in quoted(document)
    assert "Nobody" not in document.text


def test_sheets_are_sections_and_empty_rows_part_tables(tmp_path: Path) -> None:
    """Each table has its own header."""
    document = workbook(
        tmp_path / "two.xlsx",
        North=[["Job", "Pay"], ["Baker", 7], [], ["Tool", "Price"], ["Peel", 3]],
        South=[["Job", "Pay"], ["Baker", 8]],
    )
    assert rows(document) == {
        "Baker | 7": "Job | Pay",
        "Peel | 3": "Tool | Price",
        "Baker | 8": "Job | Pay",
    }
    section = document.section_at(document.text.index("Baker | 8"))
    assert section is not None
    assert document.cut(section.heading) == "South"


def test_names_over_two_columns(tmp_path: Path) -> None:
    """A merged cell names all that it reaches over."""
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:A2", "Grade")
        sheet.merge_range("B1:C1", "Pay")
        for number, row in enumerate([("From", "To"), (48, 61), (50, 70)], start=1):
            sheet.write_row(number, 1, row)
        sheet.write_column(2, 0, ["Baker", "Miller"])
    assert rows(load(path, "merged.xlsx", LIMIT)) == dict.fromkeys(
        ("Baker | 48 | 61", "Miller | 50 | 70"), "Grade | Pay From | Pay To"
    )


def test_a_workbook_that_is_too_long_is_named(tmp_path: Path) -> None:
    """The limit is told."""
    with pytest.raises(UnreadableDocument, match="20,001 rows"):
        workbook(tmp_path / "long.xlsx", Pay=[[f"Baker {n}", n] for n in range(20_001)])


MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "drawing")
).replace("xmlns:drawing", "xmlns:draw")


def opendocument(path: Path, body: str, styles: str = "") -> Document:
    """Write an ODT or ODS file and load it."""
    kind = "text" if path.suffix == ".odt" else "spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {ODF} office:version="1.2">'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{MANIFEST}"/>',
        )
    return load(path, path.name, LIMIT)


def test_an_odt_document(tmp_path: Path) -> None:
    """Lists, spaces, notes, boxes; deleted and hidden words are left out."""
    styles = (
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="S"><style:text-properties style:text-position="super 58%"/>'
        "</style:style>"
    )
    document = opendocument(
        tmp_path / "mill.odt",
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>It is dear.</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="1">Mill</text:h>'
        '<text:p>Bread<text:s text:c="3"/>is<text:line-break/>free at $2,500'
        '<text:span text:style-name="S">1</text:span> a month<text:note><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>Since May of this year.</text:p>"
        '</text:note-body></text:note>.<text:span text:style-name="H"> Hidden.</text:span></text:p>'
        '<text:p text:style-name="H">Nobody sees these words.</text:p><text:list><text:list-item>'
        "<text:p>Flour at cost</text:p><text:list><text:list-item><text:p>White flour too</text:p>"
        "</text:list-item></text:list></text:list-item></text:list><text:p><draw:frame><draw:text-box>"
        "<text:p>A box says it too.</text:p></draw:text-box></draw:frame></text:p>",
        styles,
    )
    assert quoted(document) == [
        "Bread is free at $2,500 a month.",
        "Since May of this year.",
        "Flour at cost",
        "White flour too",
        "A box says it too.",
    ]


def _cells(*words: str, span: str = "") -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string" {span}><text:p>{word}</text:p>'
        "</table:table-cell>"
        for word in words
    )
    return f"<table:table-row>{cells}</table:table-row>"


def test_tables_of_odt_and_ods(tmp_path: Path) -> None:
    """Both have rows under their header."""
    table = (
        f'<table:table table:name="T">{_cells("Job", "Pay")}{_cells("Baker", "$7")}</table:table>'
    )
    for name in ("t.odt", "t.ods"):
        assert rows(opendocument(tmp_path / name, table)) == {"Baker | $7": "Job | Pay"}


def test_an_rtf_document(tmp_path: Path) -> None:
    """Signs outside ASCII, hidden words, tables."""
    path = tmp_path / "mill.rtf"
    path.write_text(
        r"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Arial;}{\info{\title x}}\f0 Mill rules\par "
        r"Bread is free \'96 and caf\'e9 cr\u232\'e8me costs \'80 2 for every baker.\par "
        r"{\v Hidden words of the mill.}\trowd\cellx100\cellx200 Job\cell Pay\cell\row"
        r"\trowd\cellx100\cellx200 Baker\cell $7\cell\row\pard Flour is sold at cost.\par}",
        "ascii",
    )
    document = load(path, "mill.rtf", LIMIT)
    assert "Bread is free – and café crème costs € 2 for every baker." in quoted(document)
    assert "Baker | $7" in quoted(document)
    assert "Hidden" not in document.text


@pytest.mark.parametrize(
    ("name", "reason"),
    [("a.doc", "save it as .docx"), ("a.msg", r"\.eml"), ("a.numbers", r"\.xlsx")],
)
def test_old_formats_say_what_to_do(tmp_path: Path, name: str, reason: str) -> None:
    """One line."""
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0 old")
    with pytest.raises(UnreadableDocument, match=reason):
        load(tmp_path / name, name, LIMIT)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.odt"])
def test_torn_files_are_named(tmp_path: Path, name: str) -> None:
    """Whatever they were."""
    (tmp_path / name).write_bytes(b"PK\x03\x04 torn" if name != "a.xls" else b"\xd0\xcf\x11\xe0")
    with pytest.raises(UnreadableDocument, match=r"damaged|cannot be read"):
        load(tmp_path / name, name, LIMIT)
