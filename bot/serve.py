"""Runs the Slack app: over HTTP with health checks, or over a socket that Slack keeps open."""

import logging
import re
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from typing import Literal

import structlog
import uvicorn
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.rebuild import build_settings
from bot.settings import Settings
from bot.slack.app import build_app, open_desk
from bot.slack.desk import Desk, Live, recover
from bot.store.store import open_store
from bot.watching import watching
from index.errors import UsageError

log = structlog.get_logger()

Mode = Literal["socket", "http"]

_SWEEP_SECONDS = 30
_TALKATIVE = {"slack_bolt": logging.WARNING, "slack_sdk": logging.WARNING}
"""Below these levels they log what people have written, and addresses that take replies."""
_SOCKET_LOG = "slack_sdk.socket_mode"
"""Tells of connections only, from INFO on."""
_LARGEST_BODY = 1_000_000
_NEEDED = {
    "http": (
        ("SLACK_BOT_TOKEN", "xoxb-", "OAuth & Permissions"),
        ("SLACK_SIGNING_SECRET", "", "Basic Information"),
    ),
    "socket": (
        ("SLACK_BOT_TOKEN", "xoxb-", "OAuth & Permissions"),
        ("SLACK_APP_TOKEN", "xapp-", "Basic Information, App-Level Tokens"),
    ),
}


def serve(settings: Settings, mode: Mode, index: Live) -> None:
    """Serve until SIGTERM or Ctrl+C; what is missing or refused is a `UsageError` before that."""
    check_tokens(settings, mode)
    _set_up_logs(settings.log_level)
    desk = open_desk(settings, index, open_store(settings.database_url))
    app = build_app(settings, desk)
    follows = settings.careerbot_watch
    with watching(build_settings(settings), desk.store.audit) if follows else nullcontext():
        if mode == "http":
            uvicorn.run(
                web_app(app, desk),
                host=settings.careerbot_host,
                port=settings.port,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=10,
            )
        else:
            _serve_socket(app, desk, settings.slack_app_token)


def check_tokens(settings: Settings, mode: Mode) -> None:
    """Raise `UsageError` naming the first variable that this mode needs and does not have."""
    for variable, prefix, page in _NEEDED[mode]:
        value = getattr(settings, variable.lower())
        if not value:
            raise UsageError(f"{variable} is not set; copy it from {page} of your Slack app")
        if not value.startswith(prefix):
            raise UsageError(f"{variable} should start with {prefix}; copy it from {page}")
        if not re.fullmatch(r"[!-~]+", value):
            # Where a header refuses it, the error would show it.
            raise UsageError(f"{variable} holds what no token does; copy it again from {page}")


def web_app(app: App, desk: Desk) -> Starlette:
    """Build the web application: Slack's requests, and two pages for health checks."""

    async def slack_events(request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LARGEST_BODY:
                return PlainTextResponse("too large", status_code=413)
        try:
            asked = to_bolt_request(request, body)
        except UnicodeDecodeError:
            return PlainTextResponse("not UTF-8", status_code=400)
        # Bolt waits for the acknowledgement of a listener; on the event loop that would hold up
        # every other request.
        return to_starlette_response(await run_in_threadpool(app.dispatch, asked))

    def healthz(_: Request) -> Response:
        return PlainTextResponse("ok")

    def readyz(_: Request) -> Response:
        ready = desk.store.answers()
        return PlainTextResponse(
            "ready" if ready else "the database does not answer", status_code=200 if ready else 503
        )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        with sweeping(desk):
            yield

    routes = [
        Route("/slack/events", slack_events, methods=["POST"]),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


def _serve_socket(app: App, desk: Desk, app_token: str) -> None:
    handler = SocketModeHandler(app, app_token, logger=logging.getLogger(_SOCKET_LOG))
    try:
        handler.connect()  # type: ignore[no-untyped-call]
    except SlackApiError as error:
        reason = error.response.get("error")
        raise UsageError(
            f"SLACK_APP_TOKEN was refused by Slack ({reason}); it needs connections:write"
        ) from error
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log.info("connected to Slack", mode="socket")
    with sweeping(desk):
        stop.wait()
        handler.close()  # type: ignore[no-untyped-call]


@contextmanager
def sweeping(desk: Desk) -> Iterator[None]:
    """Take over abandoned requests now and then; at the end, finish what was begun."""
    stop = threading.Event()
    sweeper = threading.Thread(target=_sweep, args=(desk, stop.wait), name="sweeper", daemon=True)
    sweeper.start()
    yield
    stop.set()
    sweeper.join()
    desk.workers.shutdown(wait=True)


def _sweep(desk: Desk, wait: Callable[[float], bool]) -> None:
    while True:
        try:
            recover(desk)
        except Exception:
            log.exception("abandoned requests could not be taken over")
        if wait(_SWEEP_SECONDS):
            return


def _tells_of_nobody(record: logging.LogRecord) -> bool:
    """Whether a record of a library is one that holds nothing of what people write."""
    least = _TALKATIVE.get(record.name.partition(".")[0], logging.NOTSET)
    return record.levelno >= (logging.INFO if record.name == _SOCKET_LOG else least)


def _set_up_logs(level: str) -> None:
    """Log to standard error: one JSON object a line, or colours where somebody is watching.

    A trace shows no local variables: among them are tokens, and what people have asked.
    """
    number = logging.getLevelNamesMapping().get(level.upper())
    if number is None:
        raise UsageError(f"LOG_LEVEL: {level!r} is none of DEBUG, INFO, WARNING, ERROR")
    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[structlog.typing.Processor] = (
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if sys.stderr.isatty()
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    others = logging.StreamHandler(sys.stderr)
    drop = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    others.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=[drop, *last], foreign_pre_chain=shared)
    )
    logging.basicConfig(level=number, handlers=[others])
    others.addFilter(_tells_of_nobody)  # on the handler: Bolt gives each logger of its own a level
