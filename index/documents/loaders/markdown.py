"""Markdown: markup is read and left out, so that a quote shows words only."""

import html
import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.documents import boilerplate, front_matter, metadata
from index.documents.assemble import CELL, Part, assemble, first_heading, heading_over_all
from index.documents.document import BlockKind, Document
from index.documents.source import Source

_MARKS = re.compile(r"^\[[ xX]\]\s+|\[\^[\w-]+\]:?|\s*\{[#.][\w .#-]*\}$")
"""Of dialects: the box of a task, the number of a footnote, the name of a heading."""
_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def read(text: str, document_id: str) -> Document:
    """Read CommonMark with tables, with or without front matter, as a document."""
    fields, start = metadata.front_matter(text)
    facts = [
        Part(BlockKind.PARAGRAPH, text[f.start : f.end]) for f in front_matter.facts(text, start)
    ]
    parts = _parts(_MARKDOWN.parse(text[start:]))
    head = [part.text for part in parts][:8]
    read_from_text = metadata.read_source(head, [], "")
    own = Source(
        title=first_heading(parts) or heading_over_all(parts) or metadata.file_title(document_id),
        author=read_from_text.author,
        published=read_from_text.published,
        updated=read_from_text.updated,
    )
    return assemble(document_id, [*facts, *parts], metadata.stated_source(fields, own))


def _parts(tokens: Sequence[Token]) -> list[Part]:  # noqa: C901, PLR0912 - one case a token
    """The blocks in reading order."""
    found: list[Part] = []
    lists, cells, in_header = 0, list[str](), False
    level = 0
    for token in tokens:
        match token.type:
            case "heading_open":
                level = int(token.tag[1])
            case "heading_close" | "table_close":
                level = 0
            case "list_item_open":
                lists += 1
            case "list_item_close":
                lists -= 1
            case "thead_open":
                in_header = True
            case "thead_close":
                in_header = False
            case "tr_open":
                cells = []
            case "tr_close":
                kind = BlockKind.BOILERPLATE if in_header else BlockKind.ROW
                found.append(Part(kind, CELL.join(cells), is_header=in_header))
                cells = []
            case "td_open" | "th_open":
                cells.append("")
            case "html_block":
                found += [_of_html(line) for line in _html_lines(token.content)]
            case "fence" | "code_block":
                found.append(Part(BlockKind.BOILERPLATE, token.content))
            case "inline" if cells:
                cells[-1] = _plain(token)
            case "inline":
                plain = _plain(token)
                kind = _kind(plain, level=level, in_list=bool(lists))
                found.append(Part(kind, plain, level or lists))
            case _:
                pass
    return found


def _kind(plain: str, *, level: int, in_list: bool) -> BlockKind:
    if level:
        return BlockKind.HEADING
    if boilerplate.is_boilerplate(plain) or metadata.is_byline(plain):
        return BlockKind.BOILERPLATE
    return BlockKind.ITEM if in_list else BlockKind.PARAGRAPH


def _plain(inline: Token) -> str:
    """The words of a line of Markdown: emphasis, links and code as their text, no images."""
    words = []
    for token in inline.children or ():
        if token.type in {"text", "code_inline"}:
            words.append(token.content)
        elif token.type in {"softbreak", "hardbreak"} or re.match(r"<br\b", token.content):
            words.append(" ")
    plain = " ".join("".join(words).split())
    return re.sub(_MARKS, "", plain)


def _html_lines(markup: str) -> list[str]:
    """The words of a block of HTML, a line for each element that stands alone."""
    visible = re.sub(r"(?s)<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1>|\Z)", "", markup)
    apart = re.sub(
        r"(?i)</?(?:p|div|li|tr|br|h[1-6]|summary|details|ul|ol|table)\b[^<>]*>", "\n", visible
    )
    return [
        " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", line)).split())
        for line in apart.split("\n")
    ]


def _of_html(line: str) -> Part:
    return Part(_kind(line, level=0, in_list=False), line)
