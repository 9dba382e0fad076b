"""Which documents exist, which files could not be read, and the same one twice."""

import os
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.documents import origin
from index.documents.document import Document
from index.documents.duplicates import find_duplicates
from index.documents.reader import Limits, ReadFiles, read_files
from index.errors import UsageError

_LEFTOVERS = (".tmp", ".swp", ".bak", "~", "#")
_LOCKS = (".", "~$", "#")
"""How hidden files, and those that Word and Emacs keep beside an open file, begin."""
_NOT_DOCUMENTS = ("golden.jsonl", origin.SUFFIX)
"""Golden questions, and where documents come from, lie beside documents."""


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

    Hidden files, editors' leftovers, README.md, golden.jsonl and records of origin are passed over.
    A folder that is not entered, a link or one without permission, is listed itself, so that it
    can be reported. The same id may come twice, from two corpora.

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
            names = [name for name in files if may_be_document(name)]
            paths += [Path(folder, name) for name in (*names, *linked)]
        paths += [Path(error.filename) for error in closed]
        if root in paths:
            raise UsageError(f"{root} cannot be read: check its permissions")
        found += [(path.relative_to(root).as_posix(), path) for path in paths]
    return sorted(found)


def read_library(
    corpora: Sequence[Path],
    limits: Limits,
    on_document: Callable[[str], None],
    read: ReadFiles = read_files,
) -> Library:
    """Read every file; what cannot be read is a problem, never an error.

    ``on_document`` is told the id of each file that was opened.
    """
    roots = [root.resolve() for root in corpora]
    files = scan(corpora)
    refused = {file: reason for file in files if (reason := _refusal(*file, roots))}
    opened = [file for file in files if file not in refused]
    results = dict(zip(opened, read(opened, limits, on_document), strict=True))
    found: dict[str, Document] = {}
    paths: dict[str, Path] = {}
    problems: list[Problem] = []
    for document_id, path in files:
        result = refused.get((document_id, path)) or results[document_id, path]
        if isinstance(result, str):
            problems.append(Problem(_printable(document_id), result))
        elif document_id in found:
            reason = f"another corpus has it too: {paths[document_id]}"
            problems.append(Problem(document_id, reason))
        else:
            found[document_id] = origin.with_url(result, path)
            paths[document_id] = path
    duplicates = find_duplicates(list(found.values()))
    problems += [Problem(document_id, reason) for document_id, reason in duplicates.items()]
    return Library(
        documents=tuple(d for d in found.values() if d.id not in duplicates),
        problems=tuple(sorted(problems, key=lambda problem: problem.path)),
    )


def _refusal(document_id: str, path: Path, roots: Sequence[Path]) -> str | None:
    """Why a file is not even opened."""
    if _printable(document_id) != document_id:
        return "its name cannot be printed: rename it"
    if not any(Path(os.path.realpath(path)).is_relative_to(root) for root in roots):
        return "it is a link that leads out of the corpus"
    if path.is_dir():
        return (
            f"the folder {'is a link: copy it here' if path.is_symlink() else 'cannot be opened'}"
        )
    return None


def may_be_document(name: str) -> bool:
    """Whether a file or folder of this name is looked at; what stands above tells the others."""
    lower = name.lower()
    left_over = lower.startswith(_LOCKS) or lower.endswith(_LEFTOVERS)
    return not (left_over or lower == "readme.md" or lower.endswith(_NOT_DOCUMENTS))


def _printable(document_id: str) -> str:
    """A name as it can be shown; control characters and bytes that are not UTF-8 are marked."""
    return "".join("�" if unicodedata.category(c) in {"Cc", "Cs"} else c for c in document_id)
