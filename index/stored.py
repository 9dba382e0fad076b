"""Documents and passages ↔ the files of a version."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.documents.document import Document, Quote, Span
from index.documents.records import from_record, to_record
from index.passages import Passage
from index.pay.model import Flagged, PayFigure

DOCUMENTS = "documents.json"
PASSAGES = "passages.npy"
FIGURES = "figures.json"
WAGES = "wages"
"""The folder of the official wages: `index.pay.official`."""
TITLES = "titles.npy"
"""In it, the vectors of the occupations' names."""


@dataclass(frozen=True)
class PassageTable:
    """The passages of all documents: a list that costs 40 bytes a passage.

    ``rows``: int32, shape (passages, 10): the document's number, then start and end of the
    passage, its window, its heading and its lead (-1, -1 where there is none), then 1 if it is
    quotable.
    """

    rows: npt.NDArray[np.int32]

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.rows)

    def document(self, number: int) -> int:
        """The number of the document that the passage is cut from."""
        return int(self.rows[number, 0])

    def __getitem__(self, number: int) -> Passage:
        """The passage of that number."""
        row = [int(n) for n in self.rows[number]]
        return Passage(
            span=Span(row[1], row[2]),
            window=Span(row[3], row[4]),
            heading=Span(row[5], row[6]) if row[5] >= 0 else None,
            lead=Span(row[7], row[8]) if row[7] >= 0 else None,
            quotable=bool(row[9]),
        )


def passage_table(passages: Sequence[Sequence[Passage]]) -> PassageTable:
    """Number the passages of all documents, given document by document."""
    rows = [
        [number, *_pair(p.span), *_pair(p.window), *_pair(p.heading), *_pair(p.lead), p.quotable]
        for number, cut in enumerate(passages)
        for p in cut
    ]
    return PassageTable(np.array(rows, dtype=np.int32).reshape(len(rows), 10))


def write_documents(documents: Sequence[Document], folder: Path) -> None:
    """Write all documents, texts and metadata, in their order."""
    records = [to_record(document) for document in documents]
    (folder / DOCUMENTS).write_text(json.dumps(records, ensure_ascii=False, indent=0), "utf-8")


def read_documents(folder: Path) -> list[Document]:
    """Read what `write_documents` wrote."""
    return [from_record(record) for record in json.loads((folder / DOCUMENTS).read_text("utf-8"))]


def write_passages(table: PassageTable, folder: Path) -> None:
    """Write the passages' numbers."""
    np.save(folder / PASSAGES, table.rows, allow_pickle=False)


def read_passages(folder: Path) -> PassageTable:
    """Read what `write_passages` wrote."""
    return PassageTable(np.load(folder / PASSAGES, allow_pickle=False))


def write_figures(figures: Sequence[PayFigure], folder: Path) -> None:
    """Write the pay figures; their quotes as document id and offsets."""
    records = []
    for figure in figures:
        quote = figure.quote
        fields = {name: getattr(figure, name) for name in _FIGURE_FIELDS}
        records.append(
            fields
            | {
                "document": quote.document.id,
                "span": _pair(quote.span),
                "lead": _pair(quote.lead),
                "flags": [[flagged.flag, flagged.reason] for flagged in figure.flags],
            }
        )
    (folder / FIGURES).write_text(json.dumps(records, ensure_ascii=False, indent=0), "utf-8")


def read_figures(folder: Path, documents: Mapping[str, Document]) -> tuple[PayFigure, ...]:
    """Read what `write_figures` wrote."""
    return tuple(
        PayFigure(
            **{name: record[name] for name in _FIGURE_FIELDS},
            quote=Quote(
                documents[record["document"]],
                Span(*record["span"]),
                Span(*record["lead"]) if record["lead"][0] >= 0 else None,
            ),
            flags=tuple(Flagged(flag, reason) for flag, reason in record["flags"]),
        )
        for record in json.loads((folder / FIGURES).read_text("utf-8"))
    )


_FIGURE_FIELDS = (
    "role", "level", "company", "location", "amount_min", "amount_max", "currency", "period",
    "kind", "as_of",
)  # fmt: skip


def _pair(span: Span | None) -> tuple[int, int]:
    return (span.start, span.end) if span else (-1, -1)
