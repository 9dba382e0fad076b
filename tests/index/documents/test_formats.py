"""Markdown, HTML, DOCX and PDF: words without markup, in sections, with what they state."""

from pathlib import Path

import docx
import pytest
from fpdf import FPDF

from index.documents.document import BlockKind, Document
from index.documents.loaders import load
from index.errors import UnreadableDocument
from index.passages import passages

LIMIT = 1_000_000


def quoted(document: Document) -> list[str]:
    """The texts of the passages that may be quoted."""
    return [document.cut(p.span) for p in passages(document) if p.quotable]


def read(path: Path, content: str | bytes) -> Document:
    """Write a file and load it."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load(path, f"shelf/{path.name}", LIMIT)


MARKDOWN = """---
title: Tea at work
publisher: careerbot tests
published: 2026-03-02
updated: 2026-04
url: https://example.org/tea
sources:
  - title: The Leaf
    author: B. Brew
    date: 2025
---

# Tea at work

**Green** tea is served [at noon](https://example.org). The `kettle` stays
on until five.

![A pot](pot.png)

## Kinds

| Kind | Minutes |
|---|---|
| Green | 2 |
| *Black* | 4 |

Bring one of these:

- A cup
- A spoon

```
tea --now
```
"""


def test_markdown_shows_words_only(tmp_path: Path) -> None:
    """Emphasis, links and code are their words; pictures and code blocks are never quoted."""
    document = read(tmp_path / "tea.md", MARKDOWN)
    assert quoted(document) == [
        "Green tea is served at noon.",
        "The kettle stays on until five.",
        "Green | 2",
        "Black | 4",
        "A cup",
        "A spoon",
    ]


def test_markdown_rows_have_their_header_and_items_their_lead(tmp_path: Path) -> None:
    """What a reader needs above a quote goes with it."""
    document = read(tmp_path / "tea.md", MARKDOWN)
    leads = {document.cut(p.span): document.cut(p.lead) for p in passages(document) if p.lead}
    assert leads == {
        "Green | 2": "Kind | Minutes",
        "Black | 4": "Kind | Minutes",
        "A cup": "Bring one of these:",
        "A spoon": "Bring one of these:",
    }


def test_markdown_front_matter_is_the_source(tmp_path: Path) -> None:
    """Every stated field arrives, and what is restated too."""
    source = read(tmp_path / "tea.md", MARKDOWN).source
    assert (source.title, source.publisher) == ("Tea at work", "careerbot tests")
    assert (source.published, source.updated, source.date) == ("2026-03-02", "2026-04", "2026-04")
    assert source.url == "https://example.org/tea"
    (work,) = source.restates
    assert (work.title, work.author, work.published) == ("The Leaf", "B. Brew", "2025")


def test_markdown_sections_nest(tmp_path: Path) -> None:
    """The innermost heading above a passage is its section."""
    document = read(tmp_path / "tea.md", MARKDOWN)
    section = document.section_at(document.text.index("A cup"))
    assert section is not None
    assert document.cut(section.heading) == "Kinds"


HTML = """<!doctype html><html lang="en"><head><title>Coffee at work | Shelf</title>
<meta name="author" content="C. Bean"><meta name="publisher" content="careerbot tests">
<meta property="article:published_time" content="2026-05-06T08:00:00Z">
<meta name="careerbot:source" content="The Bean |  | Bean Press | May 2025 | ">
<link rel="canonical" href="https://example.org/coffee">
<script>alert("no")</script></head><body>
<nav><a href="/">Home</a> <a href="/about">About us and all the others</a></nav>
<article><h1>Coffee at work</h1>
<p>Coffee is made at eight every morning, and <b>nobody</b> may touch the machine before.</p>
<h2>Prices</h2>
<table><tr><th>Cup</th><th>Price</th></tr><tr><td>Small</td><td>1 coin</td></tr></table>
<p>The machine was bought in January 2019 and has been repaired more than once since then.</p>
<ul><li>Bring your own cup to the kitchen</li></ul></article>
<footer>Subscribe to our newsletter. © 2026 Shelf</footer></body></html>"""


def test_html_keeps_the_main_content(tmp_path: Path) -> None:
    """Navigation, scripts and footers are gone; tables have headers."""
    document = read(tmp_path / "coffee.html", HTML)
    assert quoted(document) == [
        "Coffee is made at eight every morning, and nobody may touch the machine before.",
        "Small | 1 coin",
        "The machine was bought in January 2019 and has been repaired more than once since then.",
        "Bring your own cup to the kitchen",
    ]


def test_html_states_its_source_and_no_date_is_guessed(tmp_path: Path) -> None:
    """Tags count; a date in the prose does not."""
    source = read(tmp_path / "coffee.html", HTML).source
    assert (source.title, source.author) == ("Coffee at work", "C. Bean")
    assert (source.published, source.url) == ("2026-05-06", "https://example.org/coffee")
    assert [(w.title, w.publisher, w.published) for w in source.restates] == [
        ("The Bean", "Bean Press", "2025-05")
    ]
    undated = HTML.replace("article:published_time", "other")
    assert read(tmp_path / "undated.html", undated).source.published is None


def test_docx_in_document_order(tmp_path: Path) -> None:
    """Headings, paragraphs, lists and tables come in their order; file dates are no dates."""
    made = docx.Document()
    made.core_properties.title = "Water at work"
    made.add_heading("Water at work", 0)
    made.add_paragraph("Water is free on every floor.")
    made.add_heading("Taps", 1)
    made.add_paragraph("The tap on the left is cold.", style="List Bullet")
    table = made.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Floor", "Taps", "One", "Two"), strict=True
    ):
        cell.text = text
    made.save(str(tmp_path / "water.docx"))
    document = load(tmp_path / "water.docx", "water.docx", LIMIT)
    assert quoted(document) == [
        "Water is free on every floor.",
        "The tap on the left is cold.",
        "One | Two",
    ]
    assert document.source.title == "Water at work"
    assert document.source.published is None


def _pdf(path: Path, pages: list[str], password: str = "") -> Path:
    made = FPDF()
    made.set_font("Helvetica", size=11)
    for text in pages:
        made.add_page()
        made.multi_cell(0, 6, text)
    if password:
        made.set_encryption(owner_password=password, user_password=password)
    made.output(str(path))
    return path


PAGE_ONE = (
    "Stairs at work\n\nThe stairs are washed on Mondays, and everybody is asked to take the lift "
    "on that day, or to wait until the steps are dry again, which takes about an hour in winter."
)
PAGE_TWO = "The lift holds eight people, or four people and a trolley with the mail of the day."


def test_pdf_pages_and_paragraphs(tmp_path: Path) -> None:
    """Lines broken by the page's width are whole again, and each quote knows its page."""
    document = load(_pdf(tmp_path / "stairs.pdf", [PAGE_ONE, PAGE_TWO]), "stairs.pdf", LIMIT)
    assert quoted(document) == [PAGE_ONE.split("\n\n")[1], PAGE_TWO]
    assert document.page_at(document.text.index("The stairs")) == 1
    assert document.page_at(document.text.index("The lift holds")) == 2


def test_an_encrypted_pdf_is_named(tmp_path: Path) -> None:
    """A password is said to be the reason."""
    path = _pdf(tmp_path / "secret.pdf", [PAGE_ONE], password="word")
    with pytest.raises(UnreadableDocument, match="encrypted"):
        load(path, "secret.pdf", LIMIT)


def test_a_pdf_of_pictures_is_named(tmp_path: Path) -> None:
    """A PDF without text says that it needs OCR."""
    with pytest.raises(UnreadableDocument, match="OCR"):
        load(_pdf(tmp_path / "scan.pdf", [""]), "scan.pdf", LIMIT)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.md", b"", "empty"),
        ("blank.txt", b" \n\n ", "no text"),
        ("only.md", b"---\ntitle: x\n---\n", "no text"),
        ("picture.md", b"\xff\xd8\xff\xe0 JPEG", "JPEG file named .md"),
        ("page.pdf", b"hello, no PDF at all", "not a PDF"),
        ("torn.pdf", b"%PDF-1.7\n%%EOF", "PDF"),
        ("zip.docx", b"PK\x03\x04 torn", "DOCX"),
        ("old.doc", b"\xd0\xcf\x11\xe0", ".doc is not a format"),
        ("binary.txt", b"a\x00b", "null bytes"),
        ("odd.txt", b"caf\xe9 \x01\x02 \x90", "cannot be read|encoding"),
        ("broken.md", b"---\ntitle: [x\n---\ntext", "front matter"),
        ("nothing.html", b"<html><body><nav>Home</nav></body></html>", "no main content|no text"),
        ("slides.key", b"PK\x03\x04", ".key is not a format"),
        ("noname", b"text", "without a suffix"),
    ],
)
def test_what_cannot_be_read_says_why(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    """One line for people, whatever the file."""
    with pytest.raises(UnreadableDocument, match=reason) as raised:
        read(tmp_path / name, content)
    assert "\n" not in str(raised.value)


def test_a_huge_file_gives_size_and_limit(tmp_path: Path) -> None:
    """The limit of the settings is named."""
    with pytest.raises(UnreadableDocument, match=r"2\.0 MB; the limit is 1\.0 MB"):
        read(tmp_path / "huge.txt", b"word " * 400_000)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """What a DOCX would unpack to is counted before it is opened."""
    import zipfile

    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"word/{number}.xml", b"0" * 80_000_000)
    with pytest.raises(UnreadableDocument, match="unpacks to more"):
        load(path, "bomb.docx", LIMIT)


@pytest.mark.parametrize(
    "data",
    [
        "Café au lait.".encode("cp1252"),
        "Café au lait.".encode("utf-16"),
        "Café au lait.".encode("utf-16-le"),
        "Café au lait.".encode("utf-16-be"),
        "Café au lait.".encode("utf-32"),
        "\ufeffCafé au lait.".encode(),
    ],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    """UTF-8 and UTF-16 with or without a mark, and old Windows files, read the same."""
    assert read(tmp_path / "cafe.txt", data).text == "Café au lait."


def test_the_text_is_composed_and_newlines_are_one(tmp_path: Path) -> None:
    """Decomposed accents and Windows newlines are normalised before anything is measured."""
    document = read(tmp_path / "cafe.txt", "Cafe\u0301 au lait.\r\nWith milk, always.\r".encode())
    assert document.text == "Café au lait.\nWith milk, always.\n"


def test_blocks_never_overlap(tmp_path: Path) -> None:
    """Whatever the format, blocks are in order and apart."""
    for name, content in {"tea.md": MARKDOWN, "coffee.html": HTML, "tea.txt": MARKDOWN}.items():
        document = read(tmp_path / name, content)
        ends = [0, *(b.span.end for b in document.blocks)]
        assert all(b.span.start >= end for b, end in zip(document.blocks, ends, strict=False))
        assert any(b.kind is BlockKind.HEADING for b in document.blocks)
