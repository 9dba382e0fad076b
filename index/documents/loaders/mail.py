"""EML and MBOX: the words of each message under its subject.

What a message quotes of others, its signature and its headers are in the text and never quoted.
"""

import email
import email.policy
import mailbox
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import html as lxml_html

from index.documents import markup
from index.documents.assemble import Part, assemble
from index.documents.document import BlockKind, Document
from index.documents.metadata import file_title
from index.documents.source import Source
from index.documents.structure import read_structure
from index.errors import UnreadableDocument

_MOST_MESSAGES = 5_000
_ANSWERED = re.compile(r"(?m)^(?:On .{5,120} wrote:|-+ ?Original Message ?-+|_{20,})\s*$")
_SIGNATURE = re.compile(r"(?m)^-- ?$")


def read(path: Path, document_id: str) -> Document:
    """Read a message, or a box of messages.

    Raises:
        UnreadableDocument: it is none, too long, or holds no text.
    """
    messages = list(_messages(path))
    if len(messages) > _MOST_MESSAGES:
        raise UnreadableDocument(f"it has more than {_MOST_MESSAGES:,} messages: split it")
    parts = [part for message in messages for part in _parts(message)]
    if all(part.kind in {BlockKind.HEADING, BlockKind.BOILERPLATE} for part in parts):
        raise UnreadableDocument("it holds no text")
    name = file_title(document_id)
    source = Source(title=name)
    if len(messages) == 1:
        sender, _ = parseaddr(_header(messages[0], "From"))
        source = Source(
            title=_header(messages[0], "Subject") or name,
            author=sender or None,
            published=_day(messages[0]),
        )
    return assemble(document_id, parts, source)


def _messages(path: Path) -> Iterator[EmailMessage]:
    if path.suffix.lower() == ".eml":
        with path.open("rb") as file:
            yield email.message_from_binary_file(file, policy=email.policy.default)
        return
    # mailbox keeps a lock beside the file, which may lie where nobody can write.
    with TemporaryDirectory() as folder:
        link = Path(folder, "box")
        link.symlink_to(path.resolve())
        box = mailbox.mbox(link, factory=None, create=False)
        for number, key in enumerate(box.iterkeys()):
            if number > _MOST_MESSAGES:
                return
            yield email.message_from_bytes(box.get_bytes(key), policy=email.policy.default)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, TypeError):  # of a broken header
        return ""


def _day(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError):
        return None


def _parts(message: EmailMessage) -> Iterator[Part]:
    """The parts of one message."""
    subject = _header(message, "Subject")
    if subject:
        yield Part(BlockKind.HEADING, subject, 1)
    named = [f"{name}: {said}" for name in ("From", "Date") if (said := _header(message, name))]
    yield Part(BlockKind.BOILERPLATE, " · ".join(named))
    body = message.get_body(("plain", "html"))
    if body is None:
        return
    content = _content(body)
    if body.get_content_subtype() == "html":
        tree = lxml_html.document_fromstring(content or "<p></p>")
        markup.clean(tree)
        for quoted in tree.xpath("//blockquote | //*[contains(@class, 'gmail_quote')]"):
            if quoted.getparent() is not None:
                quoted.drop_tree()
        found = tree.find("body")
        yield from markup.read_parts(found if found is not None else tree)
    else:
        yield from _plain(content)


def _content(body: MIMEPart) -> str:
    try:
        return str(body.get_content())
    except (LookupError, UnicodeError):  # an encoding that nobody knows
        data = body.get_payload(decode=True)
        return data.decode("utf-8", errors="replace") if isinstance(data, bytes) else ""


def _plain(content: str) -> Iterator[Part]:
    text = content.replace("\r\n", "\n")
    ends = [found.start() for p in (_SIGNATURE, _ANSWERED) if (found := p.search(text))]
    own, rest = text[: min(ends, default=len(text))], text[min(ends, default=len(text)) :]
    lines = own.split("\n")
    kept = "\n".join("" if line.startswith(">") else line for line in lines)
    if kept.strip():
        for block in read_structure(kept).blocks:
            said = " ".join(kept[block.span.start : block.span.end].split())
            is_greeting = block.kind is BlockKind.HEADING and said.endswith((",", "!"))
            yield Part(BlockKind.BOILERPLATE if is_greeting else block.kind, said, 2)
    others = " ".join([*(line for line in lines if line.startswith(">")), rest]).split()
    if others:
        yield Part(BlockKind.BOILERPLATE, " ".join(others))
