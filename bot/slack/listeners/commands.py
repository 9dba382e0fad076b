"""Slash commands."""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse

from bot.slack.desk import accept, submit
from bot.slack.request import from_command


def register(app: App) -> None:
    """Register the listeners of this file."""
    app.command("/ask", middleware=[claim_command])(answer_command)


def claim_command(
    context: BoltContext,
    command: Mapping[str, Any],
    next: Callable[[], None],  # noqa: A002
) -> BoltResponse | None:
    """Let one delivery of a command through."""
    request = from_command(command)
    claim = accept(context["desk"], f"command:{command['trigger_id']}", request)
    if claim is None:
        return BoltResponse(status=200)
    context["claim"], context["request"] = claim, request
    next()
    return None


def answer_command(ack: Ack, context: BoltContext) -> None:
    """Answer to the one who asked, with a button to share."""
    ack()
    submit(context["desk"], context["claim"], context["request"])
