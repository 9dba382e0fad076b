"""HTML: the main content of a page and what its tags state.

What the main content is, trafilatura tells; how it is put together, the page's own elements. A page
without navigation around it is main content as a whole.
"""

import re
from collections.abc import Sequence
from typing import Any

import trafilatura
from lxml import html as lxml_html

from index.documents import linked_data, markup, metadata
from index.documents.assemble import CELL, Part, assemble, first_heading, heading_over_all
from index.documents.document import BlockKind, Document
from index.documents.markup import Block
from index.documents.source import Source
from index.errors import UnreadableDocument

_FURNITURE = {"nav", "aside", "footer", "dialog", "menu"}
_FURNITURE_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog"}
_FURNITURE_NAMES = re.compile(
    r"""(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|footer?|side-?bar|shar(?:e|ing)|social|related|comments?
    |cookies?|consent|banner|promo|newsletter|subscri(?:be|ption)|breadcrumbs?|ads?|advert\w*|popup
    |modal|pagination|toc|skip|widget|sponsor\w*)(?:$|[\s_-])""",
    re.VERBOSE | re.IGNORECASE,
)
"""How pages call what is around their text."""
_MAIN = {"main", "article"}
_MOST_LINKED = 0.6
"""Of the letters of a block that is no list of links."""
_PIECE = 12
"""Characters by which a block is looked for; marks in it may have been read otherwise."""
_MOST_PIECES = 0.55
_FEW_PIECES = 5
_SHORT = 25
"""Characters that stand in the main content by chance."""
_FEWEST_EXTRACTED = 250
"""Characters; of less it is a guess what the main content is."""
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


def read(source: str, document_id: str) -> Document:
    """Read the main content of a page as a document.

    Raises:
        UnreadableDocument: the page has no main content.
    """
    # The declaration of an encoding is about the bytes; lxml refuses it in decoded text.
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    tree = lxml_html.document_fromstring(source)
    stated = linked_data.things(tree)
    # HTML may leave out <html> and <body>; lxml then takes all for the head.
    has_body = re.search(r"<body\b", source, re.IGNORECASE)
    page = lxml_html.document_fromstring(source if has_body else f"<body>{source}</body>")
    markup.clean(page)
    shown_source = lxml_html.tostring(page, encoding="unicode")
    parts = [block.part for block in _main(page, _extracted(shown_source))]
    shown = " ".join(part.text for part in parts if part.kind is not BlockKind.BOILERPLATE)
    parts += linked_data.read_parts(stated, shown)
    if not parts:
        raise UnreadableDocument("it has no main content")
    return assemble(document_id, parts, _source(tree, stated, parts, document_id))


def _extracted(source: str) -> str:
    """The text of the main content as trafilatura finds it, without white space; or nothing."""
    found = trafilatura.extract(
        source, include_comments=False, include_tables=True, favor_recall=True
    )
    return linked_data.squeezed(found or "")


def _main(page: Any, extracted: str) -> list[Block]:
    """The blocks of the main content, and those between them that are none of the page's."""
    body = page.find("body")
    if body is None:
        return []
    blocks = [block for block in markup.read_blocks(body) if block.part.text]
    around = [_is_around(block) for block in blocks]
    if not any(around):
        return blocks
    found = [
        _is_in(block.part, extracted) and not (apart and len(block.part.text) < _SHORT)
        for block, apart in zip(blocks, around, strict=True)
    ]
    if len(extracted) < _FEWEST_EXTRACTED:
        in_main = [_is_in_main(block) for block in blocks]
        return [
            block
            for block, apart, inside in zip(blocks, around, in_main, strict=True)
            if not apart and (inside or not any(in_main))
        ]
    return [
        block
        for number, block in enumerate(blocks)
        if found[number]
        or (
            not around[number]
            and block.part.kind is not BlockKind.PARAGRAPH
            and _is_hole(blocks, found, number)
        )
    ]


def _is_hole(blocks: Sequence[Block], found: Sequence[bool], number: int) -> bool:
    """Whether a block stands in the same list or table, or under the same element, as two found."""
    home = blocks[number].element.getparent()
    return all(
        any(found[n] and _is_under(blocks[n].element, home) for n in side)
        for side in (
            range(max(0, number - 3), number),
            range(number + 1, min(len(blocks), number + 4)),
        )
    )


def _is_under(element: Any, home: Any) -> bool:
    return home is not None and any(above is home for above in (element, *element.iterancestors()))


def _is_around(block: Block) -> bool:
    """Whether a block is around the main content: navigation, a box of links, a banner."""
    for element in (block.element, *block.element.iterancestors()):
        if element.tag in _MAIN:
            break
        names = f"{element.get('class', '')} {element.get('id', '')}"
        if (
            element.tag in _FURNITURE
            or element.get("role") in _FURNITURE_ROLES
            or (element.tag not in {"body", "html"} and _FURNITURE_NAMES.search(names))
        ):
            return True
    return _is_links(block)


def _is_links(block: Block) -> bool:
    if block.part.kind is BlockKind.HEADING or block.element.tag == "table":
        return False
    linked = sum(len(" ".join(a.text_content().split())) for a in block.element.iter("a"))
    is_sentence = re.search(r"[.!?]$", block.part.text) and len(block.part.text.split()) > 5
    return not is_sentence and linked > _MOST_LINKED * len(block.part.text)


def _is_in_main(block: Block) -> bool:
    return any(element.tag in _MAIN for element in block.element.iterancestors())


def _is_in(part: Part, extracted: str) -> bool:
    """Whether most of a block's words stand in an extracted text."""
    pieces = [
        words[start : start + _PIECE]
        for cell in part.text.split(CELL)
        if (words := linked_data.squeezed(cell))
        for start in range(0, len(words), _PIECE)
    ]
    most = _MOST_PIECES if len(pieces) > _FEW_PIECES else 1.0
    return sum(piece in extracted for piece in pieces) >= most * len(pieces)


def _source(
    tree: Any, stated: Sequence[dict[str, Any]], parts: Sequence[Part], document_id: str
) -> Source:
    """What the page's own tags state. trafilatura also guesses dates; those are not taken."""
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
    linked = linked_data.about(stated)
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
