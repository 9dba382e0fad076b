"""Part of SQuAD 2.0's training questions, put together from what other repositories hold of it.

Its questions without an answer stand in SQuAD2-CR, pairs of a question with and one without an
answer in UnAnsQ, paragraphs in that and two more, answering sentences in another two; MODEL_CARD.md
names them all. What joins them is the ids: those of one paragraph share sixteen digits and are at
most four apart in the rest, which held for all 8,856 neighbours of known paragraphs.
"""

import csv
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from scipy.cluster.hierarchy import DisjointSet

from training.sources import Article, Asked, Paragraph, sentences_of

_SHARED, _APART = 16, 4
"""Digits that the ids of one paragraph share, and how far apart neighbours are at most."""

_SHORT = 20
"""Letters up to which a question may well be asked of several paragraphs."""

_EVERY = 4
"""Of the answerable questions of the ten complete articles every so manieth is taken: all of them
would outweigh the unanswerable ones."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the one sentence that is known of its paragraph."""

    question: str
    sentence: str
    answers: bool


@dataclass(frozen=True, slots=True)
class Rejoined:
    """Questions whose paragraph is known, and others of which a sentence is."""

    articles: list[Article]
    pairs: list[Pair]


@dataclass(slots=True)
class _Known:
    """What the repositories hold, by the questions' ids."""

    questions: dict[str, str] = field(default_factory=dict)
    answerable: set[str] = field(default_factory=set)
    paragraphs: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Title ("" where nobody tells) and text."""
    answers: dict[str, str] = field(default_factory=dict)
    sentences: dict[str, str] = field(default_factory=dict)
    """The sentence that answers."""
    twins: dict[str, str] = field(default_factory=dict)
    """A question without an answer → the one with, of which it was made."""
    development: set[str] = field(default_factory=set)


def rejoined(folder: Path, held_out: Iterable[Article]) -> Rejoined:
    """What can be put together, without any paragraph that ``held_out`` shares a sentence with.

    ``folder`` is laid out as MODEL_CARD.md says.
    """
    known = _read(folder)
    seen = {_plain(s) for a in held_out for p in a.paragraphs for s in p.sentences if len(s) > 40}
    by_paragraph: dict[tuple[str, str], list[str]] = defaultdict(list)
    pairs: list[Pair] = []
    for ids in _together(known):
        if known.development & set(ids):
            continue
        texts = {known.paragraphs[i] for i in ids if i in known.paragraphs}
        if texts:
            by_paragraph[min(texts)] += ids
        else:
            pairs += _pairs(ids, known)
    return Rejoined(
        list(_articles(by_paragraph, known, seen)),
        [pair for pair in pairs if _plain(pair.sentence) not in seen],
    )


def _read(folder: Path) -> _Known:
    known = _Known()
    for row in _table(folder / "word_att_extended.tsv")[1:]:
        known.questions[row[0]] = row[1]
    for part in ("train", "dev", "test"):
        _read_unansq(folder / "unansq", part, known)
    _read_ten(folder / "ten" / "train-v2.0.json", known)
    _read_loose(folder, known)
    return known


def _read_ten(file: Path, known: _Known) -> None:
    """Ten articles, complete."""
    for article in json.loads(file.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                number = asked["id"]
                known.questions[number] = asked["question"]
                title = article["title"].replace("_", " ")
                known.paragraphs[number] = (title, paragraph["context"])
                if not asked["is_impossible"]:
                    known.answerable.add(number)
                    known.answers[number] = asked["answers"][0]["text"]


def _read_loose(folder: Path, known: _Known) -> None:
    """Paragraphs and sentences that are told by the text of a question alone."""
    by_text = {
        _plain(known.questions[n]): n
        for n in sorted(known.answerable)
        if len(_plain(known.questions[n])) > _SHORT
    }
    for part in ("train", "valid", "test"):
        for paragraph in json.loads((folder / "flan" / f"{part}.json").read_text("utf-8")):
            for asked in paragraph["qas"]:
                number = by_text.get(_plain(asked["question"]), "")
                if number and number not in known.paragraphs:
                    known.paragraphs[number] = ("", paragraph["context"])
                    known.answers[number] = asked["answer"]
    kou = json.loads((folder / "kou" / "train.json").read_text("utf-8"))
    nqg = [(folder / "nqg" / f"{side}-test.txt").read_text("utf-8") for side in ("tgt", "src")]
    questions = [*nqg[0].splitlines(), *kou["questions"]]
    sentences = [*nqg[1].splitlines(), *kou["answers"]]
    for question, sentence in zip(questions, sentences, strict=True):
        if named := by_text.get(_plain(question)):
            known.sentences[named] = sentence.strip()


def _read_unansq(folder: Path, part: str, known: _Known) -> None:
    """Pairs of questions; the dev part with paragraphs, the test part only to be left out."""
    answerable = _table(folder / f"{part}-answerable-questions.txt")
    others = _table(folder / f"{part}-unanswerable-questions.txt")
    for (number, text, *_), (other, other_text, *_) in zip(answerable, others, strict=True):
        known.questions[number] = text
        known.questions.setdefault(other, other_text)
        known.answerable.add(number)
        known.twins[other] = number
        if part == "test":
            known.development |= {number, other}
    if part == "dev":
        contexts = _table(folder / "dev-context.txt")
        for row, other_row, (context, *_) in zip(answerable, others, contexts, strict=True):
            known.paragraphs[row[0]] = known.paragraphs[other_row[0]] = ("", context)
            words = context.split(" ")
            known.answers[row[0]] = " ".join(words[int(row[2]) : int(row[3]) + 1])


def _together(known: _Known) -> list[list[str]]:
    """The ids of each paragraph, known or not, in order."""
    numbers = sorted(known.questions, key=lambda n: (n[:_SHARED], int(n[_SHARED:], 16)))
    groups = DisjointSet(numbers)
    for one, other in pairwise(numbers):
        apart = int(other[_SHARED:], 16) - int(one[_SHARED:], 16)
        if one[:_SHARED] == other[:_SHARED] and apart <= _APART:
            groups.merge(one, other)
    for other, number in known.twins.items():
        groups.merge(other, number)
    return sorted(sorted(group) for group in groups.subsets())


def _pairs(ids: Iterable[str], known: _Known) -> Iterator[Pair]:
    """Each question with the sentence that answers it or, in vain, its twin."""
    for number in ids:
        sentence = known.sentences.get(known.twins.get(number, number))
        if sentence:
            yield Pair(_joined(known.questions[number]), sentence, number in known.answerable)


def _articles(
    by_paragraph: dict[tuple[str, str], list[str]], known: _Known, seen: set[str]
) -> Iterator[Article]:
    by_title: dict[str, list[tuple[tuple[str, ...], list[str]]]] = defaultdict(list)
    for (title, text), ids in by_paragraph.items():
        sentences = _sentences(text)
        if not any(_plain(s) in seen for s in sentences):
            by_title[title].append((sentences, ids))
    for title, parts in by_title.items():
        questions = [
            asked
            for number, (sentences, ids) in enumerate(parts)
            for asked in _asked(ids, number, sentences, known, _EVERY if title else 1)
        ]
        paragraphs = tuple(Paragraph(title, sentences) for sentences, _ in parts)
        yield Article(title or "SQuAD", paragraphs, tuple(questions))


def _asked(
    ids: Iterable[str], paragraph: int, sentences: tuple[str, ...], known: _Known, every: int
) -> Iterator[Asked]:
    """The questions of a paragraph: all that it does not answer, of the others each ``every``-th.

    Those whose answer stands in no sentence are left out.
    """
    for place, number in enumerate(ids):
        text, answer = _joined(known.questions[number]), known.answers.get(number)
        if number not in known.answerable:
            yield Asked(text, paragraph, (), ())
        elif answer and place % every == 0:
            holding = [n for n, s in enumerate(sentences) if answer.casefold() in s.casefold()]
            if holding:
                yield Asked(text, paragraph, tuple(holding), (answer,))


def _sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph; UnAnsQ's are in small letters, with spaces around all marks."""
    if " . " not in text and not text.endswith(" ."):
        return sentences_of(text)
    return tuple(part.strip() for part in re.split(r"(?<=\w\w [.?!]) (?![\"')])", text))


def _joined(question: str) -> str:
    """A question without the spaces that a tokenizer put before its marks."""
    return re.sub(r"\s+([?.,'])", r"\1", question)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", folded)


def _table(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
