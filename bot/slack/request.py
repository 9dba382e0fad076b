"""What somebody asked, and where the reply goes: what the inbox keeps until it is answered."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

LONGEST_QUESTION = 4000
"""Characters that are kept of a message: the last ones, because people tell first and ask last."""
_HUMAN_SUBTYPES = {None, "file_share", "thread_broadcast"}


@dataclass(frozen=True, slots=True)
class Request:
    """One accepted question, or the wish to share an answer.

    ``response_url`` is set for what is answered to one person only. ``share`` is the id of the
    answer to be shared. ``mentioned`` tells a bare mention from an empty message. ``pay`` is set
    for what is looked up as pay and nothing else; ``occupation`` and ``area`` are the codes that
    somebody chose for it. ``private`` is set for what one person gets who left us no response_url.
    ``interrupted`` is set for a librarian's order that could not be finished.
    """

    team: str
    channel: str
    user: str
    text: str = ""
    mentioned: bool = False
    thread_ts: str | None = None
    response_url: str | None = None
    share: str | None = None
    pay: bool = False
    occupation: str | None = None
    area: str | None = None
    private: bool = False
    interrupted: bool = False

    def to_json(self) -> str:
        """Write the request for the inbox."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, payload: str) -> Self:
        """Read what `to_json` wrote."""
        return cls(**json.loads(payload))


def from_event(event: Mapping[str, Any], team: str, bot_user: str | None) -> Request | None:
    """Read a mention or a direct message; None if no person wrote it to us."""
    direct = event.get("channel_type") == "im"
    if event["type"] == "message" and not direct:
        return None  # in channels only a mention is for us, and it arrives as app_mention
    user = event.get("user")
    if not user or user == bot_user or event.get("bot_id") or event.get("edited"):
        return None
    if event.get("subtype") not in _HUMAN_SUBTYPES:
        return None
    text = event.get("text") or ""
    return Request(
        team=team,
        channel=event["channel"],
        user=user,
        text=plain_text(text)[-LONGEST_QUESTION:],
        mentioned=f"<@{bot_user}" in text,
        thread_ts=event.get("thread_ts") or event["ts"],
    )


def from_command(command: Mapping[str, Any]) -> Request:
    """Read a slash command."""
    return Request(
        team=command["team_id"],
        channel=command["channel_id"],
        user=command["user_id"],
        text=plain_text(command.get("text") or "")[-LONGEST_QUESTION:],
        response_url=command["response_url"],
    )


def plain_text(text: str) -> str:
    """Undo Slack's markup: links become their words, mentions go, ``&amp;`` becomes ``&``."""
    words = re.sub(r"<([^<>]*)>", _in_words, text)
    return " ".join(words.split()).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _in_words(markup: re.Match[str]) -> str:
    target, _, label = markup[1].partition("|")
    if target.startswith(("@", "!")):
        return " "
    return label or target.removeprefix("#")
