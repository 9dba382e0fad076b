"""Which documents exist, which files could not be read, and the same one twice."""

import os
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.documents.document import Document
from index.documents.loaders import load
from index.errors import UnreadableDocument, UsageError

_LEFTOVERS = (".tmp", ".swp", ".bak", "~", "#")
_LOCKS = (".", "~$", "#")
"""How hidden files, and those that Word and Emacs keep beside an open file, begin."""
_NOT_DOCUMENTS = (".jsonl",)
"""Questions with their answers lie beside documents."""


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

    Hidden files, editors' leftovers, README.md and JSON lines are passed over. A folder that is
    not entered, a link or one without permission, is listed itself, so that it can be reported.
    The same id may come twice, from two corpora.

    Raises:
        UsageError: a corpus is no folder that can be read.
    """
    check_folders(corpora)
    found: list[tuple[str, Path]] = []
    for root in corpora:
        paths: list[Path] = []
        closed: list[OSError] = []
        for folder, folders, files in os.walk(root, onerror=closed.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            linked = [name for name in folders if Path(folder, name).is_symlink()]
            names = [name for name in files if _may_be_document(name)]
            paths += [Path(folder, name) for name in (*names, *linked)]
        paths += [Path(error.filename) for error in closed]
        if root in paths:
            raise UsageError(f"{root} cannot be read: check its permissions")
        found += [(path.relative_to(root).as_posix(), path) for path in paths]
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
            _check_name(document_id)
            if document_id in seen_ids:
                raise UnreadableDocument(f"another corpus has it too: {seen_ids[document_id]}")
            if not any(Path(os.path.realpath(path)).is_relative_to(root) for root in roots):
                raise UnreadableDocument("it is a link that leads out of the corpus")
            if path.is_dir():
                reason = "is a link: copy it here" if path.is_symlink() else "cannot be opened"
                raise UnreadableDocument(f"the folder {reason}")
            document = load(path, document_id, max_bytes)
            if document.sha256 in seen_texts:
                raise UnreadableDocument(f"it has the same text as {seen_texts[document.sha256]}")
        except UnreadableDocument as error:
            problems.append(Problem(_printable(document_id), str(error)))
        else:
            seen_ids[document_id] = path
            seen_texts[document.sha256] = document_id
            documents.append(document)
        on_document(document_id)
    return Library(tuple(documents), tuple(problems))


def _may_be_document(name: str) -> bool:
    lower = name.lower()
    left_over = lower.startswith(_LOCKS) or lower.endswith(_LEFTOVERS)
    return not (left_over or lower == "readme.md" or lower.endswith(_NOT_DOCUMENTS))


def _check_name(document_id: str) -> None:
    if _printable(document_id) != document_id:
        raise UnreadableDocument("its name cannot be printed: rename it")


def _printable(document_id: str) -> str:
    """A name as it can be shown; control characters and bytes that are not UTF-8 are marked."""
    return "".join("�" if unicodedata.category(c) in {"Cc", "Cs"} else c for c in document_id)
