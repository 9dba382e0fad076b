"""Is the confidence honest? Reliability and risk against coverage.

    python -m benchmarks.calibration QUESTIONS.jsonl --index FOLDER [--plot FILE.png]

Reliability: of the questions given a confidence of about x, how many were shown a right passage?
Risk and coverage: if only the surest share of questions were answered, how many of those answers
would hold no right quote? A question that nothing answers counts as a wrong one when answered.
The dots of the plot are the bins, the cross is where the bot stands today.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from rich.table import Table

from bot import terminal
from index import evidence
from index.evaluate import evaluate, read_questions
from index.search import Index

_EDGES = (0.0, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
_COVERAGES = (0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Given:
    """What a question was given."""

    confidence: float
    right: bool
    """Gold among the first three passages, shown as an answer or as near."""
    answered: bool


def main() -> None:
    """Ask, print both tables, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--plot", type=Path)
    arguments = parser.parse_args()
    evidence.NEAREST_FROM = 0.0  # what would be shown is judged, however unsure
    index = Index.open(arguments.index)
    given = [
        Given(o.answer.confidence, any(o.hits[:3]), o.answer.answered)
        for o in evaluate(read_questions(arguments.questions), index.ask).outcomes
    ]
    terminal.out.print(reliability(given))
    terminal.out.print(risk(given))
    if arguments.plot:
        _draw(given, arguments.plot)


def bins(given: Sequence[Given]) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and count of each bin of confidence that is not empty."""
    found = []
    for low, high in pairwise(_EDGES):
        inside = [g for g in given if low <= g.confidence < high or g.confidence == high == 1]
        if inside:
            confidence = float(np.mean([g.confidence for g in inside]))
            found.append((confidence, float(np.mean([g.right for g in inside])), len(inside)))
    return found


def curve(given: Sequence[Given]) -> list[tuple[float, float]]:
    """Coverage and risk as the surest question, the two surest, … are answered."""
    ordered = sorted(given, key=lambda g: -g.confidence)
    wrong = np.cumsum([not g.right for g in ordered])
    return [((n + 1) / len(ordered), float(w) / (n + 1)) for n, w in enumerate(wrong)]


def reliability(given: Sequence[Given]) -> Table:
    """The bins as a table, and the expected calibration error (Naeini et al., 2015)."""
    error = sum(n * abs(c - right) for c, right, n in bins(given)) / len(given)
    table = Table(title=f"Reliability, {len(given)} questions; expected error {error:.2f}")
    for name in ("confidence", "right", "questions"):
        table.add_column(name, justify="right")
    for confidence, right, count in bins(given):
        table.add_row(f"{confidence:.2f}", f"{right:.2f}", str(count))
    return table


def risk(given: Sequence[Given]) -> Table:
    """Risk at some coverages, and where the bot stands."""
    table = Table(title="Answers without a right quote, if the surest share were answered")
    for name in ("answered", "of them wrong"):
        table.add_column(name, justify="right")
    points = curve(given)
    for coverage in _COVERAGES:
        share, wrong = points[max(0, round(coverage * len(points)) - 1)]
        table.add_row(f"{share:.2f}", f"{wrong:.2f}")
    answered = [g for g in given if g.answered]
    if answered:
        now = float(np.mean([not g.right for g in answered]))
        table.add_row(f"{len(answered) / len(given):.2f} (today)", f"{now:.2f}")
    return table


def _draw(given: Sequence[Given], file: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.plot([0, 1], [0, 1], color="0.8")
    left.plot([c for c, _, _ in bins(given)], [r for _, r, _ in bins(given)], "o-")
    left.set(xlabel="confidence", ylabel="share with a right passage", title="Reliability")
    right.plot([c for c, _ in curve(given)], [r for _, r in curve(given)])
    answered = [g for g in given if g.answered]
    if answered:
        wrong = float(np.mean([not g.right for g in answered]))
        right.plot([len(answered) / len(given)], [wrong], "x", color="black")
    right.set(
        xlabel="share answered", ylabel="of them wrong", title="Risk and coverage", ylim=(0, 1)
    )
    figure.savefig(file, dpi=120)


if __name__ == "__main__":
    main()
