"""Answers laid out as blocks: known documents in, known blocks out."""

from datetime import date
from typing import Any

import pytest

from bot.conversation.reply import NothingFound, Quotes
from bot.slack.blocks.answer import Edition, Occasion
from bot.slack.blocks.quote import link_to, source_line
from bot.slack.blocks.reply import reply_message
from bot.slack.blocks.windows import home_view
from bot.slack.linter import check, check_view
from bot.slack.message import Message
from index.answer import LONGEST_QUOTE, Answer, Timings
from index.documents.document import Block, BlockKind, Document, Quote, Section, Span
from index.documents.source import Source

TODAY = date(2026, 8, 20)
EDITION = Edition(212, "v1", TODAY)
OCCASION = Occasion("a1", TODAY)

PROSE = "Notes\n" + " ".join(f"Sentence number {n} is here." for n in range(1, 31))
TABLE = "Tools\nTool | Use | Since\nHammer | nails | 1900\nSaw | wood | 1800"


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def prose(name: str = "a/notes.md", **stated: Any) -> Document:
    """A heading and one long paragraph."""
    heading, paragraph = Span(0, 5), Span(6, len(PROSE))
    blocks = (Block(BlockKind.HEADING, heading), Block(BlockKind.PARAGRAPH, paragraph))
    source = Source(**({"title": "Some notes"} | stated))
    return Document(name, PROSE, source, blocks, (Section(heading, Span(0, len(PROSE)), 1),))


def sentence(number: int, document: Document | None = None) -> Quote:
    """The words of one sentence of the paragraph."""
    return Quote(document or prose(), span_of(PROSE, f"Sentence number {number} is here."))


def message(
    *quotes: Quote, differs: bool = False, answered: bool = True, edition: Edition = EDITION
) -> Message:
    """The message for an answer of these quotes, once the linter has passed it."""
    answer = Answer(
        question="?",
        answered=answered,
        confidence=0.5,
        index_version="v1",
        quotes=quotes if answered else (),
        nearest=() if answered else quotes,
        differs=differs,
        timings_ms=Timings(0, 0, 0, 0),
    )
    given = Quotes(answer) if answered else NothingFound(answer, ())
    made = reply_message(given, edition, OCCASION)
    check(made.blocks, made.text, made.documents, made.people)
    return made


def notes(made: Message) -> list[str]:
    """The small grey lines of a message."""
    return [b["elements"][0]["text"] for b in made.blocks if b["type"] == "context"]


def runs(quote: Quote) -> list[tuple[str, str]]:
    """The runs of a laid out quote: (style, text)."""
    block = next(b for b in message(quote).blocks if b["type"] == "rich_text")
    return [
        (next(iter(run.get("style", {})), ""), run["text"])
        for run in block["elements"][0]["elements"]
    ]


def line(**stated: Any) -> str:
    """What stands beneath a quote of a document that states this."""
    return "".join(run["text"] for run in source_line(sentence(1, prose(**stated)), TODAY))


def test_quote_stands_between_its_neighbours() -> None:
    """The sentence is bold between whole words of its paragraph; omissions are italic marks."""
    marked = runs(sentence(15))
    assert [style for style, _ in marked] == ["italic", "", "bold", "", "italic"]
    before, words, after = (text for style, text in marked if style != "italic")
    assert words == "Sentence number 15 is here."
    assert before + words + after in PROSE
    assert PROSE[PROSE.index(before + words) - 1] == " "
    assert len(before) <= 150
    assert len(after) <= 150


def test_nothing_is_marked_omitted_where_nothing_is() -> None:
    """At the start of a paragraph there is no omission before the quote."""
    assert [style for style, _ in runs(sentence(1))] == ["bold", "", "italic"]
    assert [style for style, _ in runs(sentence(30))] == ["italic", "", "bold"]


def test_table_row_stands_below_its_header() -> None:
    """A row is shown under its header and without its neighbours, which are other rows."""
    rows = [span_of(TABLE, row) for row in TABLE.split("\n")]
    blocks = [Block(BlockKind.ROW, row, lead=rows[1]) for row in rows[2:]]
    document = Document("t.md", TABLE, Source("Tools"), tuple(blocks))
    assert runs(Quote(document, rows[3], lead=rows[1])) == [
        ("", "Tool | Use | Since"),
        ("", "\n"),
        ("bold", "Saw | wood | 1800"),
    ]


def test_overlong_quote_is_cut_with_a_mark() -> None:
    """What is longer than a quote may be is cut at a word, with a mark, wherever it is shown."""
    text = "word " * 1000
    document = Document("w.md", text, Source("Words"), (), ())
    made = message(Quote(document, Span(0, len(text) - 1)))
    shown = made.blocks[1]["elements"][0]["elements"]
    assert len(shown[0]["text"]) <= LONGEST_QUOTE
    assert shown[1] == {"type": "text", "text": " […]", "style": {"italic": True}}
    assert made.text.endswith("word […]” (Words)")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, "Some notes › Notes · no date stated"),
        ({"published": "2026-04-20"}, "Some notes › Notes · 20 Apr 2026"),
        (
            {"author": "A. Writer", "publisher": "A Press", "updated": "2026-04"},
            "Some notes › Notes · A. Writer · A Press · updated Apr 2026",
        ),
        ({"published": "2024"}, "Some notes › Notes · 2024 · 19 months old"),
        ({"title": "Notes", "published": "spring"}, "Notes · spring"),
        ({"title": " "}, "a/notes.md › Notes · no date stated"),
        (
            {
                "published": "2026",
                "restates": (Source("One", "A. Writer", published="2025-12"), Source("Two")),
            },
            "Some notes › Notes · 2026\nbased on “One”, A. Writer, Dec 2025; “Two”",
        ),
        (
            {"published": "2026", "restates": tuple(map(Source, "ABCDE"))},
            "Some notes › Notes · 2026\nbased on “A”; “B”; “C”; and 2 more",
        ),
    ],
)
def test_source_line(stated: dict[str, Any], expected: str) -> None:
    """Beneath a quote stand title, section, who, when, how old, and what it restates."""
    assert line(**stated) == expected


@pytest.mark.parametrize(
    ("url", "name", "expected"),
    [
        (None, "a.html", None),
        ("javascript:alert(1)", "a.html", None),
        ("https://example.org/ a", "a.html", None),
        ("https://example.org/a", "a.md", "https://example.org/a"),
        (
            "https://example.org/a#top",
            "a.html",
            "https://example.org/a#top:~:text=Sentence%20number%203%20is%20here.",
        ),
    ],
)
def test_link(url: str | None, name: str, expected: str | None) -> None:
    """A quote links to its page and, in a web page, to its very words; never to a script."""
    assert link_to(sentence(3, prose(name, url=url))) == expected


def test_link_into_a_pdf() -> None:
    """A quote from a PDF links to its page."""
    source = Source("Report", url="https://example.org/r.pdf")
    pages = (Span(0, 100), Span(100, len(PROSE)))
    document = Document("r.pdf", PROSE, source, (), (), pages)
    quote = Quote(document, Span(120, 130))
    assert link_to(quote) == "https://example.org/r.pdf#page=2"
    assert "".join(run["text"] for run in source_line(quote, TODAY)).startswith("Report · page 2")


def test_sources_that_differ_come_newest_first() -> None:
    """Where sources differ, that is the first line, and the newest stands first."""
    old = sentence(1, prose("old.md", title="Old", published="2025-01"))
    new = sentence(2, prose("new.md", title="New", published="2026-01-31"))
    made = message(old, new, differs=True)
    assert made.blocks[0]["text"]["text"] == "2 sources on this, newest first."
    assert (
        made.blocks[1]["elements"][0]["text"] == "2 passages from 2 documents, copied word for word"
    )
    assert made.text == "“Sentence number 2 is here.” (New)"


@pytest.mark.parametrize(
    ("dates", "said", "order"),
    [
        (("2025", "2026-04-20"), "2 sources on this, newest first.", "21"),
        (("2026", "2026-04-20"), "2 sources on this.", "12"),
        (("2026-04-20", "2026-04-20"), "2 sources on this.", "12"),
        ((None, "2026-04-20"), "2 sources on this.", "12"),
        (("spring", "2026-04-20"), "2 sources on this.", "12"),
        (("2024-03", "2026-01", "2025-12-31"), "3 sources on this, newest first.", "231"),
        (("2024", "2026-01", None), "3 sources on this.", "123"),
        (("2026-04", "2026", "2026-05-01"), "3 sources on this.", "123"),
    ],
)
def test_newest_first_only_where_dates_tell(
    dates: tuple[str | None, ...], said: str, order: str
) -> None:
    """A missing, equal or coarser date puts nothing first: the best stays first, and no claim."""
    quotes = [
        sentence(n, prose(f"{n}.md", published=stated)) for n, stated in enumerate(dates, start=1)
    ]
    made = message(*quotes, differs=True)
    assert made.blocks[0]["text"]["text"] == said
    assert [document.id[0] for document in made.documents] == list(order)


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("count", range(1, 13))
def test_any_number_of_sources_is_said(count: int, dated: bool) -> None:
    """However many sources differ, the first line counts them; one does not differ from itself."""
    quotes = [
        sentence(n, prose(f"{n}.md", published=f"{2000 + n}" if dated else None))
        for n in range(1, count + 1)
    ]
    said = [b["text"]["text"] for b in message(*quotes, differs=True).blocks if "text" in b]
    order = ", newest first" if dated else ""
    assert said == ([f"{count} sources on this{order}."] if count > 1 else [])


def test_two_passages_of_one_source_are_one_source() -> None:
    """Sources are counted, not passages, and those of one document stay together."""
    new, old = prose("new.md", published="2026"), prose("old.md", published="2024")
    made = message(sentence(1, new), sentence(2, old), sentence(3, new), differs=True)
    assert made.blocks[0]["text"]["text"] == "2 sources on this, newest first."
    quoted = [b["elements"][0]["elements"] for b in made.blocks if b["type"] == "rich_text"]
    bold = [run["text"] for runs in quoted for run in runs if run.get("style")]
    assert [text for text in bold if text.startswith("Sentence")] == [
        f"Sentence number {n} is here." for n in (1, 3, 2)
    ]


def test_at_most_two_near_passages() -> None:
    """Without an answer at most two passages are shown, under words that call them no answers."""
    made = message(sentence(1), sentence(2), sentence(3), answered=False)
    kinds = [block["type"] for block in made.blocks]
    assert kinds == ["section", "context", "context", "rich_text", "rich_text", "actions"]
    assert notes(made) == [
        "Searched 212 documents, indexed 20 Aug 2026.",
        "The closest passages, not answers:",
    ]


def test_near_passage_is_not_set_as_an_answer() -> None:
    """A passage that is no answer stands without bold and without its neighbours."""
    made = message(sentence(15), answered=False)
    assert made.blocks[3]["elements"][0]["elements"] == [
        {"type": "text", "text": "Sentence number 15 is here."}
    ]


def test_near_row_keeps_its_header() -> None:
    """A table row that is no answer still stands under the header that says what it holds."""
    rows = [span_of(TABLE, row) for row in TABLE.split("\n")]
    blocks = [Block(BlockKind.ROW, row, lead=rows[1]) for row in rows[2:]]
    document = Document("t.md", TABLE, Source("Tools"), tuple(blocks))
    made = message(Quote(document, rows[3], lead=rows[1]), answered=False)
    shown = made.blocks[3]["elements"][0]["elements"]
    assert "".join(run["text"] for run in shown) == "Tool | Use | Since\nSaw | wood | 1800"


@pytest.mark.parametrize(
    ("documents", "near", "said"),
    [
        (0, 0, ["Searched 0 documents, indexed 20 Aug 2026."]),
        (1, 0, ["Searched 1 document, indexed 20 Aug 2026."]),
        (
            1,
            1,
            ["Searched 1 document, indexed 20 Aug 2026.", "The closest passage, not an answer:"],
        ),
        (
            1020,
            1,
            [
                "Searched 1,020 documents, indexed 20 Aug 2026.",
                "The closest passage, not an answer:",
            ],
        ),
    ],
)
def test_refusal_counts_as_people_do(documents: int, near: int, said: list[str]) -> None:
    """One document and one passage are spoken of in the singular; without a passage no label."""
    quotes = tuple(sentence(n) for n in range(1, near + 1))
    made = message(*quotes, answered=False, edition=Edition(documents, "v1", TODAY))
    assert notes(made) == said


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        (1, "The library holds 1 document, indexed 20 Aug 2026 (version v1)."),
        (212, "The library holds 212 documents, indexed 20 Aug 2026 (version v1)."),
    ],
)
def test_home_counts_as_people_do(documents: int, said: str) -> None:
    """The Home tab speaks of one document in the singular."""
    view = home_view(Edition(documents, "v1", TODAY))
    check_view(view.payload)
    assert view.payload["blocks"][-1]["elements"][0]["text"] == said


@pytest.mark.parametrize(
    ("quotes", "said"),
    [
        ((sentence(1),), "1 passage, copied word for word"),
        ((sentence(1), sentence(2)), "2 passages from 1 document, copied word for word"),
        (
            (sentence(1), sentence(2, prose("b.md"))),
            "2 passages from 2 documents, copied word for word",
        ),
    ],
)
def test_answer_counts_documents(quotes: tuple[Quote, ...], said: str) -> None:
    """An answer counts documents: several of them may restate one and the same source."""
    assert notes(message(*quotes)) == [said]


def test_notification_is_escaped() -> None:
    """The top-level text carries no markup that Slack would act on."""
    text = "Say <!channel> & <@U1>."
    made = message(Quote(Document("h.md", text, Source("<!here>"), ()), Span(0, len(text))))
    assert made.text == "“Say &lt;!channel&gt; &amp; &lt;@U1&gt;.” (&lt;!here&gt;)"
