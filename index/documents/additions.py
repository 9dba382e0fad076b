"""Adds a file or a page to a corpus, and takes one out.

A new file is read once, as a build will read it, before it lies in the corpus. Files are put
together in a hidden folder and renamed, so a build never meets half of one.
"""

import difflib
import hashlib
import re
import shutil
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

from filelock import FileLock

from index.documents import origin
from index.documents.document import Document
from index.documents.fetch import Fetching, fetch, is_url
from index.documents.library import check_folders, scan
from index.documents.origin import Origin
from index.documents.reader import Limits, read_files
from index.errors import UnreadableDocument, UsageError

FOLDER = "added"
"""The collection that additions go to."""
_REMOVED = ".removed"
_ARRIVING = ".arriving-"
_ABANDONED_SECONDS = 3600.0
"""No arrival takes so long: its folder is what a killed process has left."""
_LONGEST_NAME = 56
"""In bytes; with its folder and what a report says before it, it fits a line of 80."""
_WAIT_SECONDS = 60.0


class Outcome(StrEnum):
    """What became of an addition."""

    ADDED = "added"
    REPLACED = "replaced"
    """What came from the same place before is replaced."""
    UNCHANGED = "unchanged"
    """The library has exactly this file already."""


@dataclass(frozen=True, slots=True)
class Added:
    """A file of the corpus that holds what was to be added."""

    document: str
    """Its id."""
    outcome: Outcome
    title: str


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A file that has arrived beside the corpus, and has been read."""

    path: Path
    origin: Origin
    title: str


def add(where: str, corpus: Path, fetching: Fetching, came_from: str | None = None) -> Added:
    """Copy the file, or fetch the page, that ``where`` names into the corpus.

    ``came_from`` is what the record says instead of ``where``, for a file that is only passing
    through there: what came from the same place before is replaced.

    Raises:
        NotFetched: the page cannot be or may not be fetched.
        UnreadableDocument: it holds no text that can be read; nothing of it is kept.
        UsageError: there is no such file or corpus.
    """
    check_folders([corpus])
    _clear_away(corpus)
    with TemporaryDirectory(dir=corpus, prefix=_ARRIVING) as beside:
        arrive = _fetched if is_url(where) else _copied
        arrived = arrive(where, Path(beside), fetching)
        if came_from:
            arrived = replace(arrived, origin=replace(arrived.origin, given=came_from))
        with _alone(corpus):
            return _land(arrived, corpus)


def remove(document_id: str, corpora: Sequence[Path]) -> Path:
    """Take a document out of its corpus and return where it is kept, in a hidden folder.

    Raises:
        UsageError: no corpus has a document of this id.
    """
    for corpus in corpora:
        files = dict(scan([corpus]))
        if document_id in files and files[document_id].is_file():
            with _alone(corpus):
                return _set_aside(files[document_id], corpus)
    ids = [known for known, _ in scan(corpora)]
    close = difflib.get_close_matches(document_id, ids, n=1)
    hint = f"did you mean {close[0]}?" if close else "give its path in the corpus"
    raise UsageError(f"there is no document {document_id}: {hint}")


# --- how it arrives ---


def _clear_away(corpus: Path) -> None:
    """Remove what processes that were killed have left behind."""
    for left in corpus.glob(f"{_ARRIVING}*"):
        with suppress(FileNotFoundError):  # it has arrived meanwhile
            if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _fetched(url: str, beside: Path, fetching: Fetching) -> _Arrival:
    page = fetch(url, fetching)
    parts = urlsplit(page.url)
    last = unquote(parts.path.rstrip("/").rsplit("/", 1)[-1])
    stem = _slug(last.rsplit(".", 1)[0]) or _slug(parts.hostname or "") or "page"
    path = beside / f"{stem}{page.suffix}"
    path.write_bytes(page.data)
    document = _read(url, path, fetching.limits)
    named = path.with_stem(_slug(document.source.title) or stem)
    path.rename(named)
    came = Origin(url, page.url, page.fetched_at, _sha256(named), page.content_type)
    return _Arrival(named, came, document.source.title)


def _copied(where: str, beside: Path, fetching: Fetching) -> _Arrival:
    given = Path(where).expanduser()
    if given.is_dir():
        raise UsageError(f"{where} is a folder: name the files in it, or copy it into the corpus")
    if not given.is_file():
        raise UsageError(f"there is no file {where}: check the path")
    size, most = given.stat().st_size, fetching.limits.file_bytes
    if size > most:
        raise UnreadableDocument(
            f"{where}: it has {size / 1e6:.1f} MB; the limit is {most / 1e6:.1f} MB"
        )
    path = beside / f"{_slug(given.stem) or 'document'}{given.suffix.lower()}"
    shutil.copyfile(given, path)
    document = _read(where, path, fetching.limits)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    came = Origin(str(given.resolve()), None, now, _sha256(path), None)
    return _Arrival(path, came, document.source.title)


def _read(where: str, path: Path, limits: Limits) -> Document:
    (found,) = read_files([(f"{FOLDER}/{path.name}", path)], limits, lambda _: None)
    if isinstance(found, str):
        raise UnreadableDocument(f"{where}: {found}")
    return found


# --- how it lands ---


def _alone(corpus: Path) -> FileLock:
    """Whoever names files in the corpus holds this."""
    return FileLock(corpus / ".additions.lock", timeout=_WAIT_SECONDS)


def _land(arrived: _Arrival, corpus: Path) -> Added:
    folder = corpus / FOLDER
    folder.mkdir(exist_ok=True)
    before = _from_same_place(arrived.origin, folder)
    same = before if before and _sha256(before) == arrived.origin.sha256 else None
    same = same or (None if before else _same_file(arrived, corpus))
    if same:
        return Added(_id(same, corpus), Outcome.UNCHANGED, arrived.title)
    replaces = before is not None and before.suffix == arrived.path.suffix
    target = before if before and replaces else _free(folder / arrived.path.name)
    record = arrived.path.with_name("origin")
    origin.write(arrived.origin, record)
    # The record first: without its document it is nothing, a document without it has no URL.
    record.replace(origin.path_beside(target))
    arrived.path.replace(target)
    if before and not replaces:  # the same place now serves another format
        _set_aside(before, corpus)
    outcome = Outcome.REPLACED if before else Outcome.ADDED
    return Added(_id(target, corpus), outcome, arrived.title)


def _from_same_place(came: Origin, folder: Path) -> Path | None:
    """The document that was added from this place before."""
    places = {came.given, came.url} - {None}
    for record in sorted(folder.glob(f"*{origin.SUFFIX}")):
        document = origin.document_beside(record)
        earlier = origin.read(document)
        if earlier and document.is_file() and {earlier.given, earlier.url} & places:
            return document
    return None


def _same_file(arrived: _Arrival, corpus: Path) -> Path | None:
    size = arrived.path.stat().st_size
    for _, path in scan([corpus]):
        if (
            path.is_file()
            and path.stat().st_size == size
            and _sha256(path) == arrived.origin.sha256
        ):
            return path
    return None


def _set_aside(path: Path, corpus: Path) -> Path:
    """Move a document and its record into the hidden folder, beside what was removed before."""
    target = corpus / _REMOVED / path.relative_to(corpus)
    target.parent.mkdir(parents=True, exist_ok=True)
    target = _free(target)
    record = origin.path_beside(path)
    path.rename(target)
    if record.exists():
        record.rename(origin.path_beside(target))
    return target


def _free(path: Path) -> Path:
    """The path, or the first of ``name-2``, ``name-3``… that no document has."""
    return next(
        free
        for free in _numbered(path)
        if not (free.exists() or free.is_symlink() or origin.path_beside(free).exists())
    )


def _numbered(path: Path) -> Iterator[Path]:
    yield path
    number = 2
    while True:
        yield path.with_stem(f"{path.stem}-{number}")
        number += 1


def _slug(name: str) -> str:
    """A name as a file may have it anywhere: small letters, digits and hyphens."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).lower().replace("_", " "))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer.encode()) > _LONGEST_NAME:
            break
        slug = longer
    return slug


def _id(path: Path, corpus: Path) -> str:
    return path.relative_to(corpus).as_posix()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
