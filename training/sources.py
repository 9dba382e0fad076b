"""The public question sets, read into one shape: articles of paragraphs of sentences.

Every reader takes the folder or file its publisher offers; MODEL_CARD.md says where that is.
"""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sentencex
from lxml import html


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of an article whose sentences are each other's surroundings."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one paragraph of an article.

    ``holding`` are the numbers of the sentences that hold the answer; empty: none does.
    ``answers`` are the accepted answers: another sentence that holds one is no safe negative.
    """

    text: str
    paragraph: int
    holding: tuple[int, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """Paragraphs and the questions about them."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    questions: tuple[Asked, ...]


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text, without the space between them."""
    return tuple(s.strip() for s in sentencex.segment("en", text) if s.strip())


def holds(sentence: str, answer: str) -> bool:
    """Whether an answer stands in a sentence as whole words, in any case."""
    return (
        re.search(rf"(?<!\w){re.escape(answer.casefold())}(?!\w)", sentence.casefold()) is not None
    )


def squad(pages: Path) -> list[Article]:
    """The articles of a folder of SQuAD explorer pages, by name."""
    made = [_squad_article(page) for page in sorted(pages.glob("*.html")) if page.stem != "index"]
    return [article for article in made if article.questions]


def _squad_article(page: Path) -> Article:
    tree = html.fromstring(page.read_bytes())
    name = page.stem.replace("_", " ")
    paragraphs: list[Paragraph] = []
    questions: list[Asked] = []
    for number, part in enumerate(tree.xpath('//div[@class="para-wrap"]')):
        sentences = sentences_of(part.xpath(".//pre")[0].text_content())
        paragraphs.append(Paragraph(name, sentences))
        for asked in part.xpath('.//div[@class="qa-wrap"]'):
            text = asked.xpath('.//strong[@class="question"]')[0].text_content().strip()
            given = [a.text_content().strip() for a in asked.xpath('.//span[@class="answer"]')]
            if not given:
                questions.append(Asked(text, number, (), ()))
                continue
            usual = Counter(given).most_common(1)[0][0]
            holding = tuple(i for i, s in enumerate(sentences) if holds(s, usual))
            if holding:  # not when the answer runs over two sentences
                questions.append(Asked(text, number, holding, tuple(dict.fromkeys(given))))
    return Article(name, tuple(paragraphs), tuple(questions))


def selqa(files: Path) -> list[Article]:
    """The articles of SelQA's files for answer sentence selection, by name."""
    records = [r for f in sorted(files.glob("*.json")) for r in json.loads(f.read_text("utf-8"))]
    by_article: dict[str, list[dict[str, object]]] = {}
    for record in records:
        by_article.setdefault(str(record["article"]), []).append(record)
    return [_selqa_article(name, of) for name, of in sorted(by_article.items())]


def _selqa_article(name: str, records: list[dict[str, object]]) -> Article:
    numbers: dict[Paragraph, int] = {}
    questions = []
    for record in records:
        section, candidates = str(record["section"]), record["candidates"]
        assert isinstance(candidates, list)
        assert isinstance(record["answers"], list)
        heading = name if section in {"", name, "Abstract"} else f"{name}: {section}"
        paragraph = Paragraph(heading, tuple(candidates))
        number = numbers.setdefault(paragraph, len(numbers))
        questions.append(Asked(str(record["question"]), number, tuple(record["answers"]), ()))
    return Article(name, tuple(numbers), tuple(questions))


def doc2dial(file: Path) -> list[Article]:
    """The documents of doc2dial's reading comprehension file, with the dialogues' first turns."""
    csv.field_size_limit(sys.maxsize)
    by_title: dict[str, list[dict[str, str]]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if "agent:" not in row["question"]:
                by_title.setdefault(row["title"], []).append(row)
    return [_doc2dial_article(title, rows) for title, rows in sorted(by_title.items())]


def _doc2dial_article(title: str, rows: list[dict[str, str]]) -> Article:
    name = title.partition("#")[0]
    paragraphs = tuple(_headed(name, rows[0]["context"]))
    questions = []
    for row in rows:
        text = row["question"].removeprefix("user:").strip()
        # The annotated span ends in odd spaces, and may hold several sentences or part of one.
        found = re.search(r"'text': \[(['\"])(.*?)\1\], 'answer_start'", row["answers"], re.DOTALL)
        answer = _squeezed(found[2].replace("\\n", " ") if found else "")
        for number, paragraph in enumerate(paragraphs):
            squeezed = [_squeezed(s) for s in paragraph.sentences]
            holding = tuple(i for i, s in enumerate(squeezed) if s in answer or answer in s)
            if answer and holding:
                questions.append(Asked(text, number, holding, ()))
                break
    return Article(name, paragraphs, tuple(questions))


def _headed(name: str, text: str) -> Iterator[Paragraph]:
    """Blocks between empty lines; a first line that ends like no sentence is their heading."""
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.strip().split("\n") if line.strip()]
        headed = len(lines) > 1 and lines[0][-1] not in ".:;,"
        body = lines[1:] if headed else lines
        sentences = tuple(s for line in body for s in sentences_of(line))
        if sentences:
            yield Paragraph(lines[0] if headed else name, sentences)


def _squeezed(text: str) -> str:
    return "".join(text.split())
