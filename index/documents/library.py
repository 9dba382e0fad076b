"""Which documents exist, which files could not be read, and the same one twice."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.documents.document import Document
from index.documents.loaders import load
from index.errors import UnreadableDocument, UsageError

_LEFTOVERS = (".tmp", ".swp", ".bak", "~")
_NOT_DOCUMENTS = {"readme.md", "golden.jsonl"}


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that is not among the documents, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Library:
    """All documents, in the order of their ids, and every file that is not one of them."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def check_folders(corpora: Sequence[Path]) -> None:
    """Make sure that every corpus is a folder.

    Raises:
        UsageError: one is not; it is named.
    """
    for root in corpora:
        if not root.is_dir():
            raise UsageError(f"there is no folder {root}: name a folder of documents")


def scan(corpora: Sequence[Path]) -> list[tuple[str, Path]]:
    """The files of the corpora as (id, path), in the order of their ids.

    Hidden files, editors' leftovers and README.md are passed over. The same id may come twice,
    from two corpora.

    Raises:
        UsageError: a corpus is no folder that can be read.
    """
    check_folders(corpora)
    found = []
    for root in corpora:
        for folder, folders, files in os.walk(root, onerror=_raise):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in files:
                if _may_be_document(name):
                    path = Path(folder, name)
                    found.append((path.relative_to(root).as_posix(), path))
    return sorted(found)


def read_library(
    corpora: Sequence[Path], max_bytes: int, on_document: Callable[[str], None]
) -> Library:
    """Read every file; what cannot be read is a problem, never an error.

    ``on_document`` is told each id when it is done.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    seen_ids: dict[str, Path] = {}
    seen_texts: dict[str, str] = {}
    roots = [root.resolve() for root in corpora]
    for document_id, path in scan(corpora):
        try:
            if document_id in seen_ids:
                raise UnreadableDocument(f"another corpus has it too: {seen_ids[document_id]}")
            if not any(path.resolve().is_relative_to(root) for root in roots):
                raise UnreadableDocument("it is a link that leads out of the corpus")
            document = load(path, document_id, max_bytes)
            if document.sha256 in seen_texts:
                raise UnreadableDocument(f"it has the same text as {seen_texts[document.sha256]}")
        except UnreadableDocument as error:
            problems.append(Problem(document_id, str(error)))
        else:
            seen_ids[document_id] = path
            seen_texts[document.sha256] = document_id
            documents.append(document)
        on_document(document_id)
    return Library(tuple(documents), tuple(problems))


def _may_be_document(name: str) -> bool:
    lower = name.lower()
    return not (name.startswith(".") or lower in _NOT_DOCUMENTS or lower.endswith(_LEFTOVERS))


def _raise(error: OSError) -> None:
    raise UsageError(f"{error.filename} cannot be read: {error.strerror}") from error
