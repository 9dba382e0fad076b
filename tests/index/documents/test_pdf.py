"""PDF files as printers and offices make them: locks, page numbers, rows at a page's edge."""

from pathlib import Path

import pypdf
import pytest
from fpdf import FPDF
from pypdf.errors import DependencyError

from index.documents.document import Document
from index.documents.loaders import load
from index.errors import UnreadableDocument
from index.passages import passages

LIMIT = 1_000_000


def read(path: Path, pages: list[str]) -> Document:
    """Print pages and load them."""
    made = FPDF()
    made.set_font("Helvetica", size=11)
    for text in pages:
        made.add_page()
        made.multi_cell(0, 6, text)
    made.output(str(path))
    return load(path, path.name, LIMIT)


def quoted(document: Document) -> str:
    """All passages that may be quoted, one a line."""
    return "\n".join(document.cut(p.span) for p in passages(document) if p.quotable)


BODIES = [
    "Bread rose in price in the north, because the harvest there was small.",
    "The south had more wheat than it could mill, and so sold some of it.",
    "Nobody can tell what the next harvest will bring to either of them.",
]


def test_running_lines_are_left_out(tmp_path: Path) -> None:
    """Headers and footers are not read, whatever the page numbers in them."""
    pages = [f"Bread Review 2026\n\n{b}\n\nPage {n} of 3" for n, b in enumerate(BODIES, 1)]
    document = read(tmp_path / "review.pdf", pages)
    assert quoted(document).split("\n") == BODIES
    assert "Page 2" not in document.text


def test_rows_that_look_alike_are_kept(tmp_path: Path) -> None:
    """A line at a page's edge whose figure is its own is a fact, not a footer."""
    wages = ["12.50", "14.10", "11.75"]
    pages = [f"{b}\n\nBakers earned {w} coins an hour." for b, w in zip(BODIES, wages, strict=True)]
    together = quoted(read(tmp_path / "wages.pdf", pages))
    assert [w in together for w in wages] == [True, True, True]


def test_a_sentence_over_two_pages_is_whole(tmp_path: Path) -> None:
    """The end of a page ends no sentence, and the quote starts on the first of the two."""
    pages = ["Wages of the valley\n\nThe bakers of the valley earned more than", "the smiths did."]
    document = read(tmp_path / "valley.pdf", pages)
    sentence = "The bakers of the valley earned more than the smiths did."
    assert sentence in quoted(document)
    assert document.page_at(document.text.index(sentence)) == 1


def test_a_lock_that_needs_another_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A PDF locked with AES says that it is encrypted."""

    def locked(*_: object) -> None:
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pypdf, "PdfReader", locked)
    with pytest.raises(UnreadableDocument, match="encrypted"):
        read(tmp_path / "locked.pdf", BODIES)
