"""haystack: the hybrid retrieval pipeline of its tutorial, without a ranker.

Word splitter, sentence-transformers embedder and in-memory store as they come; BM25 and embedding
retriever joined by reciprocal rank fusion. A fused score is a sum of ranks, so the number to put a
threshold on is the embedding retriever's best.
"""

from collections.abc import Sequence
from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.document_stores.types import DuplicatePolicy
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.peer_drivers.wire import HITS, Found, Search, Text, run

FILE = "store.json"


def build(texts: Sequence[Text], store: Path, model: str, split: bool) -> None:
    """Run the indexing pipeline and save the store."""
    documents = InMemoryDocumentStore()
    pipeline = Pipeline()
    pipeline.add_component("embedder", SentenceTransformersDocumentEmbedder(model=model))
    pipeline.add_component("writer", DocumentWriter(documents, policy=DuplicatePolicy.SKIP))
    pipeline.connect("embedder", "writer")
    if split:
        pipeline.add_component("splitter", DocumentSplitter())
        pipeline.connect("splitter", "embedder")
    entry = "splitter" if split else "embedder"
    pipeline.run(
        {entry: {"documents": [Document(content=t.text, meta={"name": t.document}) for t in texts]}}
    )
    store.mkdir()
    documents.save_to_disk(str(store / FILE))


def open_store(store: Path, model: str) -> Search:
    """Load the store and make the query pipeline."""
    documents = InMemoryDocumentStore.load_from_disk(str(store / FILE))
    pipeline = Pipeline()
    pipeline.add_component(
        "embedder", SentenceTransformersTextEmbedder(model=model, progress_bar=False)
    )
    pipeline.add_component("vectors", InMemoryEmbeddingRetriever(documents))
    pipeline.add_component("words", InMemoryBM25Retriever(documents))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=HITS))
    pipeline.connect("embedder", "vectors")
    pipeline.connect("words", "joiner")
    pipeline.connect("vectors", "joiner")

    def search(question: str, _: bool) -> Found:
        given = pipeline.run(
            {"embedder": {"text": question}, "words": {"query": question}},
            include_outputs_from={"vectors"},
        )
        hits = [Text(d.meta["name"], d.content) for d in given["joiner"]["documents"]]
        return Found(hits, max(d.score for d in given["vectors"]["documents"]))

    return search


if __name__ == "__main__":
    run(build, open_store)
