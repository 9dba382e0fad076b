"""Word documents as people leave them: tracked changes, forms, merged cells."""

import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.documents.document import BlockKind, Document
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


_SPACES = (
    f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def xml(markup: str) -> Any:
    """An element of a Word document."""
    return parse_xml(f"<w:body {_SPACES}>{markup}</w:body>")[0]


def words(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:p><w:r>{rpr}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def with_body(*blocks: str) -> Any:
    """A document of these blocks."""
    made = docx.Document()
    for block in blocks:
        made.element.body.insert(len(made.element.body) - 1, xml(block))
    return made


def rows(made: Any, folder: Path) -> dict[str, str]:
    """The rows of its tables, each with the names of its columns."""
    made.save(str(folder / "made.docx"))
    document = load(folder / "made.docx", "made.docx", LIMIT)
    return {
        document.cut(b.span): document.cut(b.lead) if b.lead else ""
        for b in document.blocks
        if b.kind is BlockKind.ROW
    }


def cell(text: str, properties: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{words(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a table."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def control(content: str, properties: str = "") -> str:
    """A content control around something."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


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


def box(text: str, prefix: str = "wps") -> str:
    """A text box, as today's programs or older ones write it."""
    content = f"<w:txbxContent>{words(text)}</w:txbxContent>"
    if prefix == "v":
        return f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    return f"<w:drawing><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></w:drawing>"


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    """In files that hold it a second time, for older programs, too."""
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{box("Flour is free.")}</mc:Choice>'
        f"<mc:Fallback>{box('Flour is free.', 'v')}</mc:Fallback></mc:AlternateContent>"
    )
    made = with_body(
        f"<w:p><w:r><w:t>See the box.</w:t></w:r><w:r>{both}</w:r></w:p>",
        f"<w:p><w:r>{box('Bread is sold.', 'v')}</w:r></w:p>",
    )
    assert quoted(made, tmp_path) == ["See the box.", "Flour is free.", "Bread is sold."]


def test_rows_and_cells_in_content_controls(tmp_path: Path) -> None:
    """However a form wraps them, they are rows and cells."""
    wrapped_cell = control(cell("$20"))
    made = with_body(
        "<w:tbl>"
        + row(cell("Job"), cell("Pay"))
        + control(row(cell("Baker"), cell("$18")))
        + row(cell("Miller"), wrapped_cell)
        + f'<w:ins w:id="9" w:author="x">{row(cell("Carter"), cell("$16"))}</w:ins>'
        + row(cell("Gone"), cell("$1"), properties='<w:del w:id="8" w:author="x"/>')
        + "</w:tbl>"
    )
    assert rows(made, tmp_path) == dict.fromkeys(
        ("Baker | $18", "Miller | $20", "Carter | $16"), "Job | Pay"
    )


@pytest.mark.parametrize("marked", [True, False])
def test_two_rows_of_names_are_one(tmp_path: Path, marked: bool) -> None:
    """Names over several columns, with or without the mark of a header."""
    mark = "<w:tblHeader/>" if marked else ""
    made = with_body(
        "<w:tbl>"
        + row(
            cell("Grade", '<w:vMerge w:val="restart"/>'),
            cell("Pay", '<w:gridSpan w:val="2"/>'),
            properties=mark,
        )
        + row(cell("", "<w:vMerge/>"), cell("From"), cell("To"), properties=mark)
        + row(cell("Baker"), cell("$48,000"), cell("$61,000"))
        + row(cell("Miller", '<w:vMerge w:val="restart"/>'), cell("$40,000"), cell("$50,000"))
        + row(cell("", "<w:vMerge/>"), cell("$41,000"), cell("$51,000"))
        + "</w:tbl>"
    )
    assert rows(made, tmp_path) == dict.fromkeys(
        (
            "Baker | $48,000 | $61,000",
            "Miller | $40,000 | $50,000",
            "Miller | $41,000 | $51,000",
        ),
        "Grade | Pay From | Pay To",
    )


def test_a_table_in_a_cell_is_a_table_of_its_own(tmp_path: Path) -> None:
    """Its words do not run into those of the cell."""
    inner = f"<w:tbl>{row(cell('Time'), cell('Days'))}{row(cell('Full'), cell('30'))}</w:tbl>"
    outer = f"<w:tc>{words('See here')}{inner}<w:p/></w:tc>"
    made = with_body(
        f"<w:tbl>{row(cell('Right'), cell('What'))}{row(cell('Leave 2026'), outer)}</w:tbl>"
    )
    assert rows(made, tmp_path) == {
        "Leave 2026 | See here": "Right | What",
        "Full | 30": "Time | Days",
    }


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    """What stands in the only cell of a row is a paragraph."""
    frame = f"<w:tc>{words('Bread is free.')}{words('Flour is not.')}</w:tc>"
    made = with_body(f"<w:tbl>{row(frame)}</w:tbl>")
    assert quoted(made, tmp_path) == ["Bread is free.", "Flour is not."]


def test_what_a_reader_does_not_see_is_not_quoted(tmp_path: Path) -> None:
    """Hidden and struck words, placeholders of forms, and fields that were never filled in."""
    made = with_body(
        words("Hidden bread is seen by nobody.", "<w:vanish/>"),
        words("Bread is shown here.", '<w:vanish w:val="0"/>'),
        words("Struck bread is no longer true.", "<w:strike/>"),
        control(words("Click here to enter text now."), "<w:showingPlcHdr/>"),
        words("Dear «Name», your pay is {{pay}} a day."),
        control(words("A form says that flour is free.")),
    )
    assert quoted(made, tmp_path) == ["Bread is shown here.", "A form says that flour is free."]


def test_numbers_of_notes_are_no_digits(tmp_path: Path) -> None:
    """A raised number goes, a power stays one."""
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    made = with_body(
        "<w:p><w:r><w:t>Bakers get $2,500</w:t></w:r>"
        f"<w:r>{raised}<w:t>1</w:t></w:r><w:r><w:t> for 20 m</w:t></w:r>"
        f"<w:r>{raised}<w:t>2</w:t></w:r><w:r><w:t> of hall.</w:t></w:r></w:p>"
    )
    assert quoted(made, tmp_path) == ["Bakers get $2,500 for 20 m² of hall."]


def test_foot_and_endnotes_stand_under_what_refers_to_them(tmp_path: Path) -> None:
    """They are the author's words too."""
    made = with_body(
        '<w:p><w:r><w:t>Bread is free</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:r><w:t> here.</w:t></w:r><w:r><w:endnoteReference w:id="1"/></w:r></w:p>',
        words("Flour is not."),
    )
    made.save(str(tmp_path / "plain.docx"))
    space = nsdecls("w")
    notes = {
        "footnote": f"<w:footnotes {space}><w:footnote w:type='separator' w:id='0'>{words('-')}"
        f"</w:footnote><w:footnote w:id='2'>{words('Since May of this year.')}</w:footnote>"
        "</w:footnotes>",
        "endnote": f"<w:endnotes {space}><w:endnote w:id='1'>{words('For bakers alone.')}"
        "</w:endnote></w:endnotes>",
    }
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}s+xml"
    with (
        zipfile.ZipFile(tmp_path / "plain.docx") as plain,
        zipfile.ZipFile(tmp_path / "noted.docx", "w") as noted,
    ):
        for name in plain.namelist():
            data = plain.read(name).decode("latin-1")
            for note in notes:
                if name == "word/_rels/document.xml.rels":
                    data = data.replace(
                        "</Relationships>",
                        f'<Relationship Id="n{note}" Type="{kinds}/{note}s" Target="{note}s.xml"/>'
                        "</Relationships>",
                    )
                if name == "[Content_Types].xml":
                    data = data.replace(
                        "</Types>",
                        f'<Override PartName="/word/{note}s.xml" '
                        f'ContentType="{kind.format(note)}"/>'
                        "</Types>",
                    )
            noted.writestr(name, data.encode("latin-1"))
        for note, markup in notes.items():
            noted.writestr(f"word/{note}s.xml", markup)
    document = load(tmp_path / "noted.docx", "noted.docx", LIMIT)
    assert [document.cut(p.span) for p in passages(document) if p.quotable] == [
        "Bread is free here.",
        "Since May of this year.",
        "For bakers alone.",
        "Flour is not.",
    ]


def test_quotes_are_found_by_another_reader(tmp_path: Path) -> None:
    """What is quoted stands so in the file's own XML, read without any of our code."""
    made = docx.Document()
    made.add_heading("Rules of the mill", 1)
    paragraph = made.add_paragraph("Bakers who work at ")
    paragraph.add_run("night").bold = True
    paragraph.add_run(" are paid a quarter more – and get a day off.")
    made.add_paragraph("Flour is sold at cost.", style="List Bullet")
    texts = quoted(made, tmp_path)
    with zipfile.ZipFile(tmp_path / "made.docx") as archive:
        source = archive.read("word/document.xml").decode()
    seen = re.sub(r"<[^>]+>", "", source)
    assert len(texts) == 2
    assert all(text in seen for text in texts)
