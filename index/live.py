"""The version that answers now: follows the pointer while a server runs."""

import logging
import threading
from pathlib import Path
from time import monotonic

from index import versions
from index.errors import CareerbotError
from index.search import Index

log = logging.getLogger(__name__)

POLL_SECONDS = 0.5
"""The pointer is looked at this often."""
RETRY_SECONDS = 30.0
"""A version that could not be opened is tried again after this; opening reads all of it."""


class LiveIndex:
    """An open version that is exchanged, whole, when another is switched in.

    Take ``current`` once for everything that makes up one reply: whoever holds it keeps that
    version, whatever is switched in meanwhile.
    """

    def __init__(self, index: Path) -> None:
        """Open the current version and follow the pointer of ``index`` until `close`.

        Raises:
            IndexUnavailable: there is no version to begin with.
        """
        self._folder = index
        self._current = Index.open(index)
        self._refused = ""
        self._retry_at = 0.0
        self._stop = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="index", daemon=True)
        self._watcher.start()

    @property
    def current(self) -> Index:
        """The version that answers now."""
        return self._current

    def close(self) -> None:
        """Stop following; ``current`` stays usable."""
        self._stop.set()
        self._watcher.join()

    def _watch(self) -> None:
        while not self._stop.wait(POLL_SECONDS):
            self._follow()

    def _follow(self) -> None:
        """Open the version that the pointer names, if it is another, and put it in place.

        One that cannot be opened changes nothing, and is told to the log once.
        """
        name = ""
        try:
            name = versions.current_name(self._folder)
            if name == self._current.version:
                self._refused = ""
            elif name != self._refused or monotonic() >= self._retry_at:
                self._current = Index.open(self._folder, name, models=self._current.models)
                log.info("version %s answers now", name)
        except Exception as error:  # noqa: BLE001 - whatever it is, the old version keeps answering
            if name != self._refused or not name:
                said = str(error) if isinstance(error, CareerbotError) else repr(error)
                log.warning("%s keeps answering: %s", self._current.version, said)
            self._refused = name
            self._retry_at = monotonic() + RETRY_SECONDS
