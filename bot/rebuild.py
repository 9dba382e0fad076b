"""Builds the index in a process of its own, so that a server keeps answering at full speed.

The process is this module run with ``python -m bot.rebuild``. It is told what to do in one JSON
object on stdin, and tells its progress in JSON lines on stdout. When the server dies, its next line
breaks the pipe and it ends; the version before keeps answering, as after any build that is killed.
"""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from pydantic import TypeAdapter

from bot.settings import Settings
from index import errors
from index.build import BuildReport, BuildSettings, Progress, build
from index.documents.fetch import Fetching
from index.documents.reader import Limits
from index.errors import BuildInProgress, CareerbotError

_SETTINGS = TypeAdapter(BuildSettings)
_REPORT = TypeAdapter(BuildReport)
_NICENESS = 10
"""The build gives way to whoever answers questions on the same cores."""
_STEP_SECONDS = 0.2
"""Steps are told at most so often; there may be a hundred thousand of them."""

_one = Lock()


class RebuildDied(CareerbotError):
    """The process that built ended without a word; the version before keeps answering."""


def build_settings(settings: Settings) -> BuildSettings:
    """What a build needs to know, out of the settings."""
    return BuildSettings(
        corpora=(settings.careerbot_corpus,),
        index=settings.careerbot_index,
        encoder=settings.careerbot_encoder,
        cross_encoder=settings.careerbot_cross_encoder,
        limits=Limits(
            file_bytes=int(settings.careerbot_max_document_mb * 1_000_000),
            seconds=settings.careerbot_max_document_seconds,
        ),
        keep_versions=settings.careerbot_keep_versions,
        pay_stale_months=settings.careerbot_pay_stale_months,
        gate_tolerance=settings.careerbot_gate_tolerance,
    )


def fetching(settings: Settings) -> Fetching:
    """What adding a document may reach and take, out of the settings."""
    limits = build_settings(settings).limits
    return Fetching(allow_hosts=settings.fetch_allow_hosts, limits=limits)


def is_running() -> bool:
    """Whether a rebuild of this process runs."""
    return _one.locked()


def rebuild(
    settings: BuildSettings, progress: Progress, force: bool = False, *, wait: bool = False
) -> BuildReport:
    """Build in another process and return its report; one build at a time in this one.

    Args:
        settings: as for `index.build.build`.
        progress: told of stages and steps, from this thread.
        force: switch to the new version even where the gate would hold it back.
        wait: wait for a rebuild that runs already, instead of failing.

    Raises:
        BuildInProgress: a rebuild runs already.
        RebuildDied: the process was killed or crashed.
        CareerbotError: whatever the build itself raises.
    """
    if not _one.acquire(blocking=False):
        if not wait:
            raise BuildInProgress("a rebuild is running already: wait until it is done")
        progress.waiting()
        _one.acquire()
    try:
        return _run(settings, progress, force)
    finally:
        _one.release()


def _run(settings: BuildSettings, progress: Progress, force: bool) -> BuildReport:
    order = {"settings": _SETTINGS.dump_python(settings, mode="json"), "force": force}
    child = subprocess.Popen(
        [sys.executable, "-m", "bot.rebuild"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,  # Ctrl+C is for the server, which ends the pipe
    )
    assert child.stdin
    assert child.stdout
    said: Mapping[str, Any] = {}
    with child:
        try:
            with suppress(BrokenPipeError):  # it has died already, which its ending tells
                child.stdin.write(json.dumps(order))
                child.stdin.close()
            for line in child.stdout:
                said = json.loads(line)
                _pass_on(said, progress)
        except BaseException:
            child.kill()
            raise
    if "report" in said:
        return _REPORT.validate_python(said["report"], strict=False)
    if "error" in said:
        raise getattr(errors, said["kind"], CareerbotError)(said["error"])
    raise RebuildDied(
        f"the rebuild stopped ({_ending(child.returncode)}); the version before keeps answering"
    )


def _pass_on(said: Mapping[str, Any], progress: Progress) -> None:
    if "stage" in said:
        progress.stage(said["stage"], said["total"])
    elif "steps" in said:
        progress.step(said["steps"])
    elif "waiting" in said:
        progress.waiting()


def _ending(status: int) -> str:
    if status < 0:
        return f"signal {signal.Signals(-status).name}"
    return f"exit status {status}"


# --- inside the other process ---


class _Telling:
    """A build's progress as JSON lines."""

    def __init__(self, descriptor: int) -> None:
        """Tell it to whoever reads the other end."""
        self._out = os.fdopen(descriptor, "w", encoding="utf-8", buffering=1)
        self._steps = 0
        self._told = monotonic()

    def stage(self, name: str, total: int | None) -> None:
        """Tell that a stage begins."""
        self._flush()
        self.tell(stage=name, total=total)

    def step(self, count: int = 1) -> None:
        """Count steps, and tell them now and then."""
        self._steps += count
        if monotonic() - self._told >= _STEP_SECONDS:
            self._flush()

    def waiting(self) -> None:
        """Tell that another process builds."""
        self.tell(waiting=True)

    def tell(self, **said: Any) -> None:
        """Write a line."""
        self._out.write(json.dumps(said) + "\n")

    def _flush(self) -> None:
        if self._steps:
            self.tell(steps=self._steps)
        self._steps, self._told = 0, monotonic()


def _main() -> None:
    """Build as stdin says; the last line on stdout is the report or the error."""
    progress = _Telling(os.dup(1))
    os.dup2(2, 1)  # whatever a library prints is no line of ours
    os.nice(_NICENESS)
    order = json.load(sys.stdin)
    try:
        done = build(_SETTINGS.validate_python(order["settings"]), progress, order["force"])
    except BrokenPipeError:
        sys.exit(1)  # the server is gone, and the build with it
    except CareerbotError as error:
        progress.tell(error=str(error), kind=type(error).__name__)
    except OSError as error:
        place = f": {Path(error.filename).name}" if error.filename else ""
        progress.tell(error=f"{error.strerror or error}{place}", kind="UsageError")
    except Exception as error:
        logging.getLogger(__name__).exception("the build failed")
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        progress.tell(error=f"this is a bug of careerbot ({what})", kind="CareerbotError")
    else:
        progress.tell(report=_REPORT.dump_python(done, mode="json"))


if __name__ == "__main__":
    _main()
