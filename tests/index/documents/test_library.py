"""Which files are documents, and what is said of those that are not."""

import os
from pathlib import Path

import pytest

from index.documents.library import Library, read_library, scan
from index.documents.reader import Limits
from index.errors import UsageError


def _library(*corpora: Path) -> Library:
    return read_library(corpora, Limits(), lambda _: None)


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
    """README.md, hidden files and folders, questions in JSON lines and editors' leftovers."""
    names = "README.md .hidden.md .git/x.md golden.jsonl questions.JSONL a.md~ a.md.swp ~$a.docx"
    for name in [*names.split(), "#a.md#"]:
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


def test_a_link_to_itself_stops_nothing(tmp_path: Path) -> None:
    """A link that leads nowhere is one more file that cannot be opened."""
    _write(tmp_path, "a.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    library = _library(tmp_path)
    assert [d.id for d in library.documents] == ["a.txt"]
    assert "cannot be opened" in library.problems[0].reason


def test_a_linked_folder_is_reported(tmp_path: Path) -> None:
    """A folder that a link names is not entered, and not passed over in silence."""
    _write(tmp_path / "outside", "b.txt", "Secret words.")
    corpus = tmp_path / "corpus"
    _write(corpus, "inside/a.txt")
    (corpus / "away").symlink_to(tmp_path / "outside")
    (corpus / "inside" / "up").symlink_to(corpus)
    library = _library(corpus)
    assert [d.id for d in library.documents] == ["inside/a.txt"]
    assert [(p.path, p.reason) for p in library.problems] == [
        ("away", "it is a link that leads out of the corpus"),
        ("inside/up", "the folder is a link: copy it here"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is open to root")
def test_a_closed_folder_is_reported(tmp_path: Path) -> None:
    """One folder without permission stops nothing else."""
    _write(tmp_path, "a.txt")
    _write(tmp_path, "closed/b.txt", "Other words.")
    (tmp_path / "closed").chmod(0)
    library = _library(tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert [d.id for d in library.documents] == ["a.txt"]
    assert library.problems[0].path == "closed"


def test_a_name_that_cannot_be_printed_is_reported(tmp_path: Path) -> None:
    """A name with a newline, or with bytes that are not UTF-8, never becomes a document's id."""
    _write(tmp_path, "two\nlines.txt")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("Words.")
    library = _library(tmp_path)
    assert library.documents == ()
    assert [p.path for p in library.problems] == ["two�lines.txt", "�.txt"]
    assert {p.reason for p in library.problems} == {"its name cannot be printed: rename it"}


def test_a_missing_folder_is_a_usage_error(tmp_path: Path) -> None:
    """The folder is named."""
    with pytest.raises(UsageError, match="nowhere"):
        _library(tmp_path / "nowhere")
