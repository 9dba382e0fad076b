"""txtai: hybrid search (BM25 and vectors, weights and normalisation as they come)."""

from collections.abc import Sequence
from pathlib import Path

from txtai import Embeddings
from txtai.pipeline import Segmentation

from benchmarks.peer_drivers.wire import HITS, Found, Search, Text, run

CHUNK_CHARACTERS = 1000
"""chonkie's sentence chunker takes 2,048 by default, twice what the model reads."""


def build(texts: Sequence[Text], store: Path, model: str, split: bool) -> None:
    """Index the texts; a unit's id carries its document's."""
    if split:
        cut = Segmentation(chunker="sentence", chunk_size=CHUNK_CHARACTERS)
        texts = [Text(text.document, chunk) for text in texts for chunk in cut(text.text)]
    embeddings = Embeddings(path=model, hybrid=True, content=True)
    embeddings.index(
        (f"{number} {text.document}", text.text, None) for number, text in enumerate(texts)
    )
    embeddings.save(str(store))


def open_store(store: Path, model: str) -> Search:  # noqa: ARG001 - the store names its model
    """Load the index."""
    embeddings = Embeddings()
    embeddings.load(str(store))

    def search(question: str, _: bool) -> Found:
        rows = embeddings.search(question, HITS)
        hits = [Text(row["id"].split(" ", 1)[1], row["text"]) for row in rows]
        return Found(hits, rows[0]["score"] if rows else 0.0)

    return search


if __name__ == "__main__":
    run(build, open_store)
