"""Mentions, direct messages and the Home tab.

A question is claimed in a listener middleware, which runs before the acknowledgement: if the
database is down, Slack gets an error and tries again, and nothing is lost.
"""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse

from bot.slack import outbox
from bot.slack.blocks.windows import home_view
from bot.slack.desk import Desk, accept, edition, submit
from bot.slack.request import from_event


def register(app: App) -> None:
    """Register the listeners of this file."""
    for event in ("app_mention", "message"):
        app.event(event, middleware=[claim_question])(answer_question)
    app.event("app_home_opened")(show_home)


def claim_question(
    context: BoltContext,
    event: Mapping[str, Any],
    next: Callable[[], None],  # noqa: A002
) -> BoltResponse | None:
    """Let one delivery of one message through; a mention and its message are the same one."""
    desk: Desk = context["desk"]
    request = from_event(event, context.team_id or "", desk.me.bot_user_id)
    key = f"message:{context.team_id}:{event.get('channel')}:{event.get('ts')}"
    claim = accept(desk, key, request) if request else None
    if claim is None:
        return BoltResponse(status=200)
    context["claim"], context["request"] = claim, request
    next()
    return None


def answer_question(context: BoltContext) -> None:
    """Answer in the thread."""
    submit(context["desk"], context["claim"], context["request"])


def show_home(context: BoltContext, event: Mapping[str, Any]) -> None:
    """Show how to ask and what the library holds."""
    desk: Desk = context["desk"]
    if event.get("tab") == "home":
        outbox.publish_home(desk.client, event["user"], home_view(edition(desk.library)))
