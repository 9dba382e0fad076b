"""Documents and passages ↔ the files of a version."""

import json
import mmap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.documents.document import Document, Quote, Span
from index.documents.records import from_record
from index.errors import IndexDamaged
from index.passages import Passage
from index.pay.model import Flagged, PayFigure

DOCUMENTS, LINES = "documents.jsonl", "documents.npy"
"""One document a line; and where each line ends."""
PASSAGES = "passages.npy"
FIGURES = "figures.json"
WAGES = "wages"
"""The folder of the official wages: `index.pay.official`."""
TITLES = "titles.npy"
"""In it, the vectors of the occupations' names."""


_KEPT = 1024
"""Documents held in memory."""


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
        return passage_from(self.rows[number, 1:].tolist())


def passage_rows(passages: Sequence[Passage]) -> npt.NDArray[np.int32]:
    """The passages of one document as rows of a table, but for the document's number."""
    rows = [
        [*_pair(p.span), *_pair(p.window), *_pair(p.heading), *_pair(p.lead), p.quotable]
        for p in passages
    ]
    return np.array(rows, dtype=np.int32).reshape(len(rows), 9)


def passage_from(row: Sequence[int]) -> Passage:
    """The passage that a row of `passage_rows` stands for."""
    return Passage(
        span=Span(row[0], row[1]),
        window=Span(row[2], row[3]),
        heading=Span(row[4], row[5]) if row[4] >= 0 else None,
        lead=Span(row[6], row[7]) if row[6] >= 0 else None,
        quotable=bool(row[8]),
    )


def passage_table(rows: Sequence[npt.NDArray[np.int32]]) -> PassageTable:
    """Number the passages of all documents, given document by document."""
    numbers = np.repeat(np.arange(len(rows), dtype=np.int32), [len(its) for its in rows])
    return PassageTable(np.column_stack([numbers, np.concatenate(rows)]))


def write_documents(records: Iterable[bytes], folder: Path) -> None:
    """Write all documents, texts and metadata, one line each in their order."""
    ends = [0]
    with (folder / DOCUMENTS).open("wb") as file:
        for record in records:
            ends.append(ends[-1] + file.write(record + b"\n"))
    np.save(folder / LINES, np.array(ends, dtype=np.int64), allow_pickle=False)


class Documents(Mapping[str, Document]):
    """The documents of a version by id, each read when it is asked for; the last ones are kept."""

    def __init__(self, folder: Path, ids: Iterable[str]) -> None:
        """Open what `write_documents` wrote; ``ids`` in the same order.

        Raises:
            IndexDamaged: there are more or fewer.
        """
        self._numbers = {document_id: number for number, document_id in enumerate(ids)}
        self._ends = np.load(folder / LINES, allow_pickle=False)
        if len(self._ends) != len(self._numbers) + 1:
            raise IndexDamaged(f"{folder / DOCUMENTS} is damaged (counts differ): build again")
        with (folder / DOCUMENTS).open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.at = lru_cache(_KEPT)(self._at)
        """The document of a number."""

    def __getitem__(self, document_id: str) -> Document:
        return self.at(self._numbers[document_id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._numbers

    def _at(self, number: int) -> Document:
        return from_record(json.loads(self._lines[self._ends[number] : self._ends[number + 1]]))


def write_passages(table: PassageTable, folder: Path) -> None:
    """Write the passages' numbers."""
    np.save(folder / PASSAGES, table.rows, allow_pickle=False)


def read_passages(folder: Path) -> PassageTable:
    """Read what `write_passages` wrote."""
    rows = np.load(folder / PASSAGES, mmap_mode="r", allow_pickle=False)
    return PassageTable(np.asarray(rows))


def write_figures(figures: Sequence[PayFigure], folder: Path) -> None:
    """Write the pay figures; their quotes as document id and offsets."""
    records = [figure_record(figure) for figure in figures]
    (folder / FIGURES).write_text(json.dumps(records, ensure_ascii=False, indent=0), "utf-8")


def read_figures(folder: Path, documents: Mapping[str, Document]) -> tuple[PayFigure, ...]:
    """Read what `write_figures` wrote."""
    records = json.loads((folder / FIGURES).read_text("utf-8"))
    return tuple(figure_from(record, documents[record["document"]]) for record in records)


def figure_record(figure: PayFigure) -> dict[str, Any]:
    """A pay figure as JSON holds it; its quote as document id and offsets."""
    quote = figure.quote
    return {name: getattr(figure, name) for name in _FIGURE_FIELDS} | {
        "document": quote.document.id,
        "span": _pair(quote.span),
        "lead": _pair(quote.lead),
        "flags": [[flagged.flag, flagged.reason] for flagged in figure.flags],
    }


def figure_from(record: dict[str, Any], document: Document) -> PayFigure:
    """Read what `figure_record` gave."""
    lead = Span(*record["lead"]) if record["lead"][0] >= 0 else None
    return PayFigure(
        **{name: record[name] for name in _FIGURE_FIELDS},
        quote=Quote(document, Span(*record["span"]), lead),
        flags=tuple(Flagged(flag, reason) for flag, reason in record["flags"]),
    )


_FIGURE_FIELDS = (
    "role", "level", "company", "location", "amount_min", "amount_max", "currency", "period",
    "kind", "as_of",
)  # fmt: skip


def _pair(span: Span | None) -> tuple[int, int]:
    return (span.start, span.end) if span else (-1, -1)
