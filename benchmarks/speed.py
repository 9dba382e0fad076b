"""How long people wait.

    python -m benchmarks.speed [--corpus DIR]

Builds the starter library in a temporary folder and prints a table: the first build, a build with
nothing new, a build with one new document, a cold ``careerbot ask`` (process start to answer), a
warm question, a pay query, and the memory of a process that has answered.
"""

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.tables import print_table

ROOT = Path(__file__).parent.parent
COLD_RUNS = 5
WARM_ROUNDS = 5

QUESTIONS = (
    "will ai replace backend developers?",
    "what does a software developer earn in the united states?",
    "which skills should a backend hire have",
    "how do i negotiate an offer",
    "is remote work paid less?",
    "are entry-level jobs going away",
    "what share of ai code has security flaws",
    "best ramen near the office?",
    "do i need react as a backend dev",
    "how do i screen candidates",
)

PAY_QUERIES = (
    "backend engineer, seattle",
    "senior software engineer sf",
    "janitor chicago",
    "data scientist",
    "full-stak engneer remote",
    "nurse nyc",
    "wizard",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print_table(_measure(Path(folder), arguments.corpus))


def _measure(folder: Path, corpus: Path) -> list[tuple[str, str]]:
    copy, index = folder / "corpus", folder / "index"
    shutil.copytree(corpus, copy)
    careerbot = [sys.executable, "-m", "bot.cli"]
    build = [*careerbot, "index", "build", "--corpus", str(copy), "--index", str(index)]
    rows = [("first build, models exported", _seconds(build))]
    rows.append(("build with nothing new", _seconds(build)))
    (copy / "one-more.md").write_text(
        "---\ntitle: One more\n---\n\n# One more\n\nThis document is new. It has two sentences.\n",
        "utf-8",
    )
    rows.append(("build with one new document", _seconds(build)))
    ask = [*careerbot, "ask", "--index", str(index), QUESTIONS[0]]
    cold = [_run(ask) for _ in range(COLD_RUNS)]
    rows.append(("cold ask, process start to answer", f"{statistics.median(cold):.2f} s"))
    return rows + _warm(index)


def _warm(index: Path) -> list[tuple[str, str]]:
    from index.search import Index

    started = perf_counter()
    opened = Index.open(index)
    rows = [("open the index", f"{perf_counter() - started:.2f} s")]
    for question in QUESTIONS:
        opened.ask(question)
    answers = [opened.ask(question) for _ in range(WARM_ROUNDS) for question in QUESTIONS]
    for stage in ("encode", "search", "evidence", "total"):
        times = sorted(getattr(answer.timings_ms, stage) for answer in answers)
        p95 = times[int(0.95 * len(times))]
        rows.append(
            (f"warm question, {stage}, p50 / p95", f"{statistics.median(times):.1f} / {p95:.1f} ms")
        )
    pay = []
    for query in PAY_QUERIES * WARM_ROUNDS:
        begun = perf_counter()
        opened.pay(query)
        pay.append(1000 * (perf_counter() - begun))
    pay.sort()
    p95 = pay[int(0.95 * len(pay))]
    rows.append(("pay query, p50 / p95", f"{statistics.median(pay):.1f} / {p95:.1f} ms"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(("peak memory of this process", f"{peak:.0f} MB"))
    rows.append(("documents / passages", f"{len(opened.documents)} / {len(opened.passages):,}"))
    return rows


def _seconds(command: list[str]) -> str:
    return f"{_run(command):.1f} s"


def _run(command: list[str]) -> float:
    """Seconds that a command takes; what it prints is not shown."""
    started = perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(done.stderr)
    return perf_counter() - started


if __name__ == "__main__":
    main()
