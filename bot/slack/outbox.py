"""The only way out: everything the app says is checked by the linter and sent from here.

A message that the linter refuses is never sent. The error is logged, and the reader gets the
catalogue's apology instead.
"""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient, WebhookResponse

from bot.slack import linter, strings
from bot.slack.blocks.notice import notice
from bot.slack.message import Message, View

log = structlog.get_logger()

NOT_A_MEMBER = {"not_in_channel", "channel_not_found"}
"""Slack's errors where the bot may not post in a channel."""
_NO_PREVIEWS: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


class ReplyRefused(Exception):
    """Slack did not take what was sent to a response_url."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a message: its timestamp where it has one, and whether it went unchanged."""

    ts: str | None
    as_written: bool


def post(client: WebClient, channel: str, message: Message, thread_ts: str | None = None) -> Sent:
    """Post a message that everyone in the channel sees, in the thread if one is given."""
    safe = _checked(message)
    try:
        ts = _post(client, channel, safe, thread_ts)
    except SlackApiError as error:
        if error.response.get("error") != "invalid_blocks":
            raise
        ts = _post(client, channel, _older(safe), thread_ts)
    return Sent(ts, as_written=safe is message)


def _post(client: WebClient, channel: str, message: Message, thread_ts: str | None) -> str:
    sent = client.chat_postMessage(
        channel=channel, thread_ts=thread_ts, **_content(message), **_NO_PREVIEWS
    )
    return str(sent["ts"])


def whisper(client: WebClient, channel: str, user: str, message: Message) -> None:
    """Tell one person something in a channel or, where we are no member, directly."""
    safe = _checked(message)
    try:
        client.chat_postEphemeral(channel=channel, user=user, **_content(safe))
    except SlackApiError as error:
        if error.response.get("error") not in NOT_A_MEMBER:
            raise
        _post(client, user, safe, None)


def respond(response_url: str, message: Message, *, public: bool = False) -> Sent:
    """Answer a command or a button, to the one who used it or, ``public``, to the channel."""
    safe = _checked(message)
    reply = _respond(response_url, safe, public=public)
    if reply.status_code != HTTPStatus.OK and "invalid_blocks" in reply.body:
        reply = _respond(response_url, _older(safe), public=public)
    if reply.status_code != HTTPStatus.OK:
        raise ReplyRefused(f"response_url answered {reply.status_code}: {reply.body[:200]}")
    return Sent(None, as_written=safe is message)


def _respond(response_url: str, message: Message, *, public: bool) -> WebhookResponse:
    seen_by = "in_channel" if public else "ephemeral"
    return WebhookClient(response_url).send(
        response_type=seen_by, replace_original=False, **_content(message), **_NO_PREVIEWS
    )


def _content(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": [dict(block) for block in message.blocks]}


def _older(message: Message) -> Message:
    """Leave out the blocks that an older workspace may not know."""
    log.warning("Slack refused the newest blocks; sent without them")
    known = [block for block in message.blocks if block["type"] != "context_actions"]
    return replace(message, blocks=known)


def open_view(client: WebClient, trigger_id: str, view: View) -> None:
    """Open a modal for the person who pressed a button."""
    linter.check_view(view.payload, view.documents)
    client.views_open(trigger_id=trigger_id, view=dict(view.payload))


def publish_home(client: WebClient, user: str, view: View) -> None:
    """Show a person their Home tab."""
    linter.check_view(view.payload, view.documents)
    client.views_publish(user_id=user, view=dict(view.payload))


def _checked(message: Message) -> Message:
    try:
        linter.check(message.blocks, message.text, message.documents, message.people)
    except linter.UnsafeMessage:
        log.exception("the linter refused a message; an apology was sent instead")
        return notice(strings.SORRY())
    return message
