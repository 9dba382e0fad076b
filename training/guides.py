"""Questions of ours about career guides that others wrote under free licences.

The guides are not in this repository (MODEL_CARD.md names them): a passage is told by its document
and the hash of its words. ``answers`` are all passages that answer by themselves, ``nearly`` close
ones that do not, ``unclear`` those that a fair judge might take either way. A part was written with
only its own documents at hand, so nothing is known of what other parts' passages answer.
"""

import hashlib
import json
import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from index.documents.document import Document
from index.evaluate import Gold, Question
from index.evidence import reading_text
from index.passages import Passage
from index.search import Index
from training.examples import Candidate, Example, colloquial

TRAIN = Path(__file__).with_name("guides_train.jsonl")
TEST = Path(__file__).with_name("guides_test.jsonl")

_ANSWERS, _NEARLY, _BEST = 2, 3, 2
"""Candidates that a question gets, at most: answers, close ones, the search's best beside them."""

_KINDS = {"plain": "fact", "situation": "advice", "unanswerable": "unanswerable_near"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and where it is answered, nearly answered, and perhaps answered."""

    part: str
    kind: str
    question: str
    answers: tuple[str, ...]
    nearly: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


def read_labelled(file: Path) -> list[Labelled]:
    """The questions of a file."""
    with file.open(encoding="utf-8") as lines:
        return [
            Labelled(
                part=record["part"],
                kind=record["kind"],
                question=record["question"],
                answers=tuple(record["answers"]),
                nearly=tuple(record.get("nearly", ())),
                unclear=tuple(record.get("unclear", ())),
            )
            for record in map(json.loads, lines)
        ]


def training_examples(index: Index, rng: random.Random) -> list[Example]:
    """Every question twice, as it is read and as it may be typed, each with other negatives."""
    passages = _passages(index)
    asked = read_labelled(TRAIN)
    documents: dict[str, set[str]] = defaultdict(set)
    for one in asked:
        documents[one.part] |= {_document(key) for key in (*one.answers, *one.nearly)}
    return [
        example
        for one in asked
        for example in _examples(one, documents[one.part], index, passages, rng)
    ]


def _examples(
    asked: Labelled,
    documents: set[str],
    index: Index,
    passages: dict[str, tuple[Document, Passage]],
    rng: random.Random,
) -> list[Example]:
    answers = [key for key in asked.answers if key in passages]
    nearly = [key for key in asked.nearly if key in passages]
    if asked.answers and not answers:
        return []
    judged = {*asked.answers, *asked.nearly, *asked.unclear}
    others = [
        key
        for candidate in index.candidates(asked.question)
        if candidate.passage.quotable and candidate.document.id in documents
        for key in (_key(candidate.document, candidate.passage),)
        if key not in judged
    ]
    examples = []
    for turn, question in enumerate(
        (index.read(asked.question).words, colloquial(asked.question, rng))
    ):
        chosen = [
            *((key, 1, "paragraph") for key in rng.sample(answers, min(_ANSWERS, len(answers)))),
            *((key, 0, "paragraph") for key in rng.sample(nearly, min(_NEARLY, len(nearly)))),
            *((key, 0, "article") for key in others[turn * _BEST : (turn + 1) * _BEST]),
        ]
        candidates = tuple(
            Candidate(reading_text(*passages[key]), label, origin) for key, label, origin in chosen
        )
        examples.append(Example("guides", question, bool(answers), candidates))
    return examples


def kept_questions(index: Index) -> list[Question]:
    """The questions kept for measuring, to be asked of the test guides.

    A quote that a fair judge might accept counts as right; a question without an answer that has
    such a passage is left out.
    """
    passages = _passages(index)
    questions = []
    for number, one in enumerate(read_labelled(TEST)):
        if one.unclear and not one.answers:
            continue
        accepted = [key for key in (*one.answers, *one.unclear) if key in passages]
        gold = tuple(
            Gold(document.id.rsplit("/", 1)[-1], document.cut(passage.span))
            for document, passage in map(passages.__getitem__, accepted)
        )
        kind = _KINDS.get(one.kind, one.kind)
        questions.append(
            Question(
                id=f"g{number}",
                question=one.question,
                kind=kind,
                expect="answer" if gold else "none",
                gold=gold,
                must=(),
                must_not=(),
                after=None,
            )
        )
    return questions


def _passages(index: Index) -> dict[str, tuple[Document, Passage]]:
    """The passages by their keys; of two alike in a document, the first one."""
    found: dict[str, tuple[Document, Passage]] = {}
    for number in range(len(index.passages)):
        document = index.documents.at(index.passages.document(number))
        passage = index.passages[number]
        found.setdefault(_key(document, passage), (document, passage))
    return found


def _key(document: Document, passage: Passage) -> str:
    words = " ".join(document.cut(passage.span).split())
    return f"{document.id}#{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def _document(key: str) -> str:
    return key.rpartition("#")[0]
