"""Where accepted requests are answered: one flow for mentions, direct messages, /ask and Share."""

import time
import uuid
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.conversation.library import Library
from bot.conversation.pay import PayAsked
from bot.conversation.reply import (
    Both,
    Pay,
    Previous,
    Quotes,
    Reply,
    follow_on,
    kept_answer,
    reply,
    reply_pay,
)
from bot.slack import library_strings, outbox, pay_strings, strings
from bot.slack.blocks.answer import Edition, Occasion
from bot.slack.blocks.notice import notice
from bot.slack.blocks.reply import reply_message
from bot.slack.message import Message
from bot.slack.outbox import Sent
from bot.slack.request import Request
from bot.store.inbox import Claim
from bot.store.ledger import Place
from bot.store.store import Store
from index.answer import Answer
from index.pay.model import PayAnswer

log = structlog.get_logger()

MOST_ATTEMPTS = 3
"""After these, whoever takes a request over only apologises."""
_RESPONSE_URL_LIFE = 25 * 60
"""Seconds; Slack takes replies to a response_url for half an hour."""


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
class _Composed:
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
    composed = _Composed(notice(strings.SORRY()))
    if claim.attempt <= MOST_ATTEMPTS:
        try:
            composed = _compose(desk, request)
        except Exception:
            log.exception("no reply could be composed", key=claim.key)
    if not desk.store.inbox.renew(claim, time.time()):
        return  # we were slow, and another process has taken over
    sent = _send(desk, request, composed)
    if composed.answer is None or not sent.as_written:
        desk.store.inbox.done(claim, time.time())
        return
    place = Place(request.team, request.channel, request.thread_ts, sent.ts, request.user)
    desk.store.ledger.record(
        composed.answer_id, composed.answer, place, claim, time.time(), pay=composed.pay
    )


def _compose(desk: Desk, request: Request) -> _Composed:
    """What to say to a request."""
    if request.interrupted:
        return _Composed(notice(library_strings.INTERRUPTED()))
    library = desk.library
    if request.share:
        return _shared(desk, library, request)
    shareable = request.response_url is not None or request.private
    if request.pay:
        asked_pay = PayAsked(request.text, request.occupation, request.area)
        return _drawn(library, reply_pay(library, asked_pay), request.text, shareable=shareable)
    previous = _previous(desk, library, request)
    bare = request.mentioned and not request.text.strip()  # a mention without a word wants help
    asked = library.read("help" if bare else request.text, previous.question if previous else None)
    given = reply(library, asked, previous)
    last = follow_on(asked, given, previous)
    question = last.question if last else asked.text
    shareable = shareable and not isinstance(given, Both)  # the ledger rebuilds one part only
    return _drawn(library, given, question, shareable=shareable, follows=bool(asked.read_as))


def _previous(desk: Desk, library: Library, request: Request) -> Previous | None:
    """What was answered just before in the same thread."""
    if not request.thread_ts:
        return None
    found = desk.store.ledger.previous(request.team, request.channel, request.thread_ts)
    if found is None:
        return None
    answer_id, question = found
    cut = (entry.cut(library.documents) for entry in desk.store.ledger.entries(answer_id))
    return Previous(question, tuple(quote for quote in cut if quote))


def _shared(desk: Desk, library: Library, request: Request) -> _Composed:
    """Rebuild a shared answer from the ledger and the documents, never from the message."""
    if asked := desk.store.ledger.pay_asked(request.share or ""):
        given: Reply = reply_pay(library, asked)
        return _drawn(library, given, asked.query, shared_by=request.user)
    answer = desk.store.ledger.answer(request.share or "", library.documents)
    if answer is None:
        return _Composed(notice(strings.ANSWER_GONE()))
    return _drawn(library, Quotes(answer), answer.question, shared_by=request.user)


def _drawn(
    library: Library,
    given: Reply,
    question: str,
    *,
    shareable: bool = False,
    shared_by: str | None = None,
    follows: bool = False,
) -> _Composed:
    """Lay a reply out; ``question`` is what the ledger keeps, for what follows on it."""
    occasion = _occasion(shareable, shared_by, follows)
    message = reply_message(given, edition(library), occasion)
    answer = kept_answer(given, question)
    asked = given.asked if isinstance(given, Pay) else None
    return _Composed(message, occasion.answer_id if answer else "", answer, asked)


def _occasion(shareable: bool, shared_by: str | None, follows: bool) -> Occasion:
    return Occasion(uuid.uuid4().hex, datetime.now(UTC).date(), shareable, shared_by, follows)


def _send(desk: Desk, request: Request, composed: _Composed) -> Sent:
    """Send a reply where it belongs; where Slack refuses its chart, a picture of it follows."""
    public = request.share is not None and composed.answer is not None
    sent = _send_message(desk, request, composed, public=public)
    if sent.without_chart and composed.message.pay:
        try:
            _send_picture(desk, request, composed.message.pay[0], public=public)
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


def _send_message(desk: Desk, request: Request, composed: _Composed, *, public: bool) -> Sent:
    """Send it to a thread, to one person, or to a channel where it is shared."""
    if request.private and not public:
        return outbox.whisper(desk.client, request.channel, request.user, composed.message)
    if request.response_url and not public:
        return outbox.respond(request.response_url, composed.message)
    try:
        return outbox.post(desk.client, request.channel, composed.message, request.thread_ts)
    except SlackApiError as error:
        outside = error.response.get("error") in outbox.NOT_A_MEMBER
        if not (outside and request.response_url):
            raise
        return outbox.respond(request.response_url, composed.message, public=True)
