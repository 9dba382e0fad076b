"""Questions with candidate sentences: what training and measuring read, as JSON lines."""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence in its surroundings; ``label`` 1 answers, 0 does not, -1 nobody knows.

    ``origin``: paragraph (of the question), article (another paragraph of it), far (another
    article).
    """

    evidence: str
    label: int
    origin: str


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its candidates, hardest first within each origin."""

    source: str
    question: str
    answerable: bool
    candidates: tuple[Candidate, ...]


def colloquial(question: str, rng: random.Random) -> str:
    """Some questions as people type them: no question mark, no apostrophe."""
    return question.rstrip("?").replace("'", "") if rng.random() < 0.3 else question


def write(examples: Sequence[Example], path: Path) -> None:
    """One example a line, as JSON."""
    lines = (json.dumps(asdict(e), ensure_ascii=False) for e in examples)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    pairs = sum(len(e.candidates) for e in examples)
    print(f"{path.name}: {len(examples)} questions, {pairs} pairs", flush=True)


def read(path: Path) -> list[Example]:
    """The examples of a file that ``write`` made."""
    with path.open(encoding="utf-8") as lines:
        return [
            Example(**{**record, "candidates": tuple(Candidate(**c) for c in record["candidates"])})
            for record in map(json.loads, lines)
        ]
