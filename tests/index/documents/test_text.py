"""Plain text as the web gives it: every character stays, and every line is told for what it is."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.document import BlockKind, Document
from index.documents.loaders import load
from index.documents.loaders import text as plain_text
from index.documents.metadata import iso_date, read_source
from index.errors import UnreadableDocument
from index.passages import passages


def quoted(document: Document) -> list[str]:
    """The texts of the passages that may be quoted."""
    return [document.cut(p.span) for p in passages(document) if p.quotable]


def headings(document: Document) -> list[str]:
    """The texts of the headings."""
    return [document.cut(b.span) for b in document.blocks if b.kind is BlockKind.HEADING]


MESSY = """Skip to main content
gardening·

Growing Tomatoes on a Balcony

By Maria Lopez ·

Tomatoes need six hours of sun. Use Next.js only for websites, not for soil.

Growing Tomatoes on a Balcony
Photo by Someone on Unsplash

What do you need?

PlantPot SizeWater
Cherry tomato10 litres2 cups/daySmall balconies
Beef tomato30 litres5 cups/dayLarge balconies
Roma tomato20 litres3 cups/dayAny balcony

Good pots share three traits:

  • They drain well
  • They are deepTwenty centimetres at least
  1. They are light

Never prune if...

...the plant has no fruit yet. It cost $1.5 million in No. 04 of the series.

Free Tool

Which pot fits?

Answer 3 questions and find out.

Try the Pot Finder →

No spam. Unsubscribe anytime.

Share this article
"""


@pytest.fixture(scope="module")
def messy() -> Document:
    """A page copied as text."""
    return plain_text.read(MESSY, "garden/tomatoes.txt")


def test_no_character_changes(messy: Document) -> None:
    """The canonical text is the file's."""
    assert messy.text == MESSY


def test_title_and_author_are_read_from_the_text(messy: Document) -> None:
    """Navigation is passed over; what is not stated stays unknown."""
    assert messy.source.title == "Growing Tomatoes on a Balcony"
    assert messy.source.author == "Maria Lopez"
    assert messy.source.published is None
    assert messy.source.publisher is None


def test_navigation_and_adverts_are_never_quoted(messy: Document) -> None:
    """No line about the page becomes a passage."""
    together = "\n".join(quoted(messy))
    for line in ("Skip to", "gardening·", "Photo by", "Free Tool", "find out", "Try the", "spam"):
        assert line not in together


def test_a_flattened_table_gives_rows_with_their_header(messy: Document) -> None:
    """Each glued line is one row, and the first one is the header of all."""
    rows = [b for b in messy.blocks if b.kind is BlockKind.ROW]
    assert [messy.cut(r.span)[:12] for r in rows] == [
        "Cherry tomat",
        "Beef tomato3",
        "Roma tomato2",
    ]
    assert {messy.cut(r.lead) for r in rows if r.lead} == {"PlantPot SizeWater"}


def test_list_items_lose_their_bullets_and_keep_their_lead(messy: Document) -> None:
    """An item is quoted without bullet or number; the line that opens the list goes with it."""
    items = [b for b in messy.blocks if b.kind is BlockKind.ITEM]
    assert [messy.cut(i.span) for i in items] == [
        "They drain well",
        "They are deepTwenty centimetres at least",
        "They are light",
    ]
    assert {messy.cut(i.lead) for i in items if i.lead} == {"Good pots share three traits:"}


def test_a_heading_that_trails_off_goes_on(messy: Document) -> None:
    """Two lines that dots tie together are one sentence."""
    assert "Never prune if...\n\n...the plant has no fruit yet." in quoted(messy)


def test_what_does_not_end_a_sentence(messy: Document) -> None:
    """Names with dots, decimals and "No." do not end one."""
    assert "Use Next.js only for websites, not for soil." in quoted(messy)
    assert "It cost $1.5 million in No. 04 of the series." in quoted(messy)


def test_questions_are_headings_or_not_quotable(messy: Document) -> None:
    """A question is never shown as an answer."""
    assert "What do you need?" in headings(messy)
    assert not [text for text in quoted(messy) if text.endswith("?")]


def test_headings_without_blank_lines() -> None:
    """A short line without a full stop over a long one is a heading."""
    document = plain_text.read(
        "A Guide to Bread That Rises\n\nBread takes time and patience, and a warm place to rise.\n"
        "Flour and water\nThe dough should be soft, and it has to rest for at least four hours in "
        "a bowl before anything else is done with it, or it will not rise.\n",
        "bread.txt",
    )
    assert headings(document) == ["A Guide to Bread That Rises", "Flour and water"]
    section = document.section_at(document.text.index("The dough"))
    assert section is not None
    assert document.cut(section.heading) == "Flour and water"


def test_pipe_tables() -> None:
    """Rows between pipes have the first row as header; the line of dashes is nothing."""
    document = plain_text.read(
        "Kinds of flour we tested\n\n| Flour | Use |\n|---|---|\n| Rye | Dark bread |\n", "f.txt"
    )
    (row,) = [b for b in document.blocks if b.kind is BlockKind.ROW]
    assert document.cut(row.span) == "| Rye | Dark bread |"
    assert row.lead is not None
    assert document.cut(row.lead) == "| Flour | Use |"


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("February 28, 2026", "2026-02-28"),
        ("29 Feb 2024", "2024-02-29"),
        ("2026-04-30", "2026-04-30"),
        ("April 2026", "2026-04"),
        ("February 29, 2026", None),
        ("31 Feb 2026", None),
        ("April 31, 2026", None),
        ("2026-04-31", None),
        ("0 May 2026", None),
        ("39 May 2026", None),
    ],
)
def test_a_date_that_no_calendar_has_is_not_stated(stated: str, published: str | None) -> None:
    """A day that does not exist is no date, in the text and in what a file says of itself."""
    assert iso_date(stated) == published
    lines = ["How bread is baked here", f"Published: {stated}"]
    assert read_source(lines, (), "a").published == published


@pytest.mark.parametrize("dot", ["·", "ยท", "|", "•"])
def test_a_dateline_is_cut_into_clean_parts(dot: str) -> None:
    """Date, count and a heading glued to them come apart, whatever became of the dot."""
    document = plain_text.read(
        f"Rainfall in the Northern Valleys\nLast Updated: May 2026 {dot} Based on 1,200 gauges"
        "Yearly Totals\nIt rained on most days of the year, and on nearly all days of winter.\n",
        "rain.txt",
    )
    assert quoted(document)[:2] == ["Last Updated: May 2026", "Based on 1,200 gauges"]
    assert "Yearly Totals" in headings(document)
    assert document.source.updated == "2026-05"
    assert document.source.published is None


def test_a_masthead_over_an_issue_line() -> None:
    """The name over volume and number is the publisher; the glued date is the day."""
    document = plain_text.read(
        "ValleyGazette\nVol. XNo. 12May 3, 2026\nWeather\n\nWill it rain in the valley?\n\n"
        "It will rain on Monday. It will not rain on Tuesday.\n",
        "gazette.txt",
    )
    assert document.source.publisher == "ValleyGazette"
    assert document.source.published == "2026-05-03"
    assert document.source.title == "Will it rain in the valley?"


def test_wrapped_lines_are_one_paragraph() -> None:
    """Text wrapped at some width is read as paragraphs, and a sentence may span lines."""
    document = plain_text.read(
        "Notes on keeping bees in town\n\n"
        "A hive on a roof needs shade at noon and a bowl of water that never runs\n"
        "dry, or the bees will drink from the neighbours' pools.\n\n"
        "  - Check the hive every nine days in spring, because a swarm may leave on\n"
        "    the tenth.\n",
        "bees.txt",
    )
    assert quoted(document) == [
        (
            "A hive on a roof needs shade at noon and a bowl of water that never runs\n"
            "dry, or the bees will drink from the neighbours' pools."
        ),
        "Check the hive every nine days in spring, because a swarm may leave on\n    the tenth.",
    ]


def test_front_matter_states_the_source() -> None:
    """Front matter wins over the text, stays in it, and is never quoted."""
    document = plain_text.read(
        "---\ntitle: Bees\nauthor: A. Keeper\npublished: 2026-02-01\nsources:\n"
        "  - {title: The Hive, publisher: Bee Press, date: March 2025}\n---\n"
        "Bees in town\n\nLast updated: May 2026\n\nA hive needs shade.\n",
        "bees.txt",
    )
    source = document.source
    assert (source.title, source.author, source.published) == ("Bees", "A. Keeper", "2026-02-01")
    assert source.updated is None
    (work,) = source.restates
    assert (work.title, work.publisher, work.published) == ("The Hive", "Bee Press", "2025-03")
    assert document.text.startswith("---\ntitle: Bees")
    assert "A hive needs shade." in quoted(document)


def test_front_matter_in_other_shapes() -> None:
    """Several authors, an author as a mapping, one source without a list: words, never syntax."""
    top = "---\ntitle: 2026\nauthor: {}\nsources: {}\n---\nA hive needs shade at noon.\n"
    source = plain_text.read(top.format("[A. Keeper, B. Bee]", "{title: The Hive}"), "b.txt").source
    assert (source.title, source.author) == ("2026", "A. Keeper, B. Bee")
    assert [work.title for work in source.restates] == ["The Hive"]
    source = plain_text.read(top.format("{name: A. Keeper}", "The Hive"), "b.txt").source
    assert source.author == "A. Keeper"
    assert [work.title for work in source.restates] == ["The Hive"]
    source = plain_text.read(top.format("{}", "[]"), "b.txt").source
    assert source.author is None
    assert source.restates == ()


def test_broken_front_matter_names_the_line() -> None:
    """Front matter that is not YAML makes the document unreadable, and says where."""
    with pytest.raises(UnreadableDocument, match=r"front matter is not YAML \(line \d\)"):
        plain_text.read("---\ntitle: Bees\nauthor: [unclosed\n---\nText.\n", "bees.txt")


@given(st.text(max_size=600))
@settings(max_examples=150, deadline=None)
def test_passages_of_any_text_are_spans_of_it(text: str) -> None:
    """Whatever the text, passages are in order, apart, inside it, and without white space ends."""
    try:
        document = plain_text.read(text.replace("\r", "\n"), "any.txt")
    except UnreadableDocument:
        return
    end = 0
    for passage in passages(document):
        cut = document.cut(passage.span)
        assert passage.span.start >= end
        assert cut == cut.strip()
        assert cut
        assert passage.window.start <= passage.span.start
        assert passage.window.end >= passage.span.end
        end = passage.span.end


FACTS = """---
title: Baker
layout: post
salary: $54,000 - $63,000 a year
description: "Bakers start at four in the morning."
tags: night shift
remote: no
---
Bread is free for bakers.
"""


@pytest.mark.parametrize("name", ["baker.md", "baker.txt"])
def test_facts_in_front_matter_can_be_quoted(tmp_path: Path, name: str) -> None:
    """What is about the document, or a setting, is not."""
    path = tmp_path / name
    path.write_text(FACTS, "utf-8")
    document = load(path, name, 1_000_000)
    assert [document.cut(p.span) for p in passages(document) if p.quotable] == [
        "salary: $54,000 - $63,000 a year",
        "Bakers start at four in the morning.",
        "Bread is free for bakers.",
    ]
