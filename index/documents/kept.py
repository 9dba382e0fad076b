"""Documents as they were read before, by the file's content: an unchanged file is not read again."""

import hashlib
import json
from pathlib import Path

from index import derived
from index.derived import Derived
from index.documents.document import Document
from index.documents.records import from_record, to_record


class KeptDocuments:
    """The documents of a store, and of the library that is being read, as records."""

    def __init__(self, store: Derived, max_bytes: int) -> None:
        """A file of more than ``max_bytes`` is never kept."""
        self._store = store
        self._max_bytes = max_bytes
        self._records: dict[str, bytes] = {}

    def get(self, document_id: str, path: Path) -> Document | None:
        """The document that this very content gave under this id before, if any."""
        key = self._key(document_id, path)
        record = self._store.get(key) if key else None
        if record is None:
            return None
        self._records[document_id] = record
        return from_record(json.loads(record))

    def read(self, document_id: str, path: Path) -> bytes | None:
        """What to hand to `put` once the file is read: its content may change meanwhile."""
        return self._key(document_id, path)

    def record(self, document: Document) -> bytes:
        """A document as one line of JSON: the same document always gives the same bytes."""
        record = self._records.get(document.id)
        if record is None:
            record = json.dumps(to_record(document), ensure_ascii=False).encode()
            self._records[document.id] = record
        return record

