"""A server that follows its documents: when some have changed, it rebuilds by itself."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot.rebuild import rebuild
from bot.store.audit import STARTED, Audit, Deed
from index.build import BuildSettings
from index.errors import CareerbotError
from index.watch import watch

log = structlog.get_logger()

_WATCHER = "watch"
"""Stands for a person in the audit."""


class _Unwatched:
    """A build that nobody looks at."""

    def stage(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def step(self, count: int = 1) -> None:
        """Say nothing."""

    def waiting(self) -> None:
        """Say nothing."""


@contextmanager
def watching(settings: BuildSettings, audit: Audit) -> Iterator[None]:
    """Rebuild in the background after each change, until the end of the block."""
    stop = threading.Event()
    threading.Thread(target=_follow, args=(settings, audit, stop), daemon=True).start()
    yield
    stop.set()  # a rebuild that runs ends with this process


def _follow(settings: BuildSettings, audit: Audit, stop: threading.Event) -> None:
    for changes in watch(settings.corpora, stop):
        started = time.time()
        try:
            report = rebuild(settings, _Unwatched(), wait=True)
        except CareerbotError as error:
            log.warning("the rebuild after a change failed", reason=str(error))
            result = f"failed: {error}"
        except Exception as error:
            log.exception("the rebuild after a change failed")
            result = f"failed: {type(error).__name__}"
        else:
            if not report.changed:
                continue
            result = f"{'switched to' if report.switched else 'kept aside'} {report.version}"
            log.info("rebuilt after a change", result=result, files=len(changes))
        number = audit.note(Deed("", _WATCHER, "rebuild"), STARTED, started)
        audit.end(number, result, time.time())
