"""/library in Slack: signed requests to the real app, a real build beside it, a real database."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.slack import library_strings as said
from bot.slack import rebuild_message
from bot.store.audit import Entry
from index import versions
from index.build import BuildReport
from index.live import LiveIndex
from tests.bot.harness import Bot, shown, until


@pytest.fixture
def corpus(small_corpus: Path, tmp_path: Path) -> Path:
    """A copy of the small corpus that a test may change, with a file that cannot be read."""
    folder = tmp_path / "corpus"
    for path in small_corpus.rglob("*.*"):
        copy = folder / path.relative_to(small_corpus)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (folder / "hiring" / "empty.md").touch()
    return folder


@pytest.fixture
def library_bot(
    open_bot: Callable[..., Bot],
    build_index: Callable[[Path, Path], BuildReport],
    corpus: Path,
    index_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Bot]:
    """The app over a real index that grows, whose asker is a librarian."""
    monkeypatch.setattr(rebuild_message, "EDIT_SECONDS", 0.05)
    build_index(corpus, index_folder)
    live = LiveIndex(index_folder)
    given = {"careerbot_corpus": corpus, "careerbot_index": index_folder}
    yield open_bot(live=live, librarian=True, **given)
    live.close()


def ended(bot: Bot) -> list[Entry]:
    """The audit, once everything in it has ended."""

    def all_ended() -> list[Entry]:
        entries = bot.desk.store.audit.entries()
        return entries if entries and all(entry.ended for entry in entries) else []

    found: list[Entry] = until(all_ended)
    return found


def library(bot: Bot, text: str) -> int:
    return bot.command(text, trigger=str(time.monotonic_ns()), command="/library")


# --- what it holds ---


def test_status_says_what_the_library_holds(library_bot: Bot) -> None:
    """Everybody sees documents, passages, version, skipped files with reasons, and old ones."""
    library(library_bot, "")
    (reply,) = until(library_bot.responses)
    texts = shown(reply["blocks"])
    version = library_bot.desk.library.version
    assert reply["response_type"] == "ephemeral"
    assert reply["text"] == texts[1]
    assert texts[1].startswith("3 documents, ")
    assert any(text.startswith(f"Version {version}, built ") for text in texts)
    assert "1 file was skipped:" in texts
    assert "hiring/empty.md: it is empty" in texts
    assert "What a portfolio shows, 15 Jan 2025" in texts


def test_help_names_every_command(library_bot: Bot) -> None:
    """/library help lists the commands, and an unknown one points there."""
    library(library_bot, "help")
    library(library_bot, "burn")
    helped, unknown = until(lambda: len(library_bot.responses()) == 2 and library_bot.responses())
    for command in ("add", "remove", "rebuild", "rollback"):
        assert f"/library {command}" in helped["text"]
    assert unknown["text"] == said.NOT_A_COMMAND()


# --- who may ---


@pytest.mark.parametrize("text", ["rebuild", "rollback"])
def test_others_are_refused_and_noted(library_bot: Bot, text: str) -> None:
    """Who is no librarian is told so, nothing happens, and the attempt is in the audit."""
    library_bot.asker = "U0STRANGER"
    library(library_bot, text)
    (reply,) = until(library_bot.responses)
    assert reply["response_type"] == "ephemeral"
    assert reply["text"] == said.LIBRARIANS_ONLY()
    (entry,) = ended(library_bot)
    assert entry.deed.user == "U0STRANGER"
    assert (entry.deed.action, entry.result) == (text, "refused")
    assert library_bot.recorder.made("chat.postMessage") == []


# --- rebuilding ---


def test_rebuild_shows_progress_and_what_became_of_it(
    library_bot: Bot, corpus: Path, index_folder: Path
) -> None:
    """One message with a plan is posted, edited, and ends with what changed and a way back."""
    (corpus / "hiring" / "new.md").write_text("# New\n\nAsk what the team reads each week.\n")
    library(library_bot, "rebuild")
    (entry,) = ended(library_bot)
    assert entry.result.startswith("switched to ")
    (posted,) = library_bot.recorder.made("chat.postMessage")
    edits = library_bot.recorder.made("chat.update")
    assert posted["blocks"][0]["type"] == "plan"
    assert len(edits) > 1
    last = edits[-1]
    plan, *rest = last["blocks"]
    assert {card["status"] for card in plan["tasks"]} == {"complete"}
    assert {"Added: 1", "hiring/new.md", "Skipped: 1"} <= set(shown(rest))
    assert "Roll back" in shown(rest)
    version = versions.current_name(index_folder)
    assert last["text"] == f"Version {version} answers now."
    until(lambda: library_bot.desk.library.version == version)
