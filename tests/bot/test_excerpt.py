"""How much of a quote and its surroundings is shown."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from bot.excerpt import alone, in_paragraph
from index.answer import LONGEST_QUOTE
from index.documents.document import Block, BlockKind, Document, Quote, Span
from index.documents.source import Source
from index.evidence import Candidate, judge
from index.passages import passages
from index.question.asked import Asked, Kind


class Enthusiast:
    """A reader whom every passage convinces."""

    def score(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """Give everything a very high logit."""
        del question
        return np.full(len(passages), 6.0, dtype=np.float32)


def paragraph(text: str) -> Document:
    """A document of one paragraph."""
    whole = Span(0, len(text))
    return Document("a.md", text, Source("Notes"), (Block(BlockKind.PARAGRAPH, whole),), ())


@pytest.mark.parametrize("spare", [-1, 0, 1])
def test_what_is_joined_is_shown_whole(spare: int) -> None:
    """Two sentences become one quote just as far as a quote is shown without a cut."""
    first = "The dough rests for an hour in the cold room."
    rest = LONGEST_QUOTE - len(first) + spare - len(" Then .")
    document = paragraph(f"{first} Then {('bread ' * rest)[: rest - 1]}s.")
    cut = passages(document)
    assert len(cut) == 2
    read = [Candidate(document, passage, 0.5) for passage in cut]
    (quote, *_) = judge(Asked("", Kind.QUESTION, words="bread"), read, Enthusiast(), -50.0).quotes
    assert (quote.text == document.text) == (spare <= 0)
    for excerpt in (alone(quote), in_paragraph(quote)):
        assert document.cut(excerpt.quote) == quote.text


def test_a_longer_sentence_is_cut() -> None:
    """One sentence longer than a quote may be is shown up to there."""
    for length in (LONGEST_QUOTE, LONGEST_QUOTE + 1):
        document = paragraph(("bread " * length)[: length - 1] + "s")
        shown = alone(Quote(document, Span(0, length)))
        assert shown.omitted_after == (length > LONGEST_QUOTE)
