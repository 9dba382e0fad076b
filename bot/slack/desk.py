"""Where accepted requests are answered: one flow for mentions, direct messages, /ask and Share."""

import time
import uuid
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack import library_strings, outbox, pay_strings, strings
from bot.slack.blocks.answer import Edition, Occasion, answer_message
from bot.slack.blocks.notice import notice
from bot.slack.blocks.salary import salary_message
from bot.slack.message import Message
from bot.slack.outbox import Sent
from bot.slack.pay_lookup import as_answer, look_up
from bot.slack.pay_request import pay_query
from bot.slack.request import LONGEST_QUESTION, Request
from bot.store.inbox import Claim
from bot.store.ledger import PayAsked, Place
from bot.store.store import Store
from index.answer import Answer
from index.documents.document import Document
from index.pay.model import PayAnswer
from index.pay.official import OfficialTable
from index.questions import is_pleasantry

log = structlog.get_logger()

MOST_ATTEMPTS = 3
"""After these, whoever takes a request over only apologises."""
_RESPONSE_URL_LIFE = 25 * 60
"""Seconds; Slack takes replies to a response_url for half an hour."""


class Library(Protocol):
    """The index as the bot needs it; `index.search.Index` is one."""

    @property
    def version(self) -> str:
        """The name of the version."""

    @property
    def built_at(self) -> datetime:
        """When it was built."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """Its documents by id."""

    @property
    def wages(self) -> OfficialTable | None:
        """The official wage statistics, if the version holds them."""

    def standing_alone(self, question: str, after: str | None = None) -> str:
        """Say what is asked without the question before; as typed if it does not need it."""

    def ask(self, question: str, *, read_as: str) -> Answer:
        """Answer a question, read as `standing_alone` says."""

    def pay(self, query: str) -> PayAnswer:
        """Look up what a role pays."""


class Live(Protocol):
    """Where the library is that answers now; `index.live.LiveIndex` is one."""

    @property
    def current(self) -> Library:
        """The library of this moment; it never changes, but another may take its place."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What answering needs: the library, the state, Slack, and threads to work in."""

    live: Live
    store: Store
    client: WebClient
    me: AuthorizeResult
    workers: Executor

    @property
    def library(self) -> Library:
        """The library of this moment: take it once a reply, which is then of one version."""
        return self.live.current


def edition(library: Library) -> Edition:
    """What replies say of the library."""
    return Edition(len(library.documents), library.version, library.built_at.date())


@dataclass(frozen=True, slots=True)
class _Reply:
    """A message, and the answer it shows if it shows one."""

    message: Message
    answer_id: str = ""
    answer: Answer | None = None
    pay: PayAsked | None = None


def accept(desk: Desk, key: str, request: Request) -> Claim | None:
    """Claim a request before it is acknowledged; None if it is done or in other hands."""
    return desk.store.inbox.claim(key, request.to_json(), time.time())


def submit(desk: Desk, claim: Claim, request: Request) -> None:
    """Answer an accepted request in a worker thread."""
    desk.workers.submit(_work, desk, claim, request)


def recover(desk: Desk) -> None:
    """Take over what other processes, or this one before a restart, left unfinished."""
    now = time.time()
    for left in desk.store.inbox.abandoned(now):
        claim = desk.store.inbox.claim(left.key, left.payload, now)
        if claim is None:
            continue
        try:
            request = Request.from_json(left.payload)
        except (TypeError, ValueError):
            log.exception("an abandoned request cannot be read", key=left.key)
            desk.store.inbox.done(claim, now)
            continue
        if request.response_url and now - left.received > _RESPONSE_URL_LIFE:
            request = replace(request, response_url=None, channel=request.user)
        submit(desk, claim, request)


def _work(desk: Desk, claim: Claim, request: Request) -> None:
    """Answer one request; what fails to be sent stays in the inbox and is tried again."""
    try:
        _answer(desk, claim, request)
    except Exception:
        log.exception("a reply could not be sent", key=claim.key, attempt=claim.attempt)
        if claim.attempt > MOST_ATTEMPTS:
            desk.store.inbox.done(claim, time.time())


def _answer(desk: Desk, claim: Claim, request: Request) -> None:
    """Compose the one reply to a request, send it, and note it in the ledger."""
    reply = _Reply(notice(strings.SORRY()))
    if claim.attempt <= MOST_ATTEMPTS:
        try:
            reply = _compose(desk, request)
        except Exception:
            log.exception("no reply could be composed", key=claim.key)
    if not desk.store.inbox.renew(claim, time.time()):
        return  # we were slow, and another process has taken over
    sent = _send(desk, request, reply)
    if reply.answer is None or not sent.as_written:
        desk.store.inbox.done(claim, time.time())
        return
    place = Place(request.team, request.channel, request.thread_ts, sent.ts, request.user)
    desk.store.ledger.record(
        reply.answer_id, reply.answer, place, claim, time.time(), pay=reply.pay
    )


def _compose(desk: Desk, request: Request) -> _Reply:
    if not request.share and (said := _said_about(request)):
        return _Reply(notice(said))
    library = desk.library
    if request.share:
        return _shared(desk, library, request)
    shareable = request.response_url is not None or request.private
    if request.pay:
        return _pay(
            library, PayAsked(request.text, request.occupation, request.area), shareable=shareable
        )
    previous = request.thread_ts and desk.store.ledger.previous_question(
        request.team, request.channel, request.thread_ts
    )
    asked = library.standing_alone(request.text, previous or None)
    follows = asked != request.text
    if query := pay_query(asked):
        reply = _pay(library, PayAsked(query), shareable=shareable, follows=follows)
        is_about = not follows or names_its_place(request.text, reply.message.pay)
        if reply.answer and reply.answer.answered and is_about:
            return replace(reply, answer=replace(reply.answer, question=asked))
    answer = library.ask(request.text, read_as=asked)
    # Kept as it was read, for what follows on it.
    answer = replace(answer, question=asked)
    return _laid_out(library, answer, shareable=shareable, follows=follows)


def names_its_place(typed: str, found: PayAnswer | None) -> bool:
    """Whether a follow-up named the place that pay was looked up for: "and in Texas?" does.

    One that names nothing of what was looked up changed the subject: "and resume tips?".
    """
    place = found.query.location if found else None
    return bool(place and place.casefold() in typed.casefold())


def _said_about(request: Request) -> str | None:
    """Return what to say of a text that is no question we can look up."""
    if request.interrupted:
        return library_strings.INTERRUPTED()
    question = request.text.strip()
    if question.lower().rstrip("?!.") == "help" or (not question and request.mentioned):
        return strings.HOW_TO()
    if not any(character.isalnum() for character in question):
        return strings.EMPTY_QUESTION()
    if len(question) > LONGEST_QUESTION:
        return strings.TOO_LONG(strings.number(LONGEST_QUESTION))
    if is_pleasantry(question):
        return strings.WELCOME()
    return None


def _shared(desk: Desk, library: Library, request: Request) -> _Reply:
    """Rebuild a shared answer from the ledger and the documents, never from the message."""
    if asked := desk.store.ledger.pay_asked(request.share or ""):
        return _pay(library, asked, shared_by=request.user)
    answer = desk.store.ledger.answer(request.share or "", library.documents)
    if answer is None:
        return _Reply(notice(strings.ANSWER_GONE()))
    return _laid_out(library, answer, shared_by=request.user)


def _laid_out(
    library: Library,
    answer: Answer,
    *,
    shareable: bool = False,
    shared_by: str | None = None,
    follows: bool = False,
) -> _Reply:
    occasion = _occasion(shareable, shared_by, follows)
    return _Reply(answer_message(answer, edition(library), occasion), occasion.answer_id, answer)


def _pay(
    library: Library,
    asked: PayAsked,
    *,
    shareable: bool = False,
    shared_by: str | None = None,
    follows: bool = False,
) -> _Reply:
    """Look pay up again or for the first time: the same words get the same answer."""
    found = look_up(library, asked)
    occasion = _occasion(shareable, shared_by, follows)
    message = salary_message(found, edition(library), occasion)
    return _Reply(message, occasion.answer_id, as_answer(found), asked)


def _occasion(shareable: bool, shared_by: str | None, follows: bool) -> Occasion:
    return Occasion(uuid.uuid4().hex, datetime.now(UTC).date(), shareable, shared_by, follows)


def _send(desk: Desk, request: Request, reply: _Reply) -> Sent:
    """Send a reply where it belongs; where Slack refuses its chart, a picture of it follows."""
    public = request.share is not None and reply.answer is not None
    sent = _send_message(desk, request, reply, public=public)
    if sent.without_chart and reply.message.pay:
        try:
            _send_picture(desk, request, reply.message.pay, public=public)
        except Exception:  # the reply itself holds every number that the picture shows
            log.exception("the picture of a chart could not be sent")
    return sent


def _send_picture(desk: Desk, request: Request, pay: PayAnswer, *, public: bool) -> None:
    from bot.slack import chart  # matplotlib takes a second to import, and few ever need it

    picture = chart.picture(pay)
    if picture is None:
        return
    if (request.response_url or request.private) and not public:
        said = notice(pay_strings.PICTURE_HERE())
        outbox.hand_over(desk.client, request.user, said, picture, pay)
    else:
        outbox.upload(desk.client, request.channel, picture, pay, request.thread_ts)


def _send_message(desk: Desk, request: Request, reply: _Reply, *, public: bool) -> Sent:
    """Send it to a thread, to one person, or to a channel where it is shared."""
    if request.private and not public:
        return outbox.whisper(desk.client, request.channel, request.user, reply.message)
    if request.response_url and not public:
        return outbox.respond(request.response_url, reply.message)
    try:
        return outbox.post(desk.client, request.channel, reply.message, request.thread_ts)
    except SlackApiError as error:
        outside = error.response.get("error") in outbox.NOT_A_MEMBER
        if not (outside and request.response_url):
            raise
        return outbox.respond(request.response_url, reply.message, public=True)
