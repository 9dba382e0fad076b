"""What /library and rebuilds show: every state passes the linter, and nothing is slipped in."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.settings import Settings
from bot.slack import library_strings as said
from bot.slack.blocks.library import (
    Holdings,
    ask_remove,
    failed,
    near_documents,
    refusal,
    rolled_back,
    status_message,
)
from bot.slack.blocks.rebuild import (
    Outcome,
    Plan,
    outcome_message,
    plan_as_lines,
    progress_message,
)
from bot.slack.linter import UnsafeMessage, check
from bot.slack.listeners.library import find_document
from bot.slack.message import Message, Upkeep
from index.build import BuildReport
from index.documents.document import Block, BlockKind, Document, Span
from index.documents.library import Problem
from index.documents.source import Source
from index.errors import UsageError
from index.gate import GateResult
from tests.bot.harness import shown

TODAY = date(2026, 8, 20)
HOSTILE = "a/<!channel> *b* `c`\n\u202e.md"
TASKS = ("read", "encode", "check", "golden", "switch")
PLAN = Plan(said.REBUILDING, TASKS, "encode", done=340, total=1020)
GATE = GateResult(
    passed=False,
    questions=50,
    good=44,
    good_before=48,
    worse=("g1", "g2"),
    better=(),
    gone=(),
    problem="",
)
REPORT = BuildReport(
    version="20260820-1-abc",
    changed=True,
    switched=True,
    documents=1212,
    passages=34_000,
    encoded=10,
    problems=(Problem("b.md", "it is empty"), Problem(HOSTILE, "it holds no text")),
    added=tuple(f"added/{n}.md" for n in range(7)),
    replaced=("c.md",),
    removed=(),
    gate=replace(GATE, passed=True),
    seconds=12.4,
)
HELD = replace(REPORT, switched=False, gate=GATE)
UNJUDGED = replace(HELD, gate=replace(GATE, problem="golden.jsonl, line 3: no JSON"))


def passes(message: Message) -> list[str]:
    """The texts of a message that the linter lets through."""
    check(message.blocks, message.text, message.documents, message.people, upkeep=message.upkeep)
    return shown([dict(block) for block in message.blocks])


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome(REPORT, before="20260819-1-abc"),
        Outcome(replace(REPORT, changed=False, switched=False, gate=None, added=(), replaced=())),
        Outcome(HELD),
        Outcome(UNJUDGED),
        Outcome(error=UsageError(f"there is no folder {HOSTILE}: name a folder of documents")),
        Outcome(problems=(Problem("https://example.org/<!here>", "x" * 500),)),
        Outcome(REPORT, problems=(Problem("d.md", "it is a ZIP file, but not a DOCX file"),)),
    ],
)
def test_every_ending_may_be_sent(outcome: Outcome) -> None:
    """However a rebuild ends, with hostile names too, the linter lets the message through."""
    passes(outcome_message(PLAN, outcome))


@pytest.mark.parametrize("task", TASKS)
def test_every_state_may_be_sent_as_plan_and_as_lines(task: str) -> None:
    """Every task under way, counted or waiting, passes as a plan and as lines of text."""
    for plan in (PLAN, replace(PLAN, done=0, total=None), replace(PLAN, waiting=True)):
        message = progress_message(replace(plan, task=task))
        passes(message)
        passes(replace(message, blocks=[plan_as_lines(message.blocks[0])]))


def test_plan_shows_how_far_it_is() -> None:
    """Tasks before the one under way are done, those after it are to come, and it has a count."""
    (plan,) = progress_message(PLAN).blocks
    states = [card["status"] for card in plan["tasks"]]
    assert states == ["complete", "in_progress", "pending", "pending", "pending"]
    assert shown([plan["tasks"][1]["output"]]) == ["340 of 1,020"]


def test_ending_says_what_changed_and_what_to_do_next() -> None:
    """The last state names changes, reasons and test questions, and offers a way back."""
    texts = passes(outcome_message(PLAN, Outcome(REPORT, before="v0")))
    assert texts[0] == "Version 20260820-1-abc answers now."
    for expected in (
        "Added: 7",
        "added/0.md",
        "and 2 more",
        "Changed: 1",
        "Skipped: 2",
        "b.md: it is empty",
        "Test questions: 44 of 50 answered well, 48 before.",
        "Documents: 1,212 · passages: 34,000 · 12 s",
        "Roll back",
    ):
        assert expected in texts


def test_held_back_version_is_explained_and_can_be_used() -> None:
    """A version that the gate holds back says why, marks the card, and offers to use it anyway."""
    message = outcome_message(PLAN, Outcome(HELD, before="v0"))
    texts = passes(message)
    assert "answers the test questions worse" in message.text
    assert {"Worse: g1", "Use it anyway"} <= set(texts)
    assert "Roll back" not in texts
    assert [card["status"] for card in message.blocks[0]["tasks"]][3] == "error"
    assert "golden.jsonl, line 3: no JSON" in outcome_message(PLAN, Outcome(UNJUDGED)).text


def _reason(message: Any) -> None:
    message["list"]["elements"][0]["elements"][0]["elements"][0]["text"] = "b.md: Call me now"


def _title(message: Any) -> None:
    message["plan"]["title"] = "Buy our course"


def _card(message: Any) -> None:
    message["plan"]["tasks"][0]["title"] = "Earn more"


def _status(message: Any) -> None:
    message["plan"]["tasks"][0]["status"] = "Call me"


@pytest.mark.parametrize("tamper", [_reason, _title, _card, _status])
def test_nothing_else_passes(tamper: Callable[[Any], None]) -> None:
    """A reason that no report gave, and a card of other words, are refused."""
    report = replace(REPORT, added=(), replaced=())
    message = outcome_message(PLAN, Outcome(report))
    blocks = copy.deepcopy([dict(block) for block in message.blocks])
    tamper({"plan": blocks[0], "list": next(b for b in blocks if b["type"] == "rich_text")})
    with pytest.raises(UnsafeMessage):
        check(blocks, message.text, upkeep=message.upkeep, documents=())


def test_reasons_need_a_report() -> None:
    """Without the report that gave them, neither files nor reasons may be said."""
    message = outcome_message(PLAN, Outcome(REPORT))
    with pytest.raises(UnsafeMessage):
        check(message.blocks, message.text, ())


def held(*documents: Document, problems: tuple[Problem, ...] = ()) -> Holdings:
    """What a version of these documents holds."""
    return Holdings("20260820-1-abc", date(2026, 8, 19), documents, 34, problems)


def dated(name: str, published: str | None = None) -> Document:
    """A document of one line."""
    block = Block(BlockKind.PARAGRAPH, Span(0, 5))
    return Document(name, "Words", Source(f"On {name}", published=published), (block,))


def test_status_names_what_was_read_with_doubt() -> None:
    """The document and the reason, and only then."""
    doubtful = replace(dated("pay.pdf"), doubts=("12 % of its letters unreadable",))
    texts = passes(status_message(held(doubtful, dated("new")), TODAY))
    assert "1 document was read with doubt:" in texts
    assert "pay.pdf: 12 % of its letters unreadable" in texts
    assert not any("doubt" in text for text in passes(status_message(held(dated("new")), TODAY)))


def test_status_names_what_has_grown_old_oldest_first() -> None:
    """Documents older than the age note allows are listed with their dates, the oldest first."""
    documents = (
        dated("new", published="2026-05"),
        dated("old", published="2025-03-04"),
        dated("older", published="2021"),
        dated("undated"),
    )
    texts = passes(status_message(held(*documents), TODAY))
    assert texts.index("On older, 2021") < texts.index("On old, 4 Mar 2025")
    assert "2 documents are older than 12 months:" in texts
    assert "Without a date: 1" in texts
    assert "Every file could be read." in texts


def test_every_reply_may_be_sent() -> None:
    """Questions back, refusals and failures pass the linter, whatever the document is called."""
    passes(status_message(held(problems=REPORT.problems), TODAY))
    passes(ask_remove(HOSTILE, 7))
    passes(near_documents([HOSTILE, "b.md"]))
    passes(near_documents([]))
    passes(refusal([]))
    passes(refusal([f"U{n}" for n in range(9)]))
    passes(rolled_back("20260820-1-abc", "U1"))
    passes(failed(Upkeep(error=UsageError("there is no document x: give its path"))))


def test_worst_ending_fits_into_a_message() -> None:
    """Long names and reasons of many files stay within Slack's limits."""
    problems = tuple(Problem(f"{n}/{'long' * 100}.md", "reason " * 100) for n in range(500))
    ids = tuple(f"{n}/{'name' * 100}.md" for n in range(500))
    gate = replace(GATE, worse=ids, passed=True)
    report = replace(REPORT, problems=problems, added=ids, replaced=ids, removed=ids, gate=gate)
    message = outcome_message(PLAN, Outcome(report, before="v0"))
    passes(message)
    assert len(json.dumps(message.blocks)) < 20_000


def test_documents_are_found_by_id_file_and_title() -> None:
    """A document is found by its id, its file's name or its title, if only one is called so."""
    called = {
        "a/x.md": ("a/x.md", "x.md", "On pay"),
        "b/x.md": ("b/x.md", "x.md", "On leave"),
    }
    assert find_document("a/x.md", called) == ("a/x.md", [])
    assert find_document("ON LEAVE", called) == ("b/x.md", [])
    assert find_document("x.md", called) == (None, ["a/x.md", "b/x.md"])
    assert find_document("pay", called) == (None, ["a/x.md"])


def test_librarians_are_read_from_the_settings() -> None:
    """Librarians are listed with commas; what is no member id is refused by name."""
    given = Settings(careerbot_librarians="U012ABC, W034DEF,")
    assert given.librarians == {"U012ABC", "W034DEF"}
    assert Settings(careerbot_librarians="").librarians == frozenset()
    with pytest.raises(ValueError, match="@jane is no Slack user id"):
        Settings(careerbot_librarians="@jane")
