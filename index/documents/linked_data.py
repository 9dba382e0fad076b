"""What a page states for programs, as JSON-LD: who wrote it, and postings, questions and articles.

A page may show nothing else to a reader without scripts. Words are taken as they stand; the names
of facts are those of the vocabulary ("baseSalary" is written "base salary").
"""

import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import html as lxml_html

from index.documents import markup, metadata
from index.documents.assemble import Part, table_parts
from index.documents.document import BlockKind
from index.documents.structure import BULLET

_MOST_THINGS = 2_000
_FACTS = {
    "title": "title",
    "hiringOrganization": "hiring organization",
    "jobLocation": "job location",
    "employmentType": "employment type",
    "baseSalary": "base salary",
    "estimatedSalary": "estimated salary",
}
_PLACE = ("streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry")
_ARTICLES = {"Article", "NewsArticle", "BlogPosting", "Report", "TechArticle", "WebPage"}


def things(tree: Any) -> list[dict[str, Any]]:
    """All that the scripts of a page state, graphs and lists flattened; what is broken is not."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        text = re.sub(r"^\s*(?:<!--|/\*.*?\*/|//.*\n)|-->\s*$", "", script.text or "")
        try:
            stated = json.loads(text, strict=False)
        except ValueError:
            continue
        found += _flat(stated, 0)
    return found[:_MOST_THINGS]


def _flat(stated: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(stated, list):
        for one in stated:
            yield from _flat(one, depth + 1)
    elif isinstance(stated, dict):
        yield stated
        for key in ("@graph", "mainEntity", "itemListElement", "item", "hasPart"):
            if key in stated:
                yield from _flat(stated[key], depth + 1)


def about(stated: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Author, publisher and dates as they are stated of an article or a posting."""
    for thing in stated:
        if "datePublished" in thing or "headline" in thing or "datePosted" in thing:
            found = {
                "author": _name(thing.get("author")),
                "publisher": _name(thing.get("publisher") or thing.get("hiringOrganization")),
                "published": metadata.iso_date(
                    thing.get("datePublished") or thing.get("datePosted")
                ),
                "updated": metadata.iso_date(thing.get("dateModified")),
            }
            return {key: value for key, value in found.items() if value}
    return {}


def read_parts(stated: Sequence[dict[str, Any]], shown: str) -> Iterator[Part]:
    """What is stated and does not stand on the page, whose text is ``shown``."""
    seen = squeezed(shown)
    for thing in stated:
        kinds = _kinds(thing)
        if "JobPosting" in kinds:
            yield from _posting(thing, seen)
        elif "Question" in kinds:
            answers = thing.get("acceptedAnswer") or thing.get("suggestedAnswer")
            for answer in answers if isinstance(answers, list) else [answers]:
                said = answer.get("text") if isinstance(answer, dict) else answer
                yield from _said(_name(thing), said, seen)
        elif kinds & _ARTICLES and thing.get("articleBody"):
            yield from _said(_words(thing.get("headline")), thing["articleBody"], seen)
        elif not seen and isinstance(thing.get("description"), str):
            yield from _said(
                _words(thing.get("headline")) or _name(thing), thing["description"], seen
            )


def squeezed(text: str) -> str:
    """A text without white space and case, in which another is looked for."""
    return re.sub(r"\s+", "", text).casefold()


def _kinds(thing: dict[str, Any]) -> set[str]:
    kinds = thing.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return {str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in listed}


def _posting(thing: dict[str, Any], seen: str) -> Iterator[Part]:
    """A posting's facts as a row under their names, then its description."""
    facts = {name: said for key, name in _FACTS.items() if (said := _fact(key, thing.get(key)))}
    title = facts.get("title")
    pay = facts.get("base salary") or facts.get("estimated salary") or ""
    told = all(amount in seen for amount in re.findall(r"\d+", re.sub(r"\D0\b", "", pay)))
    described = list(_said(None, thing.get("description"), seen))
    if title and (described or not told or squeezed(title) not in seen):
        if squeezed(title) not in seen or described:
            yield Part(BlockKind.HEADING, title, 2)
        if len(facts) > 1:
            yield from table_parts([list(facts), list(facts.values())], 1)
    yield from described


def _fact(key: str, value: Any) -> str | None:
    if key in {"baseSalary", "estimatedSalary"}:
        return " or ".join(
            filter(None, map(_salary, value if isinstance(value, list) else [value]))
        )
    if key == "jobLocation":
        places = value if isinstance(value, list) else [value]
        return "; ".join(dict.fromkeys(filter(None, map(_place, places)))) or None
    if key == "hiringOrganization":
        return _name(value)
    return ", ".join(filter(None, map(_words, value))) if isinstance(value, list) else _words(value)


def _salary(stated: Any) -> str | None:
    """A salary as "USD 54000–63000 / YEAR"."""
    if not isinstance(stated, dict):
        return _words(stated)
    value = stated.get("value")
    inner = value if isinstance(value, dict) else stated
    amounts = [inner.get("minValue"), inner.get("maxValue")]
    if all(amount in {None, ""} for amount in amounts if not isinstance(amount, dict | list)):
        amounts = [inner.get("value"), None]
    said = "–".join(dict.fromkeys(filter(None, map(_words, amounts))))
    if not said:
        return None
    currency = _words(stated.get("currency") or inner.get("currency"))
    unit = _words(inner.get("unitText") or stated.get("unitText") or stated.get("duration"))
    return f"{currency + ' ' if currency else ''}{said}{' / ' + unit if unit else ''}"


def _place(stated: Any) -> str | None:
    if not isinstance(stated, dict):
        return _words(stated)
    address = stated.get("address", stated)
    if not isinstance(address, dict):
        return _words(address)
    parts = (address.get(key) for key in _PLACE)
    named = (_name(part) for part in parts)
    return ", ".join(filter(None, named)) or _words(stated.get("name"))


def _said(heading: str | None, said: Any, seen: str) -> Iterator[Part]:
    """A text, with or without markup, under its heading, unless it has been seen."""
    if not isinstance(said, str) or not said.strip():
        return
    if re.search(r"&lt;/?[a-z]", said):
        said = html.unescape(said)
    parts = _marked_up(said) if re.search(r"<[a-zA-Z/]", said) else _plain(said)
    shown = [part for part in parts if part.text]
    if not shown or squeezed(max((part.text for part in shown), key=len))[:200] in seen:
        return
    if heading:
        yield Part(BlockKind.HEADING, heading, 2)
    yield from shown


def _marked_up(said: str) -> list[Part]:
    tree = lxml_html.fragment_fromstring(said, create_parent="div")
    markup.clean(tree)
    return list(markup.read_parts(tree))


def _plain(said: str) -> list[Part]:
    parts = []
    for line in html.unescape(said).split("\n"):
        words = " ".join(line.split())
        bullet = BULLET.match(words)
        kind = BlockKind.ITEM if bullet else BlockKind.PARAGRAPH
        parts.append(markup.part_of(kind, words[bullet.end() if bullet else 0 :], 1))
    return parts


def _name(thing: Any) -> str | None:
    """The name of a person or organisation, the first of several."""
    first = thing[0] if isinstance(thing, list) and thing else thing
    return _words(first.get("name") if isinstance(first, dict) else first)


def _words(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(html.unescape(str(value)).split()) or None
