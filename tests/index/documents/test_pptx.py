"""Presentations: slides as sections and pages, tables, groups, and what nobody shows."""

from pathlib import Path
from typing import Any

import pptx
from pptx.util import Inches

from index.documents.document import Document
from index.documents.loaders import load
from index.passages import passages

TITLE_ONLY, TITLE_AND_BODY, OPENING = 5, 1, 0
"""Layouts of the default template."""


def loaded(made: Any, folder: Path) -> Document:
    """Save a presentation and load it."""
    made.save(str(folder / "made.pptx"))
    return load(folder / "made.pptx", "made.pptx", 10_000_000)


def quoted(document: Document) -> list[tuple[str, int | None, str | None]]:
    """Each passage that may be quoted, its slide and the title of its section."""
    return [
        (
            document.cut(p.span),
            document.page_at(p.span.start),
            document.cut(s.heading) if (s := document.section_at(p.span.start)) else None,
        )
        for p in passages(document)
        if p.quotable
    ]


def slide(made: Any, layout: int, title: str | None) -> Any:
    """Add a slide."""
    added = made.slides.add_slide(made.slide_layouts[layout])
    if title:
        added.shapes.title.text = title
    return added


def text_box(shapes: Any, text: str) -> None:
    """Add a text box."""
    shapes.add_textbox(0, 0, Inches(2), Inches(1)).text_frame.text = text


def test_slides_are_pages_and_sections(tmp_path: Path) -> None:
    """A quote has the number of its slide, and its title where there is one."""
    made = pptx.Presentation()
    body = slide(made, TITLE_AND_BODY, "Bread").placeholders[1].text_frame
    body.text = "Rye bread keeps for a week."
    body.add_paragraph().text = "Wheat bread keeps for two days."
    slide(made, 6, None)
    text_box(slide(made, 6, None).shapes, "Butter keeps for a month in the cold.")
    document = loaded(made, tmp_path)
    assert quoted(document) == [
        ("Rye bread keeps for a week.", 1, "Bread"),
        ("Wheat bread keeps for two days.", 1, "Bread"),
        ("Butter keeps for a month in the cold.", 3, None),
    ]
    assert len(document.pages) == 3


def test_tables_and_groups_are_read(tmp_path: Path) -> None:
    """A row has the table's header; the shapes of a group are as good as others."""
    made = pptx.Presentation()
    shapes = slide(made, TITLE_ONLY, "Prices").shapes
    table = shapes.add_table(2, 2, 0, 0, Inches(4), Inches(1)).table
    for cell, words in zip(table.iter_cells(), ["Loaf", "Price", "Rye", "5"], strict=True):
        cell.text = words
    text_box(shapes.add_group_shape().shapes, "Prices hold until spring.")
    document = loaded(made, tmp_path)
    assert [words for words, _, _ in quoted(document)] == ["Rye | 5", "Prices hold until spring."]
    row = next(p for p in passages(document) if document.cut(p.span) == "Rye | 5")
    assert row.lead
    assert document.cut(row.lead) == "Loaf | Price"


def test_what_the_audience_does_not_see_is_left_out(tmp_path: Path) -> None:
    """Hidden slides and notes are not read; the slides after keep their numbers."""
    made = pptx.Presentation()
    hidden = slide(made, TITLE_ONLY, "Drafts")
    hidden.element.set("show", "0")
    text_box(hidden.shapes, "This price is a secret.")
    shown = slide(made, TITLE_ONLY, "Prices")
    text_box(shown.shapes, "Rye bread costs five coins.")
    shown.notes_slide.notes_text_frame.text = "Say this slowly."
    document = loaded(made, tmp_path)
    assert quoted(document) == [("Rye bread costs five coins.", 2, "Prices")]
    assert "secret" not in document.text
    assert "slowly" not in document.text


def test_what_the_file_states(tmp_path: Path) -> None:
    """Title and author are its properties'; a title that a program wrote is none; no date is."""
    made = pptx.Presentation()
    text_box(slide(made, TITLE_ONLY, "Bread in spring").shapes, "Rye bread costs five coins.")
    made.core_properties.title = "The price of bread"
    made.core_properties.author = "Ada Miller"
    source = loaded(made, tmp_path).source
    assert (source.title, source.author, source.date) == ("The price of bread", "Ada Miller", None)
    made.core_properties.title = "PowerPoint Presentation"
    assert loaded(made, tmp_path).source.title == "Bread in spring"
