"""Starting and stopping: wrong tokens are told before anything runs, and SIGTERM ends it well."""

import base64
import hashlib
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, Literal
from urllib.parse import urlencode

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.serve import check_tokens, serve
from bot.settings import Settings
from bot.slack import linter, strings
from index.errors import UsageError

ROOT = Path(__file__).parents[2]

GOOD = {
    "slack_bot_token": "xoxb-1",
    "slack_signing_secret": "s",
    "slack_app_token": "xapp-1",
}


def settings(**given: Any) -> Settings:
    """Settings that do not read the environment."""
    return Settings.model_construct(**(GOOD | given))


@pytest.mark.parametrize(
    ("mode", "given", "variable"),
    [
        ("http", {"slack_bot_token": ""}, "SLACK_BOT_TOKEN"),
        ("http", {"slack_bot_token": "xoxp-1"}, "SLACK_BOT_TOKEN"),
        ("http", {"slack_signing_secret": ""}, "SLACK_SIGNING_SECRET"),
        ("socket", {"slack_app_token": ""}, "SLACK_APP_TOKEN"),
        ("socket", {"slack_app_token": "xoxb-1"}, "SLACK_APP_TOKEN"),
        ("socket", {"slack_bot_token": "1"}, "SLACK_BOT_TOKEN"),
    ],
)
def test_missing_token_is_named(
    mode: Literal["http", "socket"], given: dict[str, str], variable: str
) -> None:
    """A missing or swapped token is one line that names the variable, not the token."""
    with pytest.raises(UsageError, match=variable) as error:
        serve(settings(**given), mode, index=None)  # type: ignore[arg-type]
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("mode", ["http", "socket"])
def test_only_what_a_mode_needs_is_asked_for(mode: Literal["http", "socket"]) -> None:
    """HTTP needs no app token, and the socket no signing secret."""
    unused = {"http": "slack_app_token", "socket": "slack_signing_secret"}[mode]
    check_tokens(settings(**{unused: ""}), mode)


class _Slack(BaseHTTPRequestHandler):
    """Answers every method with what the test says."""

    replies: ClassVar[dict[str, Any]] = {}
    calls: ClassVar[list[tuple[str, dict[str, Any]]]] = []

    def do_POST(self) -> None:
        """Answer one call."""
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        method = self.path.rsplit("/", 1)[-1]
        self.calls.append((method, json.loads(sent) if sent[:1] == b"{" else {}))
        body = json.dumps(self.replies[method]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def slack() -> Iterator[str]:
    """The url of a Slack that only knows who we are."""
    _Slack.calls = []
    _Slack.replies = {"auth.test": {"ok": True, "user_id": "U1", "bot_id": "B1", "team_id": "T1"}}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Slack)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/api/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("mode", "method", "variable"),
    [
        ("http", "auth.test", "SLACK_BOT_TOKEN"),
        ("socket", "apps.connections.open", "SLACK_APP_TOKEN"),
    ],
)
def test_refused_token_is_named(
    slack: str, tmp_path: Path, mode: Literal["http", "socket"], method: str, variable: str
) -> None:
    """A token that Slack refuses is one line with the variable and Slack's reason."""
    _Slack.replies[method] = {"ok": False, "error": "invalid_auth"}
    given = settings(slack_api_url=slack, database_url=f"sqlite:///{tmp_path}/s.db")
    with pytest.raises(UsageError, match=rf"{variable} was refused by Slack \(invalid_auth\)"):
        serve(given, mode, index=None)  # type: ignore[arg-type]


def test_unreachable_slack_is_one_clear_line(tmp_path: Path) -> None:
    """Without a network the error says that Slack cannot be reached, and where."""
    url = f"http://127.0.0.1:{free_port()}/api/"
    given = settings(slack_api_url=url, database_url=f"sqlite:///{tmp_path}/s.db")
    with pytest.raises(UsageError, match="Slack cannot be reached at http://127"):
        serve(given, "http", index=None)  # type: ignore[arg-type]


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def started(
    slack: str, folder: Path, mode: str, sign: bytes, **more: str
) -> subprocess.Popen[bytes]:
    """A server in a process of its own, once it has logged ``sign``."""
    live = "LiveIndex(Settings().careerbot_index)" if "CAREERBOT_INDEX" in more else "None"
    start = "from bot.serve import serve; from bot.settings import Settings; "
    start += f"from index.live import LiveIndex; serve(Settings(), {mode!r}, index={live})"
    return run([sys.executable, "-c", start], slack, folder, sign, more)


def run(
    command: list[str], slack: str, folder: Path, sign: bytes, more: dict[str, str]
) -> subprocess.Popen[bytes]:
    """A server that this command starts, once it has logged ``sign``."""
    environment = os.environ | more
    environment |= {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": slack}
    environment |= {"DATABASE_URL": f"sqlite:///{folder}/s.db", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE)
    assert process.stderr
    while sign not in process.stderr.readline():
        assert process.poll() is None
    return process


def ended(process: subprocess.Popen[bytes]) -> int:
    """The exit status of a server that is told to end."""
    process.send_signal(signal.SIGTERM)
    process.communicate()
    return process.returncode


def test_sigterm_ends_the_server(slack: str, tmp_path: Path) -> None:
    """The server comes up with a ready page, and ends in order when it is told to."""
    port = free_port()
    listen = {"CAREERBOT_HOST": "127.0.0.1", "PORT": str(port), "SLACK_SIGNING_SECRET": "s"}
    process = started(slack, tmp_path, "http", b"Uvicorn running", **listen)
    assert httpx.get(f"http://127.0.0.1:{port}/readyz").text == "ready"
    assert httpx.get(f"http://127.0.0.1:{port}/slack/events").status_code == 405
    assert ended(process) in {0, -signal.SIGTERM}


def test_a_sound_version_is_served_though_the_build_fails(
    slack: str, small_index_folder: Path, tmp_path: Path
) -> None:
    """A corpus that has vanished is said in one line, and stops nobody from asking."""
    port = free_port()
    more = {"CAREERBOT_HOST": "127.0.0.1", "PORT": str(port), "SLACK_SIGNING_SECRET": "s"}
    more |= {"CAREERBOT_CORPUS": str(tmp_path / "gone"), "CAREERBOT_INDEX": str(small_index_folder)}
    command = [sys.executable, "-m", "bot.cli", "serve", "--http"]
    process = run(command, slack, tmp_path, b"serving the version before", more)
    assert process.stderr
    while b"Uvicorn running" not in process.stderr.readline():
        assert process.poll() is None
    assert httpx.get(f"http://127.0.0.1:{port}/readyz").text == "ready"
    assert ended(process) in {0, -signal.SIGTERM}


# --- what is logged ---

TOKEN, SIGNING, QUESTION = "xoxb-hush1", "hush2", "am I hush3 paid?"
FAILING = """
from datetime import UTC, datetime
from types import SimpleNamespace
from bot.serve import serve
from bot.settings import Settings

def fail(question, after=None):
    raise RuntimeError("the index is broken")

library = SimpleNamespace(version="v", built_at=datetime.now(UTC), documents={}, wages=None,
                          standing_alone=fail, ask=fail, pay=fail)
serve(Settings(), "http", SimpleNamespace(current=library))
"""
"""A server whose index fails."""


class _Watched:
    """What a process writes to standard error, a terminal or a pipe."""

    def __init__(self, environment: dict[str, str], folder: Path, *, terminal: bool) -> None:
        self._reading, writing = os.openpty() if terminal else os.pipe()
        self.process = subprocess.Popen(
            [sys.executable, "-c", FAILING],
            cwd=folder,
            env=os.environ | environment,
            stderr=writing,
            stdout=writing,
        )
        os.close(writing)
        self.written = ""
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with suppress(OSError):  # how a terminal ends
            while read := os.read(self._reading, 65536):
                self.written += read.decode(errors="replace")

    def until(self, *signs: str) -> None:
        """Wait until all of these are written."""
        deadline = time.monotonic() + 30
        while not all(sign in self.written for sign in signs):
            assert self.process.poll() is None, self.written
            assert time.monotonic() < deadline, self.written
            time.sleep(0.02)

    def end(self) -> str:
        """End the process and return all that it wrote."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        self._thread.join(timeout=30)
        os.close(self._reading)
        return self.written


def _send(url: str, body: str, secret: str = SIGNING, **headers: str) -> int:
    """Send what Slack would; the status of the reply."""
    now = str(int(time.time()))
    signed = SignatureVerifier(secret).generate_signature(timestamp=now, body=body)
    headers |= {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": str(signed)}
    return httpx.post(url, content=body, headers=headers, timeout=20).status_code


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_no_token_and_no_question_is_logged(
    slack: str, tmp_path: Path, terminal: bool, level: str
) -> None:
    """Whatever fails, its trace is logged, with neither what we hold nor what people ask."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/slack/events"
    watched = _Watched(
        {
            "SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SIGNING, "SLACK_API_URL": slack,
            "CAREERBOT_HOST": "127.0.0.1", "PORT": str(port), "LOG_LEVEL": level,
            "DATABASE_URL": f"sqlite:///{tmp_path}/s.db", "PYTHONPATH": str(ROOT),
        },
        tmp_path,
        terminal=terminal,
    )  # fmt: skip
    watched.until("Uvicorn running")

    def mention(ts: str, kind: str = "app_mention", secret: str = SIGNING) -> int:
        event = {"type": kind, "channel": "C1", "user": "U2", "ts": ts, "text": f"<@U1> {QUESTION}"}
        body = json.dumps({"type": "event_callback", "team_id": "T1", "event": event})
        return _send(url, body, secret, **{"Content-Type": "application/json"})

    assert mention("1.0", secret="forged") == 401
    assert mention("1.1", kind="reaction_added") == 404
    # The index fails, and Slack takes no apology.
    _Slack.replies["chat.postMessage"] = {"ok": False, "error": "channel_not_found"}
    assert mention("1.2") == 200
    watched.until("no reply could be composed", "a reply could not be sent", "channel_not_found")
    # So does whatever a command is answered at.
    form = {"command": "/ask", "text": QUESTION, "trigger_id": "t1", "user_id": "U2"}
    form |= {"team_id": "T1", "channel_id": "C1", "response_url": f"{slack}hook"}
    as_form = {"Content-Type": "application/x-www-form-urlencoded"}
    _Slack.replies["hook"] = {"ok": False}
    assert _send(url, urlencode(form), **as_form) == 200
    # The database fails: a request cannot even be accepted.
    with closing(sqlite3.connect(tmp_path / "s.db")) as database:
        database.execute("DROP TABLE inbox")
    assert mention("1.3") == 500
    assert _send(url, urlencode(form | {"trigger_id": "t2"}), **as_form) == 500
    watched.until("a listener failed", "no such table: inbox", "parameters hidden")
    written = watched.end()
    assert written.count("Traceback") >= 4
    assert ("\x1b[" in written) is terminal
    assert re.findall(r"hush\d", written) == []


@pytest.mark.parametrize("token", ["xoxb-1 2", "xoxb-1\n2", "xoxb-1…", "xoxb-1\x00"])
def test_what_no_token_holds_is_refused_before_it_is_sent(token: str) -> None:
    """A header would refuse it, and show it in its error."""
    with pytest.raises(UsageError, match="SLACK_BOT_TOKEN holds what no token does") as error:
        check_tokens(settings(slack_bot_token=token), "http")
    assert token not in str(error.value)


# --- the socket ---


class _Socket:
    """Slack's side of Socket Mode for one connection: sends texts, reads texts."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"ws://127.0.0.1:{self.listener.getsockname()[1]}/"

    def accept(self) -> None:
        """Shake hands."""
        self.connection, _ = self.listener.accept()
        self.connection.settimeout(20)
        request = b""
        while not request.endswith(b"\r\n\r\n"):
            request += self.connection.recv(1)
        key = next(
            line.split(b": ")[1] for line in request.split(b"\r\n") if b"-key: " in line.lower()
        )
        digest = hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()
        self.connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + base64.b64encode(digest) + b"\r\n\r\n"
        )

    def send(self, message: dict[str, Any]) -> None:
        """Send a text frame."""
        payload = json.dumps(message).encode()
        self.connection.sendall(b"\x81\x7e" + len(payload).to_bytes(2, "big") + payload)

    def receive(self) -> dict[str, Any]:
        """Return the next text; pings and pongs are passed over."""
        while True:
            kind, length = self._read(2)
            length &= 0x7F
            if length == 0x7E:
                length = int.from_bytes(self._read(2), "big")
            mask, masked = self._read(4), self._read(length)
            if kind == 0x81:
                text = bytes(byte ^ mask[i % 4] for i, byte in enumerate(masked))
                return dict(json.loads(text))

    def _read(self, count: int) -> bytes:
        read = b""
        while len(read) < count:
            read += self.connection.recv(count - len(read))
        return read


def test_socket_mode_acknowledges_and_replies(
    slack: str, small_index_folder: Path, tmp_path: Path
) -> None:
    """Over the socket an event is acknowledged by its envelope, and gets its one reply."""
    more = {"SLACK_APP_TOKEN": "xapp-1", "CAREERBOT_INDEX": str(small_index_folder)}
    server = _Socket()
    _Slack.replies["apps.connections.open"] = {"ok": True, "url": server.url}
    _Slack.replies["chat.postMessage"] = {"ok": True, "ts": "2.2", "channel": "D1"}
    accepting = threading.Thread(target=server.accept)
    accepting.start()
    process = started(slack, tmp_path, "socket", b"connected to Slack", **more)
    accepting.join()
    server.send({"type": "hello", "num_connections": 1})
    event = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U2", "ts": "1.1"}
    payload = {"type": "event_callback", "team_id": "T1", "event": event | {"text": "help"}}
    for envelope in ("e1", "e2"):
        server.send({"type": "events_api", "envelope_id": envelope, "payload": payload})
    assert {server.receive()["envelope_id"], server.receive()["envelope_id"]} == {"e1", "e2"}
    assert ended(process) == 0
    (posted,) = [body for method, body in _Slack.calls if method == "chat.postMessage"]
    assert (posted["channel"], posted["thread_ts"]) == ("D1", "1.1")
    assert posted["text"] == strings.escape(strings.HOW_TO())


# --- the app as Slack sees it ---


def test_manifest_asks_for_what_the_app_uses() -> None:
    """The manifest subscribes to our events and asks for no scope beyond them."""
    manifest = json.loads((ROOT / "manifest.json").read_text())
    scopes = {"app_mentions:read", "chat:write", "commands", "im:history"}
    scopes |= {"files:read", "files:write"}
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == scopes
    events = {"app_mention", "message.im", "app_home_opened"}
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == events
    commands = [command["command"] for command in manifest["features"]["slash_commands"]]
    assert commands == ["/ask", "/salary", "/library"]
    assert [s["callback_id"] for s in manifest["features"]["shortcuts"]] == ["add_to_library"]
    assert len(manifest["display_information"]["description"]) <= 140


def test_catalogue_is_written_for_people() -> None:
    """No sentence of the catalogue shouts, and none leaves a place open when it is said."""
    for phrase in linter.CATALOGUE:
        places = [kind for kind, _ in phrase.parts() if kind]
        assert "{:" not in phrase(*("1" for _ in places))
        assert "!" not in phrase.template
