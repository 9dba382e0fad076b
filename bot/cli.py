"""Every command of ``careerbot``."""

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from bot.settings import Settings, read_settings
from index.disk import check_is_path
from index.errors import CareerbotError, UsageError

# The index, its models and Rich take a second to import: each command imports what it uses, so
# that --help and a mistyped option answer at once.
if TYPE_CHECKING:
    from bot.conversation.reply import Reply
    from index.build import BuildReport, BuildSettings
    from index.documents.document import Quote
    from index.evaluate import Evaluation
    from index.pay.evaluate import PayEvaluation
    from index.pay.model import OfficialWages, PayAnswer, PayFigure
    from index.question.asked import Asked
    from index.search import Index

app = typer.Typer(
    help="Career questions answered with verbatim, sourced quotes, or an honest none.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
index_app = typer.Typer(help="Build and look after the index.", no_args_is_help=True)
app.add_typer(index_app, name="index")
wages_app = typer.Typer(help="Look after the official wage statistics.", no_args_is_help=True)
app.add_typer(wages_app, name="wages")


def _index_folder(given: Path | None) -> Path | None:
    """Refuse what would quietly become a folder named like the address of something else."""
    if given:
        check_is_path(given, "the index")
    return given


def _corpus_folders(given: list[Path] | None) -> list[Path] | None:
    """Refuse addresses, as for the index."""
    for folder in given or ():
        check_is_path(folder, "documents")
    return given


NOTHING_FOUND = 1
INTERNAL_ERROR = 70  # sysexits.h: EX_SOFTWARE
_IndexOption = Annotated[
    Path | None,
    typer.Option(
        "--index", help="Folder of index versions.", show_default=False, callback=_index_folder
    ),
]
_JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_CorpusOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--corpus",
        help="Folder of documents; may be repeated.",
        show_default=False,
        callback=_corpus_folders,
    ),
]


def main() -> None:
    """Run a command; an error is one line on stderr and an exit status."""
    try:
        app()
    except CareerbotError as error:
        _fail(str(error), error.exit_status)
    except BrokenPipeError:  # whoever read our output has gone; there is nobody to tell
        sys.stderr.close()
        sys.exit(2)
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        _fail(f"{error.strerror or error}{place}", 2)
    except Exception as error:  # ours to mend; a person gets a line, who asks for it the trace
        if os.environ.get("LOG_LEVEL", "").upper() == "DEBUG":
            raise
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        _fail(f"this is a bug of careerbot ({what}); LOG_LEVEL=DEBUG shows where", INTERNAL_ERROR)


def _fail(message: str, status: int) -> None:
    print(f"careerbot: {message}", file=sys.stderr)  # noqa: T201 - the one place for errors
    sys.exit(status)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question; - reads JSON lines from stdin.")],
    after: Annotated[
        str | None, typer.Option(help="The question asked just before.", show_default=False)
    ] = None,
    index: _IndexOption = None,
    as_json: _JsonOption = False,
) -> None:
    """Answer a question with quotes; exit status 1 when nothing answers it."""
    from bot.conversation.reply import has_answer

    settings = read_settings()
    if question == "-":
        if not as_json:
            raise UsageError("ask - reads JSON lines and prints them: add --json")
        opened = _open(settings, index)
        for typed, before in _json_lines("question", "after"):
            _print_json(_reply_record(opened, *_reply(opened, typed, before)))
        return
    opened = _open(settings, index)
    asked, given = _reply(opened, question, after)
    if as_json:
        _print_json(_reply_record(opened, asked, given))
    else:
        from bot import terminal

        terminal.out.print(terminal.reply(given, len(opened.documents), _today()))
    raise typer.Exit(0 if has_answer(given) else NOTHING_FOUND)


def _reply(opened: "Index", typed: str, after: str | None) -> "tuple[Asked, Reply]":
    """A message and the reply to it; "source?" needs the reply to the message before."""
    from bot.conversation.reply import Previous, follow_on, reply
    from index.question.asked import Kind

    asked = opened.read(typed, after)
    previous: Previous | None = None
    if after and asked.kind == Kind.SOURCE:
        before = opened.read(after)
        previous = follow_on(before, reply(opened, before), None)
    return asked, reply(opened, asked, previous)


@app.command()
def chat(index: _IndexOption = None) -> None:
    """Ask one question after another; a follow-up may lean on the one before."""
    from bot import terminal
    from bot.conversation.reply import Previous, follow_on, reply

    opened = _open(read_settings(), index)
    terminal.out.print(
        f"{len(opened.documents):,} documents, {len(opened.passages):,} passages, "
        f"indexed {opened.built_at:%d %b %Y}. Ask a career question; Ctrl-D ends."
    )
    previous: Previous | None = None
    for typed in terminal.questions():
        asked = opened.read(typed, previous.question if previous else None)
        given = reply(opened, asked, previous)
        terminal.out.print(terminal.reply(given, len(opened.documents), _today()))
        previous = follow_on(asked, given, previous)


@app.command()
def pay(
    query: Annotated[
        str, typer.Argument(help="Role, level, company, place; - reads JSON lines from stdin.")
    ],
    index: _IndexOption = None,
    as_json: _JsonOption = False,
) -> None:
    """Show pay figures with their sources; exit status 1 when there are none."""
    settings = read_settings()
    if query == "-":
        if not as_json:
            raise UsageError("pay - reads JSON lines and prints them: add --json")
        opened = _open(settings, index)
        for asked, _ in _json_lines("query"):
            _print_json(_pay_record(opened.pay(asked)))
        return
    opened = _open(settings, index)
    given = opened.pay(query)
    if as_json:
        _print_json(_pay_record(given))
    else:
        from bot import terminal, terminal_pay

        terminal.out.print(terminal_pay.pay(given, len(opened.documents), _today()))
    raise typer.Exit(0 if given.found else NOTHING_FOUND)


@wages_app.command("import")
def wages_import(
    path: Annotated[Path, typer.Argument(help="A folder or zip of BLS's own files oe.*.")],
    index: _IndexOption = None,
) -> None:
    """Take in another release of the official wages; the next build of the index uses it."""
    from bot import terminal
    from index.pay import official

    folder = (index or read_settings().careerbot_index) / "wages"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix="wages-") as beside:
        official.write_wages(path, Path(beside, "wages"))
        shutil.rmtree(folder, ignore_errors=True)
        Path(beside, "wages").rename(folder)
    release = official.OfficialTable(folder).release
    terminal.out.print(f"{release} is ready; careerbot index build uses it.")


@index_app.command("build")
def index_build(
    corpus: _CorpusOption = None,
    index: _IndexOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Switch even if golden questions get worse.")
    ] = False,
    as_json: _JsonOption = False,
) -> None:
    """Build a version from the documents and switch to it.

    Exit status 1 if a file could not be read, or if the version is held back because it answers
    the golden questions worse.
    """
    from bot import terminal

    done = _build(_build_settings(read_settings(), corpus, index), force=force)
    if as_json:
        _print_json(asdict(done))
    else:
        terminal.out.print(terminal.report(done))
    held = done.changed and not done.switched
    unread = any(not problem.intended for problem in done.problems)
    raise typer.Exit(NOTHING_FOUND if unread or held else 0)


@index_app.command("add")
def index_add(
    where: Annotated[
        list[str], typer.Argument(metavar="PATH_OR_URL...", help="Files and http(s) addresses.")
    ],
    corpus: Annotated[
        Path | None,
        typer.Option(help="Folder of documents that they are added to.", show_default=False),
    ] = None,
    index: _IndexOption = None,
    as_json: _JsonOption = False,
) -> None:
    """Copy files or fetch pages into the library, then build.

    Exit status 1 if one of them could not be added.
    """
    from bot import terminal
    from bot.rebuild import fetching
    from index.documents.additions import add
    from index.documents.library import check_folders

    settings = read_settings()
    folder = corpus or settings.careerbot_corpus
    check_folders([folder])
    results: list[dict[str, str]] = []
    for one in where:
        try:
            added = add(one, folder, fetching(settings))
        except (CareerbotError, OSError) as error:
            results.append({"given": one, "outcome": "failed", "reason": str(error)})
        else:
            results.append({"given": one, **asdict(added)})
        if not as_json:
            terminal.out.print(terminal.addition(results[-1]))
    changed = any(result["outcome"] in {"added", "replaced"} for result in results)
    done = _build(_build_settings(settings, [folder], index)) if changed else None
    if as_json:
        _print_json({"additions": results, "build": asdict(done) if done else None})
    elif done:
        terminal.out.print(terminal.report(done))
    skipped = {problem.path for problem in done.problems} if done else set()
    failed = any(r["outcome"] == "failed" or r.get("document") in skipped for r in results)
    held = done is not None and done.changed and not done.switched
    raise typer.Exit(NOTHING_FOUND if failed or held else 0)


@index_app.command("remove")
def index_remove(
    document: Annotated[str, typer.Argument(help="Its path in the corpus, as under a quote.")],
    corpus: _CorpusOption = None,
    index: _IndexOption = None,
    as_json: _JsonOption = False,
) -> None:
    """Take a document out of the library, keep the file aside, then build."""
    from bot import terminal
    from index.documents.additions import remove

    settings = _build_settings(read_settings(), corpus, index)
    kept = remove(document, settings.corpora)
    if not as_json:
        terminal.out.print(terminal.plain(f"Removed {document}\n  It is kept as {kept}"))
    done = _build(settings)
    if as_json:
        _print_json({"removed": document, "kept": str(kept), "build": asdict(done)})
    else:
        terminal.out.print(terminal.report(done))
    raise typer.Exit(NOTHING_FOUND if done.changed and not done.switched else 0)


@index_app.command("watch")
def index_watch(corpus: _CorpusOption = None, index: _IndexOption = None) -> None:
    """Build now and after each change of a document, until Ctrl+C."""
    from bot import terminal
    from bot.rebuild import rebuild
    from index.watch import watch

    settings = _build_settings(read_settings(), corpus, index)
    for number in (signal.SIGINT, signal.SIGTERM):  # SIGINT too: started with &, it is ignored
        signal.signal(number, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        terminal.err.print("Watching the documents; Ctrl+C ends.")
        for _ in watch(settings.corpora, Event()):
            try:
                with terminal.BuildProgress() as progress:
                    done = rebuild(settings, progress)
            except CareerbotError as error:
                terminal.err.print(terminal.plain(f"careerbot: {error}"))
            else:
                terminal.out.print(terminal.report(done))


@index_app.command("status")
def index_status(index: _IndexOption = None, as_json: _JsonOption = False) -> None:
    """Show the current version and the files that were skipped when it was built."""
    from bot import terminal
    from index import versions

    folder = index or read_settings().careerbot_index
    version = versions.read_version(folder, versions.current_name(folder))
    if as_json:
        manifest = asdict(version.manifest)
        _print_json({"version": version.name, **manifest})
    else:
        terminal.out.print(terminal.status(version))


@index_app.command("versions")
def index_versions(index: _IndexOption = None, as_json: _JsonOption = False) -> None:
    """List the versions, oldest first; the current one and those held back are marked."""
    from bot import terminal
    from index import versions

    folder = index or read_settings().careerbot_index
    current = versions.current_name(folder)
    listed = versions.names(folder)
    held = versions.held_back(folder)
    if as_json:
        _print_json(
            [
                {"version": name, "current": name == current, "held_back": held.get(name)}
                for name in listed
            ]
        )
    else:
        terminal.out.print(terminal.versions(listed, current, held))


@index_app.command("diff")
def index_diff(
    before: Annotated[str, typer.Argument(help="A version.")],
    after: Annotated[str, typer.Argument(help="Another one.")],
    corpus: _CorpusOption = None,
    index: _IndexOption = None,
    as_json: _JsonOption = False,
) -> None:
    """Show which documents and which answers to golden questions differ between two versions."""
    from bot import terminal
    from index.difference import difference
    from index.gate import read_golden

    settings = _build_settings(read_settings(), corpus, index)
    found = difference(settings.index, before, after, read_golden(settings.corpora))
    if as_json:
        _print_json(asdict(found))
    else:
        terminal.out.print(terminal.difference(found))


@index_app.command("verify")
def index_verify(index: _IndexOption = None) -> None:
    """Check the current version: every file's hash, and that it finds its own passages."""
    from bot import terminal
    from index import versions
    from index.build import verify

    folder = index or read_settings().careerbot_index
    name = versions.current_name(folder)
    verify(folder, name)
    terminal.out.print(f"{name} is sound.")


@index_app.command("rollback")
def index_rollback(
    version: Annotated[
        str | None, typer.Argument(help="The one before the current.", show_default=False)
    ] = None,
    index: _IndexOption = None,
) -> None:
    """Switch back to an older version, once it is checked."""
    from bot import terminal
    from index.build import rollback

    folder = index or read_settings().careerbot_index
    name = rollback(folder, version)
    terminal.out.print(
        f"{name} answers now. The next build makes a version of the documents again."
    )


@app.command("eval")
def evaluate(
    questions: Annotated[Path, typer.Argument(help="JSON lines with questions and gold quotes.")],
    corpus: _CorpusOption = None,
    index: _IndexOption = None,
    as_json: _JsonOption = False,
) -> None:
    """Measure the answers to questions with known quotes."""
    from bot import terminal, terminal_pay
    from index import evaluate as evaluation
    from index.pay import evaluate as pay_evaluation

    settings = read_settings()
    is_pay = pay_evaluation.is_salary_file(questions)
    pay_asked = pay_evaluation.read_pay_questions(questions) if is_pay else []
    asked = [] if is_pay else evaluation.read_questions(questions)
    if corpus:
        folder = index or settings.careerbot_index.parent / "evaluation"
        # What is measured is this corpus, even where it does worse than the one before.
        _build(_build_settings(settings, corpus, folder), force=True)
    else:
        folder = index or settings.careerbot_index
    opened = _open(settings, folder)
    if is_pay:
        pay_measured = pay_evaluation.evaluate(pay_asked, opened.pay)
        if as_json:
            _print_json(_pay_evaluation_record(pay_measured))
        else:
            terminal.out.print(terminal_pay.evaluation(pay_measured))
        return
    opened.ask(asked[0].question)  # the first question warms the models up
    measured = evaluation.evaluate(asked, opened.ask)
    if as_json:
        _print_json(_evaluation_record(measured))
    else:
        terminal.out.print(terminal.evaluation(measured))


@app.command()
def serve(
    socket: Annotated[bool, typer.Option("--socket", help="Use Socket Mode.")] = False,
    http: Annotated[bool, typer.Option("--http", help="Serve Slack's events on $PORT.")] = False,
) -> None:
    """Run the Slack app; Socket Mode is the default when SLACK_APP_TOKEN is set."""
    from bot import serve as server
    from bot import terminal
    from index import versions
    from index.live import LiveIndex

    if socket and http:
        raise UsageError("serve takes --socket or --http, not both")
    settings = read_settings()
    mode: Literal["socket", "http"] = (
        "http" if http or not (socket or settings.slack_app_token) else "socket"
    )
    server.check_tokens(settings, mode)
    try:
        _build(_build_settings(settings, None, None))
    except (CareerbotError, OSError) as error:
        if not versions.names(settings.careerbot_index):
            raise
        said = terminal.plain(f"careerbot: {error}; serving the version before")
        terminal.err.print(said, soft_wrap=True)
    live = LiveIndex(settings.careerbot_index)
    try:
        server.serve(settings, mode, live)
    finally:
        live.close()


@app.command()
def doctor() -> None:
    """Check the installation, the index and the settings, one line each."""
    from bot import doctor as checks

    raise typer.Exit(checks.run(read_settings()))


def _open(settings: Settings, index: Path | None) -> "Index":
    from index.search import Index

    return Index.open(index or settings.careerbot_index)


def _build(settings: "BuildSettings", *, force: bool = False) -> "BuildReport":
    from bot import terminal
    from index.build import build

    with terminal.BuildProgress() as progress:
        return build(settings, progress, force)


def _build_settings(
    settings: Settings, corpora: list[Path] | None, index: Path | None
) -> "BuildSettings":
    from bot.rebuild import build_settings

    given = build_settings(settings)
    return replace(given, corpora=tuple(corpora or given.corpora), index=index or given.index)


def _json_lines(key: str, second: str | None = None) -> Iterator[tuple[str, str | None]]:
    """What stdin asks, a JSON object a line, each with its second value where that is given."""
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            asked, after = record[key], record.get(second)
        except (ValueError, KeyError, TypeError, AttributeError):
            asked, after = None, None
        if not isinstance(asked, str) or not isinstance(after, str | None):
            expected = ", ".join(f'"{name}": "…"' for name in (key, second) if name)
            raise UsageError(f"stdin, line {number}: expected {{{expected}}}")
        yield asked, after


def _reply_record(opened: "Index", asked: "Asked", given: "Reply") -> dict[str, Any]:
    """The one JSON object that ``ask --json`` prints.

    Pay comes with the passages that answer the question too, for scripts that read nothing else.
    """
    from bot.conversation.reply import Both, Pay, kept_answer, shown_quotes

    answer = kept_answer(given, asked.text)
    quotes = opened.answer(asked).quotes if isinstance(given, Pay) else ()
    record: dict[str, Any] = {
        "question": asked.text,
        "kind": _kind(given),
        "answered": bool(answer and answer.answered),
        "confidence": round(answer.confidence, 4) if answer else 0.0,
        "index_version": opened.version,
        "quotes": [_quote_record(quote) for quote in quotes or shown_quotes(given)],
    }
    if answer and not answer.answered:
        record["nearest"] = [_quote_record(quote) for quote in answer.nearest]
    if asked.read_as:
        record["read_as"] = asked.read_as
    if isinstance(given, Pay):
        record["pay"] = _pay_record(given.found)
    if isinstance(given, Both):
        parts = ((asked, given.first), (asked.then or asked, given.second))
        record["parts"] = [_reply_record(opened, part, said) for part, said in parts]
    timings = asdict(answer.timings_ms) if answer else {}
    record["differs"] = bool(answer and answer.differs)
    record["timings_ms"] = {stage: round(value, 2) for stage, value in timings.items()}
    return record


def _kind(given: "Reply") -> str:
    """What a reply is called in JSON."""
    from bot.conversation.reply import Both, NothingFound, Pay, Quotes, Sources

    match given:
        case Quotes():
            return "quotes"
        case Pay():
            return "pay"
        case NothingFound():
            return "none"
        case Sources():
            return "sources"
        case Both():
            return "both"
        case said:
            return said.kind.value


def _quote_record(quote: "Quote") -> dict[str, Any]:
    source = quote.document.source
    return {
        "text": quote.text,
        "document": quote.document.id,
        "title": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "published": source.published,
        "updated": source.updated,
        "url": source.url,
        "section": quote.section,
        "page": quote.page,
        "lead": quote.document.cut(quote.lead) if quote.lead else None,
        "start": quote.span.start,
        "end": quote.span.end,
        "score": round(quote.score, 4),
    }


def _pay_record(given: "PayAnswer") -> dict[str, Any]:
    """The one JSON object that ``pay --json`` prints."""
    query = given.query
    return {
        "query": query.text,
        "parsed": {
            "role": query.role,
            "level": query.level,
            "company": query.company,
            "location": query.location,
        },
        "matched": [
            {
                "occupation": match.occupation,
                "occupation_code": match.occupation_code,
                "confidence": round(match.confidence, 4),
            }
            for match in query.occupations
        ],
        "found": given.found,
        "index_version": given.index_version,
        "figures": [_figure_record(figure) for figure in given.figures],
        "official": _official_record(given.official) if given.official else None,
        "near": [_figure_record(figure) | {"match": "near"} for figure in given.near],
    }


def _figure_record(figure: "PayFigure") -> dict[str, Any]:
    quote = figure.quote
    return {
        "role": figure.role,
        "level": figure.level,
        "company": figure.company,
        "location": figure.location,
        "amount_min": figure.amount_min,
        "amount_max": figure.amount_max,
        "currency": figure.currency,
        "period": figure.period,
        "kind": figure.kind,
        "as_of": figure.as_of,
        "flags": [flagged.flag for flagged in figure.flags],
        "reasons": {flagged.flag: flagged.reason for flagged in figure.flags},
        "quote": quote.text,
        "document": quote.document.id,
        "title": quote.document.source.title,
        "start": quote.span.start,
        "end": quote.span.end,
    }


def _official_record(official: "OfficialWages") -> dict[str, Any]:
    return {**asdict(official), "footnotes": list(official.footnotes)}


def _evaluation_record(measured: "Evaluation") -> dict[str, Any]:
    record = asdict(replace(measured, outcomes=()))
    record["outcomes"] = [
        {
            "id": outcome.question.id,
            "answered": outcome.answer.answered,
            "confidence": round(outcome.answer.confidence, 4),
            "hits": outcome.hits,
            "shown": [quote.text for quote in outcome.answer.quotes or outcome.answer.nearest],
        }
        for outcome in measured.outcomes
    ]
    return record


def _pay_evaluation_record(measured: "PayEvaluation") -> dict[str, Any]:
    record = asdict(replace(measured, outcomes=()))
    record["outcomes"] = [
        {
            "id": outcome.question.id,
            "returned": len(outcome.answer.figures),
            "right": outcome.right,
            "due": outcome.due,
            "found": outcome.found,
            "flags_due": outcome.flags_due,
            "flags_found": outcome.flags_found,
        }
        for outcome in measured.outcomes
    ]
    return record


def _print_json(record: Any) -> None:
    # ASCII, so that no terminal's encoding can spoil or refuse a line.
    print(json.dumps(record), flush=True)  # noqa: T201 - the one place for JSON


def _today() -> date:
    return datetime.now(UTC).date()


if __name__ == "__main__":
    main()
