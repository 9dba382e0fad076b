"""JSON and JSON lines: questions, each as a heading over its answer."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import html as lxml_html

from index.documents import markup
from index.documents.assemble import Part, assemble
from index.documents.document import BlockKind, Document
from index.documents.metadata import file_title
from index.documents.source import Source
from index.documents.structure import BULLET
from index.errors import UnreadableDocument

_QUESTIONS = ("question", "q", "prompt", "query", "frage", "pregunta")
_ANSWERS = ("answer", "a", "response", "reply", "answers", "acceptedanswer", "antwort", "respuesta")
_TEXTS = ("text", "body", "content", "value", "html", "markdown")
_MOST_PAIRS = 20_000
_DEEPEST = 8


def read(text: str, document_id: str) -> Document:
    """Read pairs of a question and an answer, in a list, in groups, or one a line.

    Raises:
        UnreadableDocument: it is not JSON, holds no such pair, or too many.
    """
    pairs = [pair for value in _values(text, document_id) for pair in _pairs(value, 0)]
    if not pairs:
        raise UnreadableDocument(
            "it holds no questions with their answers: name them question and answer"
        )
    if len(pairs) > _MOST_PAIRS:
        raise UnreadableDocument(
            f"it has {len(pairs):,} answers; {_MOST_PAIRS:,} at most: split it"
        )
    parts: list[Part] = []
    for question, answer in pairs:
        parts.append(Part(BlockKind.HEADING, " ".join(question.split()), 2))
        parts += _said(answer)
    return assemble(document_id, parts, Source(title=file_title(document_id)))


def _values(text: str, document_id: str) -> list[Any]:
    try:
        if not document_id.lower().endswith(".jsonl"):
            return [json.loads(text)]
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise UnreadableDocument(f"it is not JSON (line {line}): save it again") from error


def _pairs(value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _pairs(one, depth + 1)
    elif isinstance(value, dict):
        named = {re.sub(r"[\W_]", "", str(key)).lower(): inner for key, inner in value.items()}
        question = next((named[key] for key in _QUESTIONS if _text(named.get(key))), None)
        if question is None and "acceptedanswer" in named:
            question = named.get("name")
        answer = next((named[key] for key in _ANSWERS if _text(named.get(key))), None)
        if _text(question) and _text(answer):
            yield _text(question), _text(answer)
            return
        for inner in value.values():
            yield from _pairs(inner, depth + 1)


def _text(value: Any) -> str:
    """The words of a value: a text, a list of texts, or the text in an object."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return next((said for key in _TEXTS if (said := _text(value.get(key)))), "")
    return ""


def _said(answer: str) -> Iterator[Part]:
    if re.search(r"</?(?:p|ul|ol|li|br|div|b|strong|a|em)\b", answer):
        tree = lxml_html.fragment_fromstring(answer, create_parent="div")
        markup.clean(tree)
        yield from markup.read_parts(tree)
        return
    for line in answer.split("\n"):
        plain = " ".join(line.split())
        bullet = BULLET.match(plain)
        kind = BlockKind.ITEM if bullet else BlockKind.PARAGRAPH
        yield markup.part_of(kind, plain[bullet.end() if bullet else 0 :], 1)
