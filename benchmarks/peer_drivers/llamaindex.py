"""LlamaIndex: vector index and BM25 retriever, joined by its fusion retriever.

The hybrid of its BM25 page: reciprocal rank fusion, no generated queries. A fused score is a sum
of ranks, so the number to put a threshold on is the vector retriever's best.
"""

from collections.abc import Sequence
from pathlib import Path

from llama_index.core import (
    Document,
    StorageContext,
    VectorStoreIndex,
    load_index_from_storage,
)
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import QueryBundle, TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever

from benchmarks.peer_drivers.wire import HITS, Found, Search, Text, run

CHUNK_TOKENS, OVERLAP_TOKENS = 256, 20
"""The splitter takes 1,024 and 200 by default; the model reads no more than 256."""

CANDIDATES = 10


def build(texts: Sequence[Text], store: Path, model: str, split: bool) -> None:
    """Cut, index and save; the document's name is metadata that is not embedded."""
    kind = Document if split else TextNode
    items = [
        kind(
            text=text.text,
            metadata={"name": text.document},
            excluded_embed_metadata_keys=["name"],
            excluded_llm_metadata_keys=["name"],
        )
        for text in texts
    ]
    splitter = SentenceSplitter(chunk_size=CHUNK_TOKENS, chunk_overlap=OVERLAP_TOKENS)
    nodes = splitter.get_nodes_from_documents(items) if split else items
    index = VectorStoreIndex(nodes, embed_model=HuggingFaceEmbedding(model_name=model))
    index.storage_context.persist(str(store / "vectors"))
    BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=CANDIDATES).persist(
        str(store / "words")
    )


def open_store(store: Path, model: str) -> Search:
    """Load both indexes and fuse them."""
    index = load_index_from_storage(
        StorageContext.from_defaults(persist_dir=str(store / "vectors")),
        embed_model=HuggingFaceEmbedding(model_name=model),
    )
    vectors = index.as_retriever(similarity_top_k=CANDIDATES)
    fused = QueryFusionRetriever(
        [vectors, BM25Retriever.from_persist_dir(str(store / "words"))],
        llm=MockLLM(),
        mode="reciprocal_rerank",
        similarity_top_k=HITS,
        num_queries=1,
        use_async=False,
    )

    def search(question: str, scored: bool) -> Found:
        nodes = fused.retrieve(question)
        hits = [Text(n.node.metadata["name"], n.node.get_content()) for n in nodes]
        best = vectors.retrieve(QueryBundle(question))[0].score if scored else None
        return Found(hits, best)

    return search


if __name__ == "__main__":
    run(build, open_store)
