"""One small real index, what a run makes once for all its workers, and what only some have."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from index.build import BuildReport, BuildSettings, build
from index.search import Index

ROOT = Path(__file__).parent.parent


class Silent:
    """A build that nobody watches."""

    def stage(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def step(self, count: int = 1) -> None:
        """Say nothing."""

    def waiting(self) -> None:
        """Say nothing."""


Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Fill a folder once a run, whichever worker comes first."""
    own = tmp_path_factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def fill(name: str, make: Callable[[Path], None]) -> Path:
        folder, done = run / "once" / name, run / "once" / f"{name}.done"
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(run / "once" / f"{name}.lock"):
            if not done.exists():
                make(folder)
                done.touch()
        return folder

    return fill


@pytest.fixture(scope="session", autouse=True)
def _offline() -> Iterator[None]:
    """No test reaches beyond this machine; the processes that it starts ask no model hub."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        is_local = self.family not in {socket.AF_INET, socket.AF_INET6} or address[0] in _LOCAL
        if not is_local:
            raise OSError(f"a test would reach the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


_LOCAL = {"127.0.0.1", "::1", "localhost"}


def _build(corpus: Path, index: Path) -> BuildReport:
    return build(BuildSettings(corpora=(corpus,), index=index), Silent())


@pytest.fixture(scope="session")
def build_index() -> Callable[[Path, Path], BuildReport]:
    """Build an index of one corpus with the default settings."""
    return _build


@pytest.fixture(scope="session")
def models(once: Once) -> Path:
    """The exported models, made once for all tests."""
    from index.models.export import export_model

    def export(folder: Path) -> None:
        export_model("encoder", "", folder)
        export_model("cross-encoder", "", folder)

    return once("models", export)


@pytest.fixture
def index_folder(models: Path, tmp_path: Path) -> Path:
    """An empty folder for index versions that already has the models."""
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / "models").symlink_to(models)
    return folder


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few documents of our own in two collections."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in DOCUMENTS.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="session")
def small_index(small_corpus: Path, models: Path, once: Once) -> Index:
    """A real index of ``small_corpus``."""

    def make(folder: Path) -> None:
        (folder / "models").symlink_to(models)
        _build(small_corpus, folder)

    return Index.open(once("index", make))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The articles and questions that lie beside some checkouts."""
    folder = ROOT.parent / "shared"
    if not (folder / "seeds").is_dir():
        pytest.skip("needs ../shared, which this checkout does not have")
    return folder


DOCUMENTS = {
    "hiring/references.md": """---
title: How references are checked
publisher: careerbot tests
published: 2026-03-02
---

# How references are checked

Most teams call two former managers before they make an offer. A reference call takes about
twenty minutes. Nobody should call a present employer without the candidate's consent.

## Written references

A written reference proves dates of employment and little else.
""",
    "hiring/portfolio.md": """---
title: What a portfolio shows
publisher: careerbot tests
published: 2025-01-15
---

# What a portfolio shows

A portfolio with three finished projects says more than ten unfinished ones. Reviewers read the
project's tests before they read its code.

| Piece | What it shows |
|---|---|
| Test suite | Care for whoever changes the code next |
| Design note | Whether the author weighs alternatives |
""",
    "growth/mentoring.txt": """Mentoring at work

Published: April 2026

A mentor should meet a new engineer every second week during the first half year. Mentoring
works best when the mentor is not the manager. Good mentors ask more than they tell.

What to agree on at the first meeting:

  • How often to meet, and for how long
  • What stays between the two of you
""",
}
