"""Documents ↔ plain values, as JSON holds them."""

from dataclasses import asdict
from typing import Any

from index.documents.document import Block, BlockKind, Document, Section, Span
from index.documents.source import Source


def to_record(document: Document) -> dict[str, Any]:
    """Every field of a document, named as in its class."""
    return asdict(document)


def from_record(record: dict[str, Any]) -> Document:
    """Read what `to_record` gave."""
    return Document(
        id=record["id"],
        text=record["text"],
        source=_source(record["source"]),
        blocks=tuple(
            Block(BlockKind(b["kind"]), Span(**b["span"]), Span(**b["lead"]) if b["lead"] else None)
            for b in record["blocks"]
        ),
        sections=tuple(
            Section(Span(**s["heading"]), Span(**s["span"]), s["level"]) for s in record["sections"]
        ),
        pages=tuple(Span(**p) for p in record["pages"]),
        doubts=tuple(record.get("doubts", ())),  # versions of before have none
    )


def _source(record: dict[str, Any]) -> Source:
    return Source(**{**record, "restates": tuple(_source(r) for r in record["restates"])})
