"""A server that follows its documents."""

from collections.abc import Callable
from pathlib import Path

from bot.store.store import open_store
from bot.watching import watching
from index import versions
from index.build import BuildReport, BuildSettings
from index.live import LiveIndex
from tests.bot.harness import until


def test_dropped_file_is_answered_from_without_a_word(
    small_corpus: Path,
    index_folder: Path,
    tmp_path: Path,
    build_index: Callable[[Path, Path], BuildReport],
) -> None:
    """A file that is dropped in is in the version that answers next, and in the audit."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    text = (small_corpus / "hiring/references.md").read_text("utf-8")
    (corpus / "references.md").write_text(text, "utf-8")
    build_index(corpus, index_folder)
    audit = open_store(f"sqlite:///{tmp_path}/state.db").audit
    live = LiveIndex(index_folder)
    with watching(BuildSettings(corpora=(corpus,), index=index_folder), audit):
        (corpus / "goals.md").write_text("# Goals\n\nWrite your goals down in January.\n")
        until(lambda: "goals.md" in live.current.documents, seconds=120)
        (entry,) = until(audit.entries)
    live.close()
    until(lambda: audit.entries()[0].result == f"switched to {versions.current_name(index_folder)}")
    assert (entry.deed.user, entry.deed.action) == ("watch", "rebuild")
