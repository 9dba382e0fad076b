"""HTML: the main content and its metadata, by trafilatura."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import trafilatura
from lxml import html as lxml_html

from index.documents import boilerplate, metadata
from index.documents.assemble import CELL, Part, assemble
from index.documents.document import BlockKind, Document
from index.documents.source import Source
from index.errors import UnreadableDocument

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
    extracted = trafilatura.extract(
        markup,
        output_format="xml",
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        favor_recall=True,
    )
    if not extracted:
        raise UnreadableDocument("it has no main content")
    main = ET.fromstring(extracted).find("main")  # noqa: S314 - trafilatura's own output
    parts = list(_parts(main)) if main is not None else []
    return assemble(document_id, parts, _source(markup, parts, document_id))


def _parts(parent: ET.Element) -> Iterator[Part]:
    for element in parent:
        match element.tag:
            case "head":
                yield Part(BlockKind.HEADING, _words(element), _level(element))
            case "list":
                for item in element.iter("item"):
                    yield Part(BlockKind.ITEM, _words(item))
            case "table":
                yield from _rows(element)
            case "code":
                yield Part(BlockKind.BOILERPLATE, _words(element))
            case _:
                text = _words(element)
                hidden = boilerplate.is_boilerplate(text) or metadata.is_byline(text)
                yield Part(BlockKind.BOILERPLATE if hidden else BlockKind.PARAGRAPH, text)


def _rows(table: ET.Element) -> Iterator[Part]:
    for number, row in enumerate(table.iter("row")):
        cells = row.findall("cell")
        is_header = number == 0 and all(cell.get("role") == "head" for cell in cells)
        kind = BlockKind.BOILERPLATE if is_header else BlockKind.ROW
        yield Part(kind, CELL.join(_words(cell) for cell in cells), is_header=is_header)


def _words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


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
    heading = next((p.text for p in parts if p.kind is BlockKind.HEADING), None)
    title = heading or tree.findtext(".//title") or named.get("og:title")
    canonical = tree.find(".//link[@rel='canonical']")
    file_name = document_id.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    head = metadata.read_source([p.text for p in parts[:8]], [], "")
    return Source(
        title=" ".join((title or file_name).split()),
        author=named.get("author") or head.author,
        publisher=named.get("publisher") or named.get("og:site_name"),
        published=dates.get("published") or head.published,
        updated=dates.get("updated") or head.updated,
        url=canonical.get("href") if canonical is not None else named.get("og:url"),
        language=tree.get("lang"),
        license=named.get("license"),
        restates=tuple(_work(value) for name, value in meta if name == "careerbot:source"),
    )


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
