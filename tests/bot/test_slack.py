"""Questions in Slack, from signed requests over HTTP to what Slack then holds."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from bot.conversation.library import Library
from bot.slack import pay_strings, strings
from bot.slack.desk import recover
from bot.slack.request import Request
from bot.store import inbox, tables
from index.documents.document import Document, Quote
from index.pay.model import OccupationMatch, PayAnswer, PayQuery, PlaceMatch
from index.pay.official import OfficialTable
from tests.bot.harness import (
    ANSWER_WORDS,
    BOT_USER,
    HOSTILE,
    TEXT,
    Bot,
    Json,
    Shelf,
    document,
    shown,
    until,
)

# --- questions ---


def test_mention_is_answered_once_in_its_thread(bot: Bot) -> None:
    """A mention, its message event and three retries of each, at once, get one reply."""
    mention = bot.mention("what about the range?")
    message = mention | {"type": "message", "channel_type": "channel"}
    retry = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    with ThreadPoolExecutor(8) as people:
        sent = [people.submit(bot.event, event, **retry) for event in (mention, message) * 4]
    assert {job.result() for job in sent} == {200}
    bot.settle()
    (reply,) = bot.thread_of(mention)
    assert ANSWER_WORDS in shown(reply["blocks"])
    assert reply["text"] == f"“{ANSWER_WORDS}” (On moving on)"
    assert len(bot.shelf.asked) == 1
    (posted,) = bot.recorder.made("chat.postMessage")
    assert (posted["unfurl_links"], posted["unfurl_media"]) == (False, False)
    assert posted["thread_ts"] == mention["ts"]


def test_late_retry_gets_no_second_reply(bot: Bot) -> None:
    """A retry that arrives after the reply is acknowledged and dropped."""
    mention = bot.mention("what about the range?")
    bot.event(mention)
    until(lambda: bot.thread_of(mention))
    assert bot.event(mention) == 200
    bot.settle()
    assert len(bot.thread_of(mention)) == 1


def test_direct_message_is_answered_in_a_thread(bot: Bot) -> None:
    """A direct message gets its reply in a thread, without a mention."""
    message = bot.says("what about the range?", channel=bot.dm)
    bot.event(message)
    bot.settle()
    (reply,) = bot.thread_of(message)
    assert ANSWER_WORDS in shown(reply["blocks"])


def test_follow_up_knows_the_question_before(bot: Bot) -> None:
    """A question in a thread reaches the index with the question asked before it there."""
    first = bot.says("what about the range?", channel=bot.dm)
    bot.event(first)
    until(lambda: bot.count(tables.answers))
    bot.event(bot.says("and which range later?", channel=bot.dm, thread_ts=first["ts"]))
    bot.settle()
    assert bot.shelf.asked == [
        ("what about the range?", None),
        ("and which range later?", "what about the range?"),
    ]
    replies = [shown(reply["blocks"]) for reply in bot.thread_of(first)]
    assert [strings.FOLLOWS() in words for words in replies] == [False, True]


def test_command_is_answered_to_one_person(bot: Bot) -> None:
    """/ask gets an ephemeral answer with a Share button, and a retry gets nothing more."""
    assert bot.command("what about the range?") == 200
    assert bot.command("what about the range?") == 200
    bot.settle()
    (reply,) = bot.responses()
    assert reply["response_type"] == "ephemeral"
    assert ANSWER_WORDS in shown(reply["blocks"])
    assert "Share" in shown(reply["blocks"])
    assert bot.recorder.made("chat.postMessage") == []


def test_unanswered_question_is_said_plainly_and_noted(bot: Bot) -> None:
    """No answer names the size and date of the library, labels what is near, notes the gap."""
    mention = bot.mention("best ramen near the office?")
    bot.event(mention)
    bot.settle()
    (reply,) = bot.thread_of(mention)
    assert reply["text"] == "No passage in the library answers this question."
    searched = "Searched 1 document, indexed 20 Aug 2026."
    assert searched in shown(reply["blocks"])
    assert "The closest passage, not an answer:" in shown(reply["blocks"])
    assert "Suggest a source" in shown(reply["blocks"])
    assert bot.count(tables.gaps) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", strings.HOW_TO()),
        ("help", strings.HOW_TO()),
        (" Help! ", strings.HOW_TO()),
        ("???", strings.EMPTY_QUESTION()),
        ("Thank you so much! :tada:", strings.WELCOME()),
        ("ok, thanks", strings.WELCOME()),
        ("hi there", strings.GREETING()),
        ("this is wrong", strings.COMPLAINT()),
        ("lol", strings.ASIDE()),
        ("```x = 1```", strings.ASIDE()),
        ("source?", strings.NO_SOURCES()),
    ],
)
def test_what_is_no_question_gets_a_sentence(bot: Bot, text: str, said: str) -> None:
    """Greetings, thanks, help, complaints and chatter get a sentence; nothing is looked up."""
    mention = bot.mention(text)
    bot.event(mention)
    bot.settle()
    assert [reply["text"] for reply in bot.thread_of(mention)] == [strings.escape(said)]
    assert bot.shelf.asked == []
    assert bot.count(tables.gaps) == 0


def test_empty_command_gets_a_sentence(bot: Bot) -> None:
    """/ask with nothing after it is told so."""
    bot.command("")
    bot.settle()
    assert [reply["text"] for reply in bot.responses()] == [strings.EMPTY_QUESTION()]


@pytest.mark.parametrize(
    "change",
    [
        {"user": BOT_USER},
        {"bot_id": "B0OTHER"},
        {"bot_id": "B0OTHER", "subtype": "bot_message", "user": None},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"edited": {"user": "U0SOMEBODY", "ts": "1.1"}},
    ],
)
def test_what_no_person_asks_is_ignored(bot: Bot, change: Json) -> None:
    """Our own messages, other bots, edits and joins are acknowledged and get no reply."""
    assert bot.event(bot.says("what about the range?", channel=bot.dm) | change) == 200
    assert bot.event(bot.mention("what about the range?") | change) == 200
    bot.settle()
    assert bot.recorder.made("chat.postMessage") == []
    assert bot.count(tables.inbox) == 0


def test_channel_chatter_is_ignored(bot: Bot) -> None:
    """A message in a channel without a mention gets no reply."""
    assert bot.event(bot.says("what about the range?")) == 200
    bot.settle()
    assert bot.recorder.made("chat.postMessage") == []


def test_acknowledged_before_answered(bot: Bot) -> None:
    """However many answers are slow, everything is acknowledged first, and answered later."""
    bot.shelf.is_open.clear()
    mentions = [bot.mention("what about the range?") for _ in range(12)]
    assert {bot.event(mention) for mention in mentions} == {200}
    assert bot.command("what about the range?") == 200
    assert bot.recorder.made("chat.postMessage") == []
    bot.shelf.is_open.set()
    bot.settle()
    assert [len(bot.thread_of(mention)) for mention in mentions] == [1] * 12
    assert len(bot.responses()) == 1


def test_real_index_answers_in_slack(open_bot: Callable[..., Bot], small_index: Library) -> None:
    """From files through the real index to Slack: a quote with its source, or a plain no."""
    bot = open_bot(small_index)
    asked = bot.mention("how long does a reference call take?")
    unanswerable = bot.mention("where is the best ramen near the office?")
    bot.event(asked)
    bot.event(unanswerable)
    bot.settle()
    (reply,) = bot.thread_of(asked)
    (bold,) = [run["text"] for run in _quoted(reply) if run.get("style") == {"bold": True}]
    assert bold in small_index.documents["hiring/references.md"].text
    assert "twenty minutes" in bold
    line = "".join(shown([reply["blocks"][1]["elements"][1]]))
    assert line.startswith("How references are checked · careerbot tests · 2 Mar 2026")
    (refusal,) = bot.thread_of(unanswerable)
    assert refusal["text"] == strings.NO_ANSWER()


def _quoted(reply: Json) -> list[Json]:
    """The runs of the first quote of a reply."""
    first = next(block for block in reply["blocks"] if block["type"] == "rich_text")
    return list(first["elements"][0]["elements"])


# --- hostile text ---


def test_hostile_document_mentions_nobody(open_bot: Callable[..., Bot]) -> None:
    """A document full of Slack's markup is quoted exactly and cannot mention anyone."""
    sentence = f"Here the range is {HOSTILE}."
    text = f"{HOSTILE}\n{'x' * 50_000} {sentence} {'<!everyone> ' * 4000}"
    source = {"author": HOSTILE, "publisher": "<!here>" * 100, "url": "javascript:alert(1)"}
    bot = open_bot(Shelf(document(text, **source), words=sentence))
    mention = bot.mention("what about the range?")
    bot.event(mention)
    bot.settle()
    (reply,) = bot.thread_of(mention)
    assert sentence in shown(reply["blocks"])
    assert "<" not in reply["text"]
    assert "javascript" not in json.dumps(reply["blocks"])
    kinds = {block["type"] for block in reply["blocks"]}
    assert kinds <= {"context", "rich_text", "actions", "context_actions"}
    assert "mrkdwn" not in json.dumps(reply["blocks"])


@pytest.mark.parametrize("question", [HOSTILE, HOSTILE * 1000, "`" * 100_000, "<!channel>&" * 9000])
def test_hostile_question_is_never_echoed(bot: Bot, question: str) -> None:
    """Whatever a question holds, one reply of quotes or catalogue strings comes back."""
    mention = bot.mention(question)
    assert bot.event(mention) == 200
    assert bot.command(question) == 200
    bot.settle()
    replies = [*bot.thread_of(mention), *bot.responses()]
    assert len(replies) == 2
    for reply in replies:
        assert "<" not in reply["text"]
        assert "channel>" not in json.dumps(reply["blocks"])


# --- when things fail ---


def test_forged_request_is_refused(bot: Bot) -> None:
    """A request signed with another secret gets 401 and no reply."""
    body = json.dumps({"type": "event_callback", "event": bot.mention("what about the range?")})
    assert bot.send(body, "application/json", secret="guessed") == 401
    bot.settle()
    assert bot.count(tables.inbox) == 0


def test_failing_index_ends_in_an_apology(bot: Bot) -> None:
    """When answering fails, the person reads one plain sentence and nothing of the error."""
    mention = bot.mention("crash on the range")
    bot.event(mention)
    bot.settle()
    (reply,) = bot.thread_of(mention)
    assert reply["text"] == strings.SORRY()
    assert "secret" not in json.dumps(reply["blocks"])


def test_refused_message_ends_in_an_apology(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message the linter refuses is not sent and not in the ledger; an apology is sent."""
    monkeypatch.setattr(Quote, "text", property(lambda _: "Words of our own."))
    monkeypatch.setattr(Document, "cut", lambda *_: "Words of our own.")
    mention = bot.mention("what about the range?")
    bot.event(mention)
    bot.settle()
    assert [reply["text"] for reply in bot.thread_of(mention)] == [strings.SORRY()]
    assert bot.count(tables.answers) == 0


def test_unknown_blocks_are_left_out(bot: Bot) -> None:
    """When Slack does not know our newest blocks, the answer goes out without them."""
    bot.recorder.failures["chat.postMessage"] = ["invalid_blocks"]
    mention = bot.mention("what about the range?")
    bot.event(mention)
    bot.settle()
    (reply,) = bot.thread_of(mention)
    assert "context_actions" not in {block["type"] for block in reply["blocks"]}
    assert ANSWER_WORDS in shown(reply["blocks"])


def test_unknown_blocks_are_left_out_of_a_response(bot: Bot) -> None:
    """The same holds for what goes to a response_url, which refuses with a status."""
    bot.recorder.failures["respond"] = ["invalid_blocks"]
    bot.command("what about the range?")
    bot.settle()
    refused, taken = ({block["type"] for block in reply["blocks"]} for reply in bot.responses())
    assert refused - taken == {"context_actions"}


def after_the_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock stand just after the end of every claim made before."""
    now = time.time() + inbox.LEASE + 1
    monkeypatch.setattr(time, "time", lambda: now)


def test_question_of_a_dead_process_is_answered_later(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim that expires unfinished is taken over, and answered once."""
    mention = bot.mention("what about the range?")
    lost = Request("T000000001", bot.channel, bot.asker, "what range?", thread_ts=mention["ts"])
    bot.desk.store.inbox.claim("message:lost", lost.to_json(), time.time())
    recover(bot.desk)
    assert bot.thread_of(mention) == []
    after_the_lease(monkeypatch)
    recover(bot.desk)
    recover(bot.desk)
    bot.settle()
    assert len(bot.thread_of(mention)) == 1


def test_unsent_reply_is_tried_again(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reply that Slack did not take stays in the inbox until it is sent."""
    bot.recorder.failures["chat.postMessage"] = ["internal_error"]
    mention = bot.mention("what about the range?")
    bot.event(mention)
    until(lambda: bot.recorder.made("chat.postMessage"))
    after_the_lease(monkeypatch)
    until(lambda: bot.count(tables.inbox))
    recover(bot.desk)
    bot.settle()
    assert len(bot.thread_of(mention)) == 1


# --- buttons and forms ---


def answer_id_of(bot: Bot) -> str:
    """Ask in the channel; the id of the answer that came."""
    bot.event(bot.mention("what about the range?"))
    return str(until(lambda: _last_answer(bot)))


def _last_answer(bot: Bot) -> str | None:
    with bot.desk.store.engine.connect() as connection:
        return connection.scalar(select(tables.answers.c.id))


def test_share_posts_the_answer_once_from_the_ledger(bot: Bot) -> None:
    """Share posts what the ledger and the documents hold, names the sharer, and only once."""
    bot.command("what about the range?")
    answer_id = str(until(lambda: _last_answer(bot)))
    bot.press("share", answer_id)
    bot.press("share", answer_id)
    bot.settle()
    (posted,) = bot.recorder.made("chat.postMessage")
    assert {"type": "user", "user_id": bot.asker} in posted["blocks"][0]["elements"][0]["elements"]
    assert ANSWER_WORDS in shown(posted["blocks"])
    assert strings.ALREADY_SHARED() in [reply["text"] for reply in bot.responses()]
    assert bot.count(tables.answers) == 2


def test_share_where_the_bot_is_no_member(bot: Bot) -> None:
    """In a channel without the bot, the shared answer goes out through the response_url."""
    bot.command("what about the range?")
    answer_id = str(until(lambda: _last_answer(bot)))
    bot.recorder.failures["chat.postMessage"] = ["not_in_channel"]
    bot.press("share", answer_id)
    bot.settle()
    assert bot.responses()[-1]["response_type"] == "in_channel"


def test_share_of_a_changed_source_is_refused(bot: Bot) -> None:
    """An answer whose source has changed is not shared; the sharer is told why."""
    bot.command("what about the range?")
    answer_id = str(until(lambda: _last_answer(bot)))
    bot.shelf.document = document(TEXT.replace("many reasons", "some reasons"))
    bot.press("share", answer_id)
    bot.settle()
    assert bot.recorder.made("chat.postMessage") == []
    assert bot.responses()[-1]["text"] == strings.ANSWER_GONE()


def test_context_shows_the_section(bot: Bot) -> None:
    """Show in context opens the section around the quote, with the quote in bold."""
    bot.press("show_context", answer_id_of(bot))
    bot.settle()
    (opened,) = bot.recorder.made("views.open")
    quoted = opened["view"]["blocks"][0]["elements"][0]["elements"]
    assert "".join(run["text"] for run in quoted) == TEXT
    assert [run["text"] for run in quoted if run.get("style")] == [ANSWER_WORDS]


def test_check_compares_with_the_stored_text(bot: Bot) -> None:
    """Check quotes says that the source is unchanged, and after a change, that it is not."""
    answer_id = answer_id_of(bot)
    bot.press("check_quotes", answer_id)
    until(lambda: bot.recorder.made("views.open"))
    bot.shelf.document = document(TEXT + " More.")
    bot.press("check_quotes", answer_id)
    bot.settle()
    sound, changed = (call["view"] for call in bot.recorder.made("views.open"))
    assert "is unchanged since it was quoted" in shown(sound["blocks"])[0]
    assert shown(changed["blocks"]) == [strings.QUOTE_CHANGED()]


def test_votes_are_counted_and_a_bad_one_asked_about(bot: Bot) -> None:
    """Each person has one vote; Not helpful opens a form whose reason is kept."""
    answer_id = answer_id_of(bot)
    bot.press("feedback", f"{answer_id}:up", "feedback_buttons")
    bot.press("feedback", f"{answer_id}:down", "feedback_buttons")
    (opened,) = until(lambda: bot.recorder.made("views.open"))
    assert opened["view"]["private_metadata"] == answer_id
    values = {
        "reason": {"reason": {"selected_option": {"value": "outdated"}}},
        "comment": {"comment": {"value": None}},
    }
    bot.submit("feedback_reason", answer_id, values)
    bot.settle()
    with bot.desk.store.engine.connect() as connection:
        (row,) = connection.execute(select(tables.feedback)).all()
    assert (row.vote, row.reason, row.user) == ("down", "outdated", bot.asker)


def test_suggested_source_is_kept_and_thanked_for(bot: Bot) -> None:
    """A suggestion for an unanswered question is kept, and its author thanked privately."""
    bot.event(bot.mention("best ramen?"))
    answer_id = str(until(lambda: _last_answer(bot)))
    bot.press("suggest_source", answer_id)
    (opened,) = until(lambda: bot.recorder.made("views.open"))
    reference = opened["view"]["private_metadata"]
    values = {"source": {"source": {"value": "https://example.org/guide"}}}
    bot.submit("suggest_source", reference, values)
    bot.settle()
    assert bot.count(tables.suggestions) == 1
    (thanks,) = bot.recorder.made("chat.postEphemeral")
    assert thanks["text"] == strings.SUGGEST_THANKS()


def test_thanks_reach_where_the_bot_is_no_member(bot: Bot) -> None:
    """Who suggests a source in a channel without the bot is thanked directly."""
    bot.command("best ramen?")
    answer_id = str(until(lambda: _last_answer(bot)))
    bot.recorder.failures["chat.postEphemeral"] = ["not_in_channel"]
    values = {"source": {"source": {"value": "A book"}}}
    bot.submit("suggest_source", f"{answer_id}:{bot.channel}", values)
    bot.settle()
    (thanks,) = bot.recorder.made("chat.postMessage")
    assert (thanks["channel"], thanks["text"]) == (bot.asker, strings.SUGGEST_THANKS())


def test_unknown_answer_is_explained(bot: Bot) -> None:
    """A button of an answer that nobody remembers explains itself."""
    bot.press("show_context", "0" * 32)
    bot.settle()
    (opened,) = bot.recorder.made("views.open")
    assert shown(opened["view"]["blocks"]) == [strings.ANSWER_GONE()]


def test_failing_button_ends_in_an_apology(bot: Bot) -> None:
    """When a button fails, the person who pressed it reads one plain sentence."""
    bot.press("feedback", "unknown:up", "feedback_buttons")
    bot.settle()
    assert [reply["text"] for reply in bot.responses()] == [strings.SORRY()]


def test_home_says_how_to_ask_and_what_the_library_holds(bot: Bot) -> None:
    """Opening the Home tab shows how to ask, the number of documents and the version."""
    bot.event({"type": "app_home_opened", "user": bot.asker, "tab": "home", "channel": bot.dm})
    bot.event({"type": "app_home_opened", "user": bot.asker, "tab": "messages"})
    bot.settle()
    (published,) = bot.recorder.made("views.publish")
    said = shown(published["view"]["blocks"])
    assert strings.HOW_TO() in said
    assert "The library holds 1 document, indexed 20 Aug 2026 (version v1)." in said


@dataclass
class Changing:
    """A library in whose place another stands whenever it has been taken."""

    shelf: Shelf
    taken: int = 0

    @property
    def current(self) -> Library:
        """Another shelf each time."""
        self.taken += 1
        self.shelf = replace(self.shelf, version=f"v{self.taken}")
        return self.shelf


def test_what_is_said_is_taken_from_one_library(open_bot: Callable[..., Bot]) -> None:
    """Each reply, window and Home tab takes the library once, so a switch cannot divide it."""
    live = Changing(Shelf(document()))
    bot = open_bot(live=live)
    home = {"type": "app_home_opened", "user": bot.asker, "tab": "home", "channel": bot.dm}
    answer_id = answer_id_of(bot)
    acts: list[Callable[[], object]] = [
        lambda: bot.press("show_context", answer_id),
        lambda: bot.press("check_quotes", answer_id),
        lambda: bot.press("share", answer_id),
        lambda: bot.command("best ramen?"),
        lambda: bot.event(home),
    ]
    for number, act in enumerate(acts, start=2):
        act()
        until(lambda due=number: live.taken >= due)  # type: ignore[misc]
    bot.settle()
    assert live.taken == 1 + len(acts)


# --- health ---


def test_health_pages(bot: Bot) -> None:
    """The health pages answer 200 while the database does."""
    assert httpx.get(f"{bot.url}/healthz").status_code == 200
    assert httpx.get(f"{bot.url}/readyz").status_code == 200


def test_not_ready_without_its_database(bot: Bot, tmp_path: Path) -> None:
    """The readiness page answers 503 when the database does not."""
    bot.desk.store.engine.dispose()
    for part in tmp_path.glob("state.db*"):
        part.unlink()
    (tmp_path / "state.db").mkdir()
    assert httpx.get(f"{bot.url}/readyz").status_code == 503


def test_oversized_body_is_refused(bot: Bot) -> None:
    """A request of more than a megabyte is refused before it is read to the end."""
    assert bot.send("x" * 1_100_000, "application/json") == 413


# --- pay ---


@dataclass
class PayShelf(Shelf):
    """A library that knows what a backend engineer is paid."""

    pay_answer: Callable[..., PayAnswer] | None = None
    table: OfficialTable | None = None
    looked_up: list[str] = field(default_factory=list)

    @property
    def wages(self) -> OfficialTable | None:
        """Official wages of three areas."""
        return self.table

    def pay(self, query: str) -> PayAnswer:
        """Find a backend engineer's pay in Seattle or Dallas."""
        self.looked_up.append(query)
        assert self.pay_answer
        assert self.table
        known = self.pay_answer()
        if "engineer" not in query:
            asked = PayQuery(query, query, None, None, None)
            return self.pay_answer(query=asked, found=False, figures=(), near=(), official=None)
        place = next((a for a in self.table.areas if a.name in query), self.table.areas[1])
        match = PlaceMatch(place.name, place.code, 1.0)
        both = (*known.query.occupations, OccupationMatch("Web Developers", "15-1254", 0.5))
        location = place.name if place.name in query else "seattle"
        return self.pay_answer(
            query=PayQuery(query, "backend engineer", None, None, location, both, match),
            official=self.table.wages("15-1252", place.code),
        )


@pytest.fixture
def pay_bot(
    open_bot: Callable[..., Bot], pay_answer: Callable[..., PayAnswer], wages: OfficialTable
) -> Bot:
    shelf = PayShelf(document(), pay_answer=pay_answer, table=wages)
    return open_bot(shelf)


def salary(bot: Bot, text: str = "backend engineer, seattle", trigger: str = "9.1") -> None:
    bot.command(text, trigger, command="/salary")


def first_reply(bot: Bot) -> Json:
    """The reply to the one command so far, once it is in the ledger."""
    until(lambda: bot.count(tables.answers))
    (reply,) = bot.responses()
    return reply


def controls(reply: Json) -> tuple[str, str]:
    """The block id of the controls of a pay reply, and the id of the answer."""
    block_id = next(b["block_id"] for b in reversed(reply["blocks"]) if b["type"] == "actions")
    return block_id, block_id.removeprefix("pay:")


def table_of(reply: Json) -> list[str]:
    """The yearly column of a reply's table."""
    (table,) = [block for block in reply["blocks"] if block["type"] == "table"]
    return [row[1]["text"] for row in table["rows"][1:]]


def test_salary_shows_wages_figures_and_provenance(pay_bot: Bot) -> None:
    """/salary is answered once, to one person, with numbers in its text, chart and table."""
    salary(pay_bot)
    salary(pay_bot)
    pay_bot.settle()
    (reply,) = pay_bot.responses()
    assert reply["response_type"] == "ephemeral"
    assert reply["blocks"][0]["text"]["text"] == "Software Developers, Seattle-Tacoma-Bellevue, WA"
    assert "median $164,900" in reply["text"]
    assert table_of(reply) == ["$98,120", "$128,450", "$164,900", "$201,330", "–"]
    charts = [block for block in reply["blocks"] if block["type"] == "data_visualization"]
    drawn = {p["label"]: p["value"] for p in charts[0]["chart"]["series"][0]["data"]}
    assert drawn["Median"] == 164_900
    assert (drawn["Acme Tools, from"], drawn["Acme Tools, to"]) == (150_000, 190_000)
    far = {p["label"]: p["value"] for p in charts[1]["chart"]["series"][0]["data"]}
    assert far == {"Median": 164_900, "Bolt & Sons": 17_800_000}
    said = shown(reply["blocks"])
    assert "Acme Tools | Senior Backend Engineer | $150,000–$190,000/year" in said
    assert "no amount disclosed" in said
    assert "May 2025" in "".join(said)
    assert "retrieved 1 Jun 2026" in said
    assert "Estimate: the source calls it one, no employer stated it." in said


def test_pay_question_in_a_mention_gets_the_same_reply(pay_bot: Bot) -> None:
    """A plain pay question is looked up without its frame, and answered in the thread."""
    mention = pay_bot.mention("what does a backend engineer make in Seattle?")
    pay_bot.event(mention)
    pay_bot.settle()
    (reply,) = pay_bot.thread_of(mention)
    assert pay_bot.shelf.looked_up == ["backend engineer in Seattle"]
    assert "median $164,900" in reply["text"]
    assert pay_bot.shelf.asked == []


def test_pay_question_without_figures_gets_quotes(pay_bot: Bot) -> None:
    """Where no figure is found, a pay-like question is answered with quotes."""
    mention = pay_bot.mention("what is the pay range of a wizard in the range?")
    pay_bot.event(mention)
    pay_bot.settle()
    (reply,) = pay_bot.thread_of(mention)
    assert len(pay_bot.shelf.looked_up) == 1
    assert ANSWER_WORDS in shown(reply["blocks"])


def test_salary_without_figures_says_so(pay_bot: Bot) -> None:
    """/salary for an unknown title says that nothing was found, and a gap is noted."""
    salary(pay_bot, "wizard")
    pay_bot.settle()
    (reply,) = pay_bot.responses()
    assert reply["text"] == "No document in the library states pay for this."
    assert "No occupation of the official statistics matches this title." in shown(reply["blocks"])
    assert pay_bot.count(tables.gaps) == 1


def test_salary_alone_opens_a_form(pay_bot: Bot) -> None:
    """/salary without words opens the form; what is sent in is answered to that person once."""
    trigger = pay_bot.as_person("views.generateTriggerId", user_id=pay_bot.asker)["trigger_id"]
    salary(pay_bot, "", trigger)
    until(lambda: pay_bot.recorder.made("views.open"))
    (opened,) = pay_bot.recorder.made("views.open")
    assert opened["view"]["callback_id"] == "salary"
    values = {
        "role": {"role": {"value": "backend engineer"}},
        "level": {"level": {"selected_option": {"value": "senior"}}},
        "place": {"pay_place": {"selected_option": {"value": "0019100"}}},
    }
    pay_bot.submit("salary", pay_bot.channel, values)
    pay_bot.settle()
    assert pay_bot.shelf.looked_up == ["senior backend engineer, Dallas-Fort Worth-Arlington, TX"]
    (whispered,) = pay_bot.recorder.made("chat.postEphemeral")
    assert whispered["user"] == pay_bot.asker
    assert "median $164,900" in whispered["text"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["National", "Seattle-Tacoma-Bellevue, WA", "Dallas-Fort Worth-Arlington, TX"]),
        ("taco", ["Seattle-Tacoma-Bellevue, WA"]),
        ("fort worth tx", ["Dallas-Fort Worth-Arlington, TX"]),
        ("jakarta", []),
    ],
)
def test_menu_offers_matching_places(pay_bot: Bot, typed: str, expected: list[str]) -> None:
    """The menu of places holds the areas whose names have the typed words, wider areas first."""
    assert [o["text"]["text"] for o in pay_bot.options("pay_place", typed)] == expected


def test_change_place_looks_up_again(pay_bot: Bot) -> None:
    """Another place is looked up with the same words, and answered to the one who chose it."""
    salary(pay_bot)
    reply = first_reply(pay_bot)
    block_id, _ = controls(reply)
    chosen = {"block_id": block_id, "selected_option": {"value": "0019100"}}
    pay_bot.press("pay_place", "", "external_select", **chosen)
    until(lambda: len(pay_bot.responses()) == 2)
    pay_bot.settle()
    assert pay_bot.shelf.looked_up[-1] == "backend engineer, Dallas-Fort Worth-Arlington, TX"
    header = pay_bot.responses()[1]["blocks"][0]["text"]["text"]
    assert header == "Software Developers, Dallas-Fort Worth-Arlington, TX"


def test_another_occupation_can_be_chosen(pay_bot: Bot) -> None:
    """An ambiguous title offers its candidates; the chosen one's wages are shown."""
    salary(pay_bot)
    reply = first_reply(pay_bot)
    labels = shown([b for b in reply["blocks"] if b["type"] == "actions"][:1])
    assert labels == ["Software Developers", "Web Developers"]
    pay_bot.press("pay_occupation:1", f"{controls(reply)[1]}:15-1254")
    until(lambda: len(pay_bot.responses()) == 2)
    pay_bot.settle()
    assert table_of(pay_bot.responses()[1])[2] == "$124,800"


def test_pay_is_shared_by_name(pay_bot: Bot) -> None:
    """Share posts the pay answer in the channel, naming who shares it."""
    salary(pay_bot)
    reply = first_reply(pay_bot)
    pay_bot.press("share", controls(reply)[1])
    pay_bot.settle()
    (posted,) = pay_bot.recorder.made("chat.postMessage")
    assert posted["blocks"][1]["elements"][0]["elements"][0]["user_id"] == pay_bot.asker
    assert "median $164,900" in posted["text"]


def test_table_is_sent_to_the_one_who_asks(pay_bot: Bot) -> None:
    """CSV goes to the direct messages of whoever asks, with every figure and its words."""
    salary(pay_bot)
    reply = first_reply(pay_bot)
    pay_bot.press("pay_csv", controls(reply)[1])
    until(lambda: pay_bot.recorder.made("files.completeUploadExternal"))
    pay_bot.settle()
    (given,) = pay_bot.recorder.made("files.completeUploadExternal")
    assert given["channel_id"] == pay_bot.dm
    assert pay_bot.responses()[-1]["text"] == pay_strings.CSV_SENT()


@pytest.mark.parametrize("private", [True, False])
def test_picture_follows_where_slack_refuses_the_chart(pay_bot: Bot, private: bool) -> None:
    """A workspace without charts gets the reply without one, and a PNG with a description."""
    method = "respond" if private else "chat.postMessage"
    pay_bot.recorder.failures[method] = ["invalid_blocks"]
    if private:
        salary(pay_bot)
    else:
        pay_bot.event(pay_bot.mention("backend engineer salary in Seattle"))
    pay_bot.settle()
    replies = pay_bot.recorder.made(method)[:2]
    kinds = [{block["type"] for block in reply["blocks"]} for reply in replies]
    assert ["data_visualization" in kind for kind in kinds] == [True, False]
    (begun,) = pay_bot.recorder.made("files.getUploadURLExternal")
    assert begun["filename"] == "pay.png"
    assert "median $164,900" in begun["alt_txt"]
    (given,) = pay_bot.recorder.made("files.completeUploadExternal")
    assert given["channel_id"] == (pay_bot.dm if private else pay_bot.channel)
