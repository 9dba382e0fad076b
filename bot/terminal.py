"""Answers, reports and tables → the terminal."""

import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Self

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from bot import citation
from bot.conversation.reply import Both, NothingFound, Pay, Quotes, Reply, Said, Sources
from bot.excerpt import alone
from index.answer import Answer
from index.documents.document import Document, Quote
from index.question.asked import Kind

if TYPE_CHECKING:  # these bring more along than a question needs
    from index.build import BuildReport
    from index.difference import Difference
    from index.evaluate import Evaluation, KindRow
    from index.gate import GateResult
    from index.versions import Version

with contextlib.suppress(ImportError):
    import readline  # noqa: F401 - input() then edits its line and remembers earlier ones

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

_CONTROLS = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
"""A document may hold escape sequences; a terminal must not obey them."""


def plain(text: str, style: str = "") -> Text:
    """Text of a document, with nothing in it that a terminal or Rich could act on."""
    return Text(text.translate(_CONTROLS), style=style)


def reply(given: Reply, documents: int, today: date) -> RenderableType:
    """A reply as people read it."""
    match given:
        case Quotes(answer):
            return answered(answer, today)
        case NothingFound(answer, near):
            return nothing(answer, near, documents, today)
        case Pay(found, read_as=read_as):
            from bot import terminal_pay  # which imports this module

            return Group(*_read_as(read_as), terminal_pay.pay(found, documents, today))
        case Sources(quotes):
            return _sources(quotes)
        case Said(kind, examples):
            lines = [Text(_SAID[kind])]
            if examples:
                lines += [Text("For example:", style="dim"), *(plain(f"  {e}") for e in examples)]
            return Group(*lines)
        case Both(first, second):
            rule = Text("─" * min(out.width, 40), style="dim")
            parts = (reply(part, documents, today) for part in (first, second))
            return Group(next(parts), Text(), rule, next(parts))


_SAID = {
    Kind.GREETING: "Hello. Ask a career question: the answer is passages copied word for word from "
    "the library, each with its source and date.",
    Kind.HELP: "Ask a career question. The answer is passages copied word for word from the "
    "library, each with its source and date, or the plain word that no passage answers. "
    'careerbot pay "ROLE, PLACE" shows what a job pays.',
    Kind.THANKS: "You are welcome. Ask another career question whenever you like.",
    Kind.PAY: "Which job, and where? Ask, for example, what a registered nurse makes in Texas.",
    Kind.COMPLAINT: "Sorry that this did not help. Only what the library holds can be quoted: ask "
    "again in other words, or add a document that answers (careerbot index add).",
    Kind.ASIDE: "Career questions are answered here with quotes from the library. Ask one whenever "
    "you like.",
    Kind.NOTHING: "There is no question in that. Type one and press Enter.",
}


def answered(given: Answer, today: date) -> RenderableType:
    """The quotes that answer, with their sources."""
    by_date = citation.newest_first(given.quotes) if given.differs else None
    shown = by_date or given.quotes
    opening = Text(_counted(shown), style="dim")
    sources = len({quote.document.id for quote in shown})
    if given.differs and sources > 1:
        order = ", newest first" if by_date else ""
        differing = f"{sources:,} sources on this{order}.\n"
        opening = Text.assemble((differing, "bold"), opening)
    quotes = (quoted(quote, today, is_answer=True) for quote in shown)
    return Group(*_read_as(given.read_as), opening, *quotes)


def nothing(given: Answer, near: Sequence[Document], documents: int, today: date) -> RenderableType:
    """That no passage answers, the nearest ones, and what the library holds near the question."""
    searched = f"Searched {count(documents, 'document')}."
    if given.nearest:
        searched += " Closest passages, not answers:"
    parts: list[RenderableType] = [
        *_read_as(given.read_as),
        Text("No passage in the library answers this question.", style="bold"),
        Text(searched, style="dim"),
    ]
    parts += [quoted(quote, today, is_answer=False) for quote in given.nearest]
    if near:
        titles = ", ".join(f"“{document.source.title}”" for document in near)
        parts += [Text(), plain(f"The library holds near it: {titles}", "dim")]
    return Group(*parts)


def _read_as(question: str | None) -> list[Text]:
    """What a follow-up was read as."""
    return [Text.assemble(("Read as: ", "dim"), plain(question))] if question else []


def _sources(quotes: Sequence[Quote]) -> RenderableType:
    """Where the answer above comes from, each source once."""
    if not quotes:
        return Text("There is no answer above that has sources.")
    lines = [Text("The answer above comes from:")]
    for quote in {quote.document.id: quote for quote in reversed(quotes)}.values():
        lines.append(plain(f"  {_beneath(quote)}"))
        lines.append(plain(f"  {quote.document.source.url or quote.document.id}", "dim"))
    return Group(*lines)


def _beneath(quote: Quote) -> str:
    """Title and section, who and when, in one line."""
    source = quote.document.source
    parts = (citation.where(quote), citation.who(source), citation.stated(source))
    return " · ".join(part for part in parts if part)


def _counted(quotes: Sequence[Quote]) -> str:
    passages, sources = len(quotes), len({quote.document.id for quote in quotes})
    return f"{count(passages, 'passage')} from {count(sources, 'document')}, copied word for word"


def count(number: int, thing: str) -> str:
    """A number and what it counts: 1 document, 1,020 documents."""
    return f"{number:,} {thing}{'s' * (number != 1)}"


def quoted(quote: Quote, today: date, *, is_answer: bool) -> RenderableType:
    """One quote behind a bar, and who says so beneath it."""
    source = quote.document.source
    shown = alone(quote)
    words = plain(quote.document.cut(shown.quote), "bold" if is_answer else "")
    if shown.omitted_after:
        words.append(" […]", style="dim italic")
    if quote.lead:
        words = Text.assemble(plain(quote.document.cut(quote.lead), "dim"), "\n", words)
    bar = Text("\n").join(
        Text("▌ ", style="green" if is_answer else "dim") + line
        for line in words.wrap(out, out.width - 2)
    )
    line = plain(_beneath(quote))
    if source.date and citation.age_in_months(source.date, today) > citation.OLD_AFTER_MONTHS:
        line.append(f" · {citation.age_in_months(source.date, today)} months old", style="yellow")
    if source.date is None:
        line.append(" · no date stated", style="yellow")
    if restated := citation.restated(source):
        line.append_text(plain(f"\nbased on {restated}", "dim"))
    line.append_text(plain(f"\n{source.url or quote.document.id}", "dim"))
    return Padding(Group(bar, Padding(line, (0, 0, 0, 2))), (1, 0, 0, 0))


def report(done: "BuildReport") -> RenderableType:
    """What a build did, what the golden questions say of it, and each file it had to skip."""
    if not done.changed:
        first = f"Up to date: {done.version}, {done.documents:,} documents ({done.seconds:.1f} s)."
        return Group(Text(first), *_not_read(done))
    lines = [
        Text(
            f"Built {done.version}: {done.documents:,} documents, {done.passages:,} passages "
            f"({done.encoded:,} texts newly encoded) in {done.seconds:.1f} s."
        ),
        Text(
            f"Added {count(len(done.added), 'document')}, replaced {len(done.replaced):,}, "
            f"removed {len(done.removed):,}."
        ),
    ]
    if done.gate:
        lines.append(plain(f"Golden questions: {_gate(done.gate)}"))
    if not done.switched:
        lines.append(
            Text(
                "It is held back: the version before keeps answering. careerbot index diff shows "
                "what changed, careerbot index build --force switches to it all the same.",
                style="yellow",
            )
        )
    return Group(*lines, *_not_read(done))


def addition(result: Mapping[str, str]) -> RenderableType:
    """What became of one file or page that was to be added."""
    if result["outcome"] == "failed":
        return Text.assemble(("Not added  ", "red"), plain(result["reason"]))
    verb = {"added": "Added", "replaced": "Replaced", "unchanged": "Have"}[result["outcome"]]
    title = result["title"]
    if result["outcome"] == "unchanged":
        title += " (the same file; nothing is added)"
    return Text.assemble((f"{verb:<11}", "green"), plain(result["document"]), plain(f"\n  {title}"))


def _gate(result: "GateResult") -> str:
    if result.problem:
        return f"not asked: {result.problem}"
    parts = [f"{result.good} of {result.questions} good"]
    if result.good_before is not None:
        parts.append(f"{result.good_before} before")
    changes = {"worse": result.worse, "better": result.better, "gone": result.gone}
    parts += [f"{name}: {', '.join(ids)}" for name, ids in changes.items() if ids]
    return "; ".join(parts) + "."


def _not_read(done: "BuildReport") -> list[Text]:
    """The files that were skipped, as a warning unless each of them was meant to be."""
    warn = any(not problem.intended for problem in done.problems)
    listed = [(problem.path, problem.reason) for problem in done.problems]
    return _skipped(listed, "yellow" if warn else "")


def _doubtful(doubts: Sequence[tuple[str, str]]) -> list[Text]:
    if not doubts:
        return []
    first = Text(f"Read with doubt {len(doubts)}:", style="yellow")
    return [first, *(plain(f"  {path}: {reason}") for path, reason in doubts)]


def _skipped(problems: Sequence[tuple[str, str]], style: str = "") -> list[Text]:
    if not problems:
        return []
    first = Text(f"Skipped {len(problems)}:", style=style)
    return [first, *(plain(f"  {path}: {reason}") for path, reason in problems)]


def versions(names: Sequence[str], current: str, held: Mapping[str, str]) -> RenderableType:
    """The versions, oldest first, each with what is to be known of it."""
    lines = []
    for name in names:
        mark = "*" if name == current else "-" if name in held else " "
        lines.append(plain(f"{mark} {name}"))
        if name in held:
            reason = held[name] or "its build was interrupted"
            lines.append(plain(f"  held back: {reason}", "yellow"))
    return Group(*lines)


def difference(found: "Difference") -> RenderableType:
    """What changed from one version to another."""
    changes = found.documents
    lines = [
        Text(f"{found.before} → {found.after}"),
        Text(
            f"Documents: {len(changes.added):,} added, {len(changes.replaced):,} replaced, "
            f"{len(changes.removed):,} removed."
        ),
    ]
    for mark, ids in (("+", changes.added), ("~", changes.replaced), ("-", changes.removed)):
        lines += [plain(f"  {mark} {name}") for name in ids]
    lines.append(
        Text(
            f"Golden questions: {found.questions:,} asked, "
            f"{len(found.answers):,} answered differently."
        )
    )
    parts: list[RenderableType] = list(lines)
    for change in found.answers:
        style = {"worse": "yellow", "better": "green"}.get(change.verdict, "")
        parts.append(plain(f"\n{change.verdict}: {change.question} ({change.id})", style))
        for when, quotes in (("before", change.before), ("after", change.after)):
            said = [f"{quote.text} ({quote.document})" for quote in quotes] or ["no answer"]
            parts += [Padding(plain(f"{when}: {words}"), (0, 0, 0, 2)) for words in said]
    return Group(*parts)


class BuildProgress:
    """A build's stages as bars on stderr; where that is no terminal, one line a stage."""

    def __init__(self) -> None:
        """Start with no stage."""
        self._bars = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=err,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Show the bars."""
        if err.is_terminal:
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the bars as they are."""
        if err.is_terminal:
            self._finish_stage()
            self._bars.stop()

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage."""
        if err.is_terminal:
            self._finish_stage()
            self._task = self._bars.add_task(name, total=total)
        else:
            err.print(name)

    def step(self, count: int = 1) -> None:
        """Advance the stage's bar."""
        if self._task is not None:
            self._bars.advance(self._task, count)

    def _finish_stage(self) -> None:
        """Fill the bar of a stage whose length was not known before its end."""
        if self._task is not None:
            done = max(1, int(self._bars.tasks[self._task].completed))
            self._bars.update(self._task, completed=done, total=done)

    def waiting(self) -> None:
        """Say that another build runs."""
        err.print("Another build is running; waiting for it…")


def evaluation(measured: "Evaluation") -> RenderableType:
    """The tables of an evaluation."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("kind")
    for name in ("n", "answered", "hit@1", "hit@3", "ranked@1", "ranked@3", "refused"):
        table.add_column(name, justify="right")
    for row in (*measured.rows, measured.total):
        table.add_row(*_cells(row), style="bold" if row is measured.total else None)
    figures = {
        "precision of shown quotes": measured.precision,
        "refusal precision": measured.refusal_precision,
        "refusal recall": measured.refusal_recall,
        "AUROC answerable against near": measured.auroc_near,
        "AUROC answerable against far": measured.auroc_far,
        "conflicts with both sides": measured.both_sides,
    }
    lines = [f"{name:<30}{_share(value):>6}" for name, value in figures.items()]
    lines.append(f"{'latency p50 / p95':<30}{measured.p50_ms:.0f} ms / {measured.p95_ms:.0f} ms")
    if measured.must_not:
        lines.append(f"says what it must not: {', '.join(measured.must_not)}")
    note = Text(
        "hit: a refusal of what should be answered is a miss; ranked: nearest passages count too",
        style="dim",
    )
    return Group(table, note, Text("\n" + "\n".join(lines)))


def _cells(row: "KindRow") -> list[str]:
    shares = (row.hit1, row.hit3, row.ranked1, row.ranked3, row.refused)
    return [row.kind, str(row.count), str(row.answered), *map(_share, shares)]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def status(version: "Version") -> RenderableType:
    """The current version, and what could not be read when it was built."""
    manifest = version.manifest
    lines = [
        Text(f"version    {version.name}"),
        Text(f"built      {manifest.built_at}"),
        Text(f"documents  {len(manifest.documents):,}"),
        Text(f"passages   {manifest.passages:,}"),
        Text(f"models     {manifest.encoder}, {manifest.cross_encoder}"),
    ]
    return Group(*lines, *_skipped(manifest.problems), *_doubtful(manifest.doubts))


def questions() -> Iterator[str]:
    """What somebody types, line by line, until the input ends; empty lines are passed over."""
    prompt = "\n? " if sys.stdin.isatty() else ""
    while True:
        try:
            typed = input(prompt).strip()
        except (EOFError, KeyboardInterrupt):
            out.print()
            return
        if typed:
            yield typed
