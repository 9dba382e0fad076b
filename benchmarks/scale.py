"""How a library grows: what building, adding a document, opening and asking cost by its size.

    python -m benchmarks.scale [--passages 1000,10000] [--synthetic-vectors]
                               [--folder DIR] [--models DIR]
    python -m benchmarks.scale --search 1000000

For each size, documents are written by a seeded script and an index is built from them; then one
document is added and the index built again, each in a process of its own. Encoding 100,000
passages takes two cores more than eight minutes, so ``--synthetic-vectors`` puts a projection of
each text's words onto seeded directions in the encoder's place: texts that share words are near
each other, as with the model, and everything else stays as it is. Times are wall-clock seconds,
then processor seconds: on a shared machine the second is the one to compare. Memory is the
process's peak, and of it what no file backs. ``--search`` measures only the search by meaning and
words, over passages that are drawn as numbers and never written as documents.
"""

import argparse
import hashlib
import resource
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import numpy.typing as npt

from benchmarks.processes import alone
from benchmarks.tables import print_table
from index import fusion
from index.build import BuildSettings, build
from index.embedding_cache import SENTENCE_WEIGHT
from index.models.runtime import Encoder, Vectors
from index.search import Index
from index.vectors import CELLS, FILE, VectorIndex, write_vectors
from index.words import FOLDER, Occurrences, WordIndex, terms, write_words

QUESTIONS, ANSWERS = 200, 30
SHORTLIST = 100
PASSAGES_A_DOCUMENT = 40
DIMENSION = 384
WORDS = 30_000
"""Words that documents are made of, by Zipf's law."""

SUBJECTS = """salary offer interview portfolio resume mentor promotion review remote office contract
    degree course bootcamp language database network security testing deployment design research
    writing meeting schedule vacation training recruiter manager colleague team startup agency
    customer product budget deadline estimate incident backlog release roadmap apprentice pension
    relocation visa commute equity bonus overtime probation reference referral negotiation career
    burnout feedback hiring onboarding retirement union leave parent""".split()
ROLES = ("data analyst", "backend developer", "nurse", "project manager", "electrician", "designer")
SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi xo zu bra cle dri flo gru".split()

Row = tuple[str, str]


class Silent:
    """A build that nobody watches."""

    def stage(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def step(self, count: int = 1) -> None:
        """Say nothing."""

    def waiting(self) -> None:
        """Say nothing."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--passages", default="1000,10000")
    parser.add_argument("--synthetic-vectors", action="store_true")
    parser.add_argument("--search", type=int, metavar="PASSAGES")
    parser.add_argument("--folder", type=Path, help="where to work, and leave everything")
    parser.add_argument("--models", type=Path, help="exported models to copy")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        if arguments.search:
            print_table(_searched(arguments.folder or Path(temporary), arguments.search))
            return
        for size in (int(text) for text in arguments.passages.split(",")):
            place = (arguments.folder or Path(temporary)) / str(size)
            if arguments.models and not (place / "index" / "models").exists():
                shutil.copytree(arguments.models, place / "index" / "models")
            print_table(_measure(place, size, synthetic=arguments.synthetic_vectors))


def _measure(place: Path, size: int, *, synthetic: bool) -> list[Row]:
    corpus, index = place / "corpus", place / "index"
    for number in range(max(1, size // PASSAGES_A_DOCUMENT)):
        _write(corpus / f"part-{number // 500}" / f"{number}.md", number)
    rows: list[Row] = []
    for what in ("build from nothing", "build with nothing new", "build with one new document"):
        if what.endswith("new document"):
            _write(corpus / "one-more.md", size)
        rows += alone(_watched, what, _build, corpus, index, synthetic)
    version = max((index / "versions").iterdir())
    kept = sum(path.stat().st_size for path in index.glob("*.sqlite3"))
    rows.append(("size of a version", f"{_bytes(version) / 1e6:,.0f} MB"))
    rows.append(("size of what is kept for the next build", f"{kept / 1e6:,.0f} MB"))
    return rows + alone(_watched, "answering", _answer, corpus, index, synthetic)


def _watched(
    what: str,
    run: Callable[[Path, Path], list[Row]],
    corpus: Path,
    index: Path,
    synthetic: bool,
) -> list[Row]:
    """What it found, its seconds and its memory; in a process of its own."""
    if synthetic:
        Encoder.encode = _encode  # type: ignore[method-assign, assignment]
    started, used = perf_counter(), process_time()
    rows = run(corpus, index)
    wall, cpu = perf_counter() - started, process_time() - used
    status = dict(
        line.split(":", 1) for line in Path("/proc/self/status").read_text("utf-8").splitlines()
    )
    anonymous = int(status["RssAnon"].split()[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    memory = (f"{what}, memory", f"{peak:,.0f} MB, {anonymous:,.0f} MB")
    return [(what, f"{wall:.1f} s, {cpu:.1f} s"), *rows, memory]


def _build(corpus: Path, index: Path) -> list[Row]:
    done = build(BuildSettings(corpora=(corpus,), index=index, keep_versions=1), Silent())
    return [("documents / passages", f"{done.documents:,} / {done.passages:,}")]


def _answer(_: Path, index: Path) -> list[Row]:
    """Open the index as a server does, ask, and hold what is found against exact search."""
    started, used = perf_counter(), process_time()
    opened = Index.open(index)
    wall, cpu = perf_counter() - started, process_time() - used
    asked = [_question(number) for number in range(QUESTIONS)]
    encoded = [opened.models.encoder.encode_query(question) for question in asked]
    rows = [
        ("open the index", f"{wall:.1f} s, {cpu:.1f} s"),
        *_search_rows(index / "versions" / opened.version, asked, encoded),
    ]
    answers = [_ms(lambda q=q: opened.ask(q)) for q in asked[:ANSWERS]]  # type: ignore[misc]
    rows.append(("whole answer, p50 / p95", _percentiles(answers[5:])))
    return rows


def _search_rows(folder: Path, asked: Sequence[str], encoded: Sequence[Vectors]) -> list[Row]:
    """Search as a question does, and hold what is found by meaning against exact search."""
    vectors, words = VectorIndex(folder), WordIndex(folder)
    exact = np.load(folder / FILE, mmap_mode="r")
    for number in range(20):  # warm up
        _search(vectors, words, asked[number], encoded[number])
    times = [
        _ms(lambda n=n: _search(vectors, words, asked[n], encoded[n]))  # type: ignore[misc]
        for n in range(QUESTIONS)
    ]
    rows = [("search by meaning and words, p50 / p95", _percentiles(times))]
    meaning = [_ms(lambda v=v: vectors.nearest(v, SHORTLIST)) for v in encoded]  # type: ignore[misc]
    rows.append(("of it by meaning", _percentiles(meaning)))
    found = 0
    for vector in encoded[: QUESTIONS // 2]:
        nearest = np.argsort(-(exact @ vector), kind="stable")[:10]
        found += len(np.intersect1d(nearest, vectors.nearest(vector, SHORTLIST)[0][:10]))
    rows.append(("recall at 10", f"{found / (QUESTIONS // 2 * 10):.3f}"))
    return rows


def _search(vectors: VectorIndex, words: WordIndex, question: str, vector: Vectors) -> None:
    """What `index.search` does between the encoder and the cross-encoder."""
    scores = words.scores(question)
    by_meaning, _ = vectors.nearest(vector, SHORTLIST)
    numbers = np.union1d(by_meaning, fusion.best_above_zero(scores, SHORTLIST))
    fusion.best(fusion.fuse(vectors.scores(vector, numbers), scores[numbers]), len(numbers))


def _ms(run: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of the clock, and of the processor."""
    started, used = perf_counter(), process_time()
    run()
    return 1000 * (perf_counter() - started), 1000 * (process_time() - used)


def _percentiles(times: Sequence[tuple[float, float]]) -> str:
    wall, cpu = ([time[n] for time in times] for n in (0, 1))
    return "; ".join(
        f"{np.percentile(its, 50):.1f} / {np.percentile(its, 95):.1f} ms" for its in (wall, cpu)
    )


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


# --- the search alone ---


def _searched(folder: Path, size: int) -> list[Row]:
    """Write and search the vectors and words of passages that are drawn like `_sentence`'s."""
    random = np.random.default_rng(size)
    stems = [(terms(word) or [word])[0] for word in _words()]
    numbers = {stem: number for number, stem in enumerate(dict.fromkeys(stems))}
    of_word = np.array([numbers[stem] for stem in stems], dtype=np.int32)
    drawn = of_word[np.exp(random.random((size, 14)) * np.log(len(stems))).astype(int) - 1]
    rows: list[Row] = []
    for what, write in (
        ("write the words", lambda: write_words([_counted(drawn, tuple(numbers))], folder)),
        ("write the vectors", lambda: write_vectors(_summed(drawn, list(numbers)), folder)),
    ):
        wall, cpu = _ms(write)
        rows.append((what, f"{wall / 1000:.1f} s, {cpu / 1000:.1f} s"))
    rows.append(("size of vectors, their cells, words", _sizes(folder)))
    asked = [_question(number) for number in range(QUESTIONS)]
    encoded = [_projected(question, DIMENSION) for question in asked]
    return rows + _search_rows(folder, asked, encoded)


def _counted(drawn: npt.NDArray[np.int32], stems: tuple[str, ...]) -> Occurrences:
    """The terms of passages given as rows of term numbers."""
    ordered = np.sort(drawn, axis=1)
    begins = np.ones_like(ordered, dtype=bool)
    begins[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    places = np.flatnonzero(begins)
    counts = np.diff(np.append(places, ordered.size))
    rows = np.column_stack([places // ordered.shape[1], ordered.ravel()[places], counts])
    return Occurrences(stems, rows.astype(np.int32), len(drawn))


def _summed(drawn: npt.NDArray[np.int32], stems: Sequence[str]) -> Vectors:
    """The passages' vectors as a build makes them: of each alone, and of it with its neighbours."""
    directions = np.stack([_direction(stem, DIMENSION) for stem in stems])
    summed = np.zeros((len(drawn), DIMENSION), dtype=np.float32)
    for word in drawn.T:
        summed += directions[word]
    windows = summed + np.roll(summed, 1, axis=0) + np.roll(summed, -1, axis=0)
    alone, together = (_units(vectors + _direction("", DIMENSION)) for vectors in (summed, windows))
    return SENTENCE_WEIGHT * alone + (1 - SENTENCE_WEIGHT) * together


def _units(vectors: Vectors) -> Vectors:
    units: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return units


def _sizes(folder: Path) -> str:
    cells = folder / CELLS
    sizes = (folder / FILE).stat().st_size, cells.stat().st_size if cells.exists() else 0
    return ", ".join(f"{size / 1e6:,.0f} MB" for size in (*sizes, _bytes(folder / FOLDER)))


# --- documents ---


@lru_cache
def _words() -> tuple[str, ...]:
    """Made-up words, after the real ones that the subjects are."""
    random = np.random.default_rng(1)
    made = {"".join(random.choice(SYLLABLES, random.integers(2, 5))) for _ in range(2 * WORDS)}
    return (*SUBJECTS, *sorted(made)[:WORDS])


def _write(path: Path, number: int) -> None:
    """A document of about `PASSAGES_A_DOCUMENT` sentences and list items on a few subjects."""
    random = np.random.default_rng(number)
    title = " ".join(_drawn(random, 3)).capitalize()
    lines = [f"---\ntitle: {title}\npublished: 2026-01-0{1 + number % 9}\n---\n\n# {title}\n"]
    subjects = random.choice(SUBJECTS, 3).tolist()
    left = PASSAGES_A_DOCUMENT
    while left > 0:
        lines.append(f"\n## {' '.join(_drawn(random, 3)).capitalize()}\n")
        count = int(random.integers(4, 9))
        sentences = [_sentence(random, subjects) for _ in range(count)]
        is_list = random.random() < 0.3
        lines.append("\n".join(f"- {s}" for s in sentences) if is_list else " ".join(sentences))
        left -= count
    if random.random() < 0.1:
        low = int(random.integers(40, 160)) * 1000
        role = random.choice(ROLES)
        lines.append(f"\n\nThe median salary of a {role} is ${low:,} a year.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _sentence(random: np.random.Generator, subjects: Sequence[str]) -> str:
    words = [*_drawn(random, int(random.integers(6, 16))), random.choice(subjects)]
    random.shuffle(words)
    if random.random() < 0.1:
        words.insert(3, str(random.integers(2, 2000)))
    return " ".join(words).capitalize() + "."


def _drawn(random: np.random.Generator, count: int) -> list[str]:
    """Words by Zipf's law: the hundredth is a hundredth as frequent as the first."""
    words = _words()
    ranks = np.exp(random.random(count) * np.log(len(words))).astype(int) - 1
    return [words[rank] for rank in ranks]


def _question(number: int) -> str:
    random = np.random.default_rng(10_000_000 + number)
    return f"what about {' '.join(_drawn(random, 4))} and {random.choice(SUBJECTS)}?"


# --- synthetic vectors ---


def _encode(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """In place of the model: the sum of the directions of a text's words, of length one."""
    rows = np.array([_projected(text, encoder.dimension) for text in texts], dtype=np.float32)
    return rows.reshape(len(texts), encoder.dimension)


def _projected(text: str, dimension: int) -> npt.NDArray[np.float32]:
    found = sum((_direction(term, dimension) for term in terms(text)), _direction("", dimension))
    unit: npt.NDArray[np.float32] = found / np.linalg.norm(found)
    return unit


@lru_cache(maxsize=50_000)
def _direction(term: str, dimension: int) -> npt.NDArray[np.float32]:
    seed = int.from_bytes(hashlib.sha256(term.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=dimension).astype(np.float32)


if __name__ == "__main__":
    main()
