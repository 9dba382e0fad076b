"""careerbot beside what one would pick instead.

    python -m benchmarks.peers [--corpus DIR] [--questions FILE] [--environments DIR]

Builds the same documents with the same all-MiniLM-L6-v2 weights in txtai, haystack, LlamaIndex and
vectrixdb, each in a virtual environment of its own (created in DIR, `.careerbot/peers` by default:
1.5 GB each, once), and in careerbot; asks all of them the same questions; prints the tables
of RESULTS.md. A peer that cannot be installed is left out, and the reason is printed. The choices
made for each peer are in its module in `peer_drivers/`; those for all:

- careerbot reads the corpus folder itself; the peers are given the text that it read.
- Each peer is measured twice: cutting documents with its own splitter, and given careerbot's
  quotable passages as its units. Only the second can quote, so it is the fair one for quotes.
- Each answers with its first five pieces, careerbot with the quotes that it shows (three at most).
- A question that leans on the one before is left out: a retriever keeps no conversation.
- No model hub: a peer's requests are sent to a closed port.
- OpenMP waits without spinning: beside other work, torch's spinning made a question three times as
  slow, and would have been counted as its CPU time.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.peer_drivers.wire import HITS, Text
from benchmarks.peer_scores import (
    QUOTE_CHARACTERS,
    OwnRefusal,
    Reply,
    Scores,
    score,
    score_own_refusal,
)
from benchmarks.processes import Measured, ProcessFailed, Used, measure
from index import stored, versions
from index.documents.document import Quote
from index.errors import UsageError
from index.evaluate import Question, read_questions
from index.models.installed import encoder_folder

ROOT = Path(__file__).parent.parent
COLD_RUNS = 3
WARM_UP = 10
"""Questions asked before the clock of the warm ones starts."""

_SHARED = ("sentence-transformers==6.2.0", "torch==2.13.0", "transformers==5.23.0")


@dataclass(frozen=True, slots=True)
class Peer:
    """Another system: its name, its module in peer_drivers, and what pip installs."""

    name: str
    driver: str
    packages: tuple[str, ...]


PEERS = (
    Peer("txtai", "txtai", ("txtai==9.14.0", "chonkie==1.7.0", *_SHARED)),
    Peer(
        "haystack",
        "haystack",
        ("haystack-ai==3.4.0", "sentence-transformers-haystack==2.0.0", *_SHARED),
    ),
    Peer(
        "LlamaIndex",
        "llamaindex",
        (
            "llama-index-core==0.14.25",
            "llama-index-embeddings-huggingface==0.8.0",
            "llama-index-retrievers-bm25==0.8.0",
            *_SHARED,
        ),
    ),
    Peer("vectrixdb", "vectrixdb", ("vectrixdb==2.2.0", *_SHARED)),
)


@dataclass(frozen=True, slots=True)
class System:
    """Something that can be built and asked: two commands, and how to read what it answers."""

    name: str
    build: Sequence[str]
    serve: Sequence[str]
    read: Callable[[Question, Mapping[str, Any]], Reply]


@dataclass(frozen=True, slots=True)
class Result:
    """All that was measured of one system."""

    name: str
    build: Used
    cold_seconds: float
    """From the start of a process to its first answer."""
    milliseconds: Sequence[float]
    """Of every warm question, as the asking process sees it, ascending."""
    cpu_milliseconds: float
    """Of a warm question."""
    answering_mb: float
    scores: Scores
    own: OwnRefusal | None


def main() -> None:
    """Install, build, ask, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    parser.add_argument("--questions", type=Path, default=ROOT / "corpus" / "golden.jsonl")
    parser.add_argument("--environments", type=Path, default=ROOT / ".careerbot" / "peers")
    arguments = parser.parse_args()
    try:
        questions = [q for q in read_questions(arguments.questions) if not q.after]
        pythons = {peer: _install(peer, arguments.environments) for peer in PEERS}
        with tempfile.TemporaryDirectory() as folder:
            for part in _compare(arguments.corpus, questions, pythons, Path(folder)):
                print(part, end="\n\n", flush=True)
    except (UsageError, ProcessFailed) as error:
        sys.exit(str(error))


def _compare(
    corpus: Path, questions: Sequence[Question], pythons: Mapping[Peer, Path | None], here: Path
) -> Iterator[str]:
    """Measure careerbot, then every installed peer in both ways, in folders in ``here``.

    Yields each table when it is complete, and last what to know about the numbers.
    """
    load = os.getloadavg()[0]
    ours = _measure(_careerbot(corpus, here / "index"), questions)
    exported = _build_with_exported_models(corpus, here)
    documents, passages = _write_texts(here / "index", here)
    for title, folder, texts, split in (
        ("Own splitters", here / "split", documents, ("--split",)),
        ("careerbot's passages as units", here / "given", passages, ()),
    ):
        folder.mkdir()
        results = [ours]
        for peer, python in pythons.items():
            if python is None:
                continue
            system = _peer(peer, python, texts, folder / peer.driver, split)
            try:
                results.append(_measure(system, questions))
            except ProcessFailed as failure:
                print(f"{peer.name} left out: {failure}", file=sys.stderr)
        yield f"**{title}**\n\n{_table(results)}"
    yield (
        f"{len(questions)} questions. Load on {os.cpu_count()} cores before and after: "
        f"{load:.1f}, {os.getloadavg()[0]:.1f}. careerbot's build when its models were exported "
        f"before: {exported.seconds:.1f} s, {exported.cpu_seconds:.1f} s of CPU."
    )


def _install(peer: Peer, environments: Path) -> Path | None:
    """The Python of a peer's virtual environment; ``None``, with the reason printed, without."""
    folder = (environments / peer.driver).absolute()
    python, done = folder / "bin" / "python", folder / "installed.txt"
    if done.is_file() and done.read_text("utf-8").split() == list(peer.packages):
        return python
    print(f"Installing {peer.name} into {folder}", file=sys.stderr)
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(python), "-m", "pip", "install", "--quiet", "--no-input", *peer.packages],
    ):
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode:
            lines = (ended.stderr or ended.stdout).strip().splitlines()
            reason = lines[-1] if lines else f"exit status {ended.returncode}"
            print(f"{peer.name} left out, it cannot be installed: {reason}", file=sys.stderr)
            return None
    done.write_text("\n".join(peer.packages), "utf-8")
    return python


def _careerbot(corpus: Path, index: Path) -> System:
    command = [sys.executable, "-m", "bot.cli"]
    return System(
        name="careerbot",
        build=[
            *command, "index", "build", "--corpus", str(corpus.absolute()), "--index", str(index)
        ],
        serve=[*command, "ask", "-", "--json", "--index", str(index)],
        read=_read_careerbot,
    )  # fmt: skip


def _read_careerbot(question: Question, answer: Mapping[str, Any]) -> Reply:
    shown = answer["quotes"] or answer.get("nearest", ())
    found = [Text(quote["document"], quote["text"]) for quote in shown]
    return Reply(question, found, answer["confidence"], answer["answered"])


def _peer(peer: Peer, python: Path, texts: Path, store: Path, split: Sequence[str]) -> System:
    command = [str(python), "-m", f"benchmarks.peer_drivers.{peer.driver}"]
    where = ["--store", str(store), "--model", str(encoder_folder())]
    return System(
        name=peer.name,
        build=[*command, "build", "--texts", str(texts), *where, *split],
        serve=[*command, "serve", *where],
        read=_read_peer,
    )


def _read_peer(question: Question, answer: Mapping[str, Any]) -> Reply:
    return Reply(question, [Text(**hit) for hit in answer["hits"]], answer["score"])


def _write_texts(index: Path, folder: Path) -> tuple[Path, Path]:
    """Write what careerbot read: whole documents, and quotable passages, as JSON lines."""
    version = versions.read_version(index, versions.current_name(index))
    documents = stored.Documents(version.folder, version.manifest.documents)
    table = stored.read_passages(version.folder)
    passages = (
        (documents.at(table.document(number)), table[number])
        for number in range(len(table))
        if table[number].quotable
    )
    return (
        _write(folder / "documents.jsonl", (Text(d.id, d.text) for d in documents.values())),
        _write(
            folder / "passages.jsonl",
            (Text(d.id, Quote(d, passage.span, passage.lead).text) for d, passage in passages),
        ),
    )


def _write(path: Path, texts: Iterable[Text]) -> Path:
    path.write_text("".join(json.dumps(asdict(text)) + "\n" for text in texts), "utf-8")
    return path


def _build_with_exported_models(corpus: Path, folder: Path) -> Used:
    again = folder / "again"
    shutil.copytree(folder / "index" / "models", again / "models")
    return measure(_careerbot(corpus, again).build, _environment(), ROOT, _BUILT)


_BUILT = (0, 1)
"""careerbot ends with 1 when it left out a file that cannot be read."""


def _measure(system: System, questions: Sequence[Question]) -> Result:
    """Build, start several times, ask every question.

    Raises:
        ProcessFailed: one of its processes did.
    """
    print(f"Measuring {system.name}", file=sys.stderr)
    built = measure(system.build, _environment(), ROOT, _BUILT)
    asked = [{"question": question.question, "scored": False} for question in questions]
    replies = _replies(system, questions)
    cold = []
    for _ in range(COLD_RUNS):
        with Measured(system.serve, _environment(), ROOT) as process:
            process.ask(asked[0])
            cold.append(process.age)
    with Measured(system.serve, _environment(), ROOT) as process:
        for record in asked[:WARM_UP]:
            process.ask(record)
        cpu = process.cpu_seconds
        seconds = [process.ask(record)[1] for record in asked]
        cpu = process.cpu_seconds - cpu
        peak_mb = process.finish().peak_mb
    return Result(
        name=system.name,
        build=built,
        cold_seconds=statistics.median(cold),
        milliseconds=sorted(1000 * each for each in seconds),
        cpu_milliseconds=1000 * cpu / len(asked),
        answering_mb=peak_mb,
        scores=score(replies),
        own=score_own_refusal(replies),
    )


def _replies(system: System, questions: Sequence[Question]) -> list[Reply]:
    """What the system finds, in a process that is not timed: a score may cost more work."""
    with Measured(system.serve, _environment(), ROOT) as process:
        return [
            system.read(question, process.ask({"question": question.question, "scored": True})[0])
            for question in questions
        ]


def _environment() -> dict[str, str]:
    """The environment of every process: no Python path, no hub, no telemetry, no way out."""
    closed = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        **closed,
        **{name.upper(): value for name, value in closed.items()},
        "HF_HUB_OFFLINE": "1",
        "HAYSTACK_TELEMETRY_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "OMP_WAIT_POLICY": "PASSIVE",
    }


def _table(results: Sequence[Result]) -> str:
    """The figures of the systems side by side, as Markdown."""
    rows: list[tuple[str, Callable[[Result], str]]] = [
        ("build", lambda r: f"{r.build.seconds:.1f} s"),
        ("of CPU", lambda r: f"{r.build.cpu_seconds:.1f} s"),
        ("peak memory, build", lambda r: f"{r.build.peak_mb:.0f} MB"),
        ("process start to first answer", lambda r: f"{r.cold_seconds:.2f} s"),
        ("peak memory, answering", lambda r: f"{r.answering_mb:.0f} MB"),
        ("warm question, p50 / p95", _p50_p95),
        ("of CPU, mean", lambda r: f"{r.cpu_milliseconds:.0f} ms"),
        (f"recall@{HITS}", lambda r: _share(r.scores.recall)),
        (f"characters in those {HITS}", lambda r: f"{r.scores.characters:,.0f}"),
        (f"quote of ≤ {QUOTE_CHARACTERS} characters, hit@1 / hit@3",
         lambda r: _pair(r.scores.quote1, r.scores.quote3)),
        ("AUROC near / far", lambda r: _pair(r.scores.near, r.scores.far)),
        ("near / far refused, threshold at 0.85 answered",
         lambda r: _pair(r.scores.near_refused, r.scores.far_refused)),
        ("its own refusal: answered",
         lambda r: _share(r.own.answered) if r.own else "none"),
        ("near / far refused",
         lambda r: _pair(r.own.near_refused, r.own.far_refused) if r.own else "–"),
        ("hit@1 / hit@3, a refusal is a miss",
         lambda r: _pair(r.own.quote1, r.own.quote3) if r.own else "–"),
    ]  # fmt: skip
    lines = [
        ["", *(result.name for result in results)],
        ["---", *("---:" for _ in results)],
        *([label, *(show(result) for result in results)] for label, show in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _p50_p95(result: Result) -> str:
    times = result.milliseconds
    p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
    return f"{statistics.median(times):.0f} / {p95:.0f} ms"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _pair(one: float | None, other: float | None) -> str:
    return f"{_share(one)} / {_share(other)}"


if __name__ == "__main__":
    main()
