"""Where librarians' orders are carried out: one at a time beside the answering, each audited.

An order is claimed in the inbox like a question, but is not taken over when its process dies: half
of it may be done. What the inbox then says is that the person should look and send it again.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from bot import rebuild as rebuilding
from bot.slack import library_strings as said
from bot.slack import outbox
from bot.slack.blocks.library import failed, rolled_back
from bot.slack.blocks.notice import notice
from bot.slack.blocks.rebuild import Outcome, Plan
from bot.slack.desk import Desk
from bot.slack.files import SharedFile, download
from bot.slack.message import Upkeep
from bot.slack.rebuild_message import RebuildMessage, Spot
from bot.store.inbox import Claim
from index import versions
from index.build import BuildSettings, rollback
from index.documents import additions
from index.documents.fetch import Fetching
from index.documents.library import Problem
from index.errors import CareerbotError, IndexUnavailable, UnreadableDocument

log = structlog.get_logger()

_TASKS = ("read", "encode", "check", "golden", "switch")


@dataclass(frozen=True, slots=True)
class Keeper:
    """What upkeep needs: the desk, who may order it, and what a build needs to know."""

    desk: Desk
    librarians: frozenset[str]
    build: BuildSettings
    fetching: Fetching


@dataclass(frozen=True, slots=True)
class Order:
    """One claimed order of a librarian: ``number`` is that of its entry in the audit."""

    claim: Claim
    spot: Spot
    number: int


Work = Callable[[Keeper, Order], str]
"""Carries out an order and returns what became of it, for the audit."""


def start(keeper: Keeper, order: Order, work: Work) -> None:
    """Carry out an order in a thread of its own; the server does not wait for it when it ends."""
    threading.Thread(target=_carry_out, args=(keeper, order, work), daemon=True).start()


def _carry_out(keeper: Keeper, order: Order, work: Work) -> None:
    store, tell = keeper.desk.store, None
    try:
        result = work(keeper, order)
    except CareerbotError as error:
        result, tell = f"failed: {error}", failed(Upkeep(error=error))
    except Exception as error:
        log.exception("an order about the library failed", number=order.number)
        result, tell = f"failed: {type(error).__name__}", notice(said.SORRY())
    store.audit.end(order.number, result, time.time())
    store.inbox.done(order.claim, time.time())
    if tell:
        outbox.respond(order.spot.response_url, tell)


# --- rebuild ---


def rebuild(keeper: Keeper, order: Order, *, force: bool = False) -> str:
    """Rebuild, and show how far it is."""
    with _message(keeper, order, Plan(said.REBUILDING, _TASKS, _TASKS[0])) as message:
        return _rebuild(keeper, message, force=force)


def _message(keeper: Keeper, order: Order, plan: Plan) -> RebuildMessage:
    def keep_claim() -> None:
        keeper.desk.store.inbox.renew(order.claim, time.time())

    return RebuildMessage(keeper.desk.client, order.spot, plan, keep_claim)


def _rebuild(
    keeper: Keeper,
    message: RebuildMessage,
    problems: Sequence[Problem] = (),
    *,
    force: bool = False,
) -> str:
    """Rebuild under a message that stands already; ``problems`` came before it."""
    before = current_version(keeper)
    try:
        report = rebuilding.rebuild(keeper.build, message, force, wait=True)
    except CareerbotError as error:
        message.end(Outcome(error=error, problems=tuple(problems)))
        return f"failed: {error}"
    message.end(Outcome(report, before=before, problems=tuple(problems)))
    if not report.changed:
        return f"nothing changed, {report.version}"
    return f"{'switched to' if report.switched else 'kept aside'} {report.version}"


# --- add and remove ---


def add(keeper: Keeper, order: Order, wanted: Sequence[str | SharedFile]) -> str:
    """Add links and files that were shared in Slack, then rebuild."""
    plan = Plan(said.ADDING, ("fetch", *_TASKS), "fetch", total=len(wanted))
    problems: list[Problem] = []
    with _message(keeper, order, plan) as message:
        for one in wanted:
            name = one.name if isinstance(one, SharedFile) else one
            try:
                _add(keeper, one)
            except CareerbotError as error:
                problems.append(Problem(name, str(error).removeprefix(f"{name}: ")))
            except OSError as error:
                problems.append(Problem(name, error.strerror or type(error).__name__))
            message.step()
        if len(problems) == len(wanted):
            message.end(Outcome(problems=tuple(problems)))
            return f"failed: {problems[0].reason}"
        return _rebuild(keeper, message, problems)


def _add(keeper: Keeper, wanted: str | SharedFile) -> None:
    build, slack = keeper.build, keeper.desk.client
    if isinstance(wanted, str):
        additions.add(wanted, build.corpora[0], keeper.fetching)
        return
    content = download(wanted, str(slack.token), slack.base_url, build.limits.file_bytes)
    with TemporaryDirectory() as folder:
        path = Path(folder, wanted.name)
        path.write_bytes(content)
        try:
            at_slack = wanted.url.partition("?")[0]
            additions.add(str(path), build.corpora[0], keeper.fetching, came_from=at_slack)
        except UnreadableDocument as error:  # whoever shared the file knows no path of ours
            raise UnreadableDocument(str(error).removeprefix(f"{path}: ")) from error


def remove(keeper: Keeper, order: Order, document_id: str) -> str:
    """Take a document out, then rebuild."""
    additions.remove(document_id, keeper.build.corpora)
    with _message(keeper, order, Plan(said.REMOVING, _TASKS, _TASKS[0])) as message:
        return _rebuild(keeper, message)


# --- roll back ---


def roll_back(keeper: Keeper, order: Order, now: str, before: str) -> str:
    """Go from one version back to another, if nothing has happened in between."""
    if rebuilding.is_running():
        outbox.respond(order.spot.response_url, notice(said.BUSY()))
        return "failed: a rebuild is running"
    if current_version(keeper) != now:
        outbox.respond(order.spot.response_url, notice(said.CHANGED_MEANWHILE()))
        return f"failed: {now} was not the current version any more"
    version = rollback(keeper.build.index, before)
    spot, done = order.spot, rolled_back(version, order.spot.user)
    outbox.post_or_tell(keeper.desk.client, spot.channel, spot.response_url, done)
    return f"switched to {version}"


def current_version(keeper: Keeper) -> str | None:
    """The name of the version that is switched in; None if there is none."""
    try:
        return versions.current_name(keeper.build.index)
    except IndexUnavailable:
        return None
