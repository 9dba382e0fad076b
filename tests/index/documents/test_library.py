"""Which files are documents, and what is said of those that are not."""

import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, NameObject, NumberObject

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


KNOWN = ".hidden.md .git/x.md a/.git/x.md .x/README.md golden.jsonl".split()
ABOUT = "README.md readme.MD README README.txt Readme.html readme.rst".split()
LEFT = "a.md~ a/a.md.swp ~$a.docx #a.md# a/b.bak c.tmp d#".split()
DOCUMENTS = "a/README.md a/b/readme.txt readme-first.md #1.md a.md".split()
OTHERS = "a.doc a.json questions.JSONL a/golden.jsonl golden.jsonl.gz a b.origin x.md.orig".split()


@pytest.mark.parametrize("name", [*KNOWN, *ABOUT, *LEFT, *DOCUMENTS, *OTHERS])
def test_no_file_vanishes_without_a_word(tmp_path: Path, name: str) -> None:
    """Hidden files and golden questions are known; every other is a document or is named."""
    _write(tmp_path, name)
    library = _library(tmp_path)
    problems = [(problem.path, problem.intended) for problem in library.problems]
    assert [d.id for d in library.documents] == ([name] if name in DOCUMENTS else [])
    if name in {*KNOWN, *DOCUMENTS}:
        assert problems == []
    else:
        assert problems == [(name, name not in OTHERS)]
    assert [i for i, _ in scan([tmp_path])] == ([name] if name in {*DOCUMENTS, *OTHERS} else [])


def test_what_to_do_is_said(tmp_path: Path) -> None:
    """Each reason tells how the file becomes a document, or where it belongs."""
    for name in ("README.md", "a.md~", "q.jsonl", "a.doc", "a.yaml"):
        _write(tmp_path, name)
    reasons = {problem.path: problem.reason for problem in _library(tmp_path).problems}
    assert "rename it" in reasons["README.md"]
    assert "rename it" in reasons["a.md~"]
    assert "golden.jsonl in the corpus's own folder" in reasons["q.jsonl"]
    assert "save it as .docx" in reasons["a.doc"]
    assert "save it as .md" in reasons["a.yaml"]


def test_a_record_of_origin_is_known_beside_its_document(tmp_path: Path) -> None:
    """One whose document is gone is named."""
    _write(tmp_path, "added/a.md")
    for name in ("added/a.md.origin.json", "added/b.md.origin.json"):
        _write(tmp_path, name, "{}")
    (problem,) = _library(tmp_path).problems
    assert (problem.path, problem.intended) == ("added/b.md.origin.json", True)
    assert "delete it" in problem.reason


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


def _bomb(path: Path) -> None:
    """A small file that unpacks to 300 MB, and has what three formats want to see."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in ("ppt/presentation.xml", "META-INF/container.xml"):
            archive.writestr(part, "<p/>")
        with archive.open("word/document.xml", "w") as large:
            for _ in range(300):
                large.write(bytes(1_000_000))


def _long_pdf(path: Path, pages: int) -> None:
    """A PDF that shows its one page many times."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    tree: Any = writer.root_object["/Pages"].get_object()
    tree[NameObject("/Kids")] = ArrayObject(list(tree["/Kids"]) * pages)
    tree[NameObject("/Count")] = NumberObject(pages)
    writer.write(path)


def test_hostile_files_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    """Each has a reason that says what it is or what to do; none costs another one."""
    _write(tmp_path, "a.md")
    _write(tmp_path, "page.html", "<script>steal()</script><p>Bread is sold here every day.</p>")
    _write(tmp_path, "script.html", "<script>document.write('Bread')</script>")
    (tmp_path / "picture.md").write_bytes(b"\xff\xd8\xff\xe0" + bytes(200))
    (tmp_path / "locked.pptx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    _bomb(tmp_path / "bomb.docx")
    for suffix in (".epub", ".pptx"):
        shutil.copy(tmp_path / "bomb.docx", tmp_path / f"bomb{suffix}")
    _write(tmp_path, "notes.pptx", "Words.")
    _write(tmp_path, "laughs.epub", "PK\x03\x04 torn")
    _long_pdf(tmp_path / "long.pdf", 10_000)
    locked = PdfWriter()
    locked.add_blank_page(100, 100)
    locked.encrypt("secret", algorithm="RC4-128")
    locked.write(tmp_path / "locked.pdf")
    library = _library(tmp_path)
    assert [d.id for d in library.documents] == ["a.md", "page.html"]
    assert library.documents[1].text == "Bread is sold here every day."
    assert {problem.path: problem.reason for problem in library.problems} == {
        "bomb.docx": "it unpacks to more than 200 MB: split it",
        "bomb.epub": "it unpacks to more than 200 MB: split it",
        "bomb.pptx": "it unpacks to more than 200 MB: split it",
        "laughs.epub": "it is no EPUB file, or a damaged one: save it again",
        "locked.pdf": "it is encrypted: save it without a password",
        "locked.pptx": "it is an old or password-protected Office file named .pptx: save it as "
        "a real .pptx file",
        "long.pdf": "it has 10,000 pages; 3,000 at most: split it",
        "notes.pptx": "it is no PPTX file, or a damaged one: save it again",
        "picture.md": "it is a JPEG file named .md: save it as a real .md file",
        "script.html": "it has no main content",
    }


def test_a_missing_folder_is_a_usage_error(tmp_path: Path) -> None:
    """The folder is named."""
    with pytest.raises(UsageError, match="nowhere"):
        _library(tmp_path / "nowhere")


def test_nearly_the_same_text_counts_once(tmp_path: Path) -> None:
    """A page saved in two formats is one document; the copy with a date counts."""
    words = "Bread is sold at the corner of our street by a baker who knows all her customers."
    _write(tmp_path, "a.txt", f"{words}\n")
    _write(tmp_path, "b.md", f"---\npublished: 2026-03-02\n---\n**{words}**\n")
    library = _library(tmp_path)
    assert [d.id for d in library.documents] == ["b.md"]
    assert [(p.path, p.reason) for p in library.problems] == [
        ("a.txt", "it has nearly the same text as b.md: remove one of them")
    ]
