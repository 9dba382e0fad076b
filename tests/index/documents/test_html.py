"""Web pages: lists, tables whose cells span others, what programs are told, what is not shown."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.documents.document import BlockKind, Document
from index.documents.loaders import html, load
from index.errors import UnreadableDocument
from index.passages import passages


def read(body: str, head: str = "") -> Document:
    """Read a page."""
    return html.read(
        f"<html><head><title>Mill</title>{head}</head><body>{body}</body></html>", "m.html"
    )


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


def linked(*things: dict[str, Any]) -> str:
    """A script that states things."""
    graph = {"@context": "https://schema.org", "@graph": list(things)}
    return f'<script type="application/ld+json">{json.dumps(graph)}</script>'


def test_items_of_a_list_without_paragraphs_around_it() -> None:
    """Each item is its own."""
    document = read("Facts<ul><li>Bread is free for bakers</li><li>Flour is sold at cost</li></ul>")
    assert quoted(document) == ["Bread is free for bakers", "Flour is sold at cost"]


def test_two_line_breaks_begin_a_paragraph() -> None:
    """One does not."""
    document = read("Bread is<br>free here.<br><br>Flour is not.")
    assert [document.cut(b.span) for b in document.blocks] == [
        "Bread is free here.",
        "Flour is not.",
    ]


HEADER = "<tr><th rowspan=2>Grade</th><th colspan=2>Pay</th></tr><tr><th>From</th><th>To</th></tr>"


def test_names_over_several_columns_belong_to_each() -> None:
    """Two rows of names are one, and a row under them has as many cells."""
    document = read(
        f"<table>{HEADER}<tr><td>Baker</td><td>$48,000</td><td>$61,000</td></tr></table>"
    )
    assert rows(document) == {"Baker | $48,000 | $61,000": "Grade | Pay From | Pay To"}


def test_a_cell_over_several_rows_belongs_to_each() -> None:
    """A row says what a reader sees beside it."""
    document = read(
        "<table><thead><tr><td>Mill</td><td>Shift</td><td>Pay</td></tr></thead>"
        "<tr><td rowspan=2>North</td><td>Day</td><td>$20</td></tr>"
        "<tr><td>Night</td><td>$25</td></tr>"
        "<tr><th>South</th><td>Day</td><td>$19</td></tr></table>"
    )
    assert set(rows(document)) == {"North | Day | $20", "North | Night | $25", "South | Day | $19"}
    assert set(rows(document).values()) == {"Mill | Shift | Pay"}


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    """Its words do not run into those of the cell."""
    document = read(
        "<table><tr><th>Right</th><th>Days</th></tr><tr><td>Leave</td><td>See here <table>"
        "<tr><th>Time</th><th>Days</th></tr><tr><td>Full</td><td>30</td></tr></table></td></tr>"
        "</table>"
    )
    assert rows(document) == {"Leave | See here": "Right | Days", "Full | 30": "Time | Days"}


def test_a_table_that_puts_a_page_in_order_is_none() -> None:
    """Its paragraphs are paragraphs."""
    document = read(
        "<table><tr><td><h2>Bread</h2><p>Bread is free for all.</p></td>"
        "<td><p>Flour is sold.</p><p>It is cheap here.</p></td></tr></table>"
    )
    assert quoted(document) == ["Bread is free for all.", "Flour is sold.", "It is cheap here."]


def test_a_table_with_a_span_without_end_is_read() -> None:
    """No page makes us build a million cells."""
    document = read(
        "<table><tr><td colspan=999999999 rowspan=999999999>Bread is free</td></tr>"
        f"{'<tr><td>x</td></tr>' * 300}</table><p>That is all.</p>"
    )
    assert "That is all." in quoted(document)


def test_what_is_not_shown_or_filled_in_is_not_quoted() -> None:
    """Templates, hidden elements, struck words and placeholders."""
    document = read(
        "<p>Bread is <del>not </del>free.</p><template><p>Bread is dear here.</p></template>"
        "<p hidden>Hidden bread is seen by nobody.</p><p style='display: none'>Nor is this one.</p>"
        "<p>Dear {{ user.name }}, your pay is {{pay}} a year.</p><p>You earn ${amount} a day.</p>"
        "<form><select><option>Choose a mill here</option></select><button>Go there</button></form>"
    )
    assert quoted(document) == ["Bread is free."]


def test_numbers_of_notes_and_powers() -> None:
    """A raised number is no digit of what stands before it."""
    document = read(
        "<p>Bakers get $2,500<sup><a href='#n'>1</a></sup> a month for 20 m<sup>2</sup>, on the "
        "1<sup>st</sup> day.<sup>[2]</sup></p>"
    )
    assert quoted(document) == ["Bakers get $2,500 a month for 20 m², on the 1st day."]


POSTING = {
    "@type": "JobPosting",
    "title": "Night baker",
    "datePosted": "2026-05-02",
    "hiringOrganization": {"@type": "Organization", "name": "careerbot tests"},
    "jobLocation": {"address": {"addressLocality": "Omaha", "addressRegion": "NE"}},
    "baseSalary": {
        "currency": "USD",
        "value": {"minValue": 54000, "maxValue": 63000, "unitText": "YEAR"},
    },
    "description": "<p>Bake bread for 400 people.</p><ul><li>Two days off a week</li></ul>",
}


def test_postings_that_only_programs_are_told() -> None:
    """Each of a graph is a section with its facts under their names."""
    miller = {"@type": ["JobPosting"], "title": "Miller", "baseSalary": "$20 an hour",
              "description": "Mill wheat by day.\n- Free flour for all\n"}  # fmt: skip
    document = read("<div id=root></div>", linked({"@type": "WebSite"}, POSTING, miller))
    names = "title | hiring organization | job location | base salary"
    assert rows(document) == {
        "Night baker | careerbot tests | Omaha, NE | USD 54000–63000 / YEAR": names,
        "Miller | $20 an hour": "title | base salary",
    }
    assert quoted(document)[1:3] == ["Bake bread for 400 people.", "Two days off a week"]
    assert quoted(document)[-2:] == ["Mill wheat by day.", "Free flour for all"]
    section = document.section_at(document.text.index("Bake bread"))
    assert section is not None
    assert document.cut(section.heading) == "Night baker"
    assert (document.source.published, document.source.publisher) == (
        "2026-05-02",
        "careerbot tests",
    )


def test_what_the_page_shows_is_not_read_twice() -> None:
    """A posting, or an answer, that stands on the page and in the script."""
    body = (
        "<h1>Night baker</h1><p>USD 54000–63000 a YEAR.</p><p>Bake bread for 400 people.</p>"
        "<ul><li>Two days off a week</li></ul><h2>Is flour free?</h2><p>Flour is free.</p>"
    )
    question = {
        "@type": "Question",
        "name": "Is flour free?",
        "acceptedAnswer": {"text": "Flour is free."},
    }
    text = read(body, linked(POSTING, {"@type": "FAQPage", "mainEntity": [question]})).text
    assert text.count("Bake bread for 400 people.") == 1
    assert text.count("Flour is free.") == 1


def test_questions_and_articles_that_only_programs_are_told() -> None:
    """Answers stand under their questions; escaped markup is markup."""
    answer = {"@type": "Answer", "text": "&lt;p&gt;Bread is free.&lt;/p&gt;"}
    question = {"@type": "Question", "name": "Is bread free?", "acceptedAnswer": answer}
    article = {
        "@type": "Article",
        "headline": "Flour",
        "articleBody": "Flour is sold at cost.\n\nIt is white.",
    }
    document = read("", linked({"@type": "FAQPage", "mainEntity": [question]}, article))
    assert quoted(document) == ["Bread is free.", "Flour is sold at cost.", "It is white."]


def test_broken_scripts_are_passed_over() -> None:
    """The page is read without them."""
    broken = '<script type="application/ld+json">{"@type": "JobPosting", </script>'
    odd = linked(
        {"@type": 7, "title": []}, {"@type": "JobPosting", "baseSalary": [None, {"value": []}]}
    )
    assert quoted(read("<p>Bread is free.</p>", broken + odd)) == ["Bread is free."]


def test_navigation_is_left_out_of_a_short_page() -> None:
    """Lists and tables of the main element stay."""
    document = read(
        "<nav><a href=/>All the mills of the town</a></nav><main><h1>Mill</h1>"
        "<ul><li>Free bread</li></ul><table><tr><td>Baker</td><td>$7</td></tr></table></main>"
        "<aside>Buy our bread now.</aside><footer>The mill by the river, since 1920.</footer>"
    )
    assert quoted(document) == ["Free bread", "Baker | $7"]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("windows-1251", "cp1252"),
        ("utf-8", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("windows-1251", "windows-1251"),
        ("nonsense", "cp1252"),
    ],
)
def test_a_charset_that_is_wrongly_declared_loses_no_sign(
    tmp_path: Path, declared: str, encoding: str
) -> None:
    """What browsers read, or what makes sense, is read."""
    said = (
        "Пекари получают хлеб." if encoding == "windows-1251" else "“Bakers” get €20 – €25 a day."
    )
    page = f'<html><head><meta charset="{declared}"></head><body><p>{said}</p></body></html>'
    path = tmp_path / "c.html"
    path.write_bytes(page.encode(encoding))
    assert quoted(load(path, "c.html", 10_000)) == [said]


def test_an_empty_page_is_named() -> None:
    """There is nothing to quote."""
    with pytest.raises(UnreadableDocument, match=r"no main content|no text"):
        read("<template><p>Words in a template.</p></template>")
