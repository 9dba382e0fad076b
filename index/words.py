"""The lexical index: exact keywords, skills, product names. The only file that imports bm25s.

BM25 (Robertson et al., TREC-3, 1994) in Lucene's variant with its usual k1 = 1.2 and b = 0.75.
"""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt
import Stemmer

from index import shorthand

FOLDER = "words"

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


def write_words(texts: Sequence[str], folder: Path) -> None:
    """Write the lexical index of ``texts``, one a passage."""
    vocabulary: dict[str, int] = {}
    numbered = [
        [vocabulary.setdefault(term, len(vocabulary)) for term in terms(text)] for text in texts
    ]
    index = bm25s.BM25(method="lucene", k1=_K1, b=_B)
    index.index((numbered, vocabulary), show_progress=False)
    index.save(folder / FOLDER, corpus=None)


class WordIndex:
    """An opened lexical index; row numbers are passage numbers."""

    def __init__(self, folder: Path) -> None:
        """Read ``folder``'s index; its hashes have to be checked before."""
        self._index = bm25s.BM25.load(folder / FOLDER, load_corpus=False, mmap=False)
        self._count = int(self._index.scores["num_docs"])

    def __len__(self) -> int:
        """The number of passages."""
        return self._count

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """Each passage's share, 0 to 1, of the best score that a passage could reach.

        The best is a passage that holds every term of ``text`` so often that length no longer
        counts; a term that no passage holds counts as the rarest, so that an unknown word
        lowers every score. Shape (passages,).
        """
        wanted = list(dict.fromkeys(terms(text)))
        known = [self._index.vocab_dict[t] for t in wanted if t in self._index.vocab_dict]
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        scores: npt.NDArray[np.float32] = self._index.get_scores_from_ids(known)
        best = sum(self.rarity(term) for term in wanted)
        return (scores / best).astype(np.float32)

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term, Lucene's."""
        number = self._index.vocab_dict.get(term)
        holding = self._holding(number) if number is not None else 0
        return float(np.log(1 + (self._count - holding + 0.5) / (holding + 0.5)))

    def _holding(self, number: int) -> int:
        """How many passages hold the term ``number``."""
        starts = self._index.scores["indptr"]
        return int(starts[number + 1] - starts[number])
