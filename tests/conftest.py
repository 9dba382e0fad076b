"""One small real index, what a run makes once for all its workers, and what only some have."""

import ipaddress
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
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


Once = Callable[[str, Callable[[Path], object]], Path]
NewIndex = Callable[[Path], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Fill a folder once a run, whichever worker comes first."""
    own = tmp_path_factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def fill(name: str, make: Callable[[Path], object]) -> Path:
        folder, done = run / "once" / name, run / "once" / f"{name}.done"
        folder.parent.mkdir(exist_ok=True)
        with FileLock(run / "once" / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # half filled by a worker that died
                folder.mkdir()
                make(folder)
                done.touch()
        return folder

    return fill


@pytest.fixture(scope="session", autouse=True)
def _offline() -> Iterator[None]:
    """No test reaches beyond this machine; the processes that it starts ask no model hub."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        look_up = socket.getaddrinfo

        def looked_up(host: Any, *more: Any, **named: Any) -> Any:
            if not _is_number(host):
                _check_is_local(host)
            return look_up(host, *more, **named)

        patch.setattr(socket, "getaddrinfo", looked_up)
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


def _guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method of a socket whose last argument is an address."""

    def guarded(self: socket.socket, *arguments: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            _check_is_local(arguments[-1][0])
        return method(self, *arguments)

    return guarded


def _is_number(host: str | bytes | None) -> bool:
    """Whether it is an address in any writing, as ``0x7f.1``: no name server is asked for it."""
    with suppress(OSError, ValueError):
        socket.inet_aton(_text(host))
        return True
    return ":" in _text(host)


def _check_is_local(host: str | bytes | None) -> None:
    name = _text(host)
    try:
        is_local = ipaddress.ip_address(name).is_loopback
    except ValueError:
        is_local = name.rstrip(".") == "localhost"
    if not is_local:
        raise OSError(f"a test would reach the network: {name}")


def _text(host: str | bytes | None) -> str:
    return host.decode() if isinstance(host, bytes) else host or "localhost"


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


@pytest.fixture(scope="session")
def new_index(models: Path, small_index_folder: Path) -> NewIndex:
    """Make a folder for index versions that has models, wages and what ``small_corpus`` needs."""

    def make(folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "models").symlink_to(models)
        shutil.copytree(small_index_folder / "cache", folder / "cache", copy_function=os.link)
        for kept in small_index_folder.glob("*.sqlite3"):
            shutil.copy(kept, folder)
        return folder

    return make


@pytest.fixture
def index_folder(new_index: NewIndex, tmp_path: Path) -> Path:
    """A folder of no index versions yet, that has what `new_index` gives."""
    return new_index(tmp_path / "index")


@pytest.fixture(scope="session")
def small_corpus(once: Once) -> Path:
    """A few documents of our own in two collections; a test that changes them copies them."""

    def make(folder: Path) -> None:
        for name, text in DOCUMENTS.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")

    return once("corpus", make)


@pytest.fixture(scope="session")
def small_index_folder(small_corpus: Path, models: Path, once: Once) -> Path:
    """A folder with one version of ``small_corpus``; a test that changes it copies it."""

    def make(folder: Path) -> None:
        (folder / "models").symlink_to(models)
        _build(small_corpus, folder)

    return once("index", make)


@pytest.fixture(scope="session")
def small_index(small_index_folder: Path) -> Index:
    """A real index of ``small_corpus``."""
    return Index.open(small_index_folder)


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
