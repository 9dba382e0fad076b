"""The one message about a rebuild: a plan of tasks while it runs, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.slack import library_strings as said
from bot.slack import strings
from bot.slack.blocks.elements import (
    Element,
    bullets,
    button,
    buttons,
    note,
    paragraph,
    plain,
    rich_text,
    run,
    sentence,
)
from bot.slack.message import Block, Message, Upkeep
from bot.slack.strings import Phrase
from index.build import BuildReport
from index.documents.library import Problem
from index.errors import CareerbotError

_MOST_LISTED = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """How far a rebuild is: the task under way, and the steps done in it."""

    title: Phrase
    tasks: tuple[str, ...]
    """Keys of the catalogue's tasks, in order."""
    task: str
    done: int = 0
    total: int | None = None
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: a report, or the error that ended it."""

    report: BuildReport | None = None
    error: CareerbotError | None = None
    before: str | None = None
    """The version that answered before, where there was one."""
    problems: tuple[Problem, ...] = field(default=())
    """What could not even be added, with the reasons."""


def progress_message(plan: Plan) -> Message:
    """Say how far a rebuild is."""
    return Message(plan.title(), [_plan(plan, "in_progress")])


def outcome_message(plan: Plan, outcome: Outcome) -> Message:
    """Say what became of a rebuild, with a way back where another version answers now."""
    first = _first(outcome)
    blocks = [_plan(plan, "error" if outcome.error else "complete"), sentence(first)]
    paths: tuple[str, ...] = ()
    problems = outcome.problems
    if report := outcome.report:
        problems += report.problems
        changes = (*report.added, *report.replaced, *report.removed)
        paths = (*changes, *(report.gate.worse if report.gate else ()))
        blocks += _changes(report, problems)
        blocks.append(note(_counts(report)))
        if report.switched and outcome.before:
            blocks.append(buttons(_way_back(report.version, outcome.before)))
    elif problems:
        blocks += _skipped(problems)
    upkeep = Upkeep(paths, problems, outcome.error)
    return Message(strings.escape(first), blocks, upkeep=upkeep)


# --- the plan ---


def _plan(plan: Plan, status: str) -> Element:
    """Return the cards: what is before the task under way is done, what is after it to come."""
    reached = plan.tasks.index(plan.task)
    cards = []
    for number, key in enumerate(plan.tasks):
        state = "complete" if number < reached else status if number == reached else "pending"
        card: Element = {
            "type": "task_card",
            "task_id": key,
            "title": said.TASKS[key](),
            "status": state,
        }
        if number == reached and (count := _count(plan)) and status == "in_progress":
            card["output"] = rich_text(paragraph(run(count)))
        cards.append(card)
    return {"type": "plan", "title": plan.title(), "tasks": cards}


def _count(plan: Plan) -> str | None:
    if plan.waiting:
        return said.WAITING()
    if plan.total:
        return said.DONE_OF(strings.number(plan.done), strings.number(plan.total))
    return said.DONE(strings.number(plan.done)) if plan.done else None


def plan_as_lines(plan: Block) -> Element:
    """Write a plan as lines of text, for workspaces that do not know plans."""
    lines = [paragraph(run(plan["title"], bold=True))]
    for card in plan["tasks"]:
        runs = [run(said.MARKS[card["status"]]()), run(card["title"])]
        if "output" in card:
            runs += [run(said.TASK_RESULT()), *card["output"]["elements"][0]["elements"]]
        lines.append(paragraph(*runs))
    return rich_text(*lines)


# --- what became of it ---


def _first(outcome: Outcome) -> str:
    report, error = outcome.report, outcome.error
    if error:
        return said.REBUILD_FAILED(said.reason(str(error)))
    if report is None:
        return said.NOTHING_ADDED()
    if not report.changed:
        return said.UP_TO_DATE(report.version)
    if report.switched:
        return said.BUILT_NOW(report.version)
    return said.KEPT_ASIDE(report.version)


def _changes(report: BuildReport, problems: Sequence[Problem]) -> Iterator[Element]:
    for heading, ids in (
        (said.ADDED, report.added),
        (said.REPLACED, report.replaced),
        (said.REMOVED, report.removed),
    ):
        if ids:
            yield sentence(heading(strings.number(len(ids))))
            yield listed([[run(said.ITEM(strings.name(i)))] for i in ids])
    yield from _skipped(problems)
    if gate := report.gate:
        good, questions = strings.number(gate.good), strings.number(gate.questions)
        yield sentence(
            said.GATE_FIRST(good, questions)
            if gate.good_before is None
            else said.GATE(good, questions, strings.number(gate.good_before))
        )
        if gate.worse:
            yield listed([[run(said.GATE_WORSE(strings.name(i)))] for i in gate.worse])


def _skipped(problems: Sequence[Problem]) -> Iterator[Element]:
    if problems:
        yield sentence(said.SKIPPED(strings.number(len(problems))))
        yield problem_list(problems)


def problem_list(problems: Sequence[Problem]) -> Element:
    """List skipped files with the reasons."""
    return listed(
        [[run(said.PROBLEM(strings.name(p.path), said.reason(p.reason)))] for p in problems]
    )


def listed(lines: Sequence[Sequence[Element]]) -> Element:
    """List the first of some lines, and say how many more there are."""
    shown = [paragraph(*runs) for runs in lines[:_MOST_LISTED]]
    if len(lines) > _MOST_LISTED:
        more = strings.number(len(lines) - _MOST_LISTED)
        shown.append(paragraph(run(said.AND_MORE(more), italic=True)))
    return rich_text(bullets(*shown))


def _counts(report: BuildReport) -> str:
    seconds = strings.number(max(1, round(report.seconds)))
    documents = strings.number(report.documents)
    return said.TOOK(documents, strings.number(report.passages), seconds)


def _way_back(now: str, before: str) -> Element:
    """Return the button that goes back; Slack asks whoever presses it once more."""
    confirm = {
        "title": plain(said.ROLL_BACK_TITLE()),
        "text": plain(said.ROLL_BACK_MEANS()),
        "confirm": plain(said.ROLL_BACK()),
        "deny": plain(said.CANCEL()),
    }
    return roll_back_button(now, before) | {"confirm": confirm}


def roll_back_button(now: str, before: str) -> Element:
    """Return a button that goes from one version to the one before it."""
    return button(said.ROLL_BACK(), "library_roll_back", f"{now}:{before}")
