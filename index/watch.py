"""Says when the documents of the corpora have changed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

import watchfiles

from index.documents.library import may_be_document

QUIET_MS = 800
"""So long has nothing changed when a change is told; a copy in progress is still changing."""
_LONGEST_MS = 600_000
"""A corpus that never comes to rest is told nevertheless."""
LOOK_MS = 1_000
"""So often is looked whether the folders themselves are still there."""


def watch(corpora: Sequence[Path], stop: Event) -> Iterator[frozenset[Path]]:
    """Yield the changed paths after each change of documents, once it is quiet again.

    The first is yielded, empty, as soon as changes are noticed: what changed before, nobody told.
    A folder that vanishes or appears is a change as well, also empty. What `scan` passes over is
    ignored. Changes while the caller is busy are told at the next step. Ends when ``stop`` is set.
    """
    known: dict[Path, tuple[int, int]] | None = None
    while not stop.is_set():
        found = _folders(corpora)
        if found:
            yield from _changes(corpora, found, stop)
        elif found != known:
            yield frozenset()
        else:
            stop.wait(LOOK_MS / 1000)
        known = found


def _changes(
    corpora: Sequence[Path], folders: dict[Path, tuple[int, int]], stop: Event
) -> Iterator[frozenset[Path]]:
    """Yield changes until the folders are others than these."""
    told = False
    try:
        for changes in watchfiles.watch(
            *folders,
            watch_filter=lambda _, path: _matters(Path(path), folders),
            debounce=_LONGEST_MS,
            step=QUIET_MS,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
            stop_event=stop,
        ):
            if changes or not told:
                told = True
                yield frozenset(Path(path) for _, path in changes)
            if _folders(corpora) != folders:
                return
    except FileNotFoundError:  # it vanished before it was watched
        return


def _folders(corpora: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """The corpora that are there, and which folder each one is: one may be replaced by another."""
    found = {}
    for root in corpora:
        try:
            state = root.stat()
        except OSError:
            continue
        if root.is_dir():
            found[root.resolve()] = (state.st_dev, state.st_ino)
    return found


def _matters(path: Path, folders: dict[Path, tuple[int, int]]) -> bool:
    """Whether a build would see the change."""
    inside = [path.relative_to(root) for root in folders if path.is_relative_to(root)]
    return any(relative.parts and may_be_document(relative.as_posix()) for relative in inside)
