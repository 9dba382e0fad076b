"""The same text twice, or nearly: which of the documents counts.

Two texts are nearly the same when they share nine tenths of their runs of five words (the Jaccard
index of the two sets), small letters and punctuation aside, and state the same numbers: last
year's edition with this year's figures is another document, however alike.
"""

import re
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from index.documents.document import BlockKind, Document

_ALIKE = 0.9
_RUN = 5
"""Words."""
_BANDS, _ROWS = 16, 5
"""MinHash: texts are compared where all five minima of one of sixteen bands agree. Two that share
nine tenths are missed once in 1.6 million times, two that share three tenths compared one time in
26."""
_CHUNK = 4096
"""So many runs at a time: a long text takes no more memory than a short one."""
_RANDOM = np.random.default_rng(13)
_FACTORS = _RANDOM.integers(1, 2**64, size=(_BANDS * _ROWS,), dtype=np.uint64) | np.uint64(1)
_TERMS = _RANDOM.integers(0, 2**64, size=(_BANDS * _ROWS,), dtype=np.uint64)

_Runs = npt.NDArray[np.uint64]
"""The hashes of a text's runs of words, in the order of the text."""


def find_duplicates(documents: Sequence[Document]) -> dict[str, str]:
    """The documents that do not count, since another has their text: id → reason.

    The one of the latest stated date counts, one with a date before one without, then the first by
    id. That depends on nothing but those documents themselves, so that it stays the same from
    build to build.
    """
    by_id = sorted(documents, key=lambda document: document.id)
    texts: dict[str, Document] = {}
    bands: dict[tuple[int, bytes], list[Document]] = defaultdict(list)
    found: dict[str, str] = {}
    for document in sorted(by_id, key=lambda d: d.source.date or "", reverse=True):
        same = texts.get(document.sha256)
        if same:
            found[document.id] = f"it has the same text as {same.id}"
            continue
        keys = list(_keys(_runs(document)))
        like = {other.id: other for key in keys for other in bands.get(key, ())}
        near = next((other for other in like.values() if _nearly_same(document, other)), None)
        if near:
            found[document.id] = f"it has nearly the same text as {near.id}: remove one of them"
            continue
        texts[document.sha256] = document
        for key in keys:
            bands[key].append(document)
    return found


def _nearly_same(one: Document, other: Document) -> bool:
    runs, others = np.unique(_runs(one)), np.unique(_runs(other))
    shared = len(np.intersect1d(runs, others, assume_unique=True))
    alike = shared >= _ALIKE * (len(runs) + len(others) - shared)
    return alike and _numbers(one) == _numbers(other)


def _words(document: Document) -> str:
    """What may be quoted of a document, in one form of each letter."""
    texts = (document.cut(b.span) for b in document.blocks if b.kind is not BlockKind.BOILERPLATE)
    return unicodedata.normalize("NFKC", "\n".join(texts)).casefold()


def _numbers(document: Document) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", _words(document)))


def _runs(document: Document) -> _Runs:
    words = " ".join(re.findall(r"\w+", _words(document))).encode().split()
    hashes = np.fromiter(map(zlib.crc32, words), dtype=np.uint64, count=len(words))
    runs = np.zeros(max(1, len(words) - _RUN + 1), dtype=np.uint64)
    for n in range(min(_RUN, len(words))):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + hashes[n : n + len(runs)]
    # Mixed, so that the order of the hashes says nothing about the words.
    runs = (runs ^ (runs >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return runs ^ (runs >> np.uint64(31))


def _keys(runs: _Runs) -> Iterator[tuple[int, bytes]]:
    """What two nearly equal texts have at least one of in common: a band and its minima."""
    minima = np.full(_BANDS * _ROWS, 2**64 - 1, dtype=np.uint64)
    for start in range(0, len(runs), _CHUNK):
        chunk = runs[start : start + _CHUNK, None]
        minima = np.minimum(minima, (chunk * _FACTORS + _TERMS).min(axis=0))
    for band in range(_BANDS):
        yield band, minima[band * _ROWS : (band + 1) * _ROWS].tobytes()
