"""Which sentences become one quote, and which stand apart."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.answer import LONGEST_QUOTE
from index.documents.document import Document
from index.documents.loaders import load
from index.evidence import Candidate, judge, reading_text
from index.passages import passages
from index.question.asked import Asked, Kind

TEXT = """# Bread

The dough rests for an hour. It rises to twice its size. Then the baker shapes the loaves.

Ovens are heated with wood.
"""


LOW = -50.0
"""A level of the library at which whatever is read is likely to answer."""


class Opinion:
    """A reader that gives these logits, in the order of the passages."""

    def __init__(self, *logits: float) -> None:
        self._logits = np.array(logits, dtype=np.float32)

    def score(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """Give each passage its logit."""
        del question
        assert len(passages) == len(self._logits)
        return self._logits


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """A short text of two paragraphs."""
    path = tmp_path_factory.mktemp("corpus") / "bread.md"
    path.write_text(TEXT, "utf-8")
    return load(path, "bread.md", 1_000_000)


def asked(words: str) -> Asked:
    """A question that names nothing."""
    return Asked(words, Kind.QUESTION, words=words)


def candidates(document: Document, *numbers: int) -> list[Candidate]:
    """The sentences of those numbers, best first."""
    cut = passages(document)
    return [Candidate(document, cut[n], 0.5) for n in numbers]


def quoted(document: Document, numbers: list[int], logits: list[float]) -> list[str]:
    """The words that are quoted for sentences that a reader gives these logits."""
    read = candidates(document, *numbers)
    return [quote.text for quote in judge(asked("bread"), read, Opinion(*logits), LOW).quotes]


def test_neighbours_that_answer_alike_are_one_quote(document: Document) -> None:
    """Two sentences side by side, close in score, are quoted together, in the text's order."""
    found = quoted(document, [2, 1], [6, 4])
    assert found[0].startswith("The dough") or found[0].startswith("It rises")
    assert found[0].endswith("Then the baker shapes the loaves.")


def test_a_neighbour_that_scores_far_less_stays_outside(document: Document) -> None:
    """A sentence beside the best one that hardly answers does not lengthen the quote."""
    assert quoted(document, [0, 1], [6, -9]) == ["The dough rests for an hour."]


def test_paragraphs_are_not_joined(document: Document) -> None:
    """Sentences of two paragraphs are two quotes, however alike they score."""
    assert quoted(document, [3, 0], [6, 5]) == [
        "Ovens are heated with wood.",
        "The dough rests for an hour.",
    ]


def test_a_sentence_is_quoted_once(document: Document) -> None:
    """What has become part of a quote is no quote of its own."""
    found = quoted(document, [1, 0, 3], [6, 5, 4])
    assert found == [
        "The dough rests for an hour. It rises to twice its size.",
        "Ovens are heated with wood.",
    ]


def test_quotes_of_several_sentences_are_short(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Sentences are joined up to the longest quote, and no further."""
    sentence = "Loaf number {} is baked in the old stone oven behind the house near the river bank."
    path = tmp_path_factory.mktemp("corpus") / "long.md"
    path.write_text("# Oven\n\n" + " ".join(sentence.format(n) for n in range(9)), "utf-8")
    long = load(path, "long.md", 1_000_000)
    (first, *_) = judge(asked("loaf"), candidates(long, *range(9)), Opinion(*[6] * 9), LOW).quotes
    assert first.span.end - first.span.start <= LONGEST_QUOTE
    assert first.text.count("Loaf") == 4


class Enthusiast:
    """A reader whom every passage convinces."""

    def score(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """Give everything a very high logit."""
        del question
        return np.full(len(passages), 6.0, dtype=np.float32)


@pytest.mark.parametrize(("fused", "answered"), [(0.3, True), (0.1, False)])
def test_what_is_unlike_the_question_is_no_answer(
    document: Document, fused: float, answered: bool
) -> None:
    """The reader alone does not make an answer of a passage with other words and meaning."""
    (candidate,) = candidates(document, 3)
    found = judge(
        asked("how are ovens heated?"), [replace(candidate, fused=fused)], Enthusiast(), -5.0
    )
    assert found.answered is answered
    assert found.quotes


def test_cells_that_have_run_together_are_read_apart(tmp_path: Path) -> None:
    """What has lost its lines is read as words; a name that comes again stays one."""
    text = (
        "# Pay\n\nExampleFull Stack Engineer$90,000 a yearRemote\n\n"
        "DataExample pays. Ask DataExample.\n"
    )
    (tmp_path / "pay.md").write_text(text, "utf-8")
    document = load(tmp_path / "pay.md", "pay.md", 1_000_000)
    read = [reading_text(document, passage) for passage in passages(document)]
    assert any("« Example Full Stack Engineer $90,000 a year Remote »" in one for one in read)
    assert not any("Data Example" in one for one in read)
