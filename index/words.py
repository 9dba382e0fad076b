"""The lexical index: exact keywords, skills, product names.

BM25 (Robertson et al., TREC-3, 1994) in Lucene's variant with its usual k1 = 1.2 and b = 0.75.
The scores are worked out when the index is written, term by term (Lù, "BM25S", 2024), so that a
question adds up a few columns of numbers.
"""

import itertools
import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import Stemmer

from index import shorthand

FOLDER = "words"
_HEAD, _STARTS, _ROWS, _SCORES = "terms.json", "starts.npy", "passages.npy", "scores.npy"
"""Of term number t, ``passages[starts[t]:starts[t + 1]]`` hold it and have those ``scores``."""

_K1, _B = 1.2, 0.75

_TERM = re.compile(r"[a-z0-9]+(?:[.'+#/&-]+[a-z0-9]+)*[+#]*")
"""A word or number with what may stand inside or behind it: next.js, c++, c#, 15-25, ci/cd."""

_INNER = re.compile(r"[a-z0-9]+[+#]*")

_FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})

_STOP_WORDS = frozenset(
    """a an and any are as at be been but by can could did do does for from get had has have how
    i if in into is it its me my of on or our should so than that the their them then there they
    this to us was we were what when where which who whom whose why will with would you your
    about all also am because just like more most much not no now only really some such too up
    very s t re ve ll d m""".split()
)


def terms(text: str) -> list[str]:
    """The terms of a text, in order: lower case, without accents, stemmed, no stop words.

    Short and variant forms count as the usual one (`index.shorthand`).

    A compound gives itself and its parts: "Next.js" is ``next.js``, ``next`` and ``js``.
    """
    folded = unicodedata.normalize("NFKD", text.translate(_FOLDED).casefold())
    plain = shorthand.folded("".join(c for c in folded if not unicodedata.combining(c)))
    found: list[str] = []
    for match in _TERM.finditer(plain.replace(",", "")):
        whole = match.group()
        parts = _INNER.findall(whole)
        found += [whole, *parts] if len(parts) > 1 else parts
    words = [word for word in found if word not in _STOP_WORDS]
    return list(Stemmer.Stemmer("english").stemWords(words))


@dataclass(frozen=True)
class Occurrences:
    """Which terms the passages of one document hold, and how often."""

    terms: tuple[str, ...]
    """Each once."""
    counts: npt.NDArray[np.int32]
    """Shape (pairs, 3): passage, number of the term, how often; passages ascend."""
    passages: int


def occurrences(texts: Sequence[str]) -> Occurrences:
    """Count the terms of a document, given as the texts of its passages."""
    numbers: dict[str, int] = {}
    counts = [
        (passage, numbers.setdefault(term, len(numbers)), count)
        for passage, text in enumerate(texts)
        for term, count in Counter(terms(text)).items()
    ]
    return Occurrences(
        tuple(numbers), np.array(counts, dtype=np.int32).reshape(len(counts), 3), len(texts)
    )


def write_words(documents: Sequence[Occurrences], folder: Path) -> None:
    """Write the lexical index of all documents' passages, in their order."""
    vocabulary: defaultdict[str, int] = defaultdict(itertools.count().__next__)
    passages, numbers, counts, first = [], [], [], 0
    for its in documents:
        known = list(map(vocabulary.__getitem__, its.terms))
        passages.append(its.counts[:, 0] + first)
        numbers.append(np.array(known, dtype=np.int32)[its.counts[:, 1]])
        counts.append(its.counts[:, 2])
        first += its.passages
    rows, columns, frequency = (np.concatenate(parts) for parts in (passages, numbers, counts))
    holding = np.bincount(columns, minlength=len(vocabulary))
    scores = _bm25(rows, columns, frequency, holding, first)
    by_term = np.argsort(columns, kind="stable")
    head = {"passages": first, "terms": list(vocabulary)}
    (folder / FOLDER).mkdir()
    (folder / FOLDER / _HEAD).write_text(json.dumps(head, ensure_ascii=False), "utf-8")
    np.save(folder / FOLDER / _STARTS, np.concatenate([[0], np.cumsum(holding)]))
    np.save(folder / FOLDER / _ROWS, rows[by_term])
    np.save(folder / FOLDER / _SCORES, scores[by_term])


def _bm25(
    rows: npt.NDArray[np.int32],
    columns: npt.NDArray[np.int32],
    frequency: npt.NDArray[np.int32],
    holding: npt.NDArray[np.int64],
    count: int,
) -> npt.NDArray[np.float32]:
    """The score of each pair of passage (row) and term (column)."""
    length = np.bincount(rows, weights=frequency, minlength=count)
    rarity = np.array([_rarity(int(n), count) for n in holding], dtype=np.float32)
    saturating = _K1 * ((1 - _B) + _B * length / (length.mean() or 1.0))
    scores: npt.NDArray[np.float32] = (
        rarity[columns] * (frequency / (saturating[rows] + frequency))
    ).astype(np.float32)
    return scores


def _rarity(holding: int, count: int) -> float:
    """The inverse document frequency, Lucene's, of a term that so many of all passages hold."""
    return math.log(1 + (count - holding + 0.5) / (holding + 0.5))


class WordIndex:
    """An opened lexical index; row numbers are passage numbers."""

    def __init__(self, folder: Path) -> None:
        """Open ``folder``'s index, without reading it; its hashes have to be checked before."""
        head = json.loads((folder / FOLDER / _HEAD).read_text("utf-8"))
        self._count: int = head["passages"]
        self._numbers = {term: number for number, term in enumerate(head["terms"])}
        self._starts, self._rows, self._scores = (
            np.asarray(np.load(folder / FOLDER / name, mmap_mode="r", allow_pickle=False))
            for name in (_STARTS, _ROWS, _SCORES)
        )

    def __len__(self) -> int:
        """The number of passages."""
        return self._count

    def __contains__(self, term: str) -> bool:
        """Whether any passage holds a term."""
        return term in self._numbers

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """Each passage's share, 0 to 1, of the best score that a passage could reach.

        The best is a passage that holds every term of ``text`` so often that length no longer
        counts; a term that no passage holds counts as the rarest, so that an unknown word
        lowers every score. Shape (passages,).
        """
        wanted = list(dict.fromkeys(terms(text)))
        scores = np.zeros(self._count, dtype=np.float32)
        for number in (self._numbers[term] for term in wanted if term in self._numbers):
            its = slice(self._starts[number], self._starts[number + 1])
            scores[self._rows[its]] += self._scores[its]
        scores /= sum(self.rarity(term) for term in wanted) or 1.0
        return scores

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term, Lucene's."""
        number = self._numbers.get(term)
        holding = 0 if number is None else int(self._starts[number + 1] - self._starts[number])
        return _rarity(holding, self._count)
