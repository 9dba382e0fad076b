"""Files → Documents: one module a format, chosen by the file's suffix.

A new format is one module with a ``read`` and one line in `_TEXT` or `_BINARY`.
"""

import unicodedata
from collections.abc import Callable
from pathlib import Path

from index.documents.document import Document
from index.documents.loaders import docx, html, markdown, pdf, text
from index.errors import UnreadableDocument

_TEXT: dict[str, Callable[[str, str], Document]] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".txt": text.read,
    ".text": text.read,
    ".html": html.read,
    ".htm": html.read,
}
_BINARY: dict[str, Callable[[Path, str], Document]] = {
    ".pdf": pdf.read,
    ".docx": docx.read,
}
SUFFIXES = frozenset(_TEXT | _BINARY)

_MAGIC = {
    b"%PDF-": ("PDF", {".pdf"}),
    b"PK\x03\x04": ("ZIP", {".docx"}),
    b"\xff\xd8\xff": ("JPEG", set()),
    b"\x89PNG": ("PNG", set()),
    b"GIF8": ("GIF", set()),
    b"\xd0\xcf\x11\xe0": ("old Office", set()),
    b"\x1f\x8b": ("gzip", set()),
}


def load(path: Path, document_id: str, max_bytes: int) -> Document:
    """Read a file as a document.

    Raises:
        UnreadableDocument: it cannot be read; the message is the reason, in a few words.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableDocument(f"{suffix or 'a file without a suffix'} is not a format we read")
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise UnreadableDocument(
                f"it has {size / 1e6:.1f} MB; the limit is {max_bytes / 1e6:.1f} MB"
            )
        if not size:
            raise UnreadableDocument("it is empty")
        _check_magic(path, suffix)
        if suffix in _BINARY:
            return _BINARY[suffix](path, document_id)
        return _TEXT[suffix](_decoded(path.read_bytes()), document_id)
    except UnreadableDocument:
        raise
    except OSError as error:
        raise UnreadableDocument(f"it cannot be opened: {error.strerror or error}") from error
    except RecursionError as error:
        raise UnreadableDocument("it is nested too deeply") from error
    except Exception as error:
        # The formats' libraries raise whatever a broken file leads them into. One bad file must
        # not stop a build, so this one place takes everything and names it.
        raise UnreadableDocument(f"it cannot be read ({type(error).__name__})") from error


def _check_magic(path: Path, suffix: str) -> None:
    """Refuse a file whose first bytes are those of another format than its name's."""
    with path.open("rb") as file:
        start = file.read(8)
    for magic, (name, suffixes) in _MAGIC.items():
        if start.startswith(magic) and suffix not in suffixes:
            raise UnreadableDocument(f"it is a {name} file named {suffix}")
    if suffix == ".pdf" and not start.startswith(b"%PDF-"):
        raise UnreadableDocument("it is not a PDF file")


def _decoded(data: bytes) -> str:
    r"""The text of a file: UTF-8, UTF-16 with a mark, else Windows-1252; NFC, newlines ``\\n``."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        decoded = data.decode("utf-16")
    elif b"\0" in data:
        raise UnreadableDocument("it is not text: it holds null bytes")
    else:
        try:
            decoded = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            # Old Windows files. Control characters in the result mean that it was something else.
            decoded = data.decode("cp1252", errors="strict")
            if any(ord(c) < 32 and c not in "\t\n\r\f" for c in decoded):
                raise UnreadableDocument("its encoding is unknown: save it as UTF-8") from None
    newlines = decoded.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", newlines)
