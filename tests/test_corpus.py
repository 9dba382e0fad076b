"""The starter library: enough documents, each with its sources, in words of our own."""

import re
import runpy
import sys
from pathlib import Path

import pytest
import yaml

from index.documents.document import Document
from index.documents.library import read_library

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
SEEDS = ROOT.parent / "shared" / "seeds"
MARKDOWN = sorted(path for path in CORPUS.rglob("*.md") if path.name != "README.md")
RUN = 11
"""So many words in a row are a copy."""


def _read(corpus: Path) -> tuple[Document, ...]:
    library = read_library([corpus], 10_000_000, lambda _: None)
    assert library.problems == ()
    return library.documents


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9$%]+", text.lower())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


def test_twenty_documents_in_three_formats_are_read() -> None:
    """Every file of the library is read, and there are enough of them and of their formats."""
    documents = _read(CORPUS)
    assert len(documents) >= 20
    assert len({document.id.rsplit(".", 1)[-1] for document in documents}) >= 3


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.stem)
def test_markdown_brief_states_its_sources(path: Path) -> None:
    """The front matter has a title, a publisher, a date, and a source with a title."""
    fields = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    assert fields["title"]
    assert fields["publisher"]
    assert fields["published"]
    assert any(source["title"] for source in fields["sources"])


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the articles are not beside this checkout")
def test_briefs_are_in_our_own_words() -> None:
    """No document of the library shares a run of eleven words with an article."""
    articles = set[tuple[str, ...]]()
    for seed in SEEDS.glob("*.txt"):
        articles |= _runs(seed.read_text(encoding="utf-8"))
    copied = {document.id: _runs(document.text) & articles for document in _read(CORPUS)}
    assert {name: runs for name, runs in copied.items() if runs} == {}


def test_binary_briefs_are_what_their_script_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The DOCX and the PDF in the library hold the text that the script writes."""
    pytest.importorskip("fpdf")
    monkeypatch.setattr(sys, "argv", ["make_binary_briefs.py", str(tmp_path)])
    runpy.run_path(str(ROOT / "scripts" / "make_binary_briefs.py"), run_name="__main__")
    made = {document.id: document.text for document in _read(tmp_path)}
    kept = {document.id: document.text for document in _read(CORPUS)}
    assert {name.rsplit(".", 1)[-1] for name in made} == {"docx", "pdf"}
    assert made == {name: kept[name] for name in made}
