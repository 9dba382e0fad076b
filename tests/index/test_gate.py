"""The gate: what is held back, what passes, and what is remembered."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index import gate, versions
from index.build import BuildReport, BuildSettings, build, rollback
from index.errors import IndexMissing, UsageError
from index.gate import Reply
from index.search import Index
from tests.conftest import NewIndex

Build = Callable[..., BuildReport]

GOLDEN: list[dict[str, Any]] = [
    {
        "id": "reference-call",
        "question": "How long does a reference call take?",
        "expect": "answer",
        "gold": [{"doc": "references", "quote": "A reference call takes about"}],
    },
    {
        "id": "portfolio",
        "question": "What says more than ten unfinished projects?",
        "expect": "answer",
        "gold": [{"doc": "portfolio", "quote": "three finished projects"}],
    },
    {
        "id": "parental-leave",
        "question": "How long is parental leave in Norway?",
        "expect": "none",
    },
]


class Silent:
    """A build that nobody watches."""

    def stage(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def step(self, count: int = 1) -> None:
        """Say nothing."""

    def waiting(self) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def built(
    small_corpus: Path, new_index: NewIndex, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with a corpus that has golden questions, and its index; copied by each test."""
    folder = tmp_path_factory.mktemp("golden")
    shutil.copytree(small_corpus, folder / "corpus")
    _write(folder / "corpus", GOLDEN)
    new_index(folder / "index")
    _build(folder, 0.0)
    return folder


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    """A corpus with its index that a test may change."""
    return shutil.copytree(built, tmp_path / "place", symlinks=True)


@pytest.fixture
def corpus(place: Path) -> Path:
    """The corpus of the place."""
    return place / "corpus"


@pytest.fixture
def index_folder(place: Path) -> Path:
    """The index of the place."""
    return place / "index"


@pytest.fixture
def rebuild(place: Path) -> Build:
    """Build the corpus; by default no golden question may get worse."""

    def again(tolerance: float = 0.0, *, force: bool = False) -> BuildReport:
        return _build(place, tolerance, force=force)

    return again


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The version of every question that is asked."""
    versions_asked: list[str] = []
    ask = Index.ask

    def noting(self: Index, question: str, after: str | None = None) -> Any:
        versions_asked.append(self.version)
        return ask(self, question, after)

    monkeypatch.setattr(Index, "ask", noting)
    return versions_asked


def _build(place: Path, tolerance: float, *, force: bool = False) -> BuildReport:
    settings = BuildSettings((place / "corpus",), place / "index", gate_tolerance=tolerance)
    return build(settings, Silent(), force)


def _write(corpus: Path, questions: list[dict[str, Any]]) -> None:
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    (corpus / "golden.jsonl").write_text(lines, "utf-8")


def _spoil(corpus: Path) -> None:
    """Take the answer to a golden question out of a document that stays."""
    path = corpus / "hiring" / "portfolio.md"
    path.write_text(path.read_text("utf-8").replace("three finished projects", "care"), "utf-8")


def test_a_first_build_has_nothing_to_compare_with(index_folder: Path, rebuild: Build) -> None:
    """Its golden questions are asked, and it is switched in whatever they say."""
    shutil.rmtree(index_folder / "versions")
    report = rebuild()
    assert report.switched
    assert report.gate == gate.GateResult(True, 3, 3, None, (), (), (), "")
    assert report.added == ("growth/mentoring.txt", "hiring/portfolio.md", "hiring/references.md")


def test_a_worse_version_is_held_back_and_said_again(
    corpus: Path, index_folder: Path, rebuild: Build, asked: list[str]
) -> None:
    """It is there, listed with the reason, not current; a second build neither builds nor asks."""
    good = versions.current_name(index_folder)
    _spoil(corpus)
    report = rebuild()
    assert (report.changed, report.switched, report.replaced) == (
        True,
        False,
        ("hiring/portfolio.md",),
    )
    assert report.gate
    assert (report.gate.passed, report.gate.good, report.gate.good_before) == (False, 2, 3)
    assert report.gate.worse == ("portfolio",)
    assert versions.current_name(index_folder) == good
    assert "2 of 3" in versions.held_back(index_folder)[report.version]
    asked.clear()
    again = rebuild()
    assert (again.version, again.switched, again.gate, again.encoded, asked) == (
        report.version, False, report.gate, 0, [],
    )  # fmt: skip
    with pytest.raises(IndexMissing, match="no version before"):
        rollback(index_folder, None)


def test_force_switches_to_a_version_held_back(
    corpus: Path, index_folder: Path, rebuild: Build
) -> None:
    """The version that was held back is switched in, not another one made."""
    _spoil(corpus)
    held = rebuild().version
    forced = rebuild(force=True)
    assert (forced.version, forced.switched) == (held, True)
    assert forced.gate
    assert not forced.gate.passed
    assert versions.current_name(index_folder) == held
    assert versions.held_back(index_folder) == {}
    assert not rebuild().changed


def test_each_version_is_asked_once(
    corpus: Path, index_folder: Path, rebuild: Build, asked: list[str]
) -> None:
    """The current version's replies are remembered; other golden questions ask both again."""
    first = versions.current_name(index_folder)
    (corpus / "new.md").write_text("# New\n\nThis one is new.\n", "utf-8")
    second = rebuild().version
    assert asked == [second] * 3
    asked.clear()
    (corpus / "new.md").write_text("# New\n\nThis one is newer.\n", "utf-8")
    _write(corpus, GOLDEN[:2])
    third = rebuild().version
    assert asked == [third] * 2 + [second] * 2
    assert first not in asked


def test_a_loss_within_the_tolerance_passes(corpus: Path, rebuild: Build) -> None:
    """One of three questions may get worse where a third is tolerated."""
    _spoil(corpus)
    report = rebuild(1 / 3)
    assert report.switched
    assert report.gate
    assert (report.gate.passed, report.gate.worse) == (True, ("portfolio",))


def test_a_removed_document_takes_its_questions_along(corpus: Path, rebuild: Build) -> None:
    """Who removes a document wants its answers gone; they are named and not judged."""
    (corpus / "hiring" / "portfolio.md").unlink()
    report = rebuild()
    assert (report.switched, report.removed) == (True, ("hiring/portfolio.md",))
    assert report.gate
    assert (report.gate.questions, report.gate.good, report.gate.gone) == (2, 2, ("portfolio",))


def test_a_document_that_can_no_longer_be_read_is_no_removal(corpus: Path, rebuild: Build) -> None:
    """A file that got damaged loses its answers by accident, so the version is held back."""
    (corpus / "hiring" / "portfolio.md").write_bytes(b"")
    report = rebuild()
    assert (report.switched, report.problems[0].path) == (False, "hiring/portfolio.md")


def test_golden_questions_that_cannot_be_read_hold_back(
    corpus: Path, index_folder: Path, rebuild: Build
) -> None:
    """The reason names the line; the current version answers on; mended, the same one passes."""
    good = versions.current_name(index_folder)
    (corpus / "new.md").write_text("# New\n\nThis one is new.\n", "utf-8")
    (corpus / "golden.jsonl").write_text('{"id": "a"}\n', "utf-8")
    held = rebuild()
    assert not held.switched
    assert held.gate
    assert "golden.jsonl, line 1" in held.gate.problem
    assert versions.current_name(index_folder) == good
    _write(corpus, GOLDEN)
    mended = rebuild()
    assert (mended.switched, mended.version) == (True, held.version)


def test_without_golden_questions_there_is_no_gate(corpus: Path, rebuild: Build) -> None:
    """Nothing is asked and nothing is held back."""
    (corpus / "golden.jsonl").unlink()
    _spoil(corpus)
    report = rebuild()
    assert (report.switched, report.gate) == (True, None)


def test_gains_and_losses_are_weighed() -> None:
    """A version that loses one question and wins another is not worse; both are named."""
    before = [Reply("a", True, True, ()), Reply("b", False, False, ())]
    after = [Reply("a", False, True, ()), Reply("b", True, True, ())]
    result = gate.compare(before, after, frozenset(), 0.0)
    assert (result.passed, result.worse, result.better) == (True, ("a",), ("b",))


def test_two_questions_of_one_id_are_refused(tmp_path: Path) -> None:
    """Across corpora too: a report names questions by their ids."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        _write(tmp_path / name, GOLDEN[:1])
    with pytest.raises(UsageError, match="the id reference-call"):
        gate.read_golden([tmp_path / "one", tmp_path / "two"])
