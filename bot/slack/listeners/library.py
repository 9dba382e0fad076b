"""/library and its buttons: what the library holds, for all; changing it, for librarians."""

import html
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot import rebuild as rebuilding
from bot.slack import keeper as keeping
from bot.slack import library_strings as said
from bot.slack import outbox
from bot.slack.blocks.library import (
    Holdings,
    ask_remove,
    ask_roll_back,
    near_documents,
    refusal,
    status_message,
)
from bot.slack.blocks.notice import notice
from bot.slack.desk import accept
from bot.slack.files import SharedFile
from bot.slack.keeper import Keeper, Order, Work
from bot.slack.message import Message
from bot.slack.rebuild_message import Spot
from bot.slack.request import Request, plain_text
from bot.store.audit import ASKED, REFUSED, STARTED, Deed
from index import versions
from index.build import version_before
from index.documents.library import Problem
from index.errors import IndexUnavailable

Body = Mapping[str, Any]

_LINK = re.compile(r"https?://\S+")


def register(app: App) -> None:
    """Register the listeners of this file."""
    app.command("/library")(take_command)
    app.shortcut("add_to_library")(add_message)
    app.action("library_remove")(confirm_remove)
    app.action("library_roll_back")(confirm_roll_back)
    app.action("library_force")(force)


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
    asked.reply(status_message(_holdings(asked.keeper), datetime.now(UTC).date()))


def _holdings(keeper: Keeper) -> Holdings:
    library = keeper.desk.library
    manifest = versions.read_version(keeper.build.index, library.version).manifest
    return Holdings(
        version=library.version,
        built=library.built_at.date(),
        documents=tuple(library.documents.values()),
        passages=manifest.passages,
        problems=tuple(Problem(path, reason) for path, reason in manifest.problems),
    )


def _help(asked: _Asked) -> None:
    asked.reply(notice(said.HELP()))


def _not_a_command(asked: _Asked) -> None:
    asked.reply(notice(said.NOT_A_COMMAND()))


def _add(asked: _Asked) -> None:
    if links := [word for word in asked.rest.split() if _LINK.fullmatch(word)]:
        _start(asked, asked.deed("add", " ".join(links)), partial(keeping.add, wanted=links))
    else:
        asked.reply(notice(said.WHICH_LINK()))


def _ask_remove(asked: _Asked) -> None:
    if not asked.rest:
        asked.reply(notice(said.WHICH_DOCUMENT()))
        return
    held = _holdings(asked.keeper)
    called: dict[str, Sequence[str]] = {p.path: (p.path, _file(p.path)) for p in held.problems}
    called |= {d.id: (d.id, _file(d.id), d.source.title) for d in held.documents}
    found, alike = find_document(asked.rest, called)
    if found is None:
        asked.reply(near_documents(alike))
    else:
        deed = asked.deed("remove", found)
        number = asked.keeper.desk.store.audit.note(deed, ASKED, time.time())
        asked.reply(ask_remove(found, number))


def _file(path: str) -> str:
    return PurePosixPath(path).name


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
    "add": _add,
    "remove": _ask_remove,
    "rebuild": _rebuild,
    "rollback": _ask_roll_back,
}


# --- the shortcut ---


def add_message(ack: Ack, context: BoltContext, shortcut: Body) -> None:
    """Add the files of a message, or its links where it has no files."""
    ack()
    message = shortcut["message"]
    spot = Spot(shortcut["channel"]["id"], shortcut["user"]["id"], shortcut["response_url"])
    team = context.team_id or ""
    asked = _Asked(context["keeper"], team, spot, f"shortcut:{shortcut['trigger_id']}")
    files = [SharedFile.from_slack(file) for file in message.get("files") or ()]
    wanted = files or links_of(message.get("text") or "")
    names = [one.name if isinstance(one, SharedFile) else one for one in wanted]
    deed = asked.deed("add", " ".join(names))
    if not _may(asked, deed):
        return
    if wanted:
        _start(asked, deed, partial(keeping.add, wanted=wanted))
    else:
        asked.reply(notice(said.NOTHING_TO_ADD()))


# --- buttons ---


def confirm_remove(ack: Ack, context: BoltContext, body: Body, action: Body) -> None:
    """Take a document out that somebody asked to remove, once, if whoever pressed may."""
    ack()
    asked = _pressed(context, body, f"remove:{action['value']}")
    audit, number = asked.keeper.desk.store.audit, int(action["value"])
    if not _may(asked, asked.deed("remove", f"entry {number}")):
        return
    deed = audit.begin(number, asked.spot.user)
    claim = accept(asked.keeper.desk, asked.key, _if_interrupted(asked)) if deed else None
    if deed is None or claim is None:
        asked.reply(notice(said.ALREADY_DONE()))
        return
    order = Order(claim, asked.spot, number)
    keeping.start(asked.keeper, order, partial(keeping.remove, document_id=deed.target))


def force(ack: Ack, context: BoltContext, body: Body, action: Body) -> None:
    """Use a version that was held back, if whoever pressed may."""
    ack()
    asked = _pressed(context, body, f"force:{action['value']}:{action['action_ts']}")
    deed = asked.deed("force", action["value"])
    if not _may(asked, deed):
        return
    if rebuilding.is_running():
        asked.reply(notice(said.BUSY()))
    else:
        _start(asked, deed, partial(keeping.rebuild, force=True))


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


# --- what is meant ---


def links_of(text: str) -> list[str]:
    """The links in a message as Slack writes them: <https://…> or <https://…|label>."""
    found = re.findall(r"<(https?://[^<>|]+)(?:\|[^<>]*)?>", text)
    return list(dict.fromkeys(html.unescape(link) for link in found))


def find_document(words: str, called: Mapping[str, Sequence[str]]) -> tuple[str | None, list[str]]:
    """The id of the document that is meant, else the ids of those that are named alike.

    ``called`` holds all that a document may be called by: its id, its file, its title.
    """
    if words in called:
        return words, []
    wanted = words.casefold()
    meant = [i for i, names in called.items() if wanted in map(str.casefold, names)]
    if len(meant) == 1:
        return meant[0], []
    return None, [i for i, names in called.items() if any(wanted in n.casefold() for n in names)]


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
