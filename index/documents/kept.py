"""Documents as they were read before: a file whose content is known is not read again."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from index import derived
from index.derived import Derived
from index.documents.document import Document
from index.documents.reader import Limits, read_files
from index.documents.records import from_record, to_record


class KeptDocuments:
    """The documents that a store keeps, and those of the library that is being read."""

    def __init__(self, store: Derived) -> None:
        self._store = store
        self._records: dict[int, tuple[Document, bytes]] = {}

    def read_files(
        self,
        files: Sequence[tuple[str, Path]],
        limits: Limits,
        on_file: Callable[[str], None],
    ) -> list[Document | str]:
        """Read files as `index.documents.reader.read_files` does, or not at all where known."""
        keys = [_key(document_id, path, limits) for document_id, path in files]
        found: list[Document | str | None] = []
        for (document_id, _), key in zip(files, keys, strict=True):
            found.append(self._known(key))
            if found[-1]:
                on_file(document_id)
        new = [number for number, known in enumerate(found) if known is None]
        read = read_files([files[number] for number in new], limits, on_file)
        for number, result in zip(new, read, strict=True):
            found[number] = result
            key = keys[number]
            # What was hashed is what was read, unless the file was written to in between.
            if isinstance(result, Document) and key and key == _key(*files[number], limits):
                self._store.put(key, self.record(result))
        return [result for result in found if result is not None]

    def record(self, document: Document) -> bytes:
        """A document as one line of JSON in UTF-8."""
        if id(document) not in self._records:
            record = json.dumps(to_record(document), ensure_ascii=False).encode()
            self._records[id(document)] = (document, record)
        return self._records[id(document)][1]

    def _known(self, key: bytes | None) -> Document | None:
        record = self._store.get(key) if key else None
        if record is None:
            return None
        document = from_record(json.loads(record))
        self._records[id(document)] = (document, record)
        return document


def _key(document_id: str, path: Path, limits: Limits) -> bytes | None:
    """What reading a file depends on; None for one that will not be read to its end."""
    try:
        if path.stat().st_size > limits.file_bytes:
            return None
        content = hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return None
    return derived.key("document", derived.code_version(), document_id, repr(limits), content)
