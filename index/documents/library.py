"""Which documents exist, which files could not be read, and the same one twice."""

import os
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from index.disk import check_is_path
from index.documents import origin
from index.documents.document import Document
from index.documents.duplicates import find_duplicates
from index.documents.reader import Limits, ReadFiles, read_files
from index.errors import UsageError

GOLDEN = "golden.jsonl"
"""The golden questions of a corpus, in its own folder."""
_LEFTOVERS = (".tmp", ".swp", ".bak", "~", "#")
_LOCK = "~$"
"""How a file begins that Word keeps beside an open one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that is not among the documents, and why."""

    path: str
    reason: str
    intended: bool = False
    """It was never meant to be read, so nobody has to do anything about it."""


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
        check_is_path(root, "documents")
        if not root.is_dir():
            raise UsageError(f"there is no folder {root}: name a folder of documents")


def scan(corpora: Sequence[Path]) -> list[tuple[str, Path]]:
    """The files of the corpora that a build reads, as (id, path), in the order of their ids.

    Those that it passes over by intent (`may_be_document`) are left out. A folder that is not
    entered, a link or one without permission, is listed itself, so that it can be reported. The
    same id may come twice, from two corpora.

    Raises:
        UsageError: a corpus is no folder that can be read.
    """
    return [(name, path) for name, path in _everything(corpora) if may_be_document(name)]


def may_be_document(document_id: str) -> bool:
    """Whether a build looks at a file or folder of this id, its path from the corpus.

    It knows hidden files, golden questions and records of origin, and says of a README in the
    corpus's own folder and of what editors leave behind that they are passed over.
    """
    return not (_is_known(document_id) or _passed_over(document_id))


def _is_known(document_id: str) -> bool:
    """Whether a file is none of the owner's documents, so that nothing need be said of it."""
    return (
        any(part.startswith(".") for part in document_id.split("/"))
        or document_id == GOLDEN
        or document_id.endswith(origin.SUFFIX)
    )


def _passed_over(document_id: str) -> str | None:
    """Why a file is not read although nothing is wrong with it; None where it is read."""
    path = PurePosixPath(document_id.lower())
    if path.name == document_id.lower() and path.stem == "readme":
        return "it is taken for a note about this folder: rename it if it is a document"
    if path.name.startswith(_LOCK) or path.name.endswith(_LEFTOVERS):
        return "it is taken for what an editor leaves behind: rename it if it is a document"
    return None


def _left_alone(path: Path) -> str | None:
    """Why a record of origin is not read either, where the document that it belongs to is gone."""
    if not path.name.endswith(origin.SUFFIX) or origin.document_beside(path).exists():
        return None
    return "it says where a document came from that is not here: delete it"


def _everything(corpora: Sequence[Path]) -> list[tuple[str, Path]]:
    """All files, and all folders that are not entered, without those that begin with a dot."""
    check_folders(corpora)
    found: list[tuple[str, Path]] = []
    for root in corpora:
        paths: list[Path] = []
        closed: list[OSError] = []
        for folder, folders, files in os.walk(root, onerror=closed.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            linked = [name for name in folders if Path(folder, name).is_symlink()]
            names = [name for name in files if not name.startswith(".")]
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
    """Read every file; what is not read, for whatever reason, is a problem, never an error.

    ``on_document`` is told the id of each file that was opened.
    """
    roots = [root.resolve() for root in corpora]
    everything = _everything(corpora)
    files = [file for file in everything if may_be_document(file[0])]
    refused = {file: reason for file in files if (reason := _refusal(*file, roots))}
    opened = [file for file in files if file not in refused]
    results = dict(zip(opened, read(opened, limits, on_document), strict=True))
    found: dict[str, Document] = {}
    paths: dict[str, Path] = {}
    problems = [
        Problem(_printable(name), reason, intended=True)
        for name, path in everything
        if (reason := _passed_over(name) or _left_alone(path))
    ]
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
    if path.suffix.lower() == ".jsonl":
        return (
            f"JSON lines are no document: save them as a table, .csv; golden questions are in "
            f"{GOLDEN} in the corpus's own folder, other questions outside of it"
        )
    return None


def _printable(document_id: str) -> str:
    """A name as it can be shown; control characters and bytes that are not UTF-8 are marked."""
    return "".join("�" if unicodedata.category(c) in {"Cc", "Cs"} else c for c in document_id)
