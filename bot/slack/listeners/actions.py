"""The buttons under an answer. Their values are ids; what they show comes from the ledger."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.slack import outbox, strings
from bot.slack.blocks.notice import notice
from bot.slack.blocks.windows import (
    check_view,
    context_view,
    gone_view,
    reason_view,
    suggest_view,
)
from bot.slack.desk import Desk, accept, submit
from bot.slack.request import Request

Body = Mapping[str, Any]


def register(app: App) -> None:
    """Register the listeners of this file."""
    for action, listener in {
        "show_context": show_context,
        "check_quotes": check_quotes,
        "share": share,
        "feedback": take_vote,
        "suggest_source": suggest_source,
    }.items():
        app.action(action)(listener)


def show_context(ack: Ack, context: BoltContext, body: Body, action: Body) -> None:
    """Show the sections that an answer's quotes stand in."""
    ack()
    desk: Desk = context["desk"]
    documents = desk.library.documents
    entries = desk.store.ledger.entries(action["value"])
    quotes = [quote for entry in entries if (quote := entry.cut(documents))]
    whole = len(quotes) == len(entries) > 0
    view = context_view(quotes, datetime.now(UTC).date()) if whole else gone_view()
    outbox.open_view(desk.client, body["trigger_id"], view)


def check_quotes(ack: Ack, context: BoltContext, body: Body, action: Body) -> None:
    """Compare each quote with the stored text of its source, and show the result."""
    ack()
    desk: Desk = context["desk"]
    documents = desk.library.documents
    entries = desk.store.ledger.entries(action["value"])
    checked = [entry.cut(documents) for entry in entries]
    view = check_view(checked, datetime.now(UTC).date()) if checked else gone_view()
    outbox.open_view(desk.client, body["trigger_id"], view)


def share(ack: Ack, context: BoltContext, body: Body, action: Body) -> None:
    """Post an answer in the channel, once, naming the one who shares it."""
    ack()
    request = Request(
        team=context.team_id or "",
        channel=body["container"]["channel_id"],
        user=body["user"]["id"],
        response_url=body["response_url"],
        share=action["value"],
    )
    claim = accept(context["desk"], f"share:{action['value']}", request)
    if claim:
        submit(context["desk"], claim, request)
    else:
        outbox.respond(body["response_url"], notice(strings.ALREADY_SHARED()))


def take_vote(ack: Ack, context: BoltContext, body: Body, action: Body) -> None:
    """Count a vote; for a bad one, ask why."""
    ack()
    desk: Desk = context["desk"]
    answer_id, _, vote = action["value"].partition(":")
    desk.store.feedback.vote(answer_id, body["user"]["id"], vote=vote, now=time.time())
    if vote == "down":
        outbox.open_view(desk.client, body["trigger_id"], reason_view(answer_id))
    else:
        outbox.respond(body["response_url"], notice(strings.FEEDBACK_THANKS()))


def suggest_source(ack: Ack, context: BoltContext, body: Body, action: Body) -> None:
    """Ask for a source that would answer the question."""
    ack()
    desk: Desk = context["desk"]
    reference = f"{action['value']}:{body['container']['channel_id']}"
    outbox.open_view(desk.client, body["trigger_id"], suggest_view(reference))
