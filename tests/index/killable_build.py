"""Builds in processes of their own that are killed, or short of room, as the test says.

Started by test_crash.py. Imports once and forks for each line on stdin, a JSON object: ``corpus``,
``index``, and one of ``kill_at`` (SIGKILL before the n-th operation that changes a file of the
index), ``kill_after`` (SIGKILL after so many seconds), ``room`` (no file may get larger than so
many bytes) and ``nobody`` (build as a user who owns nothing). One line comes back: ``status`` of
the process, ``operations`` and ``error`` as far as it lived to tell.
"""

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

from index.build import BuildSettings, build
from index.errors import CareerbotError

_CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "sqlite3.connect"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _Operations:
    """Counts what changes the index, stages and steps of the build included."""

    def __init__(self, index: str, kill_at: int | None) -> None:
        self.count = 0
        self._index, self._kill_at = index, kill_at
        sys.addaudithook(self._hear)

    def stage(self, *_: object) -> None:
        """Count it."""
        self._one()

    def step(self, *_: object) -> None:
        """Count it."""
        self._one()

    def waiting(self) -> None:
        """Nobody else builds."""

    def _hear(self, event: str, about: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = about
            changes = isinstance(flags, int) and flags & _WRITING
        else:
            path, changes = about[0] if about else None, event in _CHANGES
        if changes and isinstance(path, str | os.PathLike) and self._index in os.fspath(path):
            self._one()

    def _one(self) -> None:
        self.count += 1
        if self.count == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def _run(order: dict[str, Any], told: int) -> None:
    if room := order.get("room"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    if order.get("nobody") and os.geteuid() == 0:
        os.seteuid(65534)
    operations = _Operations(order["index"], order.get("kill_at"))
    settings = BuildSettings((Path(order["corpus"]),), Path(order["index"]), keep_versions=3)
    error = ""
    try:
        build(settings, operations)
    except CareerbotError as failure:
        error = str(failure)
    os.write(told, json.dumps({"operations": operations.count, "error": error}).encode())


def _main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        hear, told = os.pipe()
        child = os.fork()
        if not child:
            try:
                _run(order, told)
            finally:
                os._exit(0)
        os.close(told)
        if "kill_after" in order:
            time.sleep(order["kill_after"])
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        with os.fdopen(hear, "rb") as said:
            result = json.loads(said.read() or b"{}")
        print(json.dumps({"status": os.waitstatus_to_exitcode(status), **result}), flush=True)  # noqa: T201


if __name__ == "__main__":
    _main()
