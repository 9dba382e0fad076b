"""Five real articles, where this checkout has them beside it."""

import json
import re
from pathlib import Path

import pytest

from index.documents.document import Document
from index.documents.library import read_library
from index.documents.reader import Limits
from index.evaluate import read_questions
from index.passages import passages


@pytest.fixture(scope="module")
def articles(shared: Path) -> dict[str, Document]:
    """The articles by the first three characters of their file names."""
    library = read_library([shared / "seeds"], Limits(), lambda _: None)
    assert library.problems == ()
    return {document.id[:3]: document for document in library.documents}


def test_offsets_are_those_of_the_files(shared: Path, articles: dict[str, Document]) -> None:
    """The canonical text of plain text is the file's."""
    for document in articles.values():
        assert document.text == (shared / "seeds" / document.id).read_text("utf-8")


def test_what_the_articles_state(shared: Path, articles: dict[str, Document]) -> None:
    """Title, author and dates are as a reader finds them, and nothing is invented."""
    months = {"April 20, 2026": "2026-04-20", "April 2026": "2026-04", None: None}
    for stated in json.loads((shared / "eval" / "docs.json").read_text("utf-8")):
        source = articles[stated["id"]].source
        assert source.title == stated["title"]
        assert source.author == stated["author"]
        assert source.published == months[stated["published"]]
        assert source.updated == months[stated.get("updated")]
        # Publishers that the article does not state, but only implies, may stay unknown.
        assert source.publisher in {stated["publisher"], None}


def test_every_question_can_be_answered(shared: Path, articles: dict[str, Document]) -> None:
    """For each question some passage lies in or around a gold quote and holds its point."""
    cut = {
        key: [_folded(d.cut(p.span)) for p in passages(d) if p.quotable]
        for key, d in articles.items()
    }
    for question in read_questions(shared / "eval" / "questions_dev.jsonl"):
        reachable = any(
            _folded(gold.quote) in text
            or (text in _folded(gold.quote) and any(_folded(m) in text for m in question.must))
            for gold in question.gold
            for text in cut[gold.document]
        )
        assert reachable or not question.gold, question.id


def test_no_boilerplate_is_quoted(articles: dict[str, Document]) -> None:
    """Nothing that only a page's frame says is a passage."""
    frame = re.compile(
        r"skip to|unsubscribe|affiliate|no spam|photo by|calculator →", re.IGNORECASE
    )
    for document in articles.values():
        for passage in passages(document):
            assert not frame.search(document.cut(passage.span))


def test_no_quote_is_half_a_page(articles: dict[str, Document]) -> None:
    """Passages are sentences, items and rows."""
    for document in articles.values():
        for passage in passages(document):
            assert passage.span.end - passage.span.start <= 520


def _folded(text: str) -> str:
    table = str.maketrans({"’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
    return " ".join(text.translate(table).lower().split())
