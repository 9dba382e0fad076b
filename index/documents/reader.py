"""Files → Documents in other processes, within limits: a hostile file costs itself and no more.

The formats' libraries meet whatever people drop into a folder. A file that crashes them, hangs
them or eats the memory takes down the process that reads it; that process is replaced, and the
file has a reason.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Self

from index.documents.document import Document
from index.documents.records import from_record
from index.errors import UsageError

_MOST_PROCESSES = 4
"""Each may take all the memory of the limit."""
OUT_OF_MEMORY = 12
"""How the process ends when a file has taken all its memory: there is none left for another."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take; a file that takes more is not read."""

    file_bytes: int = 20_000_000
    seconds: float = 60.0
    memory_bytes: int = 2_000_000_000
    """Address space of the process that reads, where the system can limit it."""
    characters: int = 10_000_000
    """Of the text in it."""


ReadFiles = Callable[
    [Sequence[tuple[str, Path]], Limits, Callable[[str], None]], list[Document | str]
]
"""How files become documents: `read_files`, or one that knows some of them already."""


def read_files(
    files: Sequence[tuple[str, Path]], limits: Limits, on_file: Callable[[str], None]
) -> list[Document | str]:
    """Each of the files, (id, path), as a document, or the reason why it is none; in their order.

    ``on_file`` is told each id, in order, when the file and all before it are done.

    Raises:
        UsageError: no process that reads can be started.
    """
    count = min(len(files), os.cpu_count() or 1, _MOST_PROCESSES)
    if not count:
        return []
    idle: SimpleQueue[Reader] = SimpleQueue()
    found = []
    with contextlib.ExitStack() as readers, ThreadPoolExecutor(count) as threads:
        for _ in range(count):
            idle.put(readers.enter_context(Reader(limits)))

        def read(file: tuple[str, Path]) -> Document | str:
            reader = idle.get()
            try:
                return reader.read(*file)
            finally:
                idle.put(reader)

        for (document_id, _), result in zip(files, threads.map(read, files), strict=True):
            found.append(result)
            on_file(document_id)
    return found


class Reader:
    """A process that reads one file after the other, replaced when it breaks."""

    def __init__(self, limits: Limits) -> None:
        """Start nothing yet: the first file starts the process, leaving ``with`` ends it."""
        self._limits = limits
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def read(self, document_id: str, path: Path) -> Document | str:
        """Read a file within the limits, as a document, or the reason why it is none.

        Raises:
            UsageError: the process cannot be started.
        """
        had_read = self._process is not None
        reply = self._ask(document_id, path)
        if had_read and "broken" in reply:
            # What earlier files left in the process must not count against this one.
            reply = self._ask(document_id, path)
        if "document" in reply:
            return from_record(reply["document"])
        reason: str = reply.get("problem") or reply["broken"]
        return reason

    def _ask(self, document_id: str, path: Path) -> dict[str, Any]:
        """The reply of the process, or what broke it, or for how long it gave none."""
        process = self._process = self._process or self._start()
        assert process.stdin
        assert process.stdout
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._limits.seconds, end)
        timer.start()
        try:
            process.stdin.write(json.dumps({"id": document_id, "path": str(path)}) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:  # it died between two files
            line = ""
        finally:
            timer.cancel()
        if late.is_set():
            self._stop()
            seconds = f"{self._limits.seconds:g} seconds"
            split = "split it, or save it in another format"
            return {"problem": f"reading it takes more than {seconds}: {split}"}
        reply: dict[str, Any] = json.loads(line) if line.endswith("\n") else {}
        if "document" in reply or "problem" in reply:
            return reply
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=1)
        if self._stop() in {OUT_OF_MEMORY, -signal.SIGKILL}:
            gigabytes = f"{self._limits.memory_bytes / 1e9:g} GB"
            return {"broken": f"reading it takes more than {gigabytes} of memory: split it"}
        return {"broken": "it breaks the program that reads it: save it in another format"}

    def _start(self) -> "subprocess.Popen[str]":
        # -P: a file beside the documents is never imported in place of a library.
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "index.documents.reader_process",
             json.dumps(asdict(self._limits))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
            encoding="ascii",
        )  # fmt: skip
        assert process.stdout
        assert process.stderr
        if not process.stdout.readline():
            *_, last = ["it ended without a word", *process.stderr.read().split("\n")[-2:-1]]
            raise UsageError(f"the process that reads documents cannot be started: {last}")
        process.stderr.close()
        return process

    def _stop(self) -> int | None:
        """End the process and return how it ended."""
        process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        assert process.stdin
        assert process.stdout
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()
        return process.wait()
