"""Watching real folders."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Event

import pytest

from index import watch as watching
from index.watch import watch


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter waits than for people's copies."""
    monkeypatch.setattr(watching, "QUIET_MS", 300)
    monkeypatch.setattr(watching, "LOOK_MS", 300)


class Watched:
    """A watch in a thread of its own."""

    def __init__(self, *corpora: Path) -> None:
        self.told: Queue[frozenset[Path]] = Queue()
        self.stop = Event()
        self._thread = threading.Thread(target=self._run, args=(corpora,))
        self._thread.start()

    def _run(self, corpora: tuple[Path, ...]) -> None:
        for changes in watch(corpora, self.stop):
            self.told.put(changes)

    def names(self) -> set[str]:
        """The names of what changed next."""
        return {path.name for path in self.told.get(timeout=20)}

    def silent(self, seconds: float = 1.5) -> bool:
        """Whether nothing is told for so long."""
        try:
            self.told.get(timeout=seconds)
        except Empty:
            return True
        return False

    def end(self) -> None:
        """Stop, and wait for the end."""
        self.stop.set()
        self._thread.join(timeout=20)
        assert not self._thread.is_alive()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder to watch."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def watched(corpus: Path) -> Iterator[Watched]:
    """A watch of the corpus that has begun."""
    watched = Watched(corpus)
    assert watched.names() == set()
    yield watched
    watched.end()


def test_a_dropped_file_is_told(watched: Watched, corpus: Path) -> None:
    """Also one in a new folder, a changed one, and one that is gone."""
    (corpus / "a.md").write_text("one")
    assert watched.names() == {"a.md"}
    (corpus / "a.md").write_text("two")
    assert watched.names() == {"a.md"}
    (corpus / "a.md").unlink()
    assert watched.names() == {"a.md"}
    (corpus / "new").mkdir()
    (corpus / "new" / "b.md").write_text("three")
    assert "new" in watched.names()


def test_a_copy_in_progress_is_told_once(watched: Watched, corpus: Path) -> None:
    """Files that keep coming are one change, when it is quiet."""
    quiet = Event()
    for number in range(12):
        (corpus / f"{number}.md").write_text("words")
        quiet.wait(0.1)
    assert watched.names() == {f"{number}.md" for number in range(12)}
    assert watched.silent()


def test_what_a_build_passes_over_is_not_told(watched: Watched, corpus: Path) -> None:
    """Hidden files and folders, leftovers, the README, golden questions and records of origin."""
    (corpus / ".arriving-x").mkdir()
    (corpus / ".arriving-x" / "a.md").write_text("words")
    for name in (
        "README.md",
        ".hidden.md",
        "~$a.docx",
        "a.md~",
        "a.tmp",
        "a.md.origin.json",
        "golden.jsonl",
    ):
        (corpus / name).write_text("words")
    assert watched.silent()


def test_a_folder_that_vanishes_and_comes_back(watched: Watched, corpus: Path) -> None:
    """Both are told, and the new folder is watched."""
    shutil.rmtree(corpus)
    watched.names()
    while not watched.silent():
        pass
    corpus.mkdir()
    assert watched.names() == set()
    (corpus / "a.md").write_text("one")
    assert watched.names() == {"a.md"}


def test_a_folder_that_appears_later(tmp_path: Path) -> None:
    """Watching begins without it; the other folder is watched meanwhile."""
    here, later = tmp_path / "here", tmp_path / "later"
    here.mkdir()
    watched = Watched(here, later)
    try:
        assert watched.names() == set()
        (here / "a.md").write_text("one")
        assert watched.names() == {"a.md"}
        later.mkdir()
        assert watched.names() == set()
        (later / "b.md").write_text("two")
        assert watched.names() == {"b.md"}
    finally:
        watched.end()
