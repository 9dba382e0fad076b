"""Nearly the same text twice: what is, what is not, and which one counts."""

from collections.abc import Sequence

import pytest

from index.documents.document import Document
from index.documents.duplicates import find_duplicates
from index.documents.loaders import markdown

WORDS = (
    "the baker of our street lights her oven before dawn and sells rye bread until noon while "
    "children wait for rolls with butter and neighbours talk about weather harvest prices "
).split()
TEXT = " ".join(f"{a} {b}" for a in WORDS for b in WORDS[:20]) + " for 12.50 coins."
"""More than a thousand words."""


def document(name: str, text: str, published: str | None = None) -> Document:
    """A document of Markdown."""
    head = f"---\npublished: {published}\n---\n" if published else ""
    return markdown.read(head + text, name)


def changed(text: str, words: Sequence[int]) -> str:
    """The text with other words in some places."""
    pieces = text.split(" ")
    for number in words:
        pieces[number] = "quietly"
    return " ".join(pieces)


@pytest.mark.parametrize(
    ("words", "alike"),
    [
        ([500], True),
        # Each word changes five of the 1,163 runs, fewer where runs repeat.
        (range(50, 1050, 100), True),
        (range(50, 1100, 50), False),
    ],
    ids=["0.99", "0.92", "0.84"],
)
def test_nine_tenths_are_nearly_the_same(words: Sequence[int], alike: bool) -> None:
    """Ten scattered words of a thousand make no other text, twenty-one do."""
    found = find_duplicates([document("a.md", TEXT), document("b.md", changed(TEXT, words))])
    reason = "it has nearly the same text as a.md: remove one of them"
    assert found == ({"b.md": reason} if alike else {})


def test_marks_and_letters_make_no_difference() -> None:
    """Capitals, quotation marks, a byline and emphasis aside, it is the same text."""
    dressed = f"By Ada Miller\n\n**{TEXT.upper()}**".replace(" RYE ", " “RYE,” ")
    assert list(find_duplicates([document("a.md", TEXT), document("b.md", dressed)])) == ["b.md"]


def test_other_numbers_make_another_document() -> None:
    """An edition with new figures counts, and so does the one before."""
    newer = TEXT.replace("12.50", "13.10")
    assert not find_duplicates([document("a.md", TEXT), document("b.md", newer)])


def test_a_part_is_no_duplicate() -> None:
    """A text within a longer one counts by itself."""
    part = TEXT[: len(TEXT) // 2]
    assert not find_duplicates([document("a.md", TEXT), document("b.md", part)])


@pytest.mark.parametrize("text", [TEXT, changed(TEXT, [500])], ids=["same", "nearly"])
def test_the_latest_date_counts_then_the_first_name(text: str) -> None:
    """A date counts more than none, a later one more than an earlier; whatever the order."""
    documents = [
        document("a.md", TEXT),
        document("b.md", text, "2025-04"),
        document("c.md", TEXT, "2026-01-10"),
        document("d.md", text, "2026-01-10"),
    ]
    assert set(find_duplicates(documents)) == {"a.md", "b.md", "d.md"}
    assert find_duplicates(documents[::-1]) == find_duplicates(documents)
    assert set(find_duplicates(documents[:2])) == {"a.md"}


def test_another_document_changes_no_choice() -> None:
    """Which of two counts stays, whatever else there is."""
    pair = [document("b.md", TEXT), document("c.md", changed(TEXT, [500]))]
    others = [document(f"a{n}.md", changed(TEXT, range(n, 1100, 9))) for n in range(8)]
    assert list(find_duplicates(pair)) == ["c.md"]
    assert list(find_duplicates([*others, *pair])) == ["c.md"]


def test_short_texts_are_compared_too() -> None:
    """A text of a few words is the same or it is not."""
    texts = ["Bread is sold here.", "Bread is sold here!", "Bread is sold there.", "Bread."]
    found = find_duplicates([document(f"{n}.md", text) for n, text in enumerate(texts)])
    assert list(found) == ["1.md"]
