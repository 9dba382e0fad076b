"""A running server and a switch under it: no question fails, no answer is of two versions."""

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from index import live as live_module
from index import versions
from index.answer import Answer
from index.build import BuildReport
from index.errors import IndexMissing
from index.live import LiveIndex
from index.search import Index
from tests.conftest import NewIndex

QUESTIONS = ("What says more than ten unfinished projects?", "How long does a reference call take?")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the pointer, and at what could not be opened, more often than a server does."""
    monkeypatch.setattr(live_module, "POLL_SECONDS", 0.02)
    monkeypatch.setattr(live_module, "RETRY_SECONDS", 0.05)


@pytest.fixture(scope="module")
def built(
    small_corpus: Path,
    new_index: NewIndex,
    tmp_path_factory: pytest.TempPathFactory,
    build_index: Callable[[Path, Path], BuildReport],
) -> Path:
    """An index with two versions whose documents have the same ids and other texts."""
    folder = tmp_path_factory.mktemp("live")
    corpus = shutil.copytree(small_corpus, folder / "corpus")
    new_index(folder / "index")
    build_index(corpus, folder / "index")
    for path in corpus.rglob("*.md"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("# ", "# Newly told: ", 1).replace("ten ", "twenty "), "utf-8")
    build_index(corpus, folder / "index")
    return folder / "index"


@pytest.fixture
def index(built: Path, tmp_path: Path) -> Path:
    """The index, of which the first version is current; a test may change it."""
    copied = shutil.copytree(
        built, tmp_path / "index", symlinks=True, ignore=shutil.ignore_patterns("cache")
    )
    versions.switch_to(copied, versions.names(copied)[0])
    return copied


@pytest.fixture
def live(index: Path) -> Iterator[LiveIndex]:
    """The index as a server has it."""
    opened = LiveIndex(index)
    yield opened
    opened.close()


def _until(is_so: Callable[[], bool]) -> None:
    for _ in range(1000):
        if is_so():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it never came to that")


def _serves(live: LiveIndex, name: str) -> bool:
    return live.current.version == name


def _longer(answers: list[Answer], count: int) -> bool:
    return len(answers) > count


def test_each_answer_is_of_the_version_it_names(index: Path, live: LiveIndex) -> None:
    """Asked all the while, it answers every question, from each version's own documents."""
    names = versions.names(index)
    documents = {
        name: Index.open(index, name, models=live.current.models).documents for name in names
    }
    answers: list[Answer] = []
    errors: list[BaseException] = []
    stop = threading.Event()

    def ask() -> None:
        try:
            while not stop.is_set():
                answers.extend(live.current.ask(question) for question in QUESTIONS)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it fails the test
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 7):
        name = names[number % 2]
        versions.switch_to(index, name)
        _until(partial(_serves, live, name))
        _until(partial(_longer, answers, len(answers) + 6))
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert {answer.index_version for answer in answers} == set(names)
    for answer in answers:
        assert answer.answered
        for quote in answer.quotes:
            own = documents[answer.index_version][quote.document.id]
            assert quote.document.sha256 == own.sha256
            assert own.text[quote.span.start : quote.span.end] == quote.text


def test_the_models_are_loaded_once(index: Path, live: LiveIndex) -> None:
    """Versions that name the same models share them."""
    models = live.current.models
    versions.switch_to(index, versions.names(index)[1])
    _until(partial(_serves, live, versions.names(index)[1]))
    assert live.current.models is models


def test_a_damaged_version_is_refused_and_told_once(
    index: Path, live: LiveIndex, caplog: pytest.LogCaptureFixture
) -> None:
    """The old version keeps answering, until the new one is sound."""
    old, new = versions.names(index)
    whole = (index / "versions" / new / "passages.npy").read_bytes()
    (index / "versions" / new / "passages.npy").write_bytes(b"damaged")
    with caplog.at_level(logging.WARNING):
        versions.switch_to(index, new)
        _until(lambda: bool(caplog.records))
        threading.Event().wait(0.2)
    (told,) = [record.getMessage() for record in caplog.records]
    assert told.startswith(f"{old} keeps answering: version {new} is damaged (passages.npy was")
    assert live.current.ask(QUESTIONS[0]).index_version == old
    (index / "versions" / new / "passages.npy").write_bytes(whole)
    _until(partial(_serves, live, new))


def test_an_index_that_vanishes_keeps_answering(index: Path, live: LiveIndex) -> None:
    """Without its folder, the open version is still whole; nothing can start without."""
    version = live.current.version
    shutil.rmtree(index)
    threading.Event().wait(0.1)
    assert live.current.ask(QUESTIONS[0]).index_version == version
    with pytest.raises(IndexMissing):
        LiveIndex(index)


def test_a_version_in_use_is_not_deleted(index: Path) -> None:
    """It goes with the first build after its last reader has closed it."""
    old, new = versions.names(index)
    reader = Index.open(index, old)
    versions.switch_to(index, new)
    versions.delete_old(index, 1)
    assert versions.names(index) == [old, new]
    assert reader.ask(QUESTIONS[0]).answered
    del reader
    versions.delete_old(index, 1)
    assert versions.names(index) == [new]
