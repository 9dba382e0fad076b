"""The only way out: everything the app says is checked by the linter and sent from here.

A message that the linter refuses is never sent. The error is logged, and the reader gets the
catalogue's apology instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.slack import linter, strings
from bot.slack.blocks.notice import notice
from bot.slack.message import Block, Message, View

log = structlog.get_logger()


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
        ts = _post(client, channel, safe.text, safe.blocks, thread_ts)
    except SlackApiError as error:
        if error.response.get("error") != "invalid_blocks":
            raise
        log.warning("Slack refused the newest blocks; sent without them")
        ts = _post(client, channel, safe.text, _older(safe.blocks), thread_ts)
    return Sent(ts, as_written=safe is message)


def _post(
    client: WebClient, channel: str, text: str, blocks: Sequence[Block], thread_ts: str | None
) -> str:
    sent = client.chat_postMessage(
        channel=channel,
        text=text,
        blocks=[dict(block) for block in blocks],
        thread_ts=thread_ts,
        unfurl_links=False,
        unfurl_media=False,
    )
    return str(sent["ts"])


def _older(blocks: Sequence[Block]) -> list[Block]:
    """Leave out the blocks that an older workspace may not know."""
    return [block for block in blocks if block["type"] != "context_actions"]


def whisper(client: WebClient, channel: str, user: str, message: Message) -> None:
    """Post a message that only one person in the channel sees."""
    safe = _checked(message)
    blocks = [dict(block) for block in safe.blocks]
    client.chat_postEphemeral(channel=channel, user=user, text=safe.text, blocks=blocks)


def respond(response_url: str, message: Message, *, public: bool = False) -> Sent:
    """Answer a command or a button, to the one who used it or, ``public``, to the channel."""
    safe = _checked(message)
    reply = WebhookClient(response_url).send(
        text=safe.text,
        blocks=[dict(block) for block in safe.blocks],
        response_type="in_channel" if public else "ephemeral",
        replace_original=False,
        unfurl_links=False,
        unfurl_media=False,
    )
    if reply.status_code != 200:
        raise ReplyRefused(f"response_url answered {reply.status_code}: {reply.body[:200]}")
    return Sent(None, as_written=safe is message)


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
