"""Encoding, the slowest part of a build, against sentence-transformers as it comes.

    python -m benchmarks.build_speed [--corpus DIR]

Encodes what a build encodes, each passage and each window around one, with the same weights: by
careerbot's own encoder, and by ``SentenceTransformer.encode`` with its defaults (torch, batches of
32). Each in a process of its own, in turn, so that neither has the other's threads beside it; the
model is loaded and has encoded a few texts before the clock starts. OpenMP waits without spinning,
which beside other work would be counted as torch's CPU time. Prints the median of the rounds, and
how far the vectors are apart.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import numpy.typing as npt

from benchmarks.processes import alone

ROOT = Path(__file__).parent.parent
ROUNDS = 3
WARM_UP = 8

Vectors = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What encoding took."""

    seconds: float
    cpu_seconds: float
    """Of all threads together."""
    vectors: Vectors


def main() -> None:
    """Build for the texts and the exported model, encode both ways, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder)
        texts = alone(_texts, arguments.corpus, index)
        rounds = [(alone(_careerbot, index, texts), alone(_torch, texts)) for _ in range(ROUNDS)]
    ours, torch = zip(*rounds, strict=True)
    cosines = np.sum(ours[0].vectors * torch[0].vectors, axis=1)
    print(f"{len(texts):,} texts, {sum(map(len, texts)) / len(texts):.0f} characters on average\n")
    print("| | wall | CPU |\n| --- | ---: | ---: |")
    for name, runs in (("careerbot", ours), ("sentence-transformers, torch", torch)):
        print(f"| {name} | {_wall(runs):.1f} s | {_cpu(runs):.1f} s |")
    print(f"| times as fast | {_wall(torch) / _wall(ours):.1f} | {_cpu(torch) / _cpu(ours):.1f} |")
    print(f"\nLowest cosine between the two vectors of a text: {cosines.min():.6f}")


def _texts(corpus: Path, index: Path) -> list[str]:
    from training.library import built

    opened = built(corpus, index)
    documents = list(opened.documents.values())
    cut = [
        (documents[opened.passages.document(number)], opened.passages[number])
        for number in range(len(opened.passages))
    ]
    return [document.cut(span) for document, p in cut for span in (p.span, p.window)]


def _careerbot(index: Path, texts: Sequence[str]) -> Encoded:
    from index import versions
    from index.models.runtime import Encoder

    version = versions.read_version(index, versions.current_name(index))
    return _time(Encoder(index / "models" / version.manifest.encoder).encode, texts)


def _torch(texts: Sequence[str]) -> Encoded:
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"  # read when torch is imported
    from sentence_transformers import SentenceTransformer

    from index.models.installed import encoder_folder

    model = SentenceTransformer(str(encoder_folder()), device="cpu")
    return _time(lambda given: model.encode(list(given), show_progress_bar=False), texts)


def _time(encode: Encode, texts: Sequence[str]) -> Encoded:
    encode(texts[:WARM_UP])
    started, cpu_started = perf_counter(), process_time()
    vectors = encode(texts)
    return Encoded(perf_counter() - started, process_time() - cpu_started, vectors)


def _wall(runs: Sequence[Encoded]) -> float:
    return statistics.median(run.seconds for run in runs)


def _cpu(runs: Sequence[Encoded]) -> float:
    return statistics.median(run.cpu_seconds for run in runs)


if __name__ == "__main__":
    main()
