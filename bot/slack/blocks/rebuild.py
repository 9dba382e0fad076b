"""The one message about a rebuild: a plan of tasks while it runs, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
    problems: tuple[Problem, ...] = ()
    """What could not be added, with the reasons."""

    @property
    def held_back(self) -> bool:
        """Whether there is a new version that does not answer."""
        return bool(self.report and self.report.changed and not self.report.switched)


def progress_message(plan: Plan) -> Message:
    """Say how far a rebuild is."""
    return Message(plan.title(), [_plan(plan, "in_progress")])


def outcome_message(plan: Plan, outcome: Outcome) -> Message:
    """Say what became of a rebuild, with a way back where another version answers now."""
    first, report = _first(outcome), outcome.report
    problems = (*outcome.problems, *(report.problems if report else ()))
    blocks = [_ended(plan, outcome), sentence(first)]
    if report:
        if outcome.held_back:
            blocks.append(sentence(said.WOULD_CHANGE()))
        blocks += [*_changes(report), *_skipped(problems), *_judged(report), note(_counts(report))]
        blocks += _ways_on(report, outcome)
    else:
        blocks += _skipped(problems)
    changes = (*report.added, *report.replaced, *report.removed) if report else ()
    upkeep = Upkeep(changes, problems, outcome.error, report.gate if report else None)
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


def _ended(plan: Plan, outcome: Outcome) -> Element:
    """Return the cards once it is over; the one where it ended badly is marked."""
    if outcome.held_back:
        return _plan(replace(plan, task="golden"), "error")
    if outcome.report:
        return _plan(replace(plan, task=plan.tasks[-1]), "complete")
    return _plan(plan, "error")


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
    if report.gate and report.gate.problem:
        return said.KEPT_ASIDE_BECAUSE(report.version, said.reason(report.gate.problem))
    return said.KEPT_ASIDE(report.version)


def _changes(report: BuildReport) -> Iterator[Element]:
    for heading, ids in (
        (said.ADDED, report.added),
        (said.REPLACED, report.replaced),
        (said.REMOVED, report.removed),
    ):
        if ids:
            yield sentence(heading(strings.number(len(ids))))
            yield listed([[run(said.ITEM(strings.name(i)))] for i in ids])


def _judged(report: BuildReport) -> Iterator[Element]:
    """Say how the test questions are answered, and name those that are answered worse."""
    if report.gate is None or not report.gate.questions:
        return
    gate = report.gate
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


def _ways_on(report: BuildReport, outcome: Outcome) -> Iterator[Element]:
    """Offer what a librarian may do next; Slack asks whoever presses it once more."""
    if outcome.held_back:
        force = button(said.FORCE(), "library_force", report.version)
        yield buttons(force | {"confirm": _confirm(said.FORCE, said.FORCE_MEANS)})
    elif report.switched and outcome.before:
        back = roll_back_button(report.version, outcome.before)
        yield buttons(back | {"confirm": _confirm(said.ROLL_BACK, said.ROLL_BACK_MEANS)})


def _confirm(what: Phrase, means: Phrase) -> Element:
    return {
        "title": plain(what()),
        "text": plain(means()),
        "confirm": plain(what()),
        "deny": plain(said.CANCEL()),
    }


def roll_back_button(now: str, before: str) -> Element:
    """Return a button that goes from one version to the one before it."""
    return button(said.ROLL_BACK(), "library_roll_back", f"{now}:{before}")
