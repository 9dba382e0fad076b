"""Books: chapters in the order of the spine, what the package states, and locks."""

import zipfile
from pathlib import Path

import pytest

from index.documents.document import Document
from index.documents.loaders import load
from index.errors import UnreadableDocument
from index.passages import passages

CONTAINER = """<?xml version="1.0"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf"
  xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0"><metadata>
<dc:title>The
  Baker’s Year</dc:title><dc:creator>Ada Miller</dc:creator><dc:creator>Ben Field</dc:creator>
<dc:publisher>Mill Press</dc:publisher><dc:language>en</dc:language>
<dc:date opf:event="modification">2026-10-02</dc:date>
<dc:date opf:event="publication">2025-03</dc:date></metadata>
<manifest><item id="b" href="second%20part.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="c" href="cover.png" media-type="image/png"/>
<item id="a" href="first.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="c"/><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine>
</package>"""
CHAPTER = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body>
<h1>{0}</h1>{1}</body></html>"""
WINTER = """<p>In winter the oven is lit at three in the morning. The “quiet” hours are<br/>the best
for <i>rye</i>.<sup><a epub:type="noteref" href="#n1">1</a></sup></p>
<ul><li>Rye needs a day to rest.</li><li>Wheat needs an hour.</li></ul>"""
SPRING = """<p>In spring the price of flour falls, and the shop sells more wheat than rye.</p>
<table><tr><th>Loaf</th><th>Price</th></tr><tr><td>Rye</td><td>5</td></tr></table>"""


def book(path: Path, **more: str) -> Path:
    """Write a book of two chapters, and what else is named."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("book/package.opf", PACKAGE)
        archive.writestr("book/nav.xhtml", CHAPTER.format("Contents", "<p>Winter, page 3</p>"))
        archive.writestr("book/second part.xhtml", CHAPTER.format("Spring", SPRING))
        archive.writestr("book/first.xhtml", CHAPTER.format("Winter", WINTER))
        for name, content in more.items():
            archive.writestr(name, content)
    return path


def quoted(document: Document) -> list[tuple[str, str | None]]:
    """Each passage that may be quoted, and the heading over it."""
    return [
        (
            document.cut(p.span),
            document.cut(s.heading) if (s := document.section_at(p.span.start)) else None,
        )
        for p in passages(document)
        if p.quotable
    ]


def test_chapters_come_in_the_order_of_the_spine(tmp_path: Path) -> None:
    """Each chapter is a section; contents and pictures are left out."""
    document = load(book(tmp_path / "a.epub"), "a.epub", 1_000_000)
    assert quoted(document) == [
        ("In winter the oven is lit at three in the morning.", "Winter"),
        ("The “quiet” hours are the best for rye.", "Winter"),
        ("Rye needs a day to rest.", "Winter"),
        ("Wheat needs an hour.", "Winter"),
        ("In spring the price of flour falls, and the shop sells more wheat than rye.", "Spring"),
        ("Rye | 5", "Spring"),
    ]


def test_what_the_package_states(tmp_path: Path) -> None:
    """Title, authors, publisher, language and publication; the file's changes are no date."""
    source = load(book(tmp_path / "a.epub"), "a.epub", 1_000_000).source
    assert source.title == "The Baker’s Year"
    assert source.author == "Ada Miller, Ben Field"
    assert source.publisher == "Mill Press"
    assert source.language == "en"
    assert (source.published, source.updated) == ("2025-03", None)


@pytest.mark.parametrize(
    ("locked", "reason"),
    [("book/first.xhtml", "locked against copying"), ("book/font.otf", None)],
)
def test_a_locked_book_says_so(tmp_path: Path, locked: str, reason: str | None) -> None:
    """Locked chapters cannot be read; a locked font is no harm."""
    encryption = f'<encryption><CipherReference URI="{locked}"/></encryption>'
    path = book(tmp_path / "a.epub", **{"META-INF/encryption.xml": encryption})
    if reason:
        with pytest.raises(UnreadableDocument, match=reason):
            load(path, "a.epub", 1_000_000)
    else:
        assert quoted(load(path, "a.epub", 1_000_000))


def test_entities_are_not_followed(tmp_path: Path) -> None:
    """A package cannot bring a file of this machine into the library."""
    (tmp_path / "secret.txt").write_text("A secret.")
    doctype = f'<!DOCTYPE p [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">]>'
    package = PACKAGE.replace("?>", f"?>{doctype}", 1).replace("Mill Press", "&e;")
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("book/package.opf", package)
        archive.writestr("book/first.xhtml", CHAPTER.format("Winter", WINTER))
        archive.writestr("book/second part.xhtml", CHAPTER.format("Spring", SPRING))
    document = load(path, "a.epub", 1_000_000)
    assert "secret" not in str(document.source)
