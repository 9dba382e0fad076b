"""Quotes and refusals on public questions that nothing here was trained on.

    python -m benchmarks.public --data FOLDER [--questions N]

SQuAD 2.0's development set as a library: one document an article, all 1,204 paragraphs; the
questions are those of the articles that training/ keeps for testing (and, apart, those that it
keeps for validation). A quote is right when it comes from the right article and holds an accepted
answer.

doc2dial's first turns: a library of pages of four public services, asked about the half that
training/ keeps for testing. A quote is right when it holds the marked span or lies inside it, in
whatever page the same words stand; what would be shown is judged, however unsure, because whoever
tells a situation instead of asking is mostly refused.

Career guides by others: questions of ours about the guides that training/ keeps for testing.

FOLDER is laid out as training/MODEL_CARD.md says.
"""

import argparse
import json
import random
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from unittest.mock import patch

import numpy as np

from bot import terminal
from index import evidence
from index.evaluate import auroc, evaluate
from index.search import Index
from training.data import split_doc2dial, split_squad
from training.guides import kept_questions
from training.library import built
from training.sources import Article, doc2dial, holds, squad

SEED = 20
DOC2DIAL = "doc2dial_rc_val.csv"
GUIDES = Path("guides", "test")


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back for one question."""

    answerable: bool
    confidence: float
    answered: bool
    right: tuple[bool, ...]
    """For each passage shown, whether it holds an accepted answer."""
    milliseconds: float


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=600, help="of each kind and split")
    parser.add_argument("--dump", type=Path, help="write every outcome to this JSON file")
    arguments = parser.parse_args()
    articles = squad(arguments.data / "squad" / "explore" / "v2.0" / "dev")
    split = split_squad(articles)
    with tempfile.TemporaryDirectory() as folder:
        index = _index(articles, Path(folder))
        asked = {
            name: _ask(index, chosen, arguments.questions)
            for name, chosen in (("validation", split.validation), ("test", split.test))
        }
    for name, outcomes in asked.items():
        terminal.out.print(_line(name, outcomes))
    if (arguments.data / DOC2DIAL).exists():
        with tempfile.TemporaryDirectory() as folder:
            terminal.out.print(_told(arguments.data / DOC2DIAL, Path(folder), arguments.questions))
    if (arguments.data / GUIDES).exists():
        with tempfile.TemporaryDirectory() as folder:
            terminal.out.print(_guides(arguments.data / GUIDES, Path(folder)))
    if arguments.dump:
        arguments.dump.write_text(
            json.dumps(
                {
                    name: [(o.answerable, o.confidence, o.right[:1] == (True,)) for o in outcomes]
                    for name, outcomes in asked.items()
                }
            )
        )


def _index(articles: Sequence[Article], folder: Path) -> Index:
    corpus = folder / "corpus"
    corpus.mkdir()
    for article in articles:
        body = "\n\n".join(" ".join(p.sentences) for p in article.paragraphs)
        (corpus / f"{article.name}.txt").write_text(f"{article.name}\n\n{body}\n", "utf-8")
    return built(corpus, folder / "index")


def _told(file: Path, folder: Path, count: int) -> str:
    """How often a quote is right for doc2dial's first turns."""
    articles = doc2dial(file)
    (folder / "corpus").mkdir()
    for number, article in enumerate(articles):
        parts = (f"## {p.heading}\n\n{' '.join(p.sentences)}" for p in article.paragraphs)
        page = "\n\n".join((f"# {article.name}", *parts))
        (folder / "corpus" / f"{number}.md").write_text(page, "utf-8")
    index = built(folder / "corpus", folder / "index")
    asked = [(a, q) for a in split_doc2dial(articles).test for q in a.questions if q.holding]
    random.Random(SEED).shuffle(asked)
    hits = []
    for article, question in asked[:count]:
        sentences = article.paragraphs[question.paragraph].sentences
        marked = _squeezed("".join(sentences[n] for n in question.holding))
        with patch.multiple(evidence, NEAREST_FROM=0.0, NEAREST=evidence.QUOTES):
            answer = index.ask(question.text)
        quotes = [_squeezed(q.text) for q in answer.quotes or answer.nearest]
        hits.append([marked in quote or quote in marked for quote in quotes])
    first, three = (np.mean([any(h[:best]) for h in hits]) for best in (1, 3))
    return f"doc2dial: {len(hits)} first turns; hit@1 {first:.2f}, hit@3 {three:.2f}"


def _guides(guides: Path, folder: Path) -> str:
    """How questions about the test guides are answered and refused."""
    index = built(guides, folder / "index")
    found = evaluate(kept_questions(index), index.ask)
    return (
        f"guides: {len(found.outcomes)} questions; hit@1 {found.total.hit1:.2f}, "
        f"hit@3 {found.total.hit3:.2f}, precision {found.precision:.2f}, "
        f"near refused {found.total.refused:.2f}, AUROC near {found.auroc_near:.2f}"
    )


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _ask(index: Index, articles: Sequence[Article], count: int) -> list[Asked]:
    questions = [(article, question) for article in articles for question in article.questions]
    random.Random(SEED).shuffle(questions)
    outcomes = []
    for answerable in (True, False):
        chosen = [(a, q) for a, q in questions if bool(q.holding) == answerable][:count]
        for article, question in chosen:
            answer = index.ask(question.text)
            shown = answer.quotes or answer.nearest
            right = tuple(
                quote.document.id == f"{article.name}.txt"
                and any(holds(quote.text, accepted) for accepted in question.answers)
                for quote in shown
            )
            outcomes.append(
                Asked(
                    answerable,
                    answer.confidence,
                    answer.answered,
                    right,
                    answer.timings_ms.total,
                )
            )
    return outcomes


def _line(name: str, outcomes: Sequence[Asked]) -> str:
    due = [o for o in outcomes if o.answerable]
    other = [o for o in outcomes if not o.answerable]
    separated = auroc([o.confidence for o in due], [o.confidence for o in other])
    return (
        f"{name}: {len(due)} answerable, {len(other)} adversarial; "
        f"hit@1 {np.mean([any(o.right[:1]) for o in due]):.2f}, "
        f"hit@3 {np.mean([any(o.right[:3]) for o in due]):.2f}, "
        f"AUROC {separated:.2f}, "
        f"answered {np.mean([o.answered for o in due]):.2f}, "
        f"adversarial refused {np.mean([not o.answered for o in other]):.2f}, "
        f"p50 {median(o.milliseconds for o in outcomes):.0f} ms"
    )


if __name__ == "__main__":
    main()
