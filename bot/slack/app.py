"""Builds the Bolt app: who we are, what we listen to, and what happens when a listener fails."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from slack_bolt import App, BoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

from bot.rebuild import build_settings, fetching
from bot.settings import Settings
from bot.slack import outbox, strings
from bot.slack.blocks.notice import notice
from bot.slack.desk import Desk, Live
from bot.slack.keeper import Keeper
from bot.slack.listeners import actions, commands, events, library, salary, views
from bot.store.store import Store
from index.errors import UsageError

log = structlog.get_logger()

_WORKERS = 4


def open_desk(settings: Settings, live: Live, store: Store) -> Desk:
    """Ask Slack who we are, once; a refused token is a `UsageError` that names it."""
    client = WebClient(
        settings.slack_bot_token,
        base_url=settings.slack_api_url,
        retry_handlers=[
            ConnectionErrorRetryHandler(),
            RateLimitErrorRetryHandler(max_retry_count=1),
            ServerErrorRetryHandler(max_retry_count=2),
        ],
    )
    try:
        me = AuthorizeResult.from_auth_test_response(
            auth_test_response=client.auth_test(), bot_token=settings.slack_bot_token
        )
    except SlackApiError as error:
        reason = error.response.get("error")
        raise UsageError(
            f"SLACK_BOT_TOKEN was refused by Slack ({reason}); copy it again from OAuth & "
            "Permissions"
        ) from error
    except (SlackClientError, OSError) as error:
        raise UsageError(
            f"Slack cannot be reached at {settings.slack_api_url} ({error})"
        ) from error
    workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="answer")
    return Desk(live, store, client, me, workers)


def build_app(settings: Settings, desk: Desk) -> App:
    """Build the app whose listeners answer at this desk."""
    app = App(
        name="careerbot",
        signing_secret=settings.slack_signing_secret,
        client=WebClient(base_url=settings.slack_api_url),
        authorize=lambda: desk.me,
    )

    keeper = Keeper(desk, settings.librarians, build_settings(settings), fetching(settings))

    def at_desk(context: BoltContext, next: Callable[[], None]) -> None:  # noqa: A002
        context["desk"], context["keeper"] = desk, keeper
        next()

    app.use(at_desk)
    app.error(_apologise)
    for room in (events, commands, salary, library, actions, views):
        room.register(app)
    return app


def _apologise(error: Exception, body: Mapping[str, Any]) -> None:
    """Log what failed with its trace, and tell the person one plain sentence."""
    log.error("a listener failed", exc_info=error)
    if response_url := body.get("response_url"):
        outbox.respond(response_url, notice(strings.SORRY()))
