"""A build in a process of its own: what it tells, and what becomes of it when it dies."""

import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.rebuild import RebuildDied, build_settings, rebuild
from bot.settings import Settings
from index import versions
from index.build import BuildSettings
from index.errors import BuildInProgress, UsageError


@dataclass
class Heard:
    """Notes what a build tells, and does something at the first stage."""

    at_first_stage: Callable[[], object] = lambda: None
    stages: dict[str, int | None] = field(default_factory=dict)
    steps: int = 0
    waited: bool = False

    def stage(self, name: str, total: int | None) -> None:
        """Note a stage."""
        self.stages[name] = total
        if len(self.stages) == 1:
            self.at_first_stage()

    def step(self, count: int = 1) -> None:
        """Count."""
        self.steps += count

    def waiting(self) -> None:
        """Note it."""
        self.waited = True


@pytest.fixture
def settings(small_corpus: Path, index_folder: Path) -> BuildSettings:
    """A build of the small corpus into an empty folder."""
    return BuildSettings(corpora=(small_corpus,), index=index_folder)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """The processes that are started."""
    started: list[subprocess.Popen[str]] = []

    class Noted(subprocess.Popen[str]):
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return started


def test_other_process_builds_and_reports(
    settings: BuildSettings, children: list[subprocess.Popen[str]]
) -> None:
    """The build runs elsewhere; its stages, steps and report arrive here, with what was skipped."""
    heard = Heard()
    done = rebuild(settings, heard)
    assert len(children) == 1
    assert done.changed
    assert done.documents == 3
    assert done.version == versions.current_name(settings.index)
    assert next(iter(heard.stages)) == "Reading documents"
    assert heard.steps >= done.documents
    assert not rebuild(settings, Heard()).changed


def test_problems_come_back_whole(index_folder: Path, small_corpus: Path, tmp_path: Path) -> None:
    """A skipped file comes back with its reason, whatever is in its name."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.md").write_text((small_corpus / "hiring/references.md").read_text("utf-8"))
    (corpus / "léer “x”.md").touch()
    done = rebuild(BuildSettings(corpora=(corpus,), index=index_folder), Heard())
    assert [(p.path, p.reason) for p in done.problems] == [("léer “x”.md", "it is empty")]


def test_error_of_the_build_is_raised_here(index_folder: Path, tmp_path: Path) -> None:
    """What the build raises is raised here, of the same class and in the same words."""
    missing = BuildSettings(corpora=(tmp_path / "none",), index=index_folder)
    with pytest.raises(UsageError, match=r"there is no folder .*none"):
        rebuild(missing, Heard())


def test_killed_process_is_one_clear_line(
    settings: BuildSettings, children: list[subprocess.Popen[str]]
) -> None:
    """A process that dies is an error of one line with its signal, and the next build works."""
    with pytest.raises(RebuildDied, match=r"SIGSEGV\); the version before keeps answering") as died:
        rebuild(settings, Heard(lambda: children[0].send_signal(signal.SIGSEGV)))
    assert "\n" not in str(died.value)
    assert rebuild(settings, Heard()).changed


def test_one_at_a_time(settings: BuildSettings) -> None:
    """Who asks for a second rebuild meanwhile is told that one is running."""
    refused = []

    def again() -> None:
        with pytest.raises(BuildInProgress, match="running already") as error:
            rebuild(settings, Heard())
        refused.append(error)

    rebuild(settings, Heard(again))
    assert len(refused) == 1


def test_failing_listener_ends_the_build(
    settings: BuildSettings, children: list[subprocess.Popen[str]]
) -> None:
    """A listener that fails ends the other process, and its error is what one sees."""

    def fail() -> None:
        raise RuntimeError("nobody listens")

    with pytest.raises(RuntimeError, match="nobody listens"):
        rebuild(settings, Heard(fail))
    assert children[0].returncode == -signal.SIGKILL


def test_settings_reach_the_build(tmp_path: Path) -> None:
    """The settings of the bot are those of the build."""
    given = Settings(
        careerbot_corpus=tmp_path, careerbot_max_document_mb=1.5, careerbot_keep_versions=3
    )
    settings = build_settings(given)
    assert settings.corpora == (tmp_path,)
    assert settings.limits.file_bytes == 1_500_000
    assert settings.keep_versions == 3
