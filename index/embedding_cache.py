"""Vectors by content hash and model, so that a rebuild encodes only what is new."""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.models.runtime import Encoder, Vectors

FILE = "embeddings.sqlite3"

_BATCH = 64
"""Texts encoded between two looks at the progress bar."""


def encode_cached(
    encoder: Encoder, texts: Sequence[str], index: Path, on_done: Callable[[int], None]
) -> tuple[Vectors, int]:
    """The vectors of ``texts``, shape (texts, dimension), and how many had to be encoded.

    ``on_done`` is told the number of texts just finished. Only the holder of the build lock may
    call this.
    """
    keys = [hashlib.sha256(text.encode()).digest() for text in texts]
    by_key = dict(zip(keys, texts, strict=True))
    connection = _open(index / FILE)
    try:
        known = _read(connection, encoder, list(by_key))
        new = [key for key in by_key if key not in known]
        on_done(len(texts) - len(new))
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            vectors = encoder.encode([by_key[key] for key in batch])
            known |= dict(zip(batch, vectors, strict=True))
            with connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                    [
                        (encoder.fingerprint, k, v.tobytes())
                        for k, v in zip(batch, vectors, strict=True)
                    ],
                )
            on_done(len(batch))
    finally:
        connection.close()
    vectors = np.asarray([known[key] for key in keys], dtype=np.float32)
    return vectors.reshape(len(keys), encoder.dimension), len(new)


def _open(path: Path) -> sqlite3.Connection:
    """Open the cache; one that is damaged is only a cache, and starts empty again."""
    schema = (
        "CREATE TABLE IF NOT EXISTS vectors "
        "(model TEXT, text BLOB, vector BLOB, PRIMARY KEY (model, text)) WITHOUT ROWID"
    )
    connection = sqlite3.connect(path)
    try:
        sound = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        connection.execute(schema)
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        connection.close()
        path.unlink()
        connection = sqlite3.connect(path)
        connection.execute(schema)
    return connection


def _read(
    connection: sqlite3.Connection, encoder: Encoder, keys: Sequence[bytes]
) -> dict[bytes, np.ndarray[tuple[int], np.dtype[np.float32]]]:
    """The vectors that are there, by text hash; one of a wrong size counts as absent."""
    known = {}
    size = encoder.dimension * 4
    for key in keys:
        row = connection.execute(
            "SELECT vector FROM vectors WHERE model = ? AND text = ?", (encoder.fingerprint, key)
        ).fetchone()
        if row and len(row[0]) == size:
            known[key] = np.frombuffer(row[0], dtype=np.float32)
    return known
