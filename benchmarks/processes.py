"""Processes that are measured: wall time, CPU time and peak memory of all that they did."""

import json
import multiprocessing
import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import IO, Any, ParamSpec, Self, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def alone(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do the work in a new process of its own, which holds nothing that this one has loaded."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(work, *args, **kwargs).result()


class ProcessFailed(Exception):
    """A measured process did not do its work; the message is its last line of complaint."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a process took, from its start to its end."""

    seconds: float
    cpu_seconds: float
    """Of all its threads together."""
    peak_mb: float
    """The most memory it held, in MiB. Never less than this process holds: keep that small."""


class Measured:
    """A running process. Leaving the ``with`` block closes its input and waits for it."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: os.PathLike[str],
        allowed: Sequence[int] = (0,),
    ) -> None:
        """Start ``command`` in ``folder``; it may end with a status of ``allowed``."""
        self._allowed = allowed
        self._complaints: IO[str] = tempfile.TemporaryFile(  # noqa: SIM115 - until __exit__
            "w+", encoding="utf-8", errors="replace"
        )
        self._started = perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            cwd=folder,
            env=environment,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def ask(self, record: Mapping[str, Any]) -> tuple[dict[str, Any], float]:
        """Write a JSON line, read one back; also the seconds between the two.

        Raises:
            ProcessFailed: it ended instead of answering.
        """
        assert self._process.stdin
        assert self._process.stdout
        started = perf_counter()
        try:
            self._process.stdin.write(json.dumps(record) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise ProcessFailed(self._last_complaint())
        answer: dict[str, Any] = json.loads(line)
        return answer, perf_counter() - started

    @property
    def age(self) -> float:
        """Seconds since the process was started."""
        return perf_counter() - self._started

    @property
    def cpu_seconds(self) -> float:
        """CPU seconds of all its threads until now, to a hundredth. Linux only."""
        fields = (
            Path(f"/proc/{self._process.pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
        )
        user, system = fields[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def finish(self) -> Used:
        """Close its input, wait for its end, and say what it took.

        Raises:
            ProcessFailed: it ended with a status that is not allowed.
        """
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.read()
        self._process.stdout.close()
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        if self._process.returncode not in self._allowed:
            raise ProcessFailed(self._last_complaint())
        return Used(self.age, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process if it is still running."""
        if self._process.returncode is None:
            self._process.kill()
            self._process.communicate()
        self._complaints.close()

    def _last_complaint(self) -> str:
        self._complaints.seek(0)
        lines = [line.strip() for line in self._complaints.read().splitlines() if line.strip()]
        return lines[-1] if lines else "it ended without a word"


def measure(
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: os.PathLike[str],
    allowed: Sequence[int] = (0,),
) -> Used:
    """Run a command to its end and say what it took.

    Raises:
        ProcessFailed: it ended with a status that is not allowed.
    """
    with Measured(command, environment, folder, allowed) as process:
        return process.finish()
