"""What a model is worth: does it rank the answer first, does it know when there is none.

    python -m training.measure --sets FOLDER [--questions N]

prints one line for each set and model, the installed cross-encoder and the tuned one.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index import evaluate
from index.models.answerability import MAX_TOKENS, export_cross_encoder
from index.models.installed import cross_encoder_folder
from training.examples import Example, read

SEED = 7
FIRST = 3
"""Quotes that are shown; hit@3 looks at as many."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One question: a score for each of its candidates, and which of them (label 1) answer."""

    scores: Sequence[float]
    labels: Sequence[int]


def auroc(measured: Sequence[Measured]) -> float | None:
    """Area under the curve of the best score, answerable questions against the others."""
    return evaluate.auroc(
        [max(m.scores) for m in measured if 1 in m.labels],
        [max(m.scores) for m in measured if 1 not in m.labels],
    )


def hit_at_1(measured: Sequence[Measured]) -> float:
    """The share of questions with an answer among their candidates whose best one answers."""
    return hit_at(1, [m for m in measured if 1 in m.labels])


def hit_at(first: int, measured: Sequence[Measured]) -> float:
    """The share of questions that one of the ``first`` best candidates answers."""
    best = (np.argsort(-np.asarray(m.scores), kind="stable")[:first] for m in measured)
    hits = [any(m.labels[n] == 1 for n in of) for m, of in zip(measured, best, strict=True)]
    return sum(hits) / len(hits)


class Reader:
    """A model folder, run as it is served: one pair at a time on one thread."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options)

    def read(self, example: Example, origins: Sequence[str]) -> Measured:
        """The question's candidates of some origins, each with its logit."""
        asked = [c for c in example.candidates if c.origin in origins]
        pairs = self._tokenizer.encode_batch([(example.question, c.evidence) for c in asked])
        scores = []
        for pair in pairs:
            fields = {
                "input_ids": pair.ids,
                "attention_mask": pair.attention_mask,
                "token_type_ids": pair.type_ids,
            }
            feed = {name: np.array([field]) for name, field in fields.items()}
            scores.append(float(self._session.run(None, feed)[0][0, 0]))
        return Measured(scores, [c.label for c in asked])


def judged(reader: Reader, examples: Sequence[Example]) -> str:
    """AUROC against adversarial questions and against the article without its answer; hit@1."""
    inside = [reader.read(e, ("paragraph",)) for e in examples]
    taken_away = [reader.read(e, ("article",)) for e in examples]
    best = [max(m.scores) for m in inside if 1 in m.labels]
    without = [
        max(away.scores)
        for m, away in zip(inside, taken_away, strict=True)
        if 1 in m.labels and away.scores
    ]
    adversarial, without_it = auroc(inside), evaluate.auroc(best, without)
    return f"{_shown(adversarial)} | {_shown(without_it)} | {hit_at_1(inside):.3f} | –"


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def searched(reader: Reader, examples: Sequence[Example]) -> str:
    """hit@1 and hit@3 over the sixteen candidates that a search of the whole library gave."""
    measured = [reader.read(e, ("open",)) for e in examples]
    return f"– | – | {hit_at(1, measured):.3f} | {hit_at(FIRST, measured):.3f}"


SETS = (
    ("test.jsonl", judged),
    ("test_selqa.jsonl", judged),
    ("test_open.jsonl", searched),
    ("test_doc2dial.jsonl", searched),
)


def main() -> None:
    """Measure the installed model and the tuned one on every set."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sets", type=Path, required=True)
    arguments.add_argument("--questions", type=int, default=400, help="of each set, at most")
    given = arguments.parse_args()
    print("| set | model | AUROC adversarial | AUROC taken away | hit@1 | hit@3 | ms a pair |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        export_cross_encoder(Path(folder))
        models = {"installed": Reader(cross_encoder_folder()), "tuned": Reader(Path(folder))}
        for name, measure in SETS:
            examples = read(given.sets / name)
            random.Random(SEED).shuffle(examples)
            examples = examples[: given.questions]
            pairs = sum(len(e.candidates) for e in examples)
            for model, reader in models.items():
                begun = time.monotonic()
                numbers = measure(reader, examples)
                spent = (time.monotonic() - begun) / pairs * 1000
                print(
                    f"| {name} ({len(examples)}) | {model} | {numbers} | {spent:.1f} |", flush=True
                )


if __name__ == "__main__":
    main()
