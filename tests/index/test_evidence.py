"""Which sentences become one quote, and which stand apart."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.documents.document import Document
from index.documents.loaders import load
from index.evidence import Candidate, choose, judge, reading_text
from index.passages import passages
from index.question.asked import Asked, Kind

TEXT = """# Bread

The dough rests for an hour. It rises to twice its size. Then the baker shapes the loaves.

Ovens are heated with wood.
"""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """A short text of two paragraphs."""
    path = tmp_path_factory.mktemp("corpus") / "bread.md"
    path.write_text(TEXT, "utf-8")
    return load(path, "bread.md", 1_000_000)


def candidates(document: Document, *numbers: int) -> list[Candidate]:
    """The sentences of those numbers, best first."""
    cut = passages(document)
    return [Candidate(document, cut[n], 0.5) for n in numbers]


def quoted(document: Document, numbers: list[int], scores: list[float]) -> list[str]:
    """The words that are quoted for sentences with these scores."""
    return [q.text for q in choose(candidates(document, *numbers), np.array(scores), 3)]


def test_neighbours_that_answer_alike_are_one_quote(document: Document) -> None:
    """Two sentences side by side, close in score, are quoted together, in the text's order."""
    found = quoted(document, [2, 1], [0.9, 0.8])
    assert found[0].startswith("The dough") or found[0].startswith("It rises")
    assert found[0].endswith("Then the baker shapes the loaves.")


def test_a_neighbour_that_scores_far_less_stays_outside(document: Document) -> None:
    """A sentence beside the best one that hardly answers does not lengthen the quote."""
    assert quoted(document, [0, 1], [0.9, 0.1]) == ["The dough rests for an hour."]


def test_paragraphs_are_not_joined(document: Document) -> None:
    """Sentences of two paragraphs are two quotes, however alike they score."""
    assert quoted(document, [3, 0], [0.9, 0.85]) == [
        "Ovens are heated with wood.",
        "The dough rests for an hour.",
    ]


def test_a_sentence_is_quoted_once(document: Document) -> None:
    """What has become part of a quote is no quote of its own."""
    found = quoted(document, [1, 0, 3], [0.9, 0.85, 0.8])
    assert found == [
        "The dough rests for an hour. It rises to twice its size.",
        "Ovens are heated with wood.",
    ]


def test_quotes_of_several_sentences_are_short(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Sentences are joined up to 400 characters, and no further."""
    sentence = "Loaf number {} is baked in the old stone oven behind the house near the river bank."
    path = tmp_path_factory.mktemp("corpus") / "long.md"
    path.write_text("# Oven\n\n" + " ".join(sentence.format(n) for n in range(9)), "utf-8")
    long = load(path, "long.md", 1_000_000)
    (first, *_) = choose(candidates(long, *range(9)), np.full(9, 0.9), 3)
    assert first.span.end - first.span.start <= 400
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
    asked = Asked("", Kind.QUESTION, words="how are ovens heated?")
    found = judge(asked, [replace(candidate, fused=fused)], Enthusiast(), -5.0)
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
