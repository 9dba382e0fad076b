"""Document → all that a version stores of it, but for its vectors: worked out once a content."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index import derived, stored
from index.derived import Derived
from index.documents.document import Document
from index.passages import Passage, passages
from index.pay.figures import find_figures
from index.pay.model import PayFigure
from index.words import Occurrences, occurrences


@dataclass(frozen=True)
class Prepared:
    """What one document gives to a version."""

    rows: npt.NDArray[np.int32]
    """Its passages: `index.stored.passage_rows`."""
    words: Occurrences
    figures: tuple[PayFigure, ...]
    """Without the flags that come from comparing them with others."""
    texts: bytes
    """The hash of `encoded_texts`."""

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.rows)


def prepare(document: Document, record: bytes, store: Derived) -> Prepared:
    """Work out what a document gives, or find it in the store; ``record`` is all its content."""
    key = derived.key("prepared", derived.code_version(), record)
    known = store.get(key)
    if known is not None:
        return _unpacked(known, document)
    cut = passages(document)
    prepared = Prepared(
        rows=stored.passage_rows(cut),
        words=occurrences([_words_text(document, passage) for passage in cut]),
        figures=tuple(find_figures(document, cut)),
        texts=derived.key(*encoded_texts(document, cut)),
    )
    store.put(key, _packed(prepared))
    return prepared


def encoded_texts(document: Document, cut: Sequence[Passage]) -> list[str]:
    """What the encoder is given for a document: every passage, then every passage's window."""
    return [
        *(_lead(document, passage) + document.cut(passage.span) for passage in cut),
        *(_window_text(document, passage) for passage in cut),
    ]


def _window_text(document: Document, passage: Passage) -> str:
    heading = f"{document.cut(passage.heading)}. " if passage.heading else ""
    return f"{document.source.title}. {heading}{document.cut(passage.window)}"


def _words_text(document: Document, passage: Passage) -> str:
    heading = f"{document.cut(passage.heading)} " if passage.heading else ""
    return heading + _lead(document, passage) + document.cut(passage.span)


def _lead(document: Document, passage: Passage) -> str:
    return f"{document.cut(passage.lead)} " if passage.lead else ""


def _packed(prepared: Prepared) -> bytes:
    """One line of JSON, then the numbers as they are."""
    head = {
        "passages": len(prepared),
        "terms": prepared.words.terms,
        "figures": [stored.figure_record(figure) for figure in prepared.figures],
        "texts": prepared.texts.hex(),
    }
    numbers = prepared.rows.tobytes() + prepared.words.counts.tobytes()
    return json.dumps(head).encode() + b"\n" + numbers


def _unpacked(packed: bytes, document: Document) -> Prepared:
    line, numbers = packed.split(b"\n", 1)
    head = json.loads(line)
    values = np.frombuffer(numbers, dtype=np.int32)
    end = 9 * head["passages"]
    return Prepared(
        rows=values[:end].reshape(-1, 9),
        words=Occurrences(tuple(head["terms"]), values[end:].reshape(-1, 3), head["passages"]),
        figures=tuple(stored.figure_from(record, document) for record in head["figures"]),
        texts=bytes.fromhex(head["texts"]),
    )
