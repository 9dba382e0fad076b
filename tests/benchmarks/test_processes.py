"""Processes that are measured."""

import os
import sys
from pathlib import Path

import pytest

from benchmarks.processes import Measured, ProcessFailed, measure

ECHO = "import json, sys\nfor line in sys.stdin: print(json.dumps(json.loads(line)), flush=True)"


def _run(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_cpu_time_and_memory_of_a_process_are_its_own(tmp_path: Path) -> None:
    """A process that holds 500 MB and computes is told from one that sleeps."""
    busy = measure(
        _run("held = bytearray(b'x') * 500_000_000; sum(range(10_000_000))"), os.environ, tmp_path
    )
    idle = measure(_run("import time; time.sleep(0.3)"), os.environ, tmp_path)
    assert busy.peak_mb > 450
    assert busy.cpu_seconds > idle.cpu_seconds
    assert idle.seconds >= 0.3


def test_a_question_is_answered_with_a_json_line(tmp_path: Path) -> None:
    """Lines go in and come out in turn."""
    with Measured(_run(ECHO), os.environ, tmp_path) as process:
        assert process.ask({"question": "café?"})[0] == {"question": "café?"}
        assert process.ask({"question": "2"})[0] == {"question": "2"}
        assert process.finish().seconds > 0


def test_cpu_time_is_known_while_a_process_runs(tmp_path: Path) -> None:
    """What was used for an answer is the difference of before and after."""
    code = "import sys\nfor line in sys.stdin: print(sum(range(20_000_000)) and '{}', flush=True)"
    with Measured(_run(code), os.environ, tmp_path) as process:
        process.ask({})
        before = process.cpu_seconds
        process.ask({})
        assert process.cpu_seconds > before


def test_a_process_that_fails_says_why(tmp_path: Path) -> None:
    """The last line that it complained with is the message."""
    with pytest.raises(ProcessFailed, match="no such peer"):
        measure(_run("raise SystemExit('first\\nno such peer')"), os.environ, tmp_path)


def test_a_process_that_ends_instead_of_answering_says_why(tmp_path: Path) -> None:
    """The same while it is being asked."""
    with (
        Measured(_run("import sys; sys.exit('gone')"), os.environ, tmp_path) as process,
        pytest.raises(ProcessFailed, match="gone"),
    ):
        process.ask({})
