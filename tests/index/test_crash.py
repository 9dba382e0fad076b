"""Whatever befalls a build, the version before opens, verifies and answers.

Real build processes are killed, 12 of them; CAREERBOT_KILLS=60 kills more.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import pytest

from index import versions
from index.build import BuildReport, BuildSettings, build
from index.errors import UsageError
from index.search import Index
from tests.conftest import NewIndex

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("CAREERBOT_KILLS", "12"))
QUESTION = "What says more than ten unfinished projects?"
EDITION = "An edition has a number, and this is number {}."

Order = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def order() -> Iterator[Order]:
    """Run a build in a process of its own and return what became of it."""
    script = Path(__file__).with_name("killable_build.py")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment,
    ) as process:
        assert process.stdin
        assert process.stdout
        orders, replies = process.stdin, process.stdout

        def run(place: Path, **how: Any) -> dict[str, Any]:
            given = {"corpus": str(place / "corpus"), "index": str(place / "index"), **how}
            orders.write(json.dumps(given) + "\n")
            orders.flush()
            return dict(json.loads(replies.readline()))

        yield run


@pytest.fixture(scope="module")
def built(
    small_corpus: Path, new_index: NewIndex, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with a corpus that has a golden question, and its index; copied by each test."""
    folder = tmp_path_factory.mktemp("crash")
    shutil.copytree(small_corpus, folder / "corpus")
    gold = {"doc": "portfolio", "quote": "three finished projects"}
    record = {"id": "portfolio", "question": QUESTION, "expect": "answer", "gold": [gold]}
    (folder / "corpus" / "golden.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    new_index(folder / "index")
    _edit(folder, 0)
    _build(folder)
    return folder


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    """A corpus with its index that a test may change."""
    return shutil.copytree(built, tmp_path / "place", symlinks=True)


@pytest.fixture(scope="module")
def opened(built: Path) -> Index:
    """An open version, whose models are used again."""
    return Index.open(built / "index")


class Progress:
    """Does something at each step of a build."""

    def __init__(self, on_step: Callable[[], object] = lambda: None) -> None:
        self.waited = threading.Event()
        self._on_step = on_step

    def stage(self, *_: object) -> None:
        """Nobody watches."""

    def step(self, *_: object) -> None:
        """Do it."""
        self._on_step()

    def waiting(self) -> None:
        """Note it."""
        self.waited.set()


def _edit(place: Path, number: int) -> None:
    (place / "corpus" / "edition.md").write_text(
        f"# The edition\n\n{EDITION.format(number)}\n", "utf-8"
    )


def _build(place: Path, progress: Progress | None = None) -> BuildReport:
    settings = BuildSettings((place / "corpus",), place / "index", keep_versions=3)
    return build(settings, progress or Progress())


def _check(place: Path, opened: Index) -> Index:
    """Open the current version with every check, and ask it something."""
    index = Index.open(place / "index", models=opened.models)
    for number in range(len(index.passages)):
        index.check_finds(number)
    assert "three finished projects" in index.ask(QUESTION).quotes[0].text
    return index


def _leftovers(place: Path) -> list[str]:
    """What only a build that is running may have."""
    index = place / "index"
    names = {f".{name}" for name in versions.names(index)}
    hidden = [p.name for p in (index / "versions").glob(".*")]
    stray = [name for name in hidden if name.rpartition(".")[0] not in names]
    aside = [p.name for p in (*index.glob("*.aside"), *(index / "cache").glob(".*"))]
    return [*stray, *aside, *versions.held_back(index)]


@pytest.mark.slow
def test_a_killed_build_leaves_the_version_before(
    place: Path, order: Order, opened: Index, tmp_path: Path, new_index: NewIndex
) -> None:
    """Killed anywhere, it leaves a sound current version: the old one or all of the new one.

    The next build finds the lock free and takes over what is left; after the last one nothing is
    left over, and the version equals one that is built from nothing.
    """
    _edit(place, 1)
    started = monotonic()
    whole = order(place)
    seconds = monotonic() - started
    assert (whole["status"], whole["error"]) == (0, "")
    by_time = KILLS // 4
    by_operation = KILLS - by_time
    spread = random.Random(7)
    kills: list[dict[str, float]] = [
        *({"kill_at": 1 + n * whole["operations"] // by_operation} for n in range(by_operation)),
        *({"kill_after": spread.uniform(0, seconds)} for _ in range(by_time)),
    ]
    spread.shuffle(kills)
    old, switched, ended = 1, 0, []
    for number, kill in enumerate(kills, start=2):
        _edit(place, number)
        ended.append(order(place, **kill)["status"])
        index = _check(place, opened)
        said = index.documents["edition.md"].text
        assert EDITION.format(old) in said or EDITION.format(number) in said, kill
        if EDITION.format(number) in said:
            old, switched = number, switched + 1
    killed = ended.count(-signal.SIGKILL)
    print(f"{killed} of {KILLS} builds killed; {switched} had switched; {seconds:.1f} s")  # noqa: T201
    assert killed > KILLS // 2
    _edit(place, 0)
    assert order(place)["error"] == ""
    assert _leftovers(place) == []
    fresh = tmp_path / "fresh"
    shutil.copytree(place / "corpus", fresh / "corpus")
    new_index(fresh / "index")
    _build(fresh)
    ours, theirs = _check(place, opened), _check(fresh, opened)
    assert ours.documents == theirs.documents
    for question in (QUESTION, "Which number has the edition?", "Who reads tests first?"):
        assert _said(ours, question) == _said(theirs, question)


def _said(index: Index, question: str) -> tuple[Any, ...]:
    answer = index.ask(question)
    quotes = [(q.document.id, q.span, q.score) for q in answer.quotes or answer.nearest]
    return answer.answered, answer.confidence, quotes


@pytest.mark.parametrize(
    ("room", "new_text"), [(1, False), (10_000, False), (30_000, True), (6_000_000, True)]
)
def test_without_room_a_build_fails_in_one_line(
    place: Path, order: Order, opened: Index, room: int, new_text: bool
) -> None:
    """Where a file may grow no more, the version before answers; with room the next build works.

    It is the documents, the vectors, the cache of vectors and the official wages that lack it.
    """
    before = versions.current_name(place / "index")
    if new_text:
        _edit(place, 1)
    else:
        (place / "corpus" / "edition.md").unlink()
    failed = order(place, room=room)
    assert failed["status"] == 0
    assert failed["error"].startswith("the build failed")
    assert "\n" not in failed["error"]
    assert _check(place, opened).version == before
    assert order(place)["error"] == ""
    assert _leftovers(place) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk_is_one_line(place: Path, order: Order, opened: Index, tmp_path: Path) -> None:
    """On a disk that is really full the version before answers; with room the next build works."""
    disk = tmp_path / "disk"
    disk.mkdir()
    megabytes = sum(p.stat().st_size for p in place.rglob("*") if p.is_file()) // 1_000_000
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes + 4}m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        full = shutil.copytree(place, disk / "place", symlinks=True)
        before = versions.current_name(full / "index")
        _edit(full, 1)
        failed = order(full)
        assert failed["error"].startswith("the build failed")
        assert "No space left on device" in failed["error"]
        assert _check(full, opened).version == before
        larger = ["mount", "-o", f"remount,size={megabytes + 100}m", str(disk)]
        subprocess.run(larger, check=True)
        assert order(full)["error"] == ""
        assert _leftovers(full) == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_folder_that_may_not_be_written_to_is_one_line(order: Order, small_corpus: Path) -> None:
    """The folder is named."""
    with TemporaryDirectory() as reachable:
        Path(reachable).chmod(0o755)
        shutil.copytree(small_corpus, Path(reachable, "corpus"))
        (index := Path(reachable, "index")).mkdir(mode=0o555)
        failed = order(Path(reachable), nobody=True)
    assert failed["error"].startswith(f"{index} cannot be written to")


def test_a_corpus_that_vanishes_changes_nothing(place: Path, opened: Index) -> None:
    """Documents that go while they are read were not removed by anybody."""
    corpus = place / "corpus"
    gone = Progress(lambda: shutil.rmtree(corpus, ignore_errors=True))
    _edit(place, 1)
    before = versions.current_name(place / "index")
    with pytest.raises(UsageError, match="there is no folder"):
        _build(place, gone)
    assert _check(place, opened).version == before


def test_two_builds_at_once_make_one_version(place: Path) -> None:
    """The second waits, says so, and finds everything done."""
    _edit(place, 1)
    second = Progress()
    reports: list[BuildReport] = []
    threads: list[threading.Thread] = []

    def meanwhile() -> None:
        if not threads:
            thread = threading.Thread(target=lambda: reports.append(_build(place, second)))
            threads.append(thread)
            thread.start()
            second.waited.wait()

    first = _build(place, Progress(meanwhile))
    threads[0].join()
    assert first.switched
    assert [(r.version, r.changed) for r in reports] == [(first.version, False)]
