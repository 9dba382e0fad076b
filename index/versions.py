"""Versions of the index: folders that never change, and one pointer that does.

    <index>/current               one line: the name of the version that answers
    <index>/versions/<name>/      manifest.json, and the files whose hashes it lists
    <index>/versions/.<name>.held     there while the version was never switched in; says why
    <index>/versions/.<name>.golden   its answers to the golden questions: index/gate.py
    <index>/models/, embeddings.sqlite3, build.lock

A version is written under a temporary name and renamed when it is whole; then ``current`` is
replaced. A crash at any instruction leaves the previous version serving. A name ends in the hash
of its manifest and the manifest holds the hash of every file, so nothing is read that is not
what was written.
"""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from index import in_use
from index.disk import ASIDE, check_is_path, flush, flush_tree, replace_file
from index.errors import (
    BuildInProgress,
    IndexDamaged,
    IndexMissing,
    IndexTooOld,
    UsageError,
)
from index.models.installed import sha256_of

FORMAT = 6
"""Raise it when a version's files change shape: older ones are then built anew."""

MANIFEST = "manifest.json"
_TEMPORARY = ".building-"
_DELETING = ".deleting-"
_HELD = "held"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version holds and what it was made from."""

    format: int
    built_at: str
    """ISO 8601, UTC."""
    inputs: str
    """Hash of everything the content depends on: documents, models, code."""
    encoder: str
    """Folder under ``models``."""
    cross_encoder: str
    documents: dict[str, str]
    """Document id → sha256 of its canonical text."""
    passages: int
    level: float
    """How high scores run in this library: `index.calibration`."""
    problems: tuple[tuple[str, str], ...]
    """Path and reason of each file that could not be read."""
    files: dict[str, str]
    """File of the version → sha256."""
    examples: tuple[str, ...] = ()
    """A few of the golden questions that the library answers."""
    doubts: tuple[tuple[str, str], ...] = ()
    """Document id and what of it may have been read wrongly."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version on disk whose manifest is what its name says."""

    name: str
    folder: Path
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """Ids of the documents in which a version differs from another, sorted."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    removed: tuple[str, ...]


@contextlib.contextmanager
def build_lock(index: Path, on_wait: Callable[[], None], timeout: float) -> Iterator[None]:
    """Hold the right to build; ``on_wait`` is told when another process has it.

    The lock is the operating system's: it goes when its holder dies.

    Raises:
        BuildInProgress: the other build takes longer than ``timeout`` seconds.
        UsageError: it is no folder, or one that cannot be written to.
    """
    check_is_path(index, "the index")
    lock = FileLock(index / "build.lock")
    try:
        index.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            on_wait()
            lock.acquire(timeout=timeout)
    except Timeout:
        raise BuildInProgress(
            f"another build of {index} is still running; try again when it is done"
        ) from None
    except OSError as error:
        raise UsageError(f"{index} cannot be written to: {error.strerror}") from error
    try:
        _clear_leftovers(index)
        yield
    finally:
        lock.release()


def write_version(
    index: Path,
    manifest_of: Callable[[Path, dict[str, str]], Manifest],
    write: Callable[[Path], None],
) -> Version:
    """Write a version aside and give it its name; until it is switched in, it is held back.

    ``write`` fills the folder; ``manifest_of`` is given the folder and its files' hashes.
    """
    versions = index / "versions"
    folder = versions / f"{_TEMPORARY}{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        write(folder)
        files = {
            path.relative_to(folder).as_posix(): sha256_of(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        content = json.dumps(asdict(manifest_of(folder, files)), ensure_ascii=False, indent=1)
        (folder / MANIFEST).write_text(content, "utf-8")
        flush_tree(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S.%f")[:-3]
    name = f"{stamp}-{_name_hash(content)}"
    hold_back(index, name, "")  # first, so that a crash leaves no version that looks accepted
    folder.rename(versions / name)
    flush(versions)
    return read_version(index, name)


def switch_to(index: Path, name: str) -> None:
    """Make ``name`` the version that answers, in one atomic step."""
    replace_file(index / "current", f"{name}\n")
    beside(index, name, _HELD).unlink(missing_ok=True)


def hold_back(index: Path, name: str, reason: str) -> None:
    """Note why a version is not switched in; `switch_to` ends it."""
    replace_file(beside(index, name, _HELD), reason)


def held_back(index: Path) -> dict[str, str]:
    """The versions that were never switched in, and why; empty: their build was interrupted."""
    found = {}
    for name in names(index):
        with contextlib.suppress(FileNotFoundError):
            found[name] = beside(index, name, _HELD).read_text("utf-8")
    with contextlib.suppress(IndexMissing, IndexDamaged):
        found.pop(current_name(index), None)  # its note may outlive the switch for a moment
    return found


def beside(index: Path, name: str, what: str) -> Path:
    """The file where something about a version is noted; it is deleted with the version."""
    return index / "versions" / f".{name}.{what}"


def current_name(index: Path) -> str:
    """The name of the version that answers.

    Raises:
        IndexMissing: there is none.
        UsageError: ``index`` is no folder.
    """
    check_is_path(index, "the index")
    try:
        name = (index / "current").read_text("utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(
            f"there is no index in {index}: build one with careerbot index build"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"{index / 'current'} cannot be read: build again") from error
    if not name or "/" in name:
        raise IndexDamaged(f"{index / 'current'} names no version: build again")
    return name


def names(index: Path) -> list[str]:
    """All whole versions, oldest first."""
    folder = index / "versions"
    if not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))


def read_version(index: Path, name: str) -> Version:
    """Read and check a version's manifest.

    Raises:
        IndexMissing: there is no such version.
        IndexDamaged: the manifest is not the one that the name stands for.
        IndexTooOld: the version has another format.
    """
    folder = index / "versions" / name
    try:
        content = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        raise IndexMissing(f"there is no version {name} in {index}") from None
    except OSError as error:
        raise IndexDamaged(f"version {name} cannot be read: build again") from error
    if not name.endswith(_name_hash(content.decode(errors="replace"))):
        raise IndexDamaged(f"version {name} is damaged (manifest.json was changed): build again")
    record = json.loads(content)
    if record["format"] != FORMAT:
        raise IndexTooOld(
            f"version {name} was written by another version of careerbot: "
            "build again with careerbot index build"
        )
    told = {
        kind: tuple((path, reason) for path, reason in record[kind])
        for kind in ("problems", "doubts")
    }
    told["examples"] = tuple(record["examples"])
    return Version(name, folder, Manifest(**{**record, **told}))


def check_files(version: Version) -> None:
    """Compare every file of a version with its manifest.

    Raises:
        IndexDamaged: a file is missing, changed, or not listed.
    """
    found = {
        path.relative_to(version.folder).as_posix(): path
        for path in version.folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    for name in sorted(found.keys() | version.manifest.files.keys()):
        path = found.get(name)
        if path is None or sha256_of(path) != version.manifest.files.get(name):
            what = "is missing" if path is None else "was changed"
            raise IndexDamaged(
                f"version {version.name} is damaged ({name} {what}): "
                "careerbot index rollback, or careerbot index build"
            )


def hold(index: Path, name: str) -> BinaryIO:
    """Keep a version from being deleted until what is returned is closed.

    Raises:
        IndexMissing: there is no such version.
        IndexDamaged: its manifest cannot be opened.
    """
    try:
        return in_use.share(index / "versions" / name / MANIFEST)
    except FileNotFoundError:
        raise IndexMissing(f"there is no version {name} in {index}") from None
    except OSError as error:
        raise IndexDamaged(f"version {name} cannot be read: build again") from error


def delete_old(index: Path, keep: int) -> None:
    """Delete the oldest versions beyond ``keep``, and what interrupted builds have left.

    Those held back are counted apart, so that they push no version out that has answered. The
    current one always stays, and so does each that is in use, until a later build.
    """
    current = current_name(index)
    held = held_back(index)
    answered = [name for name in names(index) if name not in held]
    judged = [name for name, reason in held.items() if reason]
    interrupted = [name for name, reason in held.items() if not reason]
    for name in sorted({*answered[:-keep], *judged[:-keep], *interrupted} - {current}):
        _delete(index / "versions" / name)


def document_changes(before: Mapping[str, str], after: Mapping[str, str]) -> DocumentChanges:
    """Compare the documents of two manifests."""
    return DocumentChanges(
        added=tuple(sorted(after.keys() - before.keys())),
        replaced=tuple(sorted(i for i in after.keys() & before.keys() if after[i] != before[i])),
        removed=tuple(sorted(before.keys() - after.keys())),
    )


def _delete(folder: Path) -> None:
    """Delete a version that nobody uses; it is moved aside first, so that no half is listed."""
    aside = folder.with_name(_DELETING + folder.name)
    with in_use.claimed(folder / MANIFEST) as free:
        if free:
            with contextlib.suppress(PermissionError):  # Windows: somebody has opened it just now
                folder.rename(aside)
    if aside.exists():
        shutil.rmtree(aside)
        _clear_notes(folder.parent, folder.name)


def _clear_leftovers(index: Path) -> None:
    """Delete what a build that was killed has left; only the lock's holder may."""
    versions = index / "versions"
    for leftovers in (
        versions.glob(f"{_TEMPORARY}*"),
        versions.glob(f"{_DELETING}*"),
        (index / "models").glob(".exporting-*"),
        (index / "cache").glob(f"{_TEMPORARY}*"),
    ):
        for folder in leftovers:
            shutil.rmtree(folder)
    for file in (*index.glob(f"*{ASIDE}"), *versions.glob(f"*{ASIDE}")):
        file.unlink()
    with contextlib.suppress(IndexMissing, IndexDamaged):
        # A crash came between the pointer and the note: this one has been switched in.
        beside(index, current_name(index), _HELD).unlink(missing_ok=True)
    for note in versions.glob(".*.*"):
        name = note.name[1:].rpartition(".")[0]
        if not (versions / name).exists():
            note.unlink()


def _clear_notes(versions: Path, name: str) -> None:
    for note in versions.glob(f".{name}.*"):
        note.unlink()


def _name_hash(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:12]
