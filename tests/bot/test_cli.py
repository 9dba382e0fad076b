"""The command line as scripts and people use it: real processes, exit statuses, one-line errors."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer
from fpdf import FPDF

from bot import terminal
from bot.cli import app
from index import versions
from index.build import BuildReport, BuildSettings
from index.build import build as rebuild
from index.errors import UsageError
from index.search import Index
from tests.conftest import NewIndex

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run careerbot in an empty folder, without anybody's settings."""

    def run_(
        *arguments: str | Path, stdin: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("CAREERBOT_", "SLACK_"))}
        return subprocess.run(
            [sys.executable, "-m", "bot.cli", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env={**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "80", **environment},
        )

    return run_


@pytest.fixture
def built(small_index_folder: Path) -> Path:
    """A folder with one version of the small corpus."""
    return small_index_folder


QUESTION = "how long does a reference call take?"


def test_ask_quotes_with_source_and_date(run: Run, built: Path) -> None:
    """The quote, its title and its date are printed; the exit status is 0."""
    done = run("ask", QUESTION, "--index", built)
    assert done.returncode == 0, done.stderr
    assert "A reference call takes about twenty minutes." in " ".join(done.stdout.split())
    assert "How references are checked" in done.stdout
    assert "2 Mar 2026" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_ask_refuses_with_status_1(run: Run, built: Path) -> None:
    """Nothing found is an answer, with its own exit status."""
    done = run("ask", "best ramen near the office?", "--index", built)
    assert done.returncode == 1
    assert "No passage in the library answers this question." in done.stdout


def test_ask_json_is_the_contract(run: Run, built: Path) -> None:
    """One object with the documented keys, whose quote is a span of the document."""
    record = json.loads(run("ask", QUESTION, "--index", built, "--json").stdout)
    assert record.keys() == {
        "question", "kind", "answered", "confidence", "index_version", "quotes", "differs",
        "timings_ms",
    }  # fmt: skip
    assert record["answered"] is True
    assert record["timings_ms"].keys() == {"encode", "search", "evidence", "total"}
    quote = record["quotes"][0]
    assert {
        "text", "document", "title", "author", "publisher", "published", "url", "section", "page",
        "start", "end", "score",
    } <= quote.keys()  # fmt: skip
    assert quote["document"] == "hiring/references.md"
    assert len(quote["text"]) == quote["end"] - quote["start"]


def test_json_of_a_refusal_has_the_nearest(run: Run, built: Path) -> None:
    """A refusal quotes nothing and has a place for what is near."""
    done = run("ask", "best ramen near the office?", "--index", built, "--json")
    record = json.loads(done.stdout)
    assert done.returncode == 1
    assert record["answered"] is False
    assert record["quotes"] == []
    assert isinstance(record["nearest"], list)


def test_json_lines(run: Run, built: Path) -> None:
    """One object a line for each question on stdin, follow-ups included."""
    lines = [{"question": QUESTION}, {"question": "and who makes it?", "after": QUESTION}]
    done = run(
        "ask", "-", "--json", "--index", built, stdin="\n".join(map(json.dumps, lines)) + "\n"
    )
    assert done.returncode == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["question"] for record in records] == [line["question"] for line in lines]


def test_a_document_cannot_drive_the_terminal(
    run: Run, tmp_path: Path, new_index: NewIndex
) -> None:
    """A document with escape sequences is refused; markup in one is shown, not obeyed."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "evil.txt").write_text(
        "Notes about hostile documents\n\nA hostile \x9b31mdocument says [bold]look[/bold] "
        "and <!channel> at once.\n",
        "utf-8",
    )
    (corpus / "worse.txt").write_text("A worse \x1b[31mdocument is not text.\n", "utf-8")
    index = new_index(tmp_path / "index")
    built = run("index", "build", "--corpus", corpus, "--index", index)
    assert "worse.txt: it is not text" in built.stdout
    done = run("ask", "what does a hostile document say?", "--index", index)
    assert "\x9b" not in done.stdout
    assert "[bold]look[/bold]" in done.stdout


def test_chat_answers_each_line(run: Run, built: Path) -> None:
    """Without a terminal, lines from a pipe are questions; the end of input ends the chat."""
    done = run("chat", "--index", built, stdin=f"{QUESTION}\n\nbest ramen?\n")
    assert done.returncode == 0
    assert "3 documents" in done.stdout
    assert "twenty minutes" in done.stdout
    assert "No passage in the library" in done.stdout


def test_build_status_verify_and_versions(run: Run, built: Path) -> None:
    """What was built can be looked at, listed and checked."""
    status = run("index", "status", "--index", built)
    assert "documents  3" in status.stdout
    name = json.loads(run("index", "status", "--index", built, "--json").stdout)["version"]
    assert f"* {name}" in run("index", "versions", "--index", built).stdout
    assert f"{name} is sound." in run("index", "verify", "--index", built).stdout


def test_a_skipped_file_is_reported_with_status_1(
    run: Run, tmp_path: Path, small_corpus: Path, new_index: NewIndex
) -> None:
    """The rest is built; what was skipped, or read with doubt, is named."""
    corpus = shutil.copytree(small_corpus, tmp_path / "corpus")
    (corpus / "empty.md").write_text("", "utf-8")
    made = FPDF()
    for text in ("Bread is baked at four in the morning by all bakers of the town.", "", ""):
        made.add_page()
        made.set_font("Helvetica", size=11)
        made.multi_cell(0, 6, text)
    made.output(str(corpus / "bread.pdf"))
    index = new_index(tmp_path / "index")
    done = run("index", "build", "--corpus", corpus, "--index", index, "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["documents"] == 4
    assert report["problems"] == [{"path": "empty.md", "reason": "it is empty", "intended": False}]
    status = run("index", "status", "--index", index).stdout
    assert "empty.md: it is empty" in status
    assert "Read with doubt 1:\n  bread.pdf: 2 of 3 pages hold no text: run OCR" in status


def test_what_is_passed_over_is_named_with_status_0(
    run: Run, tmp_path: Path, small_corpus: Path, new_index: NewIndex
) -> None:
    """A README of the corpus is in the report and in the status; nothing is wrong with it."""
    corpus = shutil.copytree(small_corpus, tmp_path / "corpus")
    (corpus / "README.md").write_text("What is in this folder.", "utf-8")
    index = new_index(tmp_path / "index")
    for _ in range(2):
        done = run("index", "build", "--corpus", corpus, "--index", index)
        assert done.returncode == 0
        assert "Skipped 1:\n  README.md: " in done.stdout
    assert "Skipped 1:\n  README.md: " in run("index", "status", "--index", index).stdout


def test_eval_prints_tables_and_json(run: Run, built: Path, tmp_path: Path) -> None:
    """Questions with gold quotes are measured against the index."""
    lines: Sequence[dict[str, object]] = [
        {
            "id": "1", "question": QUESTION, "kind": "fact", "expect": "answer", "must": ["twenty"],
            "gold": [{"doc": "references", "quote": "reference call takes about twenty minutes."}],
        },
        {"id": "2", "question": "best ramen?", "kind": "unanswerable_far", "expect": "none"},
    ]  # fmt: skip
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert "AUROC" in run("eval", path, "--index", built).stdout
    record = json.loads(run("eval", path, "--index", built, "--json").stdout)
    assert record["total"]["hit1"] == 1
    assert record["refusal_recall"] == 1


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("ask", "why?"), 3, "careerbot index build"),
        (("ask", "-"), 2, "add --json"),
        (("index", "build", "--corpus", "nowhere"), 2, "there is no folder nowhere"),
        (("index", "rollback"), 3, "careerbot index build"),
        (("pay", "welder"), 3, "careerbot index build"),
        (("pay", "-"), 2, "add --json"),
        (("wages", "import", "nowhere"), 2, "nowhere"),
        (("eval", "nothing.jsonl"), 2, "nothing.jsonl cannot be read"),
        (("serve", "--socket", "--http"), 2, "not both"),
        (("serve", "--http"), 2, "SLACK_BOT_TOKEN"),
        (("serve", "--socket"), 2, "SLACK_BOT_TOKEN"),
    ],
)
def test_errors_are_one_line(run: Run, arguments: Sequence[str], status: int, message: str) -> None:
    """A mistake gets one line on stderr that says what to do, and its exit status."""
    done = run(*arguments)
    assert done.returncode == status, done.stderr
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def _taking(option: str) -> list[list[str]]:
    """Every command that takes an option, with the arguments that it needs."""

    def commands(group: Any, path: list[str]) -> Iterator[list[str]]:
        for name, command in group.commands.items():
            if hasattr(command, "commands"):
                yield from commands(command, [*path, name])
            elif any(option in known.opts for known in command.params):
                needed = [p.name for p in command.params if p.required]
                yield [*path, name, *needed]

    return list(commands(typer.main.get_command(app), []))


ADDRESSES = (
    "postgresql://me:hush@host/name", "sqlite:///a.db", "s3://hush/name", "https://hush.example/x",
    "file:///srv/index", "PostgreSQL+psycopg://hush@host", "redis://hush",
)  # fmt: skip


@pytest.mark.parametrize("option", ["--index", "--corpus"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_address_of_something_else_is_no_folder(
    option: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command refuses it in a line without the address itself, and makes nothing."""
    monkeypatch.chdir(tmp_path)
    taking = _taking(option)
    assert len(taking) >= 6
    for command in taking:
        with pytest.raises(UsageError, match="name a folder") as refused:
            app([*command, option, address], standalone_mode=False)
        assert address.partition(":")[0] in str(refused.value)
        assert "hush" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("variable", ["CAREERBOT_INDEX", "CAREERBOT_CORPUS"])
def test_an_address_in_a_setting_is_one_line(run: Run, tmp_path: Path, variable: str) -> None:
    """The variable is named, its value is not, and nothing is made."""
    for command in (["ask", "why?"], ["index", "build"], ["serve"], ["doctor"]):
        done = run(*command, **{variable: ADDRESSES[0]})
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith(f"careerbot: {variable}: ")
        assert "postgresql://…: name a folder" in done.stderr
        assert "hush" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_in_python_an_address_is_no_folder(
    tmp_path: Path, small_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who builds or opens an index in a program of their own is told the same."""
    monkeypatch.chdir(tmp_path)
    where = Path(ADDRESSES[0])
    for attempt in (
        lambda: rebuild(BuildSettings((small_corpus,), where), terminal.BuildProgress()),
        lambda: rebuild(BuildSettings((where,), tmp_path / "x"), terminal.BuildProgress()),
        lambda: Index.open(where),
    ):
        with pytest.raises(UsageError, match="postgresql://…: name a folder"):
            attempt()
    assert list(tmp_path.iterdir()) == []


def test_a_bug_is_one_line_too(tmp_path: Path) -> None:
    """What nobody foresaw has its own exit status, and no traceback unless it is asked for."""
    broken = tmp_path / "broken.py"
    broken.write_text(
        "import sys; sys.argv = ['careerbot', 'doctor']\nimport bot.cli\n"
        "def fail(): raise KeyError('x')\nbot.cli.read_settings = fail\nbot.cli.main()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(broken)], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 70
    assert "bug of careerbot (KeyError: 'x')" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_setting_is_named(run: Run) -> None:
    """The variable and what is wrong with it."""
    done = run("ask", "why?", PORT="many")
    assert done.returncode == 2
    assert "PORT" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_bad_json_line_is_named(run: Run, built: Path) -> None:
    """The line number and the expected shape."""
    done = run("ask", "-", "--json", "--index", built, stdin='{"q": 1}\n')
    assert done.returncode == 2
    assert "line 1" in done.stderr


def test_a_damaged_index_is_status_3(run: Run, built: Path, tmp_path: Path) -> None:
    """A changed file is found before it is read."""
    index = shutil.copytree(built, tmp_path / "index", symlinks=True)
    version = versions.current_name(index)
    (index / "versions" / version / "documents.jsonl").write_text("[]", "utf-8")
    done = run("ask", QUESTION, "--index", index)
    assert done.returncode == 3
    assert "documents.jsonl was changed" in done.stderr


def test_asking_needs_no_torch(built: Path, tmp_path: Path) -> None:
    """A question on the command line imports none of what only a build needs."""
    script = (
        "import sys; sys.argv = ['careerbot', 'ask', 'who calls references?', '--index', "
        f"{str(built)!r}]\n"
        "from bot.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'sentence_transformers', 'trafilatura', 'slack_bolt', 'sqlalchemy'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert "HEAVY []" in done.stdout


def test_doctor_says_what_is_missing(run: Run, small_corpus: Path) -> None:
    """Each check is a line; a missing index names the command that makes it."""
    done = run("doctor", CAREERBOT_CORPUS=str(small_corpus))
    assert done.returncode == 2
    assert "careerbot index build" in " ".join(done.stdout.split())
    assert "SLACK_BOT_TOKEN is not set" in " ".join(done.stdout.split())


# --- pay ---

PAY = """---
title: What three workshops pay
publisher: careerbot tests
published: 2026-03-02
---

# What three workshops pay

| Company | Role | Salary | Location |
|---|---|---|---|
| Anvil Works | Senior Data Engineer | $150,000–$170,000/year | Austin |
| Bellows & Co | Data Engineer | $17.8 million/year | Austin |

Tongs Ltd names no salary for its data engineers.
"""


@pytest.fixture(scope="module")
def paid(
    new_index: NewIndex,
    tmp_path_factory: pytest.TempPathFactory,
    build_index: Callable[[Path, Path], BuildReport],
) -> Path:
    """A folder with one version of a document about pay."""
    folder = tmp_path_factory.mktemp("paid")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "workshops.md").write_text(PAY, "utf-8")
    index = new_index(folder / "index")
    build_index(folder / "corpus", index)
    return index


def test_pay_json_is_the_contract(run: Run, paid: Path) -> None:
    """One object with the documented keys; each figure is a span of its document."""
    done = run("pay", "senior data engineer, austin", "--index", paid, "--json")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert {
        "query", "parsed", "found", "index_version", "figures", "official", "near",
    } <= record.keys()  # fmt: skip
    assert record["parsed"].keys() == {"role", "level", "company", "location"}
    figure = record["figures"][0]
    assert {
        "role", "level", "company", "location", "amount_min", "amount_max", "currency", "period",
        "kind", "as_of", "flags", "quote", "document", "title", "start", "end",
    } <= figure.keys()  # fmt: skip
    assert (figure["amount_min"], figure["amount_max"]) == (150_000, 170_000)
    assert (figure["currency"], figure["period"]) == ("USD", "year")
    assert figure["end"] - figure["start"] == len(figure["quote"])
    official = record["official"]
    assert official["occupation_code"].startswith("15-")
    assert "Austin" in official["area"]
    assert official["annual"].keys() == {"p10", "p25", "p50", "p75", "p90"}


def test_pay_in_the_terminal(run: Run, paid: Path) -> None:
    """Wages, quotes and flags fit into 80 columns."""
    done = run("pay", "data engineer, austin", "--index", paid)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "Official wages" in done.stdout
    assert "$17.8 million/year" in done.stdout
    assert "implausible" in done.stdout


def test_pay_refuses_with_status_1(run: Run, paid: Path) -> None:
    """No figure and no occupation is an answer, with its own exit status."""
    done = run("pay", "wizard", "--index", paid)
    assert done.returncode == 1
    assert "No document in the library states pay for this." in done.stdout


def test_pay_json_lines(run: Run, paid: Path) -> None:
    """One object a line for each query on stdin; a bad line is named."""
    lines = [{"query": "data engineer"}, {"query": "wizard"}]
    done = run("pay", "-", "--json", "--index", paid, stdin="\n".join(map(json.dumps, lines)))
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["query"] for record in records] == ["data engineer", "wizard"]
    assert [record["found"] for record in records] == [True, False]
    bad = run("pay", "-", "--json", "--index", paid, stdin='{"question": "x"}\n')
    assert bad.returncode == 2
    assert 'stdin, line 1: expected {"query": "…"}' in bad.stderr


def test_another_release_is_imported(run: Run, tmp_path: Path) -> None:
    """BLS's own files are taken into the index's folder, and the release is named."""
    release = tmp_path / "release"
    release.mkdir()
    for name, text in RELEASE.items():
        (release / name).write_text(text.replace(" | ", "\t"), "utf-8")
    done = run("wages", "import", release, "--index", tmp_path / "index")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "May 2031 is ready; careerbot index build uses it.\n"
    assert (tmp_path / "index" / "wages" / "wages.json").exists()
    again = run("wages", "import", release, "--index", tmp_path / "index")
    assert again.returncode == 0


RELEASE = {
    "oe.release": "release_date | description\n2031A01 | May 2031\n",
    "oe.occupation": (
        "occupation_code | occupation_name | display_level\n151252 | Software Developers | 3\n"
    ),
    "oe.area": "area_code | areatype_code | area_name\n0000000 | N | National\n",
    "oe.footnote": "footnote_code | footnote_text\n8 | Estimate not released.\n",
    "oe.data.0.Current": (
        "series_id | value | footnote_codes\n"
        "OEUN000000000000015125213 | 140000 | \n"
        "OEUN000000000000015125215 | - | 8\n"
    ),
}


def test_a_version_held_back_is_listed_compared_and_forced(
    run: Run, built: Path, small_corpus: Path, tmp_path: Path
) -> None:
    """Worse on a golden question, it has status 1, its reason in the list and a difference."""
    corpus = shutil.copytree(small_corpus, tmp_path / "corpus")
    index = shutil.copytree(built, tmp_path / "index", symlinks=True)
    gold = {"doc": "references", "quote": "twenty minutes"}
    record = {"id": "call", "question": QUESTION, "expect": "answer", "gold": [gold]}
    (corpus / "golden.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    path = corpus / "hiring" / "references.md"
    path.write_text(path.read_text("utf-8").replace("twenty minutes", "an hour"), "utf-8")
    build = ("index", "build", "--corpus", corpus, "--index", index)
    held = run(*build)
    assert held.returncode == 1, held.stderr
    assert "Golden questions: 0 of 1 good; 1 before; worse: call." in held.stdout
    assert "It is held back" in held.stdout
    old, new = versions.names(index)
    listed = run("index", "versions", "--index", index).stdout.splitlines()
    assert listed[:2] == [f"* {old}", f"- {new}"]
    different = run("index", "diff", old, new, "--corpus", corpus, "--index", index)
    assert "  ~ hiring/references.md" in different.stdout
    assert f"worse: {QUESTION} (call)" in different.stdout
    assert "twenty minutes" in different.stdout
    assert max(map(len, different.stdout.splitlines())) <= 80
    compared = run("index", "diff", old, new, "--corpus", corpus, "--index", index, "--json")
    (change,) = json.loads(compared.stdout)["answers"]
    assert (change["verdict"], change["id"]) == ("worse", "call")
    forced = json.loads(run(*build, "--force", "--json").stdout)
    assert (forced["version"], forced["switched"], forced["gate"]["passed"]) == (new, True, False)


NOTE = "# Asking twice\n\nA second question often brings more than the first question did.\n"


@pytest.fixture
def growing(small_corpus: Path, new_index: NewIndex, tmp_path: Path) -> tuple[Path, Path]:
    """A corpus and an index folder that a test may change."""
    corpus = shutil.copytree(small_corpus, tmp_path / "growing")
    return corpus, new_index(tmp_path / "grown")


def test_add_and_remove(run: Run, growing: tuple[Path, Path], tmp_path: Path) -> None:
    """Several are added and each is reported; one build follows; remove takes one out again."""
    corpus, index = growing
    places = ("--corpus", corpus, "--index", index)
    (tmp_path / "Asking Twice.md").write_text(NOTE)
    done = run("index", "add", "Asking Twice.md", "http://127.0.0.1/private", *places)
    assert done.returncode == 1
    assert "Added      added/asking-twice.md\n  Asking twice\n" in done.stdout
    assert "Not added  http://127.0.0.1/private" in done.stdout
    assert done.stdout.count("Built ") == 1
    assert max(map(len, done.stdout.splitlines())) <= 80
    asked = "what does a second question often bring?"
    found = json.loads(run("ask", asked, "--json", "--index", index).stdout)
    assert found["quotes"][0]["document"] == "added/asking-twice.md"

    again = json.loads(run("index", "add", "Asking Twice.md", *places, "--json").stdout)
    assert [one["outcome"] for one in again["additions"]] == ["unchanged"]
    assert again["build"] is None

    gone = run("index", "remove", "added/asking-twice.md", *places)
    assert gone.returncode == 0, gone.stderr
    assert (corpus / ".removed/added/asking-twice.md").read_text() == NOTE
    found = json.loads(run("ask", asked, "--json", "--index", index).stdout)
    documents = [quote["document"] for quote in found["quotes"] + found.get("nearest", [])]
    assert "added/asking-twice.md" not in documents


def test_add_is_told_nothing_useful(run: Run, growing: tuple[Path, Path]) -> None:
    """Bad usage is 2; a file that is not there is 1, and nothing is built."""
    corpus, index = growing
    assert run("index", "add").returncode == 2
    assert run("index", "add", "x.md", "--corpus", corpus / "none").returncode == 2
    assert run("index", "remove", "no.md", "--corpus", corpus).returncode == 2
    missing = run("index", "add", "missing.md", "--corpus", corpus, "--index", index)
    assert missing.returncode == 1
    assert "there is no file missing.md" in missing.stdout
    assert "Built" not in missing.stdout


def _watching(growing: tuple[Path, Path], cwd: Path) -> subprocess.Popen[str]:
    corpus, index = growing
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CAREERBOT_", "SLACK_"))}
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "bot.cli", "index", "watch",
         "--corpus", corpus, "--index", index],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=cwd,
        env={**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "80"},
    )  # fmt: skip


def test_watch_builds_after_each_change(growing: tuple[Path, Path], tmp_path: Path) -> None:
    """It survives a build that fails, builds the next change, and ends quietly on SIGTERM."""
    corpus, _ = growing
    with _watching(growing, tmp_path) as watching:
        lines = watching.stdout
        assert lines

        def wait_for(start: str) -> str:
            return next(line for line in lines if line.startswith(start))

        wait_for("Built")
        (corpus / "asking.md").write_text(NOTE)
        wait_for("Added 1 document")
        aside = corpus.rename(tmp_path / "aside")
        assert "there is no folder" in wait_for("careerbot:")
        aside.rename(corpus)
        wait_for("Up to date")
        watching.send_signal(signal.SIGTERM)
        assert "Traceback" not in lines.read()
    assert watching.returncode == 0


def test_watch_ends_in_the_middle_of_a_build(growing: tuple[Path, Path], tmp_path: Path) -> None:
    """Ctrl+C ends the build too, quietly."""
    with _watching(growing, tmp_path) as watching:
        assert watching.stdout
        while watching.stdout.readline().strip() != "Preparing models":
            pass
        watching.send_signal(signal.SIGINT)
        assert "Traceback" not in watching.stdout.read()
    assert watching.returncode == 0
