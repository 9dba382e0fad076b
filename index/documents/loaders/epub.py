"""EPUB: the chapters in the order of the book's spine.

All that is in a chapter belongs to it, so that nothing has to be told apart from navigation or
adverts, as in a page of the web.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree
from lxml import html as lxml_html

from index.documents import boilerplate, metadata
from index.documents.assemble import CELL, Part, assemble, is_header
from index.documents.document import BlockKind, Document
from index.documents.loaders.archive import check_archive
from index.documents.source import Source
from index.errors import UnreadableDocument

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = {"application/xhtml+xml", "text/html"}
_BLOCKS = frozenset(
    "address article aside blockquote body dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section table tbody td th thead tr ul".split()
)
_UNSEEN = ("script", "style", "template", "head", "svg", etree.Comment)
_DC = "{http://purl.org/dc/elements/1.1/}"
_EVENT = "{http://www.idpf.org/2007/opf}event"


def read(path: Path, document_id: str) -> Document:
    """Read an EPUB book.

    Raises:
        UnreadableDocument: it is none, unpacks to too much, is locked, or holds no text.
    """
    check_archive(path, _CONTAINER, "EPUB")
    with zipfile.ZipFile(path) as archive:
        package_name = _xml(archive, _CONTAINER).xpath(
            "string(//*[local-name()='rootfile']/@full-path)"
        )
        package = _xml(archive, package_name)
        chapters = _chapters(package, posixpath.dirname(package_name))
        if _ENCRYPTION in archive.namelist():  # fonts may be locked: only chapters matter
            locked = _xml(archive, _ENCRYPTION).xpath("//*[local-name()='CipherReference']/@URI")
            if {unquote(name) for name in locked} & set(chapters):
                raise UnreadableDocument("it is locked against copying: get a copy without DRM")
        parts = [part for name in chapters for part in _parts(archive, name)]
    title = metadata.file_title(document_id)
    return assemble(document_id, parts, _source(package, title))


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(archive.read(name), parser)


def _chapters(package: Any, folder: str) -> list[str]:
    """The names in the archive of the pages that are read one after the other, without contents."""
    items = {item.get("id"): item for item in package.iterfind(".//{*}manifest/{*}item")}
    spine = [
        items[ref.get("idref")]
        for ref in package.iterfind(".//{*}spine/{*}itemref")
        if ref.get("linear") != "no" and ref.get("idref") in items
    ]
    return [
        posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in spine
        if item.get("media-type") in _PAGES and "nav" not in item.get("properties", "").split()
    ]


def _parts(archive: zipfile.ZipFile, name: str) -> Iterator[Part]:
    """The parts of one chapter."""
    data = archive.read(name)
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # the standard allows no third
    markup = data.decode("utf-16" if utf_16 else "utf-8-sig")
    # The declaration of an encoding is about the bytes; lxml refuses it in decoded text.
    chapter = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", markup))
    etree.strip_elements(chapter, *_UNSEEN, with_tail=False)
    body = chapter.find("body")
    if body is not None:
        yield from _blocks(body, BlockKind.PARAGRAPH, 0)


def _blocks(element: Any, kind: BlockKind, depth: int) -> Iterator[Part]:
    """The blocks in an element; words of its own between them are of its ``kind``."""
    words = element.text or ""
    for child in element:
        if not _holds_block(child):
            words += _inline(child) + (child.tail or "")
            continue
        yield _part(kind, words, depth)
        words = child.tail or ""
        if heading := re.fullmatch(r"h([1-6])", child.tag):
            yield Part(BlockKind.HEADING, _plain(_inline(child)), int(heading[1]))
        elif child.tag == "table":
            yield from _rows(child)
        elif child.tag == "dt":
            yield Part(BlockKind.BOILERPLATE, _plain(_inline(child)), is_header=True)
        elif child.tag in {"li", "dd"}:
            yield from _blocks(child, BlockKind.ITEM, max(depth, 1))
        elif child.tag in {"ul", "ol", "dl"}:
            yield from _blocks(child, kind, depth + 1)
        else:
            yield from _blocks(child, kind, depth)
    yield _part(kind, words, depth)


def _holds_block(element: Any) -> bool:
    return any(inner.tag in _BLOCKS for inner in element.iter())


def _inline(element: Any) -> str:
    """The words of an element; line breaks and blocks part them, marks of notes are none."""
    if element.get("epub:type") == "noteref":
        return ""
    apart = " " if element.tag == "br" or element.tag in _BLOCKS else ""
    inner = "".join(_inline(child) + (child.tail or "") for child in element)
    return f"{apart}{element.text or ''}{inner}{apart}"


def _plain(words: str) -> str:
    return " ".join(words.split())


def _part(kind: BlockKind, words: str, depth: int) -> Part:
    plain = _plain(words)
    hidden = boilerplate.is_boilerplate(plain) or metadata.is_byline(plain)
    return Part(BlockKind.BOILERPLATE if hidden else kind, plain, depth)


def _rows(table: Any) -> Iterator[Part]:
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    words = [[_plain(_inline(cell)) for cell in row] for row in rows]
    marked = len(rows) > 1 and all(cell.tag == "th" for cell in rows[0])
    for number, row in enumerate(words):
        names_columns = number == 0 and (marked or is_header(words))
        kind = BlockKind.BOILERPLATE if names_columns else BlockKind.ROW
        yield Part(kind, CELL.join(row), is_header=names_columns)


def _source(package: Any, unstated: str) -> Source:
    """What the book states; the date that its file was made or changed is no date of the text.

    ``unstated`` is its title where it states none.
    """

    def stated(field: str) -> list[str]:
        found = (" ".join((e.text or "").split()) for e in package.iter(f"{_DC}{field}"))
        return [words for words in found if words]

    dates = [
        e.text for e in package.iter(f"{_DC}date") if e.get(_EVENT, "publication") == "publication"
    ]
    first = {
        field: next(iter(stated(field)), None)
        for field in ("title", "publisher", "language", "rights")
    }
    return Source(
        title=first["title"] or unstated,
        author=", ".join(stated("creator")) or None,
        publisher=first["publisher"],
        published=next(filter(None, map(metadata.iso_date, dates)), None),
        language=first["language"],
        license=first["rights"],
    )
