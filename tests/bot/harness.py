"""Signed requests over HTTP to the real app, and what Slack then holds.

Slack's Web API is played by the npm package ``emulate``. In front of it stands a small recorder,
which also takes what the app sends to a response_url.
"""

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import httpx
import pytest
import uvicorn
from slack_bolt import App
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import func, select

from bot.conversation.library import Library
from bot.serve import web_app
from bot.settings import Settings
from bot.slack.app import build_app, open_desk
from bot.slack.desk import Desk, Live
from bot.store.store import open_store
from index.answer import Answer, Timings
from index.documents.document import Block, BlockKind, Document, Quote, Section, Span
from index.documents.source import Source
from index.pay.model import PayAnswer, PayQuery
from index.pay.official import OfficialTable
from index.question.asked import Asked
from index.question.read import read

ROOT = Path(__file__).parents[2]
SECRET = "a-signing-secret-of-the-tests"
TOKEN = "xoxb-careerbot-tests"
ASKER_TOKEN = "xoxp-asker-tests"
BOT_USER, BOT_ID = "U0CAREERBOT", "B0CAREERBOT"
HOSTILE = "<!channel> <@U0SOMEBODY> & <https://evil.example|click> `code` ```a``` *b* &lt;!here&gt;"

Json = dict[str, Any]


# --- a library of two documents ---

TEXT = (
    "Moving on\n"
    "People change jobs for many reasons. Ask for the range before the first interview. "
    "It saves time on both sides.\n"
    "Write down what you did each month."
)
ANSWER_WORDS = "Ask for the range before the first interview."


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def document(text: str = TEXT, name: str = "hiring/moving-on.md", **stated: Any) -> Document:
    """A document of one heading and paragraphs, a line each."""
    blocks, start = [], 0
    for number, line in enumerate(text.split("\n")):
        if line:
            kind = BlockKind.PARAGRAPH if number else BlockKind.HEADING
            blocks.append(Block(kind, Span(start, start + len(line))))
        start += len(line) + 1
    section = Section(blocks[0].span, Span(0, len(text)), 1)
    source = Source(title="On moving on", **stated)
    return Document(name, text, source, tuple(blocks), (section,))


def answer_to(question: str, *quotes: Quote, answered: bool = True) -> Answer:
    return Answer(
        question=question,
        answered=answered,
        confidence=0.9 if answered else 0.1,
        index_version="v1",
        quotes=quotes if answered else (),
        nearest=() if answered else quotes,
        differs=False,
        timings_ms=Timings(1, 1, 1, 3),
    )


@dataclass
class Shelf:
    """A library of one document, which answers whatever mentions a range."""

    document: Document
    words: str = ANSWER_WORDS
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    before: dict[str, str | None] = field(default_factory=dict)
    """What each question was read after."""
    version: str = "v1"
    built_at: datetime = datetime(2026, 8, 20, tzinfo=UTC)
    is_open: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Open at once; a test may close it."""
        self.is_open.set()

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id."""
        return {self.document.id: self.document}

    @property
    def examples(self) -> tuple[str, ...]:
        """One question to try."""
        return ("When do I ask for the range?",)

    def read(self, text: str, before: str | None = None) -> Asked:
        """Read a message; put the question before in front."""
        asked = read(text, None, lambda _: pytest.fail("nothing leans"))
        self.before[asked.text] = before
        if not (before and asked.words):
            return asked
        whole = f"{before} {text}"
        return replace(asked, words=whole, before=before, read_as=whole)

    def answer(self, asked: Asked) -> Answer:
        """Answer what mentions a range."""
        question = asked.text
        self.asked.append((question, self.before.get(question)))
        assert self.is_open.wait(20)
        if "crash" in question:
            raise RuntimeError("a secret that no reader may see")
        quote = Quote(self.document, span_of(self.document.text, self.words), score=0.9)
        return answer_to(question, quote, answered="range" in question)

    @property
    def wages(self) -> OfficialTable | None:
        """No official wages."""
        return None

    def pay(self, query: str) -> PayAnswer:
        """Find nothing."""
        asked = PayQuery(query, None, None, None, None)
        return PayAnswer(asked, False, (), (), None, self.version)


@dataclass(frozen=True)
class Standing:
    """A library that no other takes the place of."""

    current: Library


# --- Slack ---


def free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def until(condition: Callable[[], Any], seconds: int = 10) -> Any:
    """Wait for something that another thread brings about; ten seconds are far too long."""
    for _ in range(50 * seconds):
        if value := condition():
            return value
        time.sleep(0.02)
    pytest.fail("it never happened")


@pytest.fixture(scope="session")
def emulate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The url of a running stand-in for Slack's Web API."""
    installed = ROOT / ".venv/node/node_modules/.bin/emulate"
    program = os.environ.get("CAREERBOT_EMULATE") or str(installed)
    if not shutil.which("node") or not Path(program).exists():
        pytest.skip("needs Node and emulate, which `make install` brings where Node is present")
    app = {
        "app_id": "A0CAREERBOT",
        "client_id": "1.2",
        "client_secret": "unused",
        "name": "careerbot",
        "redirect_uris": [],
        "bot_id": BOT_ID,
        "bot_user_id": BOT_USER,
        "bot_name": "careerbot",
    }
    tokens = [
        {"token": TOKEN, "user_id": BOT_USER, "bot_id": BOT_ID, "app_id": "A0CAREERBOT"},
        {"token": ASKER_TOKEN, "user": "asker", "app_id": "A0CAREERBOT"},
    ]
    seed = {"users": [{"name": "asker"}], "oauth_apps": [app], "tokens": tokens}
    seed_file = tmp_path_factory.mktemp("emulate") / "seed.json"
    seed_file.write_text(json.dumps({"slack": seed}))
    port = free_port()
    command = [program, "start", "--service", "slack", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--seed", str(seed_file)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    until(lambda: process.poll() is not None or is_up(url))
    yield url
    process.terminate()
    process.wait()


def is_up(url: str) -> bool:
    try:
        return httpx.get(url).status_code > 0
    except httpx.TransportError:
        return False


@dataclass
class Call:
    """One request that the app made, and what it got."""

    method: str
    body: Json
    reply: Json


class Recorder(ThreadingHTTPServer):
    """Passes Web API calls on to the stand-in, and keeps all that the app sends."""

    def __init__(self, slack: str) -> None:
        super().__init__(("127.0.0.1", 0), _Forward)
        self.slack = slack
        self.calls: list[Call] = []
        self.failures: dict[str, list[str]] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def made(self, method: str) -> list[Json]:
        """What the app sent to one method, in order."""
        return [call.body for call in self.calls if call.method == method]


class _Forward(BaseHTTPRequestHandler):
    server: Recorder

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers.get("Content-Type", "")
        body = json.loads(raw or b"{}") if "json" in kind else _form(raw)
        method = self.path.rsplit("/", 1)[-1]
        reply: Json = {"ok": True}
        if planned := self.server.failures.get(method):
            reply = {"ok": False, "error": planned.pop(0)}
        elif self.path.startswith("/api/"):
            headers = {key: self.headers[key] for key in ("Authorization",) if key in self.headers}
            headers["Content-Type"] = kind
            reply = httpx.post(self.server.slack + self.path, content=raw, headers=headers).json()
        self.server.calls.append(Call(method, body, reply))
        answer = json.dumps(reply).encode()
        refused = method == "respond" and not reply["ok"]
        self.send_response(400 if refused else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def do_GET(self) -> None:
        """Hand out a file; a private one to whoever has the bot's token, others sign in."""
        private = self.path.startswith("/files/")
        allowed = not private or self.headers["Authorization"] == f"Bearer {TOKEN}"
        known = self.server.files.get(self.path)
        kind, content = known if known and allowed else ("text/plain", b"")
        self.send_response((200 if known else 404) if allowed else 302)
        self.send_header("Location", "/sign-in")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


def _form(raw: bytes) -> Json:
    return {key: values[0] for key, values in parse_qs(raw.decode()).items()}


@pytest.fixture
def recorder(emulate: str) -> Iterator[Recorder]:
    server = Recorder(emulate)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


# --- the app ---


@dataclass
class Bot:
    """The real app on a real port, and a person who talks to it."""

    url: str
    app: App
    desk: Desk
    shelf: Any
    recorder: Recorder
    server: uvicorn.Server
    thread: threading.Thread
    asker: str
    channel: str
    dm: str

    def send(self, body: str, content_type: str, secret: str = SECRET, **headers: str) -> int:
        """Send a signed request; the status of the reply."""
        return self.signed(body, content_type, secret, **headers).status_code

    def signed(
        self, body: str, content_type: str, secret: str = SECRET, **headers: str
    ) -> httpx.Response:
        """Send a signed request; the reply."""
        now = str(int(time.time()))
        signature = SignatureVerifier(secret).generate_signature(timestamp=now, body=body)
        headers |= {"Content-Type": content_type, "X-Slack-Request-Timestamp": now}
        headers["X-Slack-Signature"] = str(signature)
        return httpx.post(f"{self.url}/slack/events", content=body.encode(), headers=headers)

    def event(self, event: Json, **headers: str) -> int:
        """Send an event as Slack does."""
        envelope: Json = {"type": "event_callback", "team_id": "T000000001", "api_app_id": "A0"}
        envelope |= {"event_id": f"Ev{time.monotonic_ns()}", "authorizations": []}
        return self.send(json.dumps(envelope | {"event": event}), "application/json", **headers)

    def as_person(self, method: str, **body: Any) -> Json:
        """Do something in Slack as the person."""
        headers = {"Authorization": f"Bearer {ASKER_TOKEN}"}
        reply = httpx.post(f"{self.recorder.slack}/api/{method}", json=body, headers=headers)
        return dict(reply.json())

    def says(self, text: str, channel: str | None = None, thread_ts: str | None = None) -> Json:
        """Post as the person; the event that Slack would send for it."""
        channel = channel or self.channel
        posted = self.as_person(
            "chat.postMessage", channel=channel, text=text[:3000] or " . ", thread_ts=thread_ts
        )
        event = {"type": "message", "user": self.asker, "text": text, "channel": channel}
        event |= {"ts": posted["ts"], "channel_type": "im" if channel == self.dm else "channel"}
        return event | ({"thread_ts": thread_ts} if thread_ts else {})

    def mention(self, question: str, **more: Any) -> Json:
        """Post a mention as the person; the event that Slack would send for it."""
        event = self.says(f"<@{BOT_USER}> {question}", **more)
        return {k: v for k, v in event.items() if k != "channel_type"} | {"type": "app_mention"}

    def command(self, text: str, trigger: str = "1.1", command: str = "/ask") -> int:
        """Type a slash command."""
        form = {
            "command": command,
            "text": text,
            "team_id": "T000000001",
            "channel_id": self.channel,
            "user_id": self.asker,
            "trigger_id": trigger,
            "response_url": f"{self.recorder.url}/respond",
        }
        return self.send(urlencode(form), "application/x-www-form-urlencoded")

    def press(self, action_id: str, value: str, kind: str = "button", **more: Any) -> int:
        """Press a button under an answer."""
        payload = self._interaction("block_actions")
        payload["actions"] = [{"type": kind, "action_id": action_id, "value": value}]
        payload["actions"][0] |= {"block_id": "b", "action_ts": "1.1"} | more
        payload["container"] = {"channel_id": self.channel}
        payload["response_url"] = f"{self.recorder.url}/respond"
        return self._interact(payload)

    def shortcut(self, callback_id: str, message: Json) -> int:
        """Choose a shortcut from the menu of a message."""
        payload = self._interaction("message_action")
        payload |= {"callback_id": callback_id, "message": message}
        payload["channel"] = {"id": self.channel}
        payload["response_url"] = f"{self.recorder.url}/respond"
        return self._interact(payload)

    def submit(self, callback_id: str, metadata: str, values: Json) -> int:
        """Send in a form."""
        payload = self._interaction("view_submission")
        state = {"values": values}
        payload["view"] = {"callback_id": callback_id, "private_metadata": metadata}
        payload["view"] |= {"type": "modal", "state": state}
        return self._interact(payload)

    def options(self, action_id: str, typed: str) -> list[Json]:
        """Open a menu and type; the options that it is given."""
        payload = self._interaction("block_suggestion")
        payload |= {"action_id": action_id, "block_id": "b", "value": typed}
        reply = self.signed(
            urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded"
        )
        return list(reply.json()["options"])

    def _interaction(self, kind: str) -> Json:
        trigger = self.as_person("views.generateTriggerId", user_id=self.asker)["trigger_id"]
        team, user = {"id": "T000000001"}, {"id": self.asker, "team_id": "T000000001"}
        return {"type": kind, "team": team, "user": user, "trigger_id": trigger}

    def _interact(self, payload: Json) -> int:
        form = urlencode({"payload": json.dumps(payload)})
        return self.send(form, "application/x-www-form-urlencoded")

    def settle(self) -> None:
        """Let everything that was accepted come to its end; the app takes nothing after it."""
        self.app.listener_runner.listener_executor.shutdown(wait=True)
        self.desk.workers.shutdown(wait=True)

    def thread_of(self, event: Json) -> list[Json]:
        """What the bot said in the thread of an event."""
        ts, channel = event.get("thread_ts") or event["ts"], event["channel"]
        held = self.desk.client.conversations_replies(channel=channel, ts=str(ts))
        return [message for message in held["messages"] if message["user"] == BOT_USER]

    def responses(self) -> list[Json]:
        """What the app sent to the response_url."""
        return self.recorder.made("respond")

    def count(self, table: Any) -> int:
        """How many rows a table has."""
        with self.desk.store.engine.connect() as connection:
            return int(connection.scalar(select(func.count()).select_from(table)) or 0)


@pytest.fixture
def open_bot(recorder: Recorder, tmp_path: Path) -> Iterator[Callable[..., Bot]]:
    """Start the app with a library; it stops with the test."""
    running: list[Bot] = []

    def start(
        shelf: Library | None = None,
        *,
        live: Live | None = None,
        librarian: bool = False,
        **more: Any,
    ) -> Bot:
        shelf = shelf or Shelf(document())
        given: Json = {"slack_bot_token": TOKEN, "slack_signing_secret": SECRET} | more
        given |= {"slack_api_url": f"{recorder.url}/api/"}
        given |= {"database_url": f"sqlite:///{tmp_path}/state.db"}
        settings = Settings.model_construct(**given)
        desk = open_desk(settings, live or Standing(shelf), open_store(settings.database_url))
        people = desk.client.users_list()["members"]
        asker = next(person["id"] for person in people if person["name"] == "asker")
        if librarian:
            settings = settings.model_copy(update={"careerbot_librarians": asker})
        app = build_app(settings, desk)
        port = free_port()
        config = uvicorn.Config(
            web_app(app, desk), host="127.0.0.1", port=port, log_config=None, ws="none"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        until(lambda: server.started)
        url = f"http://127.0.0.1:{port}"
        bot = Bot(url, app, desk, shelf, recorder, server, thread, asker, "C000000001", "")
        bot.dm = bot.as_person("conversations.open", users=BOT_USER)["channel"]["id"]
        running.append(bot)
        return bot

    yield start
    for bot in running:
        bot.server.should_exit = True
        bot.thread.join()


@pytest.fixture
def bot(open_bot: Callable[..., Bot]) -> Bot:
    return open_bot()


def shown(blocks: list[Json]) -> list[str]:
    """Every text run of a message, in order."""
    runs: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                if key == "text" and isinstance(value, str):
                    runs.append(value)
                else:
                    walk(value)
        elif isinstance(node, list):
            for item in node:
                walk(item)

    walk(blocks)
    return runs
