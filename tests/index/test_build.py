"""The whole build: what is reported, what is kept, what is encoded."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index import prepared, versions
from index.build import BuildReport, rollback, verify
from index.documents import kept
from index.documents.document import Document
from index.documents.reader import Limits, read_files
from index.errors import IndexDamaged, IndexMissing, UsageError
from index.models.runtime import Encoder, Vectors
from index.passages import Passage, passages
from index.search import Index

Build = Callable[[Path, Path], BuildReport]


@pytest.fixture
def corpus(small_corpus: Path, tmp_path: Path) -> Path:
    """A copy of the small corpus that a test may change."""
    return shutil.copytree(small_corpus, tmp_path / "corpus")


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that the encoder is given."""
    texts: list[str] = []
    encode = Encoder.encode

    def counting(self: Encoder, given: Sequence[str]) -> Vectors:
        texts.extend(given)
        return encode(self, given)

    monkeypatch.setattr(Encoder, "encode", counting)
    return texts


def test_a_build_answers(corpus: Path, index_folder: Path, build_index: Build) -> None:
    """What was built is current, verifies, and answers from the documents."""
    report = build_index(corpus, index_folder)
    assert report.changed
    assert report.documents == 3
    assert report.problems == ()
    verify(index_folder, report.version)
    answer = Index.open(index_folder).ask("how long does a reference call take?")
    assert answer.index_version == report.version
    assert answer.quotes[0].text == "A reference call takes about\ntwenty minutes." or (
        answer.quotes[0].text == "A reference call takes about twenty minutes."
    )


def test_nothing_new_builds_nothing(
    corpus: Path, index_folder: Path, build_index: Build, encoded: list[str]
) -> None:
    """The same documents again leave the current version and encode nothing."""
    first = build_index(corpus, index_folder)
    encoded.clear()
    second = build_index(corpus, index_folder)
    assert (second.changed, second.version, encoded) == (False, first.version, [])
    assert versions.names(index_folder) == [first.version]


def test_one_new_document_encodes_only_itself(
    corpus: Path, index_folder: Path, build_index: Build, encoded: list[str]
) -> None:
    """Only texts that are new for the model reach the encoder."""
    build_index(corpus, index_folder)
    encoded.clear()
    new = corpus / "hiring" / "trial.md"
    new.write_text("# Trial days\n\nA trial day should be paid.\n", "utf-8")
    report = build_index(corpus, index_folder)
    assert report.encoded == 2  # the sentence and its window
    known = {"trial" in text.lower() for text in encoded[:2]}
    assert known == {True}


def test_a_rebuild_equals_a_build_from_nothing(
    corpus: Path, index_folder: Path, models: Path, tmp_path: Path, build_index: Build
) -> None:
    """Quotes and scores are the same, byte for byte, with and without the cache."""
    (corpus / "late.txt").write_text("Late documents\n\nA late document counts too.\n", "utf-8")
    late = (corpus / "late.txt").rename(tmp_path / "late.txt")
    build_index(corpus, index_folder)
    shutil.copy(late, corpus / "late.txt")
    build_index(corpus, index_folder)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    (fresh / "models").symlink_to(models)
    build_index(corpus, fresh)
    assert _files(index_folder) == _files(fresh)
    rebuilt, new = Index.open(index_folder), Index.open(fresh)
    for question in ("do late documents count?", "what proves care?", "who calls references?"):
        ours, theirs = rebuilt.ask(question), new.ask(question)
        assert ours.confidence == theirs.confidence
        assert [(q.document.id, q.span, q.score) for q in ours.quotes or ours.nearest] == [
            (q.document.id, q.span, q.score) for q in theirs.quotes or theirs.nearest
        ]


def _files(index: Path) -> dict[str, str]:
    """The hash of every file of the current version."""
    return versions.read_version(index, versions.current_name(index)).manifest.files


def test_a_deleted_document_is_gone(corpus: Path, index_folder: Path, build_index: Build) -> None:
    """The next version no longer holds it."""
    build_index(corpus, index_folder)
    (corpus / "hiring" / "references.md").unlink()
    build_index(corpus, index_folder)
    assert "hiring/references.md" not in Index.open(index_folder).documents


def test_a_bad_file_is_named_and_the_rest_is_built(
    corpus: Path, index_folder: Path, build_index: Build
) -> None:
    """Path and reason of a file that cannot be read are in the report and in the manifest."""
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.7 not really")
    (corpus / "empty.md").write_text("", "utf-8")
    report = build_index(corpus, index_folder)
    assert [problem.path for problem in report.problems] == ["broken.pdf", "empty.md"]
    assert report.documents == 3
    version = versions.read_version(index_folder, report.version)
    assert [path for path, _ in version.manifest.problems] == ["broken.pdf", "empty.md"]


def test_nothing_readable_builds_nothing(
    tmp_path: Path, index_folder: Path, build_index: Build
) -> None:
    """Without a readable document the error says where it looked; no version appears."""
    empty = tmp_path / "nothing"
    empty.mkdir()
    with pytest.raises(UsageError, match="no documents in"):
        build_index(empty, index_folder)
    (empty / "empty.md").write_text("", "utf-8")
    with pytest.raises(UsageError, match=r"empty\.md"):
        build_index(empty, index_folder)
    assert versions.names(index_folder) == []


def test_a_damaged_version_is_never_opened_and_built_anew(
    corpus: Path, index_folder: Path, build_index: Build
) -> None:
    """Opening a damaged version fails; the next build replaces it although nothing is new."""
    first = build_index(corpus, index_folder)
    file = index_folder / "versions" / first.version / "vectors.npy"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    with pytest.raises(IndexDamaged, match=r"vectors\.npy was changed"):
        Index.open(index_folder)
    second = build_index(corpus, index_folder)
    assert second.changed
    assert Index.open(index_folder).version == second.version


def test_a_damaged_cache_starts_anew(corpus: Path, index_folder: Path, build_index: Build) -> None:
    """A cache is only a cache."""
    build_index(corpus, index_folder)
    for cache in ("embeddings.sqlite3", "derived.sqlite3"):
        (index_folder / cache).write_bytes(b"no database" * 1000)
    (corpus / "new.md").write_text("# New\n\nThis one is new.\n", "utf-8")
    assert build_index(corpus, index_folder).changed


def test_an_unchanged_file_is_not_read_again(
    corpus: Path, index_folder: Path, build_index: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rebuild opens, cuts and takes apart only the file that is new."""
    build_index(corpus, index_folder)
    read: list[str] = []

    def reading(
        files: Sequence[tuple[str, Path]], limits: Limits, on_file: Callable[[str], None]
    ) -> list[Document | str]:
        read.extend(document_id for document_id, _ in files)
        return read_files(files, limits, on_file)

    monkeypatch.setattr(kept, "read_files", reading)
    cut: list[str] = []

    def cutting(document: Document) -> list[Passage]:
        cut.append(document.id)
        return passages(document)

    monkeypatch.setattr(prepared, "passages", cutting)
    (corpus / "new.md").write_text("# New\n\nThis one is new.\n", "utf-8")
    build_index(corpus, index_folder)
    assert (read, cut) == (["new.md"], ["new.md"])


def test_rolling_back(corpus: Path, index_folder: Path, build_index: Build) -> None:
    """Rolling back goes one version back; before the first there is none."""
    first = build_index(corpus, index_folder)
    with pytest.raises(IndexMissing, match="no version before"):
        rollback(index_folder, None)
    (corpus / "hiring" / "portfolio.md").unlink()
    build_index(corpus, index_folder)
    assert rollback(index_folder, None) == first.version
    assert "hiring/portfolio.md" in Index.open(index_folder).documents


def test_rolling_back_to_a_damaged_version_changes_nothing(
    corpus: Path, index_folder: Path, build_index: Build
) -> None:
    """A version is checked before it is switched in."""
    first = build_index(corpus, index_folder)
    (corpus / "hiring" / "portfolio.md").unlink()
    second = build_index(corpus, index_folder)
    (index_folder / "versions" / first.version / "passages.npy").unlink()
    with pytest.raises(IndexDamaged, match="missing"):
        rollback(index_folder, first.version)
    assert versions.current_name(index_folder) == second.version
