"""The only way out: everything the app says is checked by the linter and sent from here.

A message that the linter refuses is never sent. The error is logged, and the reader gets the
catalogue's apology instead.
"""

import csv
import io
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

import structlog
from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient, WebhookResponse

from bot.slack import linter, strings
from bot.slack.blocks.elements import Element
from bot.slack.blocks.notice import notice
from bot.slack.blocks.rebuild import plan_as_lines
from bot.slack.message import File, Message, View
from index.documents.document import Document
from index.pay.model import PayAnswer

log = structlog.get_logger()

NOT_A_MEMBER = {"not_in_channel", "channel_not_found"}
"""Slack's errors where the bot may not post in a channel."""
_NEWEST = {"context_actions", "data_visualization"}
"""Blocks that a workspace may not know yet; a plan is one too, and is written as lines there."""
_NOT_YET = {"file_not_found", "internal_error"}
"""Slack's errors while an uploaded file is not ready; it helps to ask again."""
_PAUSES = (0.5, 1.5)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NO_PREVIEWS: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


class ReplyRefused(Exception):
    """Slack did not take what was sent to a response_url."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a message: its timestamp where it has one, and whether it went unchanged."""

    ts: str | None
    as_written: bool
    without_chart: bool = False
    """Slack did not take the chart, and whoever sent it may send a picture instead."""


def post(client: WebClient, channel: str, message: Message, thread_ts: str | None = None) -> Sent:
    """Post a message that everyone in the channel sees, in the thread if one is given."""
    safe = _checked(message)
    refused = False
    try:
        ts = _post(client, channel, safe, thread_ts)
    except SlackApiError as error:
        if error.response.get("error") != "invalid_blocks":
            raise
        refused = True
        ts = _post(client, channel, _older(safe), thread_ts)
    return Sent(ts, as_written=safe is message, without_chart=refused and _has_chart(safe))


def _post(client: WebClient, channel: str, message: Message, thread_ts: str | None) -> str:
    sent = client.chat_postMessage(
        channel=channel, thread_ts=thread_ts, **_content(message), **_NO_PREVIEWS
    )
    return str(sent["ts"])


def post_or_tell(
    client: WebClient, channel: str, response_url: str, message: Message
) -> str | None:
    """Post a message and return its timestamp; where the bot may not post, tell who asked."""
    try:
        return post(client, channel, message).ts
    except SlackApiError as error:
        if error.response.get("error") not in NOT_A_MEMBER:
            raise
    respond(response_url, message)
    return None


def edit(client: WebClient, channel: str, ts: str, message: Message) -> None:
    """Put a message in the place of one that was posted."""
    safe = _checked(message)
    try:
        client.chat_update(channel=channel, ts=ts, **_content(safe))
    except SlackApiError as error:
        if error.response.get("error") != "invalid_blocks":
            raise
        client.chat_update(channel=channel, ts=ts, **_content(_older(safe)))


def whisper(client: WebClient, channel: str, user: str, message: Message) -> Sent:
    """Tell one person something in a channel or, where we are no member, directly."""
    safe = _checked(message)
    refused = False
    try:
        _whisper(client, channel, user, safe)
    except SlackApiError as error:
        if error.response.get("error") != "invalid_blocks":
            raise
        refused = True
        _whisper(client, channel, user, _older(safe))
    return Sent(None, as_written=safe is message, without_chart=refused and _has_chart(safe))


def _whisper(client: WebClient, channel: str, user: str, message: Message) -> None:
    try:
        client.chat_postEphemeral(channel=channel, user=user, **_content(message))
    except SlackApiError as error:
        if error.response.get("error") not in NOT_A_MEMBER:
            raise
        _post(client, user, message, None)


def respond(response_url: str, message: Message, *, public: bool = False) -> Sent:
    """Answer a command or a button, to the one who used it or, ``public``, to the channel."""
    safe = _checked(message)
    reply = _respond(response_url, safe, public=public)
    refused = reply.status_code != HTTPStatus.OK and "invalid_blocks" in reply.body
    if refused:
        reply = _respond(response_url, _older(safe), public=public)
    if reply.status_code != HTTPStatus.OK:
        raise ReplyRefused(f"response_url answered {reply.status_code}: {reply.body[:200]}")
    return Sent(None, as_written=safe is message, without_chart=refused and _has_chart(safe))


def _respond(response_url: str, message: Message, *, public: bool) -> WebhookResponse:
    seen_by = "in_channel" if public else "ephemeral"
    return WebhookClient(response_url).send(
        response_type=seen_by, replace_original=False, **_content(message), **_NO_PREVIEWS
    )


def _content(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": [dict(block) for block in message.blocks]}


def _older(message: Message) -> Message:
    """Leave out the blocks that an older workspace may not know, or write them as lines."""
    log.warning("Slack refused the newest blocks; sent without them")
    known = [block for block in message.blocks if block["type"] not in _NEWEST]
    blocks = [plan_as_lines(block) if block["type"] == "plan" else block for block in known]
    return _checked(replace(message, blocks=blocks))


def _has_chart(message: Message) -> bool:
    return any(block["type"] == "data_visualization" for block in message.blocks)


def upload(
    client: WebClient, channel: str, file: File, pay: PayAnswer, thread_ts: str | None = None
) -> None:
    """Put a file that was made of a pay answer into a channel."""
    linter.check_file(file.title, file.alt, pay)
    for pause in (*_PAUSES, None):
        try:
            client.files_upload_v2(
                channel=channel,
                thread_ts=thread_ts,
                content=file.content,
                filename=file.name,
                title=file.title,
                alt_txt=file.alt,
            )
        except SlackApiError as error:
            if pause is None or error.response.get("error") not in _NOT_YET:
                raise
            time.sleep(pause)
        else:
            return


def hand_over(client: WebClient, user: str, said: Message, file: File, pay: PayAnswer) -> None:
    """Give one person a file in their direct messages, where nobody else sees it."""
    posted = client.chat_postMessage(channel=user, **_content(_checked(said)), **_NO_PREVIEWS)
    upload(client, posted["channel"], file, pay)


def table_file(
    rows: Sequence[Sequence[str]], documents: Iterable[Document], pay: PayAnswer
) -> bytes:
    """Write checked rows as CSV; a cell that a spreadsheet would run as a formula is disarmed."""
    linter.check_cells(rows, documents, pay)
    written = io.StringIO()
    csv.writer(written).writerows(
        [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in rows
    )
    return written.getvalue().encode("utf-8-sig")


def offer(acknowledge: Ack, options: Sequence[Element], areas: Iterable[str]) -> None:
    """Answer a menu that asks for its options: these areas and nothing else."""
    linter.check_options(options, areas)
    acknowledge(options=options)


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
        linter.check(
            message.blocks,
            message.text,
            message.documents,
            message.people,
            message.pay,
            upkeep=message.upkeep,
            examples=message.examples,
        )
    except linter.UnsafeMessage:
        log.exception("the linter refused a message; an apology was sent instead")
        return notice(strings.SORRY())
    return message
