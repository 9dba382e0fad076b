"""The forms that people send in."""

import time
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.slack import outbox, strings
from bot.slack.blocks.notice import notice
from bot.slack.desk import Desk

Body = Mapping[str, Any]


def register(app: App) -> None:
    """Register the listeners of this file."""
    app.view("feedback_reason")(take_reason)
    app.view("suggest_source")(take_suggestion)


def take_reason(ack: Ack, context: BoltContext, body: Body, view: Body) -> None:
    """Note why an answer was not helpful."""
    ack()
    desk: Desk = context["desk"]
    values = view["state"]["values"]
    reason = values["reason"]["reason"]["selected_option"]["value"]
    comment = values["comment"]["comment"]["value"]
    answer_id, user = view["private_metadata"], body["user"]["id"]
    desk.store.feedback.vote(
        answer_id, user, vote="down", now=time.time(), reason=reason, comment=comment
    )


def take_suggestion(ack: Ack, context: BoltContext, body: Body, view: Body) -> None:
    """Note a suggested source, and thank for it."""
    ack()
    desk: Desk = context["desk"]
    answer_id, _, channel = view["private_metadata"].partition(":")
    source, user = view["state"]["values"]["source"]["source"]["value"], body["user"]["id"]
    desk.store.gaps.suggest(answer_id, user, source, time.time())
    outbox.whisper(desk.client, channel, user, notice(strings.SUGGEST_THANKS()))
