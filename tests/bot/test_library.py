"""/library in Slack: signed requests to the real app, a real build beside it, a real database."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import rebuild as rebuilding
from bot.rebuild import RebuildDied
from bot.slack import library_strings as said
from bot.slack import rebuild_message
from bot.slack.desk import recover
from bot.slack.listeners.library import links_of
from bot.slack.request import Request
from bot.store.audit import Entry
from index.build import BuildReport
from index.live import LiveIndex
from tests.bot.harness import Bot, Json, shown, until
from tests.conftest import NewIndex

_NOT_HANDED_OVER = "Slack did not hand the file over: the app needs the scope files:read"


@pytest.fixture(scope="session")
def built(
    small_corpus: Path,
    new_index: NewIndex,
    build_index: Callable[[Path, Path], BuildReport],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A folder with the small corpus, an unreadable file in it, and its index, made once."""
    folder = tmp_path_factory.mktemp("library")
    shutil.copytree(small_corpus, folder / "corpus")
    (folder / "corpus" / "hiring" / "empty.md").touch()
    new_index(folder / "index")
    build_index(folder / "corpus", folder / "index")
    return folder


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "library", symlinks=True))


@pytest.fixture
def corpus(home: Path) -> Path:
    """Its documents."""
    return home / "corpus"


@pytest.fixture
def library_bot(
    open_bot: Callable[..., Bot], home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bot]:
    """The app over a real index that grows, whose asker is a librarian."""
    monkeypatch.setattr(rebuild_message, "EDIT_SECONDS", 0.05)
    live = LiveIndex(home / "index")
    given: Json = {"careerbot_corpus": home / "corpus", "careerbot_index": home / "index"}
    given |= {"careerbot_fetch_allow_hosts": "127.0.0.1"}
    yield open_bot(live=live, librarian=True, **given)
    live.close()


def ended(bot: Bot) -> list[Entry]:
    """The audit, once everything in it has ended."""

    def all_ended() -> list[Entry]:
        entries = bot.desk.store.audit.entries()
        return entries if entries and all(entry.ended for entry in entries) else []

    found: list[Entry] = until(
        all_ended, seconds=120
    )  # a build may wait for its turn on a busy machine
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
    assert texts[1].startswith("Documents: 3 · ")
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


def test_rebuild_shows_progress_and_what_became_of_it(library_bot: Bot, corpus: Path) -> None:
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
    until(lambda: last["text"] == f"Version {library_bot.desk.library.version} answers now.")


def test_rebuild_without_changes_says_so(library_bot: Bot) -> None:
    """Where nothing has changed, the message says so and offers no way back."""
    library(library_bot, "rebuild")
    (entry,) = ended(library_bot)
    assert entry.result == f"nothing changed, {library_bot.desk.library.version}"
    last = library_bot.recorder.made("chat.update")[-1]
    assert last["text"].startswith("Nothing has changed")
    assert "Roll back" not in shown(last["blocks"])


def test_failed_rebuild_gives_the_reason(library_bot: Bot, corpus: Path) -> None:
    """A rebuild that fails says why in our own words, and the version before still answers."""
    version = library_bot.desk.library.version
    shutil.rmtree(corpus)
    library(library_bot, "rebuild")
    (entry,) = ended(library_bot)
    last = library_bot.recorder.made("chat.update")[-1]
    assert "The rebuild failed: there is no folder" in last["text"]
    assert entry.result.startswith("failed: there is no folder")
    assert next(card["status"] for card in last["blocks"][0]["tasks"]) == "error"
    assert library_bot.desk.library.version == version


def test_where_the_bot_may_not_post_first_and_last_are_told(library_bot: Bot, corpus: Path) -> None:
    """In a channel without the bot, the one who asked gets the first and the last state."""
    library_bot.recorder.failures["chat.postMessage"] = ["not_in_channel"]
    (corpus / "growth" / "new.md").write_text("# New\n\nRead the handbook in the first week.\n")
    library(library_bot, "rebuild")
    ended(library_bot)
    first, last = library_bot.responses()
    assert first["text"] == said.REBUILDING()
    assert {first["response_type"], last["response_type"]} == {"ephemeral"}
    assert last["text"].endswith("answers now.")
    assert library_bot.recorder.made("chat.update") == []


def test_older_workspace_gets_lines_for_the_plan(library_bot: Bot) -> None:
    """Where Slack does not know plans, the same is written as lines."""
    library_bot.recorder.failures["chat.postMessage"] = ["invalid_blocks"]
    library(library_bot, "rebuild")
    ended(library_bot)
    _, posted = library_bot.recorder.made("chat.postMessage")
    (block,) = posted["blocks"]
    assert block["type"] == "rich_text"
    assert shown([block])[:3] == ["Rebuilding the library", "● ", "Read the documents"]


def test_killed_rebuild_is_told(library_bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the process that builds dies, the message and the audit say so."""

    def die(*_: object, **__: object) -> BuildReport:
        raise RebuildDied(
            "the rebuild stopped (signal SIGKILL); the version before keeps answering"
        )

    monkeypatch.setattr(rebuilding, "rebuild", die)
    library(library_bot, "rebuild")
    (entry,) = ended(library_bot)
    assert "SIGKILL" in entry.result
    assert "SIGKILL" in library_bot.recorder.made("chat.update")[-1]["text"]


def test_second_rebuild_is_told_that_one_runs(
    library_bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks while a rebuild runs is told so, and nothing else happens."""
    monkeypatch.setattr(rebuilding, "is_running", lambda: True)
    library(library_bot, "rebuild")
    (reply,) = until(library_bot.responses)
    assert reply["text"] == said.BUSY()
    assert library_bot.desk.store.audit.entries() == []


def test_order_of_a_dead_process_is_not_repeated(library_bot: Bot) -> None:
    """What a process that died left half done is not done again; its librarian is told."""
    request = Request("T000000001", library_bot.channel, library_bot.asker, private=True)
    left = replace(request, interrupted=True)
    library_bot.desk.store.inbox.claim("command:1", left.to_json(), time.time() - 1000)
    recover(library_bot.desk)
    (told,) = until(lambda: library_bot.recorder.made("chat.postEphemeral"))
    assert told["text"] == said.INTERRUPTED()


# --- rolling back ---


@pytest.fixture
def two_versions(library_bot: Bot, corpus: Path) -> tuple[str, str]:
    """The version before and the one that answers."""
    before = library_bot.desk.library.version
    (corpus / "growth" / "new.md").write_text("# New\n\nRead the handbook in the first week.\n")
    library(library_bot, "rebuild")
    ended(library_bot)
    until(lambda: library_bot.desk.library.version != before)
    return before, library_bot.desk.library.version


def buttons_of(message: Json) -> list[Json]:
    """The buttons of a message."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return [button for row in rows for button in row]


def test_rollback_asks_and_goes_back(library_bot: Bot, two_versions: tuple[str, str]) -> None:
    """/library rollback asks, naming the version; the button goes back and says who did."""
    before, now = two_versions
    library(library_bot, "rollback")
    (asked,) = until(library_bot.responses)
    assert f"Go back to version {before}, built" in asked["text"]
    (button,) = buttons_of(asked)
    assert button["value"] == f"{now}:{before}"
    library_bot.press("library_roll_back", button["value"])
    entry = until(lambda: [e for e in ended(library_bot) if e.deed.action == "rollback"])[0]
    assert entry.result == f"switched to {before}"
    until(lambda: library_bot.desk.library.version == before)
    told = library_bot.recorder.made("chat.postMessage")[-1]
    assert told["text"].startswith(f"Version {before} answers now.")


def test_button_under_a_rebuild_goes_back_for_librarians_only(
    library_bot: Bot, two_versions: tuple[str, str]
) -> None:
    """The button is in everybody's sight, and the server asks again who pressed it."""
    before, now = two_versions
    (button,) = buttons_of(library_bot.recorder.made("chat.update")[-1])
    assert button["confirm"]["confirm"]["text"] == "Roll back"
    librarian, library_bot.asker = library_bot.asker, "U0STRANGER"
    library_bot.press("library_roll_back", button["value"])
    (refused,) = until(library_bot.responses)
    assert refused["text"] == said.LIBRARIANS_ONLY()
    assert library_bot.desk.library.version == now
    library_bot.asker = librarian
    library_bot.press("library_roll_back", button["value"])
    until(lambda: library_bot.desk.library.version == before)
    assert [(e.deed.user, e.result) for e in ended(library_bot)[1:]] == [
        ("U0STRANGER", "refused"),
        (librarian, f"switched to {before}"),
    ]


def test_rollback_of_what_has_changed_since_is_refused(
    library_bot: Bot, two_versions: tuple[str, str]
) -> None:
    """A button from before another switch does nothing."""
    before, _ = two_versions
    library_bot.press("library_roll_back", f"{before}:{before}")
    (told,) = until(library_bot.responses)
    assert told["text"] == said.CHANGED_MEANWHILE()


def test_nothing_to_go_back_to(library_bot: Bot) -> None:
    """With one version, /library rollback says that there is none before."""
    library(library_bot, "rollback")
    (told,) = until(library_bot.responses)
    assert told["text"] == said.NOTHING_BEFORE()


# --- adding and removing ---


def test_shared_file_is_added(library_bot: Bot, corpus: Path) -> None:
    """The shortcut on a message with a file fetches it with our token and rebuilds."""
    content = b"# Feedback\n\nAsk for feedback after each project, not once a year.\n"
    library_bot.recorder.files["/files/feedback.md"] = ("text/plain", content)
    file = {"name": "feedback.md", "size": len(content)}
    file |= {"url_private_download": f"{library_bot.recorder.url}/files/feedback.md"}
    library_bot.shortcut("add_to_library", {"text": "look", "files": [file]})
    (entry,) = ended(library_bot)
    assert entry.deed.target == "feedback.md"
    assert entry.result.startswith("switched to ")
    posted, last = (
        library_bot.recorder.made("chat.postMessage")[0],
        library_bot.recorder.made("chat.update")[-1],
    )
    assert posted["text"] == said.ADDING()
    assert "Added: 1" in shown(last["blocks"])
    assert content in [path.read_bytes() for path in corpus.rglob("*.md")]


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ({"name": "a.exe"}, ".exe is not a format we read"),
        ({"name": "a.md", "size": 99_000_000}, "it has 99.0 MB; the limit is 20.0 MB"),
        ({"name": "a.md", "url_private": "https://slack.com.example/a"}, _NOT_HANDED_OVER),
        ({"name": "a.pdf"}, _NOT_HANDED_OVER),
        ({"name": "a.md", "url_private": "{here}/files/page"}, _NOT_HANDED_OVER),
    ],
)
def test_file_that_cannot_be_had_is_named_with_the_reason(
    library_bot: Bot, file: Json, reason: str
) -> None:
    """A file of another format, too large or not handed over is named, and nothing is built."""
    library_bot.recorder.files["/files/page"] = ("text/html; charset=utf-8", b"<p>Sign in")
    if url := file.get("url_private"):
        file = file | {"url_private": url.format(here=library_bot.recorder.url)}
    library_bot.shortcut("add_to_library", {"text": "", "files": [file]})
    (entry,) = ended(library_bot)
    assert entry.result == f"failed: {reason}"
    last = library_bot.recorder.made("chat.update")[-1]
    assert last["text"] == said.NOTHING_ADDED()
    assert f"{file['name']}: {reason}" in shown(last["blocks"])


def test_link_is_added_and_one_that_fails_is_named(library_bot: Bot) -> None:
    """/library add takes several links; what cannot be fetched is named, the rest is added."""
    page = "<title>Goals</title><h1>Goals</h1><p>Write goals down before the year begins, and "
    page += "look at them again every quarter together with whoever leads the team.</p>"
    library_bot.recorder.files["/goals.html"] = ("text/html; charset=utf-8", page.encode())
    here = library_bot.recorder.url
    library(library_bot, f"add {here}/goals.html {here}/missing.html")
    (entry,) = ended(library_bot)
    assert entry.deed.target == f"{here}/goals.html {here}/missing.html"
    last = library_bot.recorder.made("chat.update")[-1]
    texts = shown(last["blocks"])
    assert {"Added: 1", "added/goals.html", "Skipped: 2"} <= set(texts)
    assert any(text.startswith(f"{here}/missing.html: ") for text in texts)


def test_message_with_nothing_to_add(library_bot: Bot) -> None:
    """The shortcut on a message without file or link says so."""
    library_bot.shortcut("add_to_library", {"text": "hello"})
    (told,) = until(library_bot.responses)
    assert told["text"] == said.NOTHING_TO_ADD()


def test_links_are_read_as_slack_writes_them() -> None:
    """Links with and without label, each once; mentions and addresses are none."""
    text = "<https://a.example/x?a=1&amp;b=2|here> <https://a.example/y> <@U1> <mailto:x@y.example>"
    assert links_of(text + text) == ["https://a.example/x?a=1&b=2", "https://a.example/y"]


@pytest.mark.parametrize("text", ["add", "add /etc/passwd", "add file:///etc/passwd"])
def test_only_links_are_added(library_bot: Bot, text: str) -> None:
    """/library add takes no path of the server."""
    library(library_bot, text)
    (told,) = until(library_bot.responses)
    assert told["text"] == said.WHICH_LINK()
    assert library_bot.desk.store.audit.entries() == []


def test_remove_asks_and_takes_out_once(library_bot: Bot, corpus: Path) -> None:
    """/library remove asks for the document by its title; the button removes it, once."""
    library(library_bot, "remove what a portfolio shows")
    (asked,) = until(library_bot.responses)
    assert "Remove hiring/portfolio.md from the library?" in asked["text"]
    (button,) = buttons_of(asked)
    for _ in range(2):
        library_bot.press("library_remove", button["value"])
    (entry,) = ended(library_bot)
    assert entry.deed.target == "hiring/portfolio.md"
    assert entry.result.startswith("switched to ")
    assert not (corpus / "hiring" / "portfolio.md").exists()
    until(lambda: "hiring/portfolio.md" not in library_bot.desk.library.documents)
    assert library_bot.responses()[-1]["text"] == said.ALREADY_DONE()
    assert "Removed: 1" in shown(library_bot.recorder.made("chat.update")[-1]["blocks"])


def test_remove_is_for_librarians_again(library_bot: Bot, corpus: Path) -> None:
    """Whoever presses the button is looked at again."""
    library(library_bot, "remove hiring/portfolio.md")
    (button,) = buttons_of(until(library_bot.responses)[0])
    library_bot.asker = "U0STRANGER"
    library_bot.press("library_remove", button["value"])
    until(lambda: len(library_bot.responses()) == 2)
    assert library_bot.responses()[1]["text"] == said.LIBRARIANS_ONLY()
    assert [e.result for e in library_bot.desk.store.audit.entries()] == ["asked", "refused"]
    assert (corpus / "hiring" / "portfolio.md").exists()


def test_unknown_document_is_answered_with_those_named_alike(library_bot: Bot) -> None:
    """A name that fits no document gets those that hold the word, or a plain no."""
    library(library_bot, "remove hiring")
    library(library_bot, "remove nonsense")
    near, none = until(lambda: len(library_bot.responses()) == 2 and library_bot.responses())
    assert {"hiring/portfolio.md", "hiring/references.md"} <= set(shown(near["blocks"]))
    assert none["text"] == said.NO_SUCH_DOCUMENT()
