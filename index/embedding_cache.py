"""Vectors by content and model, so that a rebuild encodes only what is new.

On two levels: an unchanged document's vectors come in one piece; in a changed document, only the
texts that are new for the model are encoded.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from index import derived, stored
from index.derived import Derived, is_damage
from index.documents.document import Document
from index.models.runtime import Encoder, Vectors
from index.prepared import Prepared, encoded_texts

SENTENCE_WEIGHT = 0.6
"""What a passage's vector takes from the passage itself; the rest is from its window. Measured
on the development questions: docs/decisions/0003-retrieval-and-evidence.md."""

FILE = "embeddings.sqlite3"

_BATCH = 64
"""Texts encoded between two looks at the progress bar."""
_AT_ONCE = 8192
"""Texts of documents whose vectors are worked out, and kept, together."""
_SPARE = 20_000
"""Texts kept that no passage of the library has."""


def document_vectors(
    documents: Sequence[tuple[Document, Prepared]],
    encoder: Encoder,
    store: Derived,
    index: Path,
    on_done: Callable[[int], None],
) -> tuple[Vectors, int]:
    """One vector a passage, shape (passages, dimension), and how many texts had to be encoded.

    A question's inner product with it is the weighted mean of its cosines with the passage and
    with the passage's window, so one search ranks by both. ``on_done`` is told the number of texts
    just finished, two a passage.
    """
    keys = [
        derived.key("vectors", encoder.fingerprint, str(SENTENCE_WEIGHT), its.texts)
        for _, its in documents
    ]
    found: list[Vectors | None] = []
    for key, (_, its) in zip(keys, documents, strict=True):
        known = store.get(key)
        vectors = None if known is None else np.frombuffer(known, dtype=np.float32)
        found.append(None if vectors is None else vectors.reshape(len(its), encoder.dimension))
        on_done(0 if vectors is None else 2 * len(its))
    encoded = 0
    for numbers in _together(documents, [n for n, vectors in enumerate(found) if vectors is None]):
        texts = [_texts(*documents[number]) for number in numbers]
        vectors, new = encode_cached(encoder, [t for its in texts for t in its], index, on_done)
        encoded += new
        ends = np.cumsum([len(its) for its in texts])[:-1]
        for number, both in zip(numbers, np.split(vectors, ends), strict=True):
            sentences, windows = np.split(both, 2)
            combined = SENTENCE_WEIGHT * sentences + (1 - SENTENCE_WEIGHT) * windows
            store.put(keys[number], combined.tobytes())
            found[number] = combined
    return np.concatenate([vectors for vectors in found if vectors is not None]), encoded


def encode_cached(
    encoder: Encoder, texts: Sequence[str], index: Path, on_done: Callable[[int], None]
) -> tuple[Vectors, int]:
    """The vectors of ``texts``, shape (texts, dimension), and how many had to be encoded.

    ``on_done`` is told the number of texts just finished. Only the holder of the build lock may
    call this. A cache that is damaged is only a cache, and starts empty again.
    """
    path = index / FILE
    try:
        return _encode_cached(encoder, texts, path, on_done)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
    path.unlink()
    return _encode_cached(encoder, texts, path, on_done)


def forget_texts(index: Path, passages: int) -> None:
    """Forget the texts that were encoded longest ago, beyond twice those of so many passages."""
    with closing(_open(index / FILE)) as connection, connection:
        connection.execute(
            "DELETE FROM texts WHERE rowid <= (SELECT max(rowid) FROM texts) - ?",
            (4 * passages + _SPARE,),
        )


def _encode_cached(
    encoder: Encoder, texts: Sequence[str], path: Path, on_done: Callable[[int], None]
) -> tuple[Vectors, int]:
    keys = [hashlib.sha256(text.encode()).digest() for text in texts]
    by_key = dict(zip(keys, texts, strict=True))
    with closing(_open(path)) as connection:
        known = _read(connection, encoder, list(by_key))
        new = [key for key in by_key if key not in known]
        on_done(len(texts) - len(new))
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            vectors = encoder.encode([by_key[key] for key in batch])
            known |= dict(zip(batch, vectors, strict=True))
            with connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO texts (model, text, vector) VALUES (?, ?, ?)",
                    [
                        (encoder.fingerprint, k, v.tobytes())
                        for k, v in zip(batch, vectors, strict=True)
                    ],
                )
            on_done(len(batch))
    vectors = np.asarray([known[key] for key in keys], dtype=np.float32)
    return vectors.reshape(len(keys), encoder.dimension), len(new)


def _together(
    documents: Sequence[tuple[Document, Prepared]], numbers: Sequence[int]
) -> Iterator[list[int]]:
    """The documents of those numbers, a few at a time."""
    some: list[int] = []
    texts = 0
    for number in numbers:
        some.append(number)
        texts += 2 * len(documents[number][1])
        if texts >= _AT_ONCE:
            yield some
            some, texts = [], 0
    if some:
        yield some


def _texts(document: Document, prepared: Prepared) -> list[str]:
    cut = [stored.passage_from(row) for row in prepared.rows.tolist()]
    return encoded_texts(document, cut)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TABLE IF NOT EXISTS texts "
        "(model TEXT, text BLOB, vector BLOB, PRIMARY KEY (model, text))"
    )
    return connection


def _read(
    connection: sqlite3.Connection, encoder: Encoder, keys: Sequence[bytes]
) -> dict[bytes, np.ndarray[tuple[int], np.dtype[np.float32]]]:
    """The vectors that are there, by text hash; one of a wrong size counts as absent."""
    known = {}
    size = encoder.dimension * 4
    for key in keys:
        row = connection.execute(
            "SELECT vector FROM texts WHERE model = ? AND text = ?", (encoder.fingerprint, key)
        ).fetchone()
        if row and len(row[0]) == size:
            known[key] = np.frombuffer(row[0], dtype=np.float32)
    return known
