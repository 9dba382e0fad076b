"""Fit the confidence of index.evidence on questions of our own over the starter library.

    python -m training.calibrate --index FOLDER

FOLDER holds a built index of corpus/. The questions, calibration.jsonl beside this file, were
written for this and are used for nothing else: neither the evaluation nor the golden questions are
among them. Prints the two constants, and what they make of these questions in five folds.
"""

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import evidence
from index.evaluate import auroc, evaluate, read_questions
from index.search import Index

QUESTIONS = Path(__file__).with_name("calibration.jsonl")

_WEIGHTS = {"paraphrase": 0.5}
"""The questions in quite other words than the text are a third here, and fewer among people's."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question: how far its best passage lay above the library's level, and what came of it."""

    above: float
    right: bool
    """Gold is among the passages that were shown or would be."""
    answerable: bool
    weight: float


def main() -> None:
    """Ask, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, required=True)
    evidence.NEAREST_FROM = 0.0  # what would be shown is judged, however unsure
    judged = ask(Index.open(parser.parse_args().index))
    steepness, even = fit(judged)
    print(f"_EVEN, _STEEPNESS = {even:.2f}, {steepness:.2f}")
    folds = [
        probability(fit([j for n, j in enumerate(judged) if n % 5 != fold]), one)
        for fold in range(5)
        for one in judged[fold::5]
    ]
    ordered = [one for fold in range(5) for one in judged[fold::5]]
    brier = np.mean([(p - one.right) ** 2 for p, one in zip(folds, ordered, strict=True)])
    print(f"Brier score, five folds: {brier:.3f}")
    separated = auroc(
        [j.above for j in judged if j.answerable], [j.above for j in judged if not j.answerable]
    )
    print(f"AUROC answerable against not: {separated:.3f}, {len(judged)} questions")


def ask(index: Index) -> list[Judged]:
    """Ask every question."""
    return [
        Judged(
            above=above_level(outcome.answer.confidence),
            right=any(outcome.hits),
            answerable=outcome.question.expect == "answer",
            weight=_WEIGHTS.get(outcome.question.kind, 1.0),
        )
        for outcome in evaluate(read_questions(QUESTIONS), index.ask).outcomes
    ]


def above_level(confidence: float) -> float:
    """What a confidence was made of: the inverse of its logistic in index.evidence."""
    inside = min(max(confidence, 1e-9), 1 - 1e-9)
    return math.log(inside / (1 - inside)) / evidence.STEEPNESS + evidence.EVEN


def fit(judged: Sequence[Judged]) -> tuple[float, float]:
    """Steepness and even point of the logistic, by Newton's method."""
    x = np.array([j.above for j in judged])
    y = np.array([j.right for j in judged], dtype=np.float64)
    w = np.array([j.weight for j in judged])
    columns = np.stack([x, np.ones_like(x)])
    beta: npt.NDArray[np.float64] = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-beta @ columns))
        gradient = columns @ (w * (p - y)) + 1e-3 * beta
        curvature = (columns * (w * p * (1 - p))) @ columns.T + 1e-3 * np.eye(2)
        beta = beta - np.linalg.solve(curvature, gradient)
    return float(beta[0]), float(-beta[1] / beta[0])


def probability(fitted: tuple[float, float], one: Judged) -> float:
    """The confidence that a fit gives a question."""
    steepness, even = fitted
    return 1 / (1 + math.exp(-steepness * (one.above - even)))


if __name__ == "__main__":
    main()
