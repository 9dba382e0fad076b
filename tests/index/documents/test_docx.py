"""Word documents as people leave them: tracked changes, forms, merged cells."""

import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.documents.document import Document
from index.documents.loaders import load
from index.errors import UnreadableDocument
from index.passages import passages

LIMIT = 1_000_000


def quoted(made: Any, folder: Path) -> list[str]:
    """Save a document, load it, and give the texts of its passages that may be quoted."""
    made.save(str(folder / "made.docx"))
    document: Document = load(folder / "made.docx", "made.docx", LIMIT)
    return [document.cut(p.span) for p in passages(document) if p.quotable]


def element(paragraph: Any) -> Any:
    """The element of a paragraph."""
    return paragraph._p  # noqa: SLF001 - python-docx gives it no public name


def xml(markup: str) -> Any:
    """An element of a Word document."""
    return parse_xml(f"<w:body {nsdecls('w')}>{markup}</w:body>")[0]


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    """What was inserted is read and what was deleted is not: a lost "not" would be a misquote."""
    made = docx.Document()
    paragraph = made.add_paragraph("The pay is ")
    run = "<w:r><w:t>{}</w:t></w:r>"
    for change in (
        f'<w:ins w:id="1" w:author="x">{run.format("not ")}</w:ins>',
        '<w:del w:id="2" w:author="x"><w:r><w:delText>very </w:delText></w:r></w:del>',
        f'<w:moveFrom w:id="3" w:author="x">{run.format("here ")}</w:moveFrom>',
    ):
        element(paragraph).append(xml(change))
    paragraph.add_run("high.")
    cell = made.add_table(rows=1, cols=2).rows[0].cells[0].paragraphs[0]
    element(cell).append(xml(f'<w:ins w:id="4" w:author="x">{run.format("Bakers bake")}</w:ins>'))
    made.tables[0].rows[0].cells[1].text = "at night"
    assert quoted(made, tmp_path) == ["The pay is not high.", "Bakers bake | at night"]


def test_forms_are_read_and_contents_lists_are_not(tmp_path: Path) -> None:
    """A paragraph in a content control is text; the list of headings that Word made is not."""
    made = docx.Document()
    inner = "<w:sdtContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:sdtContent>"
    form = f"<w:sdt>{inner.format('The shop opens at eight.')}</w:sdt>"
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        f"</w:sdtPr>{inner.format('Opening hours of the shop 3')}</w:sdt>"
    )
    made.add_paragraph("Bread is sold here.")
    for control in (contents, form):
        element(made.paragraphs[-1]).addnext(xml(control))
    assert quoted(made, tmp_path) == ["Bread is sold here.", "The shop opens at eight."]


def test_a_merged_cell_counts_once_and_an_empty_row_not(tmp_path: Path) -> None:
    """Rows read as they look."""
    made = docx.Document()
    made.add_paragraph("Prices of bread:")
    table = made.add_table(rows=3, cols=3)
    words = iter("Bread Size Price Rye large 5".split())
    for row in table.rows[:2]:
        for cell in row.cells:
            cell.text = next(words)
    table.cell(1, 0).merge(table.cell(1, 1))
    assert quoted(made, tmp_path) == ["Rye large | 5"]


def test_breaks_and_tabs_part_words(tmp_path: Path) -> None:
    """A line break or tab inside a paragraph never glues two words."""
    made = docx.Document()
    run = made.add_paragraph().add_run("One loaf")
    run.add_break()
    run.add_text("costs")
    run.add_tab()
    run.add_text("five coins.")
    assert quoted(made, tmp_path) == ["One loaf costs five coins."]


def test_a_zip_file_is_no_word_document(tmp_path: Path) -> None:
    """A renamed archive says what it is."""
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("a.txt", "Words.")
    with pytest.raises(UnreadableDocument, match="a ZIP file, but no DOCX file"):
        load(tmp_path / "a.docx", "a.docx", LIMIT)
