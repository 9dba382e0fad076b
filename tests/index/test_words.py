"""The lexical index against known values."""

import math
from pathlib import Path

import pytest

from index.words import WordIndex, occurrences, terms, write_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Résumé", ["resum"]),
        ("Next.js and C++", ["next.j", "next", "js", "c++"]),
        ("the developers’ tests", ["develop", "test"]),
        ("$178,559", ["178559"]),
        ("CI/CD", ["ci/cd", "ci", "cd"]),
        ("what is the", []),
        ("🙂", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    """Case, accents, endings and stop words do not count; compounds give their parts too."""
    assert terms(text) == expected


@pytest.fixture
def words(tmp_path: Path) -> WordIndex:
    """Three passages of two documents."""
    first = occurrences(["python testing", "python deployment on linux"])
    write_words([first, occurrences(["salary talks"])], tmp_path)
    return WordIndex(tmp_path)


def test_rarity_is_lucenes(words: WordIndex) -> None:
    """The inverse document frequency is log(1 + (N - n + 0.5) / (n + 0.5))."""
    assert words.rarity("python") == pytest.approx(math.log(1 + 1.5 / 2.5))
    assert words.rarity("unheard") == pytest.approx(math.log(1 + 3.5 / 0.5))


def test_score_is_the_share_of_the_best_possible(words: WordIndex) -> None:
    """A score is BM25 divided by the sum of the rarities of all terms asked."""
    length, mean = 2, 7 / 3
    frequency_part = 1 / (1 + 1.2 * (1 - 0.75 + 0.75 * length / mean))
    assert words.scores("testing")[0] == pytest.approx(frequency_part, abs=1e-6)
    assert words.scores("testing")[1] == 0


def test_an_unknown_word_lowers_every_score(words: WordIndex) -> None:
    """A word that no passage holds counts as the rarest."""
    assert words.scores("testing unheard")[0] < words.scores("testing")[0]


def test_nothing_known_scores_nothing(words: WordIndex) -> None:
    """A question without a known word gets zeros."""
    assert words.scores("ramen")[:].tolist() == [0, 0, 0]
    assert words.scores("")[:].tolist() == [0, 0, 0]


def test_terms_count_where_they_are(tmp_path: Path) -> None:
    """A term of several documents scores its own passages, whatever else those documents hold."""
    documents = [["apples", "pears and plums"], ["nothing", "plums", "apples apples"]]
    write_words([occurrences(texts) for texts in documents], tmp_path)
    found = WordIndex(tmp_path)
    assert len(found) == 5
    assert (found.scores("plums") > 0).tolist() == [False, True, False, True, False]
    apples = found.scores("apples")
    assert (apples > 0).tolist() == [True, False, False, False, True]
    assert apples[4] > apples[0] / 2
