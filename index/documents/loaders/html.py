"""HTML: the main content and its metadata, by trafilatura."""

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import trafilatura
from lxml import html as lxml_html

from index.documents import boilerplate, metadata
from index.documents.assemble import (
    CELL,
    Part,
    assemble,
    first_heading,
    heading_over_all,
    is_header,
)
from index.documents.document import BlockKind, Document
from index.documents.source import Source
from index.errors import UnreadableDocument

_APART = frozenset({"p", "lb", "list", "item", "head", "quote", "row", "cell"})
"""Elements whose words are not those of the word before them."""
_MOST_ABOVE = 8
"""So many short lines under the first heading may hold the byline and the date."""

_DATE_META = {
    "date": "published",
    "dc.date": "published",
    "pubdate": "published",
    "datepublished": "published",
    "article:published_time": "published",
    "article:modified_time": "updated",
    "last-modified": "updated",
    "datemodified": "updated",
}


def read(markup: str, document_id: str) -> Document:
    """Read the main content of a page as a document.

    Raises:
        UnreadableDocument: the page has no main content.
    """
    # The declaration of an encoding is about the bytes; lxml refuses it in decoded text.
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup)
    # HTML may leave out <html> and <body>; trafilatura then finds nothing.
    extracted = _extracted(markup) or _extracted(f"<html><body>{markup}</body></html>")
    if not extracted:
        raise UnreadableDocument("it has no main content")
    main = ET.fromstring(extracted).find("main")  # noqa: S314 - trafilatura's own output
    parts = list(_parts(main)) if main is not None else []
    return assemble(document_id, parts, _source(markup, parts, document_id))


def _extracted(markup: str) -> str | None:
    """The main content as trafilatura's XML, if it finds any."""
    found: str | None = trafilatura.extract(
        markup,
        output_format="xml",
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        favor_recall=True,
    )
    return found


def _parts(parent: ET.Element) -> Iterator[Part]:
    for element in parent:
        match element.tag:
            case "head":
                yield Part(BlockKind.HEADING, _words(element), _level(element))
            case "list":
                yield from _items(element, 1)
            case "table":
                yield from _rows(element)
            case "code":
                yield Part(BlockKind.BOILERPLATE, _words(element))
            case _:
                text = _words(element)
                yield Part(BlockKind.BOILERPLATE if _is_hidden(text) else BlockKind.PARAGRAPH, text)


def _items(listed: ET.Element, depth: int) -> Iterator[Part]:
    """Each item in its own words, then those of the lists in it."""
    for item in listed.findall("item"):
        own = _words(item)
        if item.get("rend", "").startswith("dt"):
            yield Part(BlockKind.BOILERPLATE, own, is_header=True)  # what the next item defines
        elif own:
            yield Part(BlockKind.BOILERPLATE if _is_hidden(own) else BlockKind.ITEM, own, depth)
        for nested in item.findall("list"):
            yield from _items(nested, depth + 1)


def _rows(table: ET.Element) -> Iterator[Part]:
    rows = [row.findall("cell") for row in table.iter("row")]
    words = [[_words(cell) for cell in row] for row in rows]
    if not words:
        return
    marked = len(rows) > 1 and all(cell.get("role") == "head" for cell in rows[0])
    for number, row in enumerate(words):
        names_columns = number == 0 and (marked or is_header(words))
        kind = BlockKind.BOILERPLATE if names_columns else BlockKind.ROW
        yield Part(kind, CELL.join(row), is_header=names_columns)


def _is_hidden(text: str) -> bool:
    return boilerplate.is_boilerplate(text) or metadata.is_byline(text)


def _words(element: ET.Element) -> str:
    """The words of an element, without those of lists in it; blocks and breaks part them."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: ET.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        apart = child.tag in _APART
        if apart:
            yield " "
        if child.tag != "list":
            yield from _pieces(child)
        if apart:
            yield " "
        yield child.tail or ""


def _level(head: ET.Element) -> int:
    found = re.fullmatch(r"h([1-6])", head.get("rend", ""))
    return int(found[1]) if found else 2


def _source(markup: str, parts: list[Part], document_id: str) -> Source:
    """What the page's own tags state. trafilatura also guesses dates; those are not taken."""
    tree = lxml_html.fromstring(markup)
    meta = [
        ((tag.get("name") or tag.get("property") or tag.get("itemprop") or "").lower(), content)
        for tag in tree.iter("meta")
        if (content := " ".join((tag.get("content") or "").split()))
    ]
    named = dict(reversed(meta))
    dates: dict[str, str] = {}
    for name, value in meta:
        day = metadata.iso_date(value)
        if name in _DATE_META and day:
            dates.setdefault(_DATE_META[name], day)
    outside = " ".join(next((h.text_content() for h in tree.iter("h1")), "").split())
    title = (
        first_heading(parts)
        or named.get("og:title")
        or " ".join((tree.findtext(".//title") or "").split())
        or outside
        or heading_over_all(parts)
        or metadata.file_title(document_id)
    )
    canonical = tree.find(".//link[@rel='canonical']")
    head = metadata.read_source([p.text for p in parts[:8]] + _under_heading(tree), [], "")
    linked = _linked_data(tree)
    return Source(
        title=title,
        author=named.get("author") or linked.get("author") or head.author,
        publisher=named.get("publisher") or linked.get("publisher") or named.get("og:site_name"),
        published=dates.get("published") or linked.get("published") or head.published,
        updated=dates.get("updated") or linked.get("updated") or head.updated,
        url=canonical.get("href") if canonical is not None else named.get("og:url"),
        language=tree.get("lang"),
        license=named.get("license"),
        restates=tuple(_work(value) for name, value in meta if name == "careerbot:source"),
    )


def _under_heading(tree: Any) -> list[str]:
    """The short lines under the first heading, where the byline stands; scripts have none."""
    for heading in tree.iter("h1"):
        following = heading.xpath(
            "following::*[self::p or self::div or self::span or self::address]"
        )
        lines = (" ".join(e.text_content().split()) for e in following[:_MOST_ABOVE])
        return [line for line in lines if 0 < len(line) <= 120]
    return []


def _linked_data(tree: Any) -> dict[str, str]:
    """Author, publisher and dates as JSON-LD states them of an article; what is broken is not."""
    for script in tree.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            stated = json.loads(script.text or "")
        except ValueError:
            continue
        graph = stated.get("@graph", [stated]) if isinstance(stated, dict) else stated
        for thing in graph if isinstance(graph, list) else []:
            if isinstance(thing, dict) and ("datePublished" in thing or "headline" in thing):
                found = {
                    "author": _name(thing.get("author")),
                    "publisher": _name(thing.get("publisher")),
                    "published": metadata.iso_date(thing.get("datePublished")),
                    "updated": metadata.iso_date(thing.get("dateModified")),
                }
                return {key: value for key, value in found.items() if value}
    return {}


def _name(thing: Any) -> str | None:
    """The name of a person or organisation of JSON-LD, the first of several."""
    first = thing[0] if isinstance(thing, list) and thing else thing
    name = first.get("name") if isinstance(first, dict) else first
    return " ".join(name.split()) or None if isinstance(name, str) else None


def _work(content: str) -> Source:
    """A work that a brief restates: "Title | Author | Publisher | Date | URL", any part empty."""
    title, author, publisher, date, url, *_ = [*(p.strip() for p in content.split("|")), *[""] * 5]
    return Source(
        title=title,
        author=author or None,
        publisher=publisher or None,
        published=metadata.iso_date(date),
        url=url or None,
    )
