"""Passages: sentences, items and rows as start and end, each one fit to stand alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents.assemble import Part, assemble
from index.documents.document import BlockKind, Document
from index.documents.source import Source
from index.passages import Passage, passages

PARAGRAPH, ITEM, ROW = BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW
HEADING, BOILERPLATE = BlockKind.HEADING, BlockKind.BOILERPLATE


def made(*parts: tuple[BlockKind, str]) -> Document:
    """A document of these blocks; a header is one whose text ends in "#"."""
    return assemble(
        "made.md",
        [Part(kind, text.rstrip("#"), 1, is_header=text.endswith("#")) for kind, text in parts],
        Source(title="Made"),
    )


def cut(document: Document) -> list[str]:
    """The texts of all passages."""
    return [document.cut(p.span) for p in passages(document)]


def found(document: Document, words: str) -> Passage:
    """The passage that holds these words."""
    return next(p for p in passages(document) if words in document.cut(p.span))


@pytest.mark.parametrize(
    "sentence",
    [
        "Next.js and Node.js run the page of Checkin.com well.",
        "It stands in No. 04 and in Vol. 3 of the series.",
        "Use C# or .NET daily, and ASP.NET too.",
        "Pay is set, e.g. in the U.S. and the U.K., i.e. abroad.",
        "It cost $1.5 million, or 3.14 a head.",
        "Acme Inc. and Bolt Ltd. hired ten.",
        "Dr. Smith and Mr. J. Doe have a Ph.D. in physics.",
        "Pay rose... but not for all.",
        "Read https://example.org/a.b?c=d before that.",
        "Plan first; then act: now.",
        "Version 2.0 came on Jan. 5 that year.",
    ],
)
def test_what_does_not_end_a_sentence(sentence: str) -> None:
    """Names with dots, abbreviations, decimals and addresses stay inside their sentence."""
    document = made((PARAGRAPH, f"It all begins here. {sentence} It ends there."))
    assert cut(document) == ["It all begins here.", sentence, "It ends there."]


def test_two_short_sentences_are_two_passages() -> None:
    """A sentence is quoted by itself, however close the next one is."""
    document = made((PARAGRAPH, "Bread rose in price. Nobody was asked about it. It sold anyway."))
    assert cut(document) == [
        "Bread rose in price.",
        "Nobody was asked about it.",
        "It sold anyway.",
    ]


def test_a_label_belongs_to_its_sentence() -> None:
    """Up to three words that open a paragraph say nothing alone; later ones are sentences."""
    document = made((PARAGRAPH, "Data modeling. Ask for it first of all. Then wait."))
    assert cut(document) == ["Data modeling. Ask for it first of all.", "Then wait."]


def test_a_very_long_sentence_stays_whole() -> None:
    """A quote is never half a sentence."""
    sentence = "Bread " + "and butter " * 60 + "are sold here."
    assert cut(made((PARAGRAPH, f"The shop is open. {sentence}")))[-1] == sentence


def test_items_are_whole_and_long_ones_are_cut() -> None:
    """An item is one passage up to some length; beyond it, each sentence is one."""
    short = "Ask early. Ask in writing."
    long = "Ask early in the year for more. " + "It is the best time for all of them. " * 9
    document = made((PARAGRAPH, "What to do:"), (ITEM, short), (ITEM, long.strip()))
    assert cut(document)[1] == short
    assert cut(document)[2] == "Ask early in the year for more."
    lead = found(document, "Ask in writing").lead
    assert lead is not None
    assert document.cut(lead) == "What to do:"


def test_a_row_is_whole_with_its_header() -> None:
    """A row is one passage, full stops or not, and the header is none."""
    document = made((BOILERPLATE, "Trade | Note#"), (ROW, "Baker | Early. Very early."))
    assert cut(document) == ["Baker | Early. Very early."]
    (row,) = passages(document)
    assert row.lead is not None
    assert document.cut(row.lead) == "Trade | Note"


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (PARAGRAPH, "Will bread cost more next year?", False),
        (PARAGRAPH, "He asked: “Will bread cost more?”", False),
        (PARAGRAPH, "The list of reasons is short:", False),
        (PARAGRAPH, "Bread", False),
        (PARAGRAPH, "Email address", False),
        (PARAGRAPH, "Dear bakers of the valley,", False),
        (PARAGRAPH, "Bread costs more now.", True),
        (PARAGRAPH, "Bread: $3", True),
        (ITEM, "Fresh bread", True),
        (ROW, "Baker | 3", True),
    ],
)
def test_what_may_be_quoted(kind: BlockKind, text: str, expected: bool) -> None:
    """Questions, openings of lists and fragments help to find, and are never shown."""
    document = made((PARAGRAPH, "Something else stands here."), (kind, text))
    assert passages(document)[-1].quotable is expected


def test_headings_and_boilerplate_are_no_passages() -> None:
    """A heading is what passages stand under; boilerplate is nothing to them."""
    document = made(
        (HEADING, "Bread"), (BOILERPLATE, "Subscribe now"), (PARAGRAPH, "Bread is sold here.")
    )
    (passage,) = passages(document)
    assert document.cut(passage.span) == "Bread is sold here."
    assert passage.heading is not None
    assert document.cut(passage.heading) == "Bread"


def test_a_window_stays_in_its_section() -> None:
    """The window reaches one neighbour to each side, and never over a heading."""
    document = made(
        (HEADING, "Bread"),
        (
            PARAGRAPH,
            "Here is bread one. Here is bread two. Here is bread three. Here is bread four.",
        ),
        (HEADING, "Milk"),
        (PARAGRAPH, "Milk is sold in the other shop."),
    )
    window = document.cut(found(document, "three").window)
    assert window == "Here is bread two. Here is bread three. Here is bread four."
    assert document.cut(found(document, "Milk is").window) == "Milk is sold in the other shop."


def test_a_window_has_a_limit() -> None:
    """A neighbour too long for the window is left out."""
    long = "Bread " + "and butter " * 70 + "are sold."
    document = made((PARAGRAPH, f"{long} It is good. It is cheap."))
    assert document.cut(found(document, "It is good").window) == "It is good. It is cheap."


_TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=200) | st.text(
    alphabet="Ab .?!:;,…\"'”()-—\n\t\u200b\u00a0€é5", max_size=200
)


@given(
    st.lists(
        st.tuples(st.sampled_from([PARAGRAPH, ITEM, ROW, HEADING, BOILERPLATE]), _TEXTS),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=200, deadline=None)
def test_passages_of_any_blocks(parts: list[tuple[BlockKind, str]]) -> None:
    """In order, apart, inside a quotable block, without white space ends, and in their windows."""
    document = made(
        (PARAGRAPH, "A first line."), *((kind, text.replace("#", "")) for kind, text in parts)
    )
    blocks = [b for b in document.blocks if b.kind not in {HEADING, BOILERPLATE}]
    end = 0
    for passage in passages(document):
        words = document.cut(passage.span)
        assert words
        assert words == words.strip()
        assert passage.span.start >= end
        end = passage.span.end
        assert passage.window.start <= passage.span.start < end <= passage.window.end
        assert any(b.span.start <= passage.span.start < end <= b.span.end for b in blocks)


def test_no_words_of_a_paragraph_are_lost() -> None:
    """Together the passages of a paragraph are the paragraph."""
    text = "One is here! Is two? “Three.” Four (or five). Six… Seven, e.g. eight. 9 is nine."
    assert " ".join(cut(made((PARAGRAPH, text)))) == text
