"""What a document is called: what it states, the heading over it, or its file in words."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from fpdf import FPDF

from index.documents.loaders import load
from index.documents.metadata import file_title

SENTENCE = (
    "Notice is given in writing four weeks before the last day of work, in every team we have."
)
"""Prose, as no title is."""


def title(path: Path) -> str:
    """The title of a file."""
    return load(path, f"hiring/{path.name}", 10_000_000).source.title


def _text(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def _page(path: Path, body: str, head: str = "") -> None:
    _text(path, f"<html><head>{head}</head><body><article>{body}</article></body></html>")


def _word(
    path: Path, *headings: tuple[str, int], properties: str = "", opening: bool = True
) -> None:
    made = docx.Document()
    made.core_properties.title = properties
    if opening:
        made.add_paragraph(SENTENCE)
    for words, level in headings:
        made.add_heading(words, level)
        made.add_paragraph(SENTENCE)
    made.save(str(path))


def _slides(path: Path, *titles: str, properties: str = "") -> None:
    made: Any = pptx.Presentation()
    made.core_properties.title = properties
    for words in titles:
        slide = made.slides.add_slide(made.slide_layouts[1])
        if words:
            slide.shapes.title.text = words
        slide.placeholders[1].text_frame.text = SENTENCE
    made.save(str(path))


def _pdf(path: Path, text: str) -> None:
    made = FPDF()
    made.set_font("Helvetica", size=11)
    made.add_page()
    made.multi_cell(0, 6, text.replace(SENTENCE, f"{SENTENCE} {SENTENCE}"))
    made.output(str(path))


MARKDOWN = f"{SENTENCE}\n\n## Before you go\n\n{SENTENCE}\n\n### Papers\n\n{SENTENCE}\n"
BODY = f"<p>{SENTENCE}</p><h2>Before you go</h2><p>{SENTENCE}</p><h3>Papers</h3><p>{SENTENCE}</p>"
SECTIONS_ONLY: dict[str, Callable[[Path], None]] = {
    "notice-periods.md": lambda path: _text(path, MARKDOWN),
    "notice_periods.markdown": lambda path: _text(path, f"## Before you go\n\n{MARKDOWN}"),
    "notice  periods.html": lambda path: _page(path, BODY),
    "notice-periods.htm": lambda path: _page(path, BODY, "<title> </title>"),
    "notice-periods.docx": lambda path: _word(path, ("Before you go", 2), ("Papers", 3)),
    "notice-periods.pptx": lambda path: _slides(path, "", "Before you go"),
    "notice-periods.txt": lambda path: _text(
        path, f"{SENTENCE}\n\nBefore you go\n\n{SENTENCE}\n\nPapers\n\n{SENTENCE}\n"
    ),
    "notice-periods.pdf": lambda path: _pdf(path, f"{SENTENCE}\n\nBefore you go\n\n{SENTENCE}\n"),
    "notice-periods.srt": lambda path: _text(
        path, f"1\n00:00:00,000 --> 00:00:09,000\n{SENTENCE}\n"
    ),
    "notice-periods.json": lambda path: _text(
        path, json.dumps([{"question": "Before I go?", "answer": SENTENCE}])
    ),
    "notice-periods.rtf": lambda path: _text(path, rf"{{\rtf1 {SENTENCE}\par}}"),
    "notice-periods.csv": lambda path: _text(path, "Team,Weeks\nBread,4\nButter,6\n"),
}


@pytest.mark.parametrize("name", SECTIONS_ONLY)
def test_the_heading_of_a_section_is_no_title(tmp_path: Path, name: str) -> None:
    """A document in which only sections have headings is named after its file, in words."""
    SECTIONS_ONLY[name](tmp_path / name)
    assert title(tmp_path / name) == "Notice periods"


FIRST = f"## Contents\n\n{SENTENCE}\n\n# How to resign\n\n{SENTENCE}\n"
HEADED: dict[str, Callable[[Path], None]] = {
    "a.md": lambda path: _text(path, f"# How to resign\n\n{MARKDOWN}"),
    "b.md": lambda path: _text(path, FIRST),
    "c.md": lambda path: _text(path, f"How *to* resign\n=====\n\n{MARKDOWN}"),
    "d.md": lambda path: _text(path, f"#\n\n# How to resign\n\n{MARKDOWN}"),
    "e.md": lambda path: _text(path, f"---\ntitle: How to resign\n---\n# Another\n\n{MARKDOWN}"),
    "f.md": lambda path: _text(path, f"---\ntitle: How to resign\n---\n{MARKDOWN}"),
    "g.md": lambda path: _text(path, f"### How to resign\n\n{SENTENCE}\n\n#### Papers\n"),
    "d.docx": lambda path: _word(path, ("How to resign", 2), ("Papers", 3), opening=False),
    "c.html": lambda path: _page(
        path,
        BODY.replace("<p>", "<h2>How to resign</h2><p>", 1)
        .replace("<h2>Before", "<h3>Before")
        .replace("go</h2>", "go</h3>"),
    ),
    "a.html": lambda path: _page(path, f"<h1>How to resign</h1>{BODY}", "<title>Other</title>"),
    "b.html": lambda path: _page(path, BODY, "<title>How to\nresign</title>"),
    "a.docx": lambda path: _word(path, ("Contents", 2), ("How to resign", 1)),
    "b.docx": lambda path: _word(path, ("How to resign", 0), ("Before you go", 1)),
    "c.docx": lambda path: _word(path, ("Contents", 2), properties="How to resign"),
    "a.pptx": lambda path: _slides(path, "How to resign", "Before you go"),
    "b.pptx": lambda path: _slides(path, "", "Contents", properties="How to resign"),
    "a.txt": lambda path: _text(path, f"How to resign\n\n{SENTENCE}\n\nPapers\n\n{SENTENCE}\n"),
    "a.pdf": lambda path: _pdf(path, f"How to resign\n\n{SENTENCE}\n\nBefore you go\n"),
}


@pytest.mark.parametrize("name", HEADED)
def test_what_a_document_states_is_its_title(tmp_path: Path, name: str) -> None:
    """What it says of itself, its first heading of the first level, or the one over all others."""
    HEADED[name](tmp_path / name)
    assert title(tmp_path / name) == "How to resign"


@pytest.mark.parametrize(
    ("document_id", "words"),
    [
        ("a/notice-periods_in+2026.md", "Notice periods in 2026"),
        ("2026-04-20-notice.md", "2026-04-20 notice"),
        ("COVID-19-policy.md", "COVID 19 policy"),
        ("v1.2.notes.txt", "V1.2.notes"),
        ("pay-and-benefits/README.md", "Pay and benefits"),
        ("handbook/pay_bands/index.html", "Pay bands"),
        ("index.html", "Index"),
        ("überstunden.md", "Überstunden"),
        ("---.md", "---.md"),
    ],
)
def test_a_file_name_in_words(document_id: str, words: str) -> None:
    """Without its ending, with spaces; a date stays whole."""
    assert file_title(document_id) == words
