"""Which files are documents, and what is said of those that are not."""

from pathlib import Path

import pytest

from index.documents.library import Library, read_library, scan
from index.errors import UsageError

LIMIT = 1_000_000


def _library(*corpora: Path) -> Library:
    return read_library(corpora, LIMIT, lambda _: None)


def _write(folder: Path, name: str, text: str = "Some words about work.") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_ids_are_paths_from_the_corpus(tmp_path: Path) -> None:
    """Ids have forward slashes and come in order; the top folder is the collection."""
    _write(tmp_path, "b.md", "Other words.")
    _write(tmp_path, "a/deep/c.txt")
    library = _library(tmp_path)
    assert [d.id for d in library.documents] == ["a/deep/c.txt", "b.md"]
    assert [d.collection for d in library.documents] == ["a", None]


def test_what_is_passed_over(tmp_path: Path) -> None:
    """README.md, hidden files and folders, golden questions and editors' leftovers."""
    for name in ("README.md", ".hidden.md", ".git/x.md", "golden.jsonl", "a.md~", "a.md.swp"):
        _write(tmp_path, name)
    assert scan([tmp_path]) == []


def test_other_files_are_reported(tmp_path: Path) -> None:
    """A file of an unknown format is a problem, not silence."""
    _write(tmp_path, "a.md")
    _write(tmp_path, "sheet.xlsx")
    library = _library(tmp_path)
    assert len(library.documents) == 1
    assert library.problems[0].path == "sheet.xlsx"


def test_the_same_text_counts_once(tmp_path: Path) -> None:
    """A copy is named with the document that it copies."""
    _write(tmp_path, "a.txt")
    _write(tmp_path, "b.txt")
    library = _library(tmp_path)
    assert [d.id for d in library.documents] == ["a.txt"]
    assert library.problems[0].reason == "it has the same text as a.txt"


def test_the_same_id_in_two_corpora(tmp_path: Path) -> None:
    """The second of two files with one id is reported."""
    _write(tmp_path / "one", "a.txt")
    _write(tmp_path / "two", "a.txt", "Different words.")
    library = _library(tmp_path / "one", tmp_path / "two")
    assert len(library.documents) == 1
    assert "another corpus" in library.problems[0].reason


def test_a_link_out_of_the_corpus_is_not_followed(tmp_path: Path) -> None:
    """A link cannot bring a file from elsewhere into the answers."""
    outside = _write(tmp_path, "outside.txt", "Secret words.")
    corpus = tmp_path / "corpus"
    _write(corpus, "a.txt")
    (corpus / "link.txt").symlink_to(outside)
    library = _library(corpus)
    assert [d.id for d in library.documents] == ["a.txt"]
    assert "out of the corpus" in library.problems[0].reason


def test_a_missing_folder_is_a_usage_error(tmp_path: Path) -> None:
    """The folder is named."""
    with pytest.raises(UsageError, match="nowhere"):
        _library(tmp_path / "nowhere")
