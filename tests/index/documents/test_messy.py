"""Pages of other kinds and layouts: clean quotes, no navigation, no fact lost."""

import pytest

from index.documents.document import BlockKind, Document
from index.documents.loaders import html, markdown
from index.documents.loaders import text as plain_text
from index.passages import passages


def quoted(document: Document) -> list[str]:
    """The texts of the passages that may be quoted."""
    return [document.cut(p.span) for p in passages(document) if p.quotable]


def of_kind(document: Document, kind: BlockKind) -> list[str]:
    """The texts of the blocks of one kind."""
    return [document.cut(b.span) for b in document.blocks if b.kind is kind]


TOP = "A Field Guide to Garden Birds\n\n"


def read(text: str) -> Document:
    """Read plain text under a title."""
    return plain_text.read(TOP + text, "birds.txt")


def test_tables_whose_cells_end_in_figures() -> None:
    """Glued amounts and shares are rows, with or without a header, never headings."""
    document = read(
        "Feeders\nTownFeedersPrice\nLeeds, UK212$134\nPerth (WA)641$139\nOslo398$152\n\n"
        "Birds seen\nRobin87%\nWren39%\nFinch28%\n\nThat is all there is to be told.\n"
    )
    rows = {document.cut(b.span): b.lead for b in document.blocks if b.kind is BlockKind.ROW}
    assert list(rows)[-3:] == ["Robin87%", "Wren39%", "Finch28%"]
    assert rows["Robin87%"] is None
    lead = rows["Perth (WA)641$139"]
    assert lead is not None
    assert document.cut(lead) == "TownFeedersPrice"


def test_tables_whose_cells_stand_apart_by_tabs() -> None:
    """The row without figures is the header."""
    document = read("Bird\tEggs\tDays\nWren\t6\t14\nRobin\t5\t13\n")
    assert of_kind(document, BlockKind.ROW) == ["Wren\t6\t14", "Robin\t5\t13"]
    assert quoted(document) == ["Wren\t6\t14", "Robin\t5\t13"]


def test_a_line_that_states_a_figure_is_no_heading() -> None:
    """A label with its amount can be quoted."""
    fact = "Top 10% of feeders: more than $135"
    assert fact in quoted(read(f"{fact}\n\nFeeders are sold in all towns of the country.\n"))


def test_headings_under_a_full_line() -> None:
    """A short line after a full one that ends a sentence begins anew."""
    document = read(
        "The share of nests that hold eggs in May. Below 80% something is wrong there.\n"
        "Number of chicks\nCounted after six weeks by whoever comes first in the morning.\n"
        "Remember:\n- Close the gate.\n"
    )
    assert "Number of chicks" in of_kind(document, BlockKind.HEADING)
    (item,) = [b for b in document.blocks if b.kind is BlockKind.ITEM]
    assert item.lead is not None
    assert document.cut(item.lead) == "Remember:"


def test_wrapped_sentences_are_whole() -> None:
    """However short its last line, and in list items too, a sentence is never cut."""
    document = plain_text.read(
        "Bird Notes\n==========\n\n"
        "This note gathers what neighbours reported on the birds in our gardens. It\n"
        "covers four seasons. Choose a feeder that cats and rats would never\naccept.\n\n"
        "2. In spring\n------------\n\n   * Ask who has seen the\n     first wren.\n",
        "n.txt",
    )
    assert document.source.title == "Bird Notes"
    assert of_kind(document, BlockKind.HEADING) == ["Bird Notes", "In spring"]
    assert quoted(document)[-3:] == [
        "It\ncovers four seasons.",
        "Choose a feeder that cats and rats would never\naccept.",
        "Ask who has seen the\n     first wren.",
    ]


def test_numbered_headings_and_faq_marks() -> None:
    """A number over prose is a heading's; Q and A are not part of what is said."""
    document = read(
        "1. WRENS ARE BACK\nWrens were seen in nine gardens this week.\n\n"
        "Q: Do robins sing at night?\nA: Under street lamps they do.\n"
    )
    assert of_kind(document, BlockKind.HEADING)[1:] == [
        "WRENS ARE BACK",
        "Do robins sing at night?",
    ]
    assert quoted(document)[1] == "Under street lamps they do."


def test_the_parts_of_a_page_around_its_text() -> None:
    """Contents, links, author boxes and comments are hidden; lists of facts are not."""
    document = read(
        "Home > Birds > Guide\nTable of Contents\n1. Seeds\n2. Water\n\n"
        "Seeds\n\nSeeds are eaten by most of them in winter and in spring.\n\n"
        "Water\n\n✓ Clean\n✓ Shallow bowls\n\nReady to feed? Apply now!\n\n"
        "Related Articles\nTen Ways to Build a Nest\nWhy Wrens Hide\n\n"
        "About the Author\nJo Finch\nJo has watched birds for years.\n\n"
        "2 Comments\nGreat post, I loved it.\nLeave a Reply\n"
    )
    assert quoted(document) == [
        "Seeds are eaten by most of them in winter and in spring.",
        "Shallow bowls",
    ]


def test_advice_is_not_taken_for_an_advert() -> None:
    """Words of adverts in what a text says do not hide it."""
    for sentence in (
        "Start a newsletter about your garden.",
        "Sign up for a walk with the club of your town.",
    ):
        assert sentence in quoted(read(f"What should I do?\n\n{sentence}\n\nThen wait.\n"))


def test_a_quotation_keeps_its_name() -> None:
    """The name under a quotation goes with it and is never quoted alone."""
    said = "“Wrens hide. Robins never do.”\n— Jo Finch"
    assert said in quoted(read(f"{said}\n\nShe should know that.\n"))


def test_fragments_are_not_quoted() -> None:
    """What greets or names a field is no answer."""
    assert quoted(read("Dear all,\n\nFirst garden\n\nWe saw a wren.\n")) == ["We saw a wren."]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Gardener B. Letting go is hard for Gardener A. They agree.",
            ["Gardener B. Letting go is hard for Gardener A.", "They agree."],
        ),
        ("I choose Plan B. Letting go is hard.", ["I choose Plan B.", "Letting go is hard."]),
        ("John B. Smith met J. R. Lee there.", ["John B. Smith met J. R. Lee there."]),
        ("It ran from Jan. to Sept. 2025 there.", ["It ran from Jan. to Sept. 2025 there."]),
    ],
)
def test_single_letters_and_months(text: str, sentences: list[str]) -> None:
    """A letter ends a sentence where a new one begins, and not inside a name."""
    assert quoted(read(text)) == sentences


def test_hidden_marks_are_no_part_of_a_quote() -> None:
    """Zero-width marks at its ends are cut off; inside it every character stays."""
    document = read("Wrens hide in\u00a0hedges.\u200b Rob\u00adins never do that.\ufeff\n")
    assert quoted(document) == ["Wrens hide in\u00a0hedges.", "Rob\u00adins never do that."]


def test_a_byline_states_the_day() -> None:
    """A day between dots is the document's; one in prose is not."""
    stated = read("Jo Finch · Nov 3, 2025 · 9 min read\n\nIn July 2019 I saw a wren.\n").source
    assert (stated.author, stated.published) == ("Jo Finch", "2025-11-03")
    assert read("On July 3, 2019 I saw a wren in town.\n").source.published is None


def test_one_long_paragraph_is_no_title() -> None:
    """A text without a title is still read."""
    document = plain_text.read("A wren sings loudly. " * 500, "wren.txt")
    assert document.source.title == "Wren"
    assert len(quoted(document)) == 500


def test_markdown_dialects() -> None:
    """Nested items have their leads; boxes, notes and HTML are words only."""
    document = markdown.read(
        "# [Birds](x) {#top}\n\n*By Jo Finch, 12 May 2025*\n\n- [x] Buy seeds\n- Prepare two:\n"
        "  - One bowl of water\n\n<details><summary>More</summary>\n<p>Wrens hide well.</p>\n"
        "</details>\n\n| A | B |\n|---|---|\n| one<br>two | 3 |\n\n1. Wash it[^1] daily.\n",
        "b.md",
    )
    assert document.source.title == "Birds"
    assert (document.source.author, document.source.published) == ("Jo Finch", "2025-05-12")
    assert quoted(document) == [
        "Buy seeds",
        "One bowl of water",
        "Wrens hide well.",
        "one two | 3",
        "Wash it daily.",
    ]
    leads = [document.cut(b.lead) if b.lead else None for b in document.blocks]
    assert [lead for lead in leads if lead] == ["Prepare two:", "A | B"]


PAGE = """<html><head><title>Birds - Site</title><script type="application/ld+json">
{"@type": "Article", "headline": "Birds", "author": {"name": "Jo Finch"},
"publisher": {"name": "Bird Press"}, "datePublished": "2025-04-01T10:00:00Z"}</script></head>
<body><article><h1>Birds in the garden</h1><p>Wrens hide in hedges all day.<br>Robins do not.</p>
<table><tr><td>Bird</td><td>Eggs</td></tr><tr><td>Wren</td><td>6</td></tr></table>
<ul><li>Feed them well<ul><li>Seeds in winter time</li></ul></li></ul>
<dl><dt>Clutch</dt><dd>The eggs of one nest.</dd></dl>
<p>Everything else that is known of them stands in the books of the library.</p></article></body>"""


def test_html_lists_tables_and_linked_data() -> None:
    """Items do not repeat what is nested; a term leads its meaning; JSON-LD states the source."""
    document = html.read(PAGE, "b.html")
    assert quoted(document)[:6] == [
        "Wrens hide in hedges all day.",
        "Robins do not.",
        "Wren | 6",
        "Feed them well",
        "Seeds in winter time",
        "The eggs of one nest.",
    ]
    leads = [document.cut(b.lead) for b in document.blocks if b.lead]
    assert leads == ["Bird | Eggs", "Clutch"]
    source = document.source
    assert (source.author, source.publisher, source.published) == (
        "Jo Finch",
        "Bird Press",
        "2025-04-01",
    )


def test_a_very_long_line_is_read() -> None:
    """A paragraph of half a million characters that never ends a sentence is one passage."""
    document = plain_text.read("wren and robin here. " * 25_000, "long.txt")
    assert len(passages(document)) == 1


def test_signs_before_a_heading() -> None:
    """Signs are left out, broken ones too; letters with accents stay."""
    document = read("๐ก๏ธ Nests\n\nA nest is built in May.\n\nÜber Wrens\n\nA wren is small.\n")
    assert of_kind(document, BlockKind.HEADING)[1:] == ["Nests", "Über Wrens"]


def test_a_wrapped_line_that_hangs_goes_on() -> None:
    """A line that ends in "of the" is no sentence's end, though the next begins with a figure."""
    document = read(
        "Posts in the valley grew in number last year. Of the\n3,410 new ones, most pay."
    )
    assert quoted(document)[-1] == "Of the\n3,410 new ones, most pay."


def test_the_head_of_a_page() -> None:
    """Rows of links, issue lines and bylines are neither the title nor quoted."""
    document = plain_text.read(
        "WorkPaper\nBrowse jobs | Companies | Sign in\n\nVolume 3, Issue 7 · May 2026\n\n"
        "What bakers earn in the harbour district\n\nPosted by Anna Berg on 3 May 2026\n\n"
        "Pay rose by 4 percent in the district.\n\nPage 1 of 2\n",
        "paper.txt",
    )
    source = document.source
    assert (source.title, source.author, source.published) == (
        "What bakers earn in the harbour district",
        "Anna Berg",
        "2026-05-03",
    )
    assert quoted(document) == ["May 2026", "Pay rose by 4 percent in the district."]


def test_a_row_of_facts_is_no_row_of_links() -> None:
    """One line with pipes is quoted where none of its cells is navigation."""
    assert quoted(read("Baker | North Mill | Part time\n"))[-1] == "Baker | North Mill | Part time"


def test_a_byline_may_name_an_account() -> None:
    """Whoever posted it, the line is not the title."""
    document = plain_text.read(
        "Posted by u/wordsmith, 4 hours ago\nIs it still worth baking bread by hand?\n"
        "Bread from the shop costs half as much, and takes none of the work.\n",
        "forum.txt",
    )
    assert document.source.title == "Is it still worth baking bread by hand?"
    assert document.source.author is None


def test_a_header_may_hold_years() -> None:
    """Years name columns; a first row with a figure of its own is a row."""
    document = read(
        "Trade     2024      2025\nBaker     31,200    32,400\nSmith     35,000    34,900\n"
    )
    assert [r.split()[0] for r in of_kind(document, BlockKind.ROW)] == ["Baker", "Smith"]
    document = read("1999\tThe mill burned\n2004\tThe mill opened again\n")
    assert len(of_kind(document, BlockKind.ROW)) == 2


def test_glued_counters_are_quoted_apart() -> None:
    """Figures with their words that lost the space between them are a passage each."""
    document = read(
        "3 open tasks1 closed task12 people asked\n\nThat is all there is to say here.\n"
    )
    assert quoted(document)[:3] == ["3 open tasks", "1 closed task", "12 people asked"]
