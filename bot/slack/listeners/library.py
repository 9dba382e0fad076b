"""/library and its buttons: what the library holds, for all; changing it, for librarians."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot import rebuild as rebuilding
from bot.slack import keeper as keeping
from bot.slack import library_strings as said
from bot.slack import outbox
from bot.slack.blocks.library import (
    Holdings,
    ask_roll_back,
    refusal,
    status_message,
)
from bot.slack.blocks.notice import notice
from bot.slack.desk import accept
from bot.slack.keeper import Keeper, Order, Work
from bot.slack.message import Message
from bot.slack.rebuild_message import Spot
from bot.slack.request import Request, plain_text
from bot.store.audit import REFUSED, STARTED, Deed
from index import versions
from index.build import version_before
from index.documents.library import Problem
from index.errors import IndexUnavailable

Body = Mapping[str, Any]


def register(app: App) -> None:
    """Register the listeners of this file."""
    app.command("/library")(take_command)
    app.action("library_roll_back")(confirm_roll_back)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody wants done: the rest of the command, where, and what makes it one request."""

    keeper: Keeper
    team: str
    spot: Spot
    key: str
    rest: str = ""

    def deed(self, action: str, target: str = "") -> Deed:
        """Write it for the audit."""
        return Deed(self.team, self.spot.user, action, target)

    def reply(self, message: Message) -> None:
        """Answer the one who asked."""
        outbox.respond(self.spot.response_url, message)


# --- /library ---


def take_command(ack: Ack, context: BoltContext, command: Body) -> None:
    """Show the library, or do what a librarian orders."""
    ack()
    word, _, rest = plain_text(command.get("text") or "").partition(" ")
    spot = Spot(command["channel_id"], command["user_id"], command["response_url"])
    key = f"command:{command['trigger_id']}"
    asked = _Asked(context["keeper"], command["team_id"], spot, key, rest.strip())
    what = word.lower()
    if what in _CHANGES:
        if _may(asked, asked.deed(what, asked.rest)):
            _CHANGES[what](asked)
    else:
        _SHOWS.get(what, _not_a_command)(asked)


def _status(asked: _Asked) -> None:
    library, today = asked.keeper.desk.library, datetime.now(UTC).date()
    manifest = versions.read_version(asked.keeper.build.index, library.version).manifest
    held = Holdings(
        version=library.version,
        built=library.built_at.date(),
        documents=tuple(library.documents.values()),
        passages=manifest.passages,
        problems=tuple(Problem(path, reason) for path, reason in manifest.problems),
    )
    asked.reply(status_message(held, today))


def _help(asked: _Asked) -> None:
    asked.reply(notice(said.HELP()))


def _not_a_command(asked: _Asked) -> None:
    asked.reply(notice(said.NOT_A_COMMAND()))


def _rebuild(asked: _Asked) -> None:
    if rebuilding.is_running():
        asked.reply(notice(said.BUSY()))
    else:
        _start(asked, asked.deed("rebuild"), keeping.rebuild)


def _ask_roll_back(asked: _Asked) -> None:
    index = asked.keeper.build.index
    try:
        before = version_before(index)
    except IndexUnavailable:
        asked.reply(notice(said.NOTHING_BEFORE()))
        return
    asked.reply(ask_roll_back(versions.current_name(index), versions.read_version(index, before)))


_SHOWS: Mapping[str, Callable[[_Asked], None]] = {"": _status, "status": _status, "help": _help}
_CHANGES: Mapping[str, Callable[[_Asked], None]] = {
    "rebuild": _rebuild,
    "rollback": _ask_roll_back,
}


# --- its buttons ---


def confirm_roll_back(ack: Ack, context: BoltContext, body: Body, action: Body) -> None:
    """Go back to the version before, if whoever pressed may."""
    ack()
    now, _, before = action["value"].partition(":")
    asked = _pressed(context, body, f"rollback:{action['value']}:{action['action_ts']}")
    deed = asked.deed("rollback", before)
    if _may(asked, deed):
        _start(asked, deed, partial(keeping.roll_back, now=now, before=before))


def _pressed(context: BoltContext, body: Body, key: str) -> _Asked:
    spot = Spot(body["container"]["channel_id"], body["user"]["id"], body["response_url"])
    return _Asked(context["keeper"], context.team_id or "", spot, key)


# --- who may, and once ---


def _may(asked: _Asked, deed: Deed) -> bool:
    """Whether this person is a librarian; if not, it is said and noted."""
    if deed.user in asked.keeper.librarians:
        return True
    asked.keeper.desk.store.audit.note(deed, REFUSED, time.time())
    asked.reply(refusal(sorted(asked.keeper.librarians)))
    return False


def _start(asked: _Asked, deed: Deed, work: Work) -> None:
    """Begin an order, unless this is another delivery of it."""
    desk = asked.keeper.desk
    claim = accept(desk, asked.key, _if_interrupted(asked))
    if claim:
        number = desk.store.audit.note(deed, STARTED, time.time())
        keeping.start(asked.keeper, Order(claim, asked.spot, number), work)


def _if_interrupted(asked: _Asked) -> Request:
    """Return what the inbox answers if this process dies before it is done."""
    user = asked.spot.user
    return Request(asked.team, asked.spot.channel, user, private=True, interrupted=True)
