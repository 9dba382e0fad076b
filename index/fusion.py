"""Two rankings, by meaning and by words → one. Pure functions of numbers."""

import numpy as np
import numpy.typing as npt

MEANING_WEIGHT = 0.6
"""The rest is for words. Cosine and share of the best BM25 score are both at most 1 and mean the
same for every question, so they are added as they are: unlike ranks, the sum can be compared
between questions (docs/decisions/0003-retrieval-and-evidence.md)."""


def fuse(
    meaning: npt.NDArray[np.float32], words: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """One score a passage from its cosine and its lexical share; all of shape (passages,)."""
    return (MEANING_WEIGHT * meaning + (1 - MEANING_WEIGHT) * words).astype(np.float32)


def best(scores: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.int64]:
    """The positions of the ``count`` highest scores, best first; ties in the order given."""
    return np.argsort(-scores, kind="stable")[:count]


_BLOCK = 512


def best_above_zero(scores: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.int64]:
    """Like `best`, of the scores above zero; of a million, in about a millisecond.

    Where ``count`` blocks hold a score of at least so much, so do ``count`` positions: what is
    lower need not be sorted.
    """
    whole = len(scores) // _BLOCK
    maxima = scores[: whole * _BLOCK].reshape(whole, _BLOCK).max(axis=1) if whole else scores
    least = np.partition(maxima, -count)[-count] if whole >= count else 0
    found = np.flatnonzero(scores >= least) if least > 0 else np.flatnonzero(scores > 0)
    return found[best(scores[found], count)]
