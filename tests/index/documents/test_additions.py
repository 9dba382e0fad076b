"""Adding files and pages to a corpus of real files, and taking them out."""

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.documents import additions, origin
from index.documents.additions import Outcome, add, remove
from index.documents.fetch import Fetching
from index.documents.library import read_library, scan
from index.documents.reader import Limits
from index.errors import CareerbotError, NotFetched, UnreadableDocument, UsageError

if TYPE_CHECKING:
    from tests.index.documents.conftest import Web

NOTE = "# Asking twice\n\nA second question often brings more than the first one did.\n"
PAGE = (
    "<html><head><title>Notice periods, explained</title></head><body><article>"
    "<h1>Notice periods, explained</h1>"
    "<p>A notice period is the time between saying that one leaves and leaving.</p>"
    "<p>It is written in the contract, and both sides may agree on a shorter one.</p>"
    "</article></body></html>"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus with one document."""
    folder = tmp_path / "corpus"
    (folder / "notes").mkdir(parents=True)
    (folder / "notes" / "old.md").write_text("# Old\n\nThis one was there before.\n")
    return folder


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A file to add."""
    path = tmp_path / "Asking Twice (final).MD"
    path.write_text(NOTE)
    return path


def _all(corpus: Path) -> list[str]:
    """Every file of the corpus, hidden ones but the lock too."""
    paths = (path for path in corpus.rglob("*") if path.is_file())
    return sorted(str(p.relative_to(corpus)) for p in paths if p.name != ".additions.lock")


def test_a_file_is_copied_with_where_it_came_from(corpus: Path, note: Path) -> None:
    """It has a name for every system, and a record beside it."""
    added = add(str(note), corpus, Fetching())
    assert added == additions.Added(
        "added/asking-twice-final.md", Outcome.ADDED, title="Asking twice"
    )
    path = corpus / added.document
    assert path.read_text() == NOTE
    found = origin.read(path)
    assert found
    assert (found.given, found.url) == (str(note), None)
    assert found.sha256 == hashlib.sha256(NOTE.encode()).hexdigest()
    assert [document for document, _ in scan([corpus])] == [added.document, "notes/old.md"]


def test_a_page_becomes_a_document_with_its_url(corpus: Path, web: "Web", opened: Fetching) -> None:
    """Title from the page; URL from where it was fetched; a date that nobody stated is none."""
    web.page("/articles/17", PAGE)
    added = add(web.redirect("/a", "/articles/17"), corpus, opened)
    assert added.document == "added/notice-periods-explained.html"
    library = read_library([corpus], Limits(), lambda _: None)
    source = library.documents[0].source
    assert source.url == web.url("/articles/17")
    assert source.title == "Notice periods, explained"
    assert (source.author, source.date) == (None, None)
    record = json.loads((corpus / f"{added.document}.origin.json").read_text())
    assert record["given"] == web.url("/a")
    assert record["content_type"] == "text/html"
    assert not library.problems


def test_a_url_that_the_page_states_is_kept(corpus: Path, web: "Web", opened: Fetching) -> None:
    """What a document says of itself goes before where it was found."""
    canonical = '<link rel="canonical" href="https://example.com/notice">'
    add(web.page("/a", PAGE.replace("</head>", f"{canonical}</head>")), corpus, opened)
    library = read_library([corpus], Limits(), lambda _: None)
    assert library.documents[0].source.url == "https://example.com/notice"


def test_the_same_place_again_replaces(corpus: Path, web: "Web", opened: Fetching) -> None:
    """The document keeps its id, and there is one of it, even under a new title."""
    url = web.page("/a", PAGE)
    first = add(url, corpus, opened)
    assert add(url, corpus, opened).outcome is Outcome.UNCHANGED
    web.page("/a", PAGE.replace("explained", "in short").replace("both sides", "the two sides"))
    again = add(url, corpus, opened)
    assert (again.document, again.outcome) == (first.document, Outcome.REPLACED)
    assert "the two sides" in (corpus / first.document).read_text()
    assert len(scan([corpus])) == 2


def test_the_same_place_in_another_format_replaces(
    corpus: Path, web: "Web", opened: Fetching
) -> None:
    """The earlier file is kept aside."""
    url = web.page("/a", PAGE)
    add(url, corpus, opened)
    web.page("/a", NOTE, "text/markdown")
    again = add(url, corpus, opened)
    assert (again.document, again.outcome) == ("added/asking-twice.md", Outcome.REPLACED)
    assert [document for document, _ in scan([corpus])] == [again.document, "notes/old.md"]
    assert (corpus / ".removed/added/notice-periods-explained.html").is_file()


def test_a_file_that_is_there_already_is_not_added(corpus: Path, tmp_path: Path) -> None:
    """The same bytes under any name of any collection are named."""
    copy = tmp_path / "other.md"
    copy.write_bytes((corpus / "notes/old.md").read_bytes())
    before = _all(corpus)
    added = add(str(copy), corpus, Fetching())
    assert (added.document, added.outcome) == ("notes/old.md", Outcome.UNCHANGED)
    assert _all(corpus) == before


def test_another_document_is_never_overwritten(corpus: Path, tmp_path: Path) -> None:
    """Two files of one name get two names."""
    ids = []
    for folder, name in (("a", "note.md"), ("b", "note.md"), ("c", "README.md")):
        path = tmp_path / folder / name
        path.parent.mkdir()
        path.write_text(f"# Note {folder}\n\nThis note was found in the folder {folder}.\n")
        ids.append(add(str(path), corpus, Fetching()).document)
    assert ids == ["added/note.md", "added/note-2.md", "added/readme.md"]
    assert len(read_library([corpus], Limits(), lambda _: None).documents) == 4


def test_many_at_once(corpus: Path, tmp_path: Path) -> None:
    """Additions at the same moment get a name each."""
    paths = [tmp_path / str(n) / "note.md" for n in range(6)]
    for number, path in enumerate(paths):
        path.parent.mkdir()
        path.write_text(f"# Note\n\nThis is the note that has the number {number}.\n")
    with ThreadPoolExecutor(6) as threads:
        added = list(threads.map(lambda path: add(str(path), corpus, Fetching()), paths))
    assert len({one.document for one in added}) == 6
    assert len(scan([corpus])) == 7


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.md", b"", "it is empty"),
        ("a.xyz", b"words", "not a format we read"),
        ("a.pdf", b"words", "it is not a PDF file"),
        ("a.md", b"\xff\xd8\xff\xe0picture", "a JPEG file named .md"),
        ("a.html", b"<html><script>x</script></html>", "no"),
        ("a.md", b"word " * 30_000, "the limit is"),
    ],
)
def test_what_cannot_be_read_is_refused(
    corpus: Path, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    """The line names the file and the reason; nothing is left behind."""
    before = _all(corpus)
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=reason) as refused:
        add(str(path), corpus, Fetching(limits=Limits(file_bytes=100_000)))
    assert str(refused.value).startswith(str(path))
    assert _all(corpus) == before
    assert not list(corpus.glob(".arriving-*"))


def test_a_page_without_text_is_refused(corpus: Path, web: "Web", opened: Fetching) -> None:
    """An empty shell that a script would fill is no document."""
    url = web.page("/a", "<html><body><div id=app></div><script>x()</script></body></html>")
    with pytest.raises(UnreadableDocument, match=f"^{url}: "):
        add(url, corpus, opened)
    assert _all(corpus) == ["notes/old.md"]


@pytest.mark.parametrize("where", ["missing.md", "", "notes\0.md"])
def test_there_is_no_such_file(corpus: Path, where: str) -> None:
    """A path that leads nowhere is said to."""
    with pytest.raises((CareerbotError, OSError)):
        add(where, corpus, Fetching())


def test_a_folder_is_not_added(corpus: Path, tmp_path: Path) -> None:
    """It is copied into the corpus, or its files are named."""
    with pytest.raises(UsageError, match="is a folder"):
        add(str(tmp_path), corpus, Fetching())


def test_a_page_in_a_private_network_leaves_nothing(corpus: Path, web: "Web") -> None:
    """Unless its host is opened."""
    with pytest.raises(NotFetched):
        add(web.page("/a", PAGE), corpus, replace(Fetching(), seconds=5))
    assert _all(corpus) == ["notes/old.md"]


@pytest.mark.parametrize("title", ["../../etc/passwd", "..", "/", "a\\b:c*?", "CON.", "名前 と 題"])
def test_names_cannot_lead_out(corpus: Path, web: "Web", opened: Fetching, title: str) -> None:
    """A title is words; what else stands in it is not in the name of the file."""
    url = web.page("/a", PAGE.replace("Notice periods, explained", title))
    added = add(url, corpus, opened)
    assert (corpus / added.document).resolve().parent == corpus.resolve() / "added"
    assert not set(added.document.removeprefix("added/")) & set('/\\:*?"<>| ')


def test_a_damaged_record_is_no_record(corpus: Path, web: "Web", opened: Fetching) -> None:
    """The document is read all the same, without the URL."""
    added = add(web.page("/a", PAGE), corpus, opened)
    origin.path_beside(corpus / added.document).write_text("{")
    library = read_library([corpus], Limits(), lambda _: None)
    assert (library.documents[0].source.url, library.problems) == (None, ())


def test_a_removed_document_is_kept_aside(corpus: Path, note: Path) -> None:
    """No build sees it; the file and its record are there to be put back."""
    for kept_as in ("asking-twice-final.md", "asking-twice-final-2.md"):
        added = add(str(note), corpus, Fetching())
        kept = remove(added.document, [corpus])
        assert kept == corpus / ".removed/added" / kept_as
        assert kept.read_text() == NOTE
        assert origin.read(kept)
        assert [document for document, _ in scan([corpus])] == ["notes/old.md"]


@pytest.mark.parametrize(
    "document",
    ["../secret.md", "notes/../../secret.md", "/etc/passwd", "", ".", "notes", "README.md"],
)
def test_only_documents_can_be_removed(corpus: Path, document: str) -> None:
    """A path that leads out of the corpus is no document, nor is a folder or a README."""
    secret = corpus.parent / "secret.md"
    secret.write_text("Stay.")
    (corpus / "README.md").write_text("Stay.")
    with pytest.raises(UsageError, match="there is no document"):
        remove(document, [corpus])
    assert secret.exists()


def test_a_mistyped_document_gets_a_hint(corpus: Path) -> None:
    """The closest one is named."""
    with pytest.raises(UsageError, match=r"did you mean notes/old\.md\?"):
        remove("notes/odl.md", [corpus])


def test_a_file_that_only_passes_through_names_where_it_came_from(
    corpus: Path, tmp_path: Path
) -> None:
    """The same place again replaces, wherever the file lies for the moment."""
    for text in (NOTE, NOTE + "\nOr even a third.\n"):
        passing = tmp_path / str(len(text)) / "note.md"
        passing.parent.mkdir()
        passing.write_text(text)
        added = add(str(passing), corpus, Fetching(), came_from="https://files.example/1/note.md")
    assert added.outcome is Outcome.REPLACED
    record = origin.read(corpus / added.document)
    assert record
    assert record.given == "https://files.example/1/note.md"


def test_what_a_killed_process_left_is_cleared_away(corpus: Path, note: Path) -> None:
    """The next addition removes old leftovers, and leaves what may still be arriving."""
    old, young = corpus / ".arriving-old", corpus / ".arriving-young"
    for left in (old, young):
        left.mkdir()
        (left / "half.md").write_text("# Half")
    os.utime(old, (0, 0))
    add(str(note), corpus, Fetching())
    assert not old.exists()
    assert young.exists()
