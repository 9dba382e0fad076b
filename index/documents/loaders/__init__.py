"""Files → Documents: one module a format, chosen by the file's suffix.

A new format is one module with a ``read`` and one line in `_TEXT` or `_BINARY`. A module, and the
library that it takes, is imported when a file needs it.
"""

import re
import stat
import unicodedata
from importlib import import_module
from pathlib import Path
from typing import Any

from lxml import etree

from index.documents.document import BlockKind, Document
from index.documents.language import is_language
from index.errors import UnreadableDocument

_TEXT = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".rtf": "rtf",
    ".vtt": "captions",
    ".srt": "captions",
    ".json": "answers",
    ".jsonl": "answers",
}
"""Modules with ``read(text: str, document_id: str) -> Document``."""
_BINARY = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".pptx": "pptx",
    ".epub": "epub",
    ".odt": "odt",
    ".xlsx": "sheet",
    ".xls": "sheet",
    ".ods": "sheet",
    ".eml": "mail",
    ".mbox": "mail",
}
"""Modules with ``read(path: Path, document_id: str) -> Document``."""
SUFFIXES = frozenset(_TEXT | _BINARY)
FORMATS = ".md, .txt, .html, .pdf, .docx, .odt, .rtf, .pptx, .epub, .xlsx, .csv or .eml"
"""The formats, for people; those that are seldom met are not named."""
_OLD = {
    ".doc": "open it in a word processor and save it as .docx",
    ".dot": "open it in a word processor and save it as .docx",
    ".ppt": "open it in a presentation program and save it as .pptx",
    ".pages": "export it as .docx",
    ".numbers": "export it as .xlsx",
    ".key": "export it as .pptx",
    ".msg": "save the message as .eml",
}
"""What to do with formats that their own programs can save as one we read."""

_MAGIC = {
    b"%PDF-": ("a PDF file", {".pdf"}),
    b"PK\x03\x04": ("a ZIP file", {".docx", ".pptx", ".epub", ".odt", ".xlsx", ".ods"}),
    b"\xff\xd8\xff": ("a JPEG file", set()),
    b"\x89PNG": ("a PNG file", set()),
    b"GIF8": ("a GIF file", set()),
    b"\xd0\xcf\x11\xe0": ("an old or password-protected Office file", {".xls"}),
    b"\x1f\x8b": ("a gzip file", set()),
    b"{\\rtf": ("an RTF file", {".rtf"}),
    b"<!doctype html": ("an HTML file", {".html", ".htm"}),
    b"<html": ("an HTML file", {".html", ".htm"}),
}
"""How files of a format begin, in small letters, and the suffixes that may stand on them."""

_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]*\bcharset|\?xml\b[^>]*\bencoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE
)
_BROWSERS_READ = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}
"""What pages that declare one encoding are read as; they hold signs that it does not have."""
_MIXED = re.compile(r"[a-z][\u0370-\u05ff]|[\u0370-\u05ff][a-z]|[\x80-\x9f]", re.IGNORECASE)
_ALONE = re.compile(r"(?<![\u0370-\u05ff])[\u0370-\u05ff](?![\u0370-\u05ff])")
_TOGETHER = re.compile(r"[\u0370-\u05ff]{3}")
"""Two alphabets in one word, letters of another that form no word, or a control character: what a
wrong encoding gives."""
_NOT_WESTERN = re.compile(r"[^\W\d_][¡¢¤¥¦¨¬¯°±²³µ¸¹¼½¾¿][^\W\d_]|[a-z][À-ÖØ-ÞŠŽŒŸ]")
"""A sign or a capital inside a word: what another alphabet's bytes look like in Windows-1252."""
_MOST_ACCENTS = 0.4
"""Western languages have accents on fewer of their letters, even in a short line; others on all."""
_MOST_CONTROLS = 0.001
_START = 1024
"""Bytes; programs that make PDF files write their own name before the mark."""
_NO_MEMORY = etree.ErrorTypes.ERR_NO_MEMORY
"""lxml calls it a syntax error."""


def load(path: Path, document_id: str, max_bytes: int) -> Document:
    """Read a file as a document.

    Raises:
        UnreadableDocument: it cannot be read; the message is the reason, in a few words.
        MemoryError: it takes more memory than there is.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        name = suffix or "a file without a suffix"
        advice = _OLD.get(suffix, f"save it as {FORMATS}")
        raise UnreadableDocument(f"{name} is not a format we read: {advice}")
    try:
        _check_file(path, max_bytes)
        _check_magic(path, suffix)
        if suffix in _BINARY:
            return _language(_read(_BINARY[suffix], path, document_id))
        data = path.read_bytes()
        declared = _CHARSET.search(data[:2048]) if suffix in {".html", ".htm"} else None
        text = _decoded(data, declared[1].decode() if declared else None)
        return _language(_read(_TEXT[suffix], text, document_id))
    except (UnreadableDocument, MemoryError):
        raise
    except OSError as error:
        raise UnreadableDocument(f"it cannot be opened: {error.strerror or error}") from error
    except RecursionError as error:
        raise UnreadableDocument("it is nested too deeply") from error
    except Exception as error:
        if isinstance(error, etree.XMLSyntaxError) and error.code == _NO_MEMORY:
            raise MemoryError from error
        # The formats' libraries raise whatever a broken file leads them into. One bad file must
        # not stop a build, so this one place takes everything and names it.
        raise UnreadableDocument(f"it cannot be read ({type(error).__name__})") from error


def _check_file(path: Path, max_bytes: int) -> None:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableDocument("it is not a regular file")
    size = found.st_size
    if size > max_bytes:
        raise UnreadableDocument(
            f"it has {size / 1e6:.1f} MB; the limit is {max_bytes / 1e6:.1f} MB"
        )
    if not size:
        raise UnreadableDocument("it is empty")


def _read(module: str, content: Any, document_id: str) -> Document:
    document: Document = import_module(f"{__name__}.{module}").read(content, document_id)
    return document


def _language(document: Document) -> Document:
    """The document, if it is language; garbage is worse than nothing."""
    shown = "\n".join(
        document.cut(block.span)
        for block in document.blocks
        if block.kind is not BlockKind.BOILERPLATE
    )
    if not is_language(shown):
        raise UnreadableDocument(
            "its text is no language in any script: save it again as UTF-8, or as another format"
        )
    return document


def _check_magic(path: Path, suffix: str) -> None:
    """Refuse a file whose first bytes are those of another format than its name's."""
    with path.open("rb") as file:
        start = file.read(_START)
    begins = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for magic, (name, suffixes) in _MAGIC.items():
        if (start.startswith(magic) or begins.startswith(magic.lower())) and suffix not in suffixes:
            right = " or ".join(sorted(suffixes - {".xls"}))  # of programs for all of Office
            advice = f"rename it to {right}" if right else f"save it as a real {suffix} file"
            raise UnreadableDocument(f"it is {name} named {suffix}: {advice}")
    if suffix == ".pdf" and b"%PDF-" not in start:
        raise UnreadableDocument("it is not a PDF file")


def _decoded(data: bytes, declared: str | None) -> str:
    r"""The text of a file: NFC, newlines ``\n``.

    UTF-16, else UTF-8, else what an HTML page has ``declared`` where the result makes sense, else
    Windows-1252 where it looks like a Western language: a wrong guess would put wrong letters into
    quotes.
    """
    utf_16 = _utf_16(data)
    if utf_16:
        encodings = [utf_16]
    else:
        named = _BROWSERS_READ.get(declared.lower(), declared) if declared else None
        encodings = ["utf-8-sig", *([named] if named else []), "cp1252"]
    for encoding in encodings:
        try:
            decoded = data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        is_guess = encoding not in {"utf-8-sig", utf_16}
        if is_guess and encoding != "cp1252" and _is_mixed(decoded):
            continue
        if "\0" in decoded:
            raise UnreadableDocument("it is not text: it holds null bytes")
        if encoding == "cp1252" and not _is_western(data, decoded):
            break
        # A stray control character comes with text from the web; more of them, or the one that
        # commands a terminal, do not.
        controls = sum(ord(c) < 32 and c not in "\t\n\v\f\r" for c in decoded)
        if "\x1b" in decoded or controls > max(1, _MOST_CONTROLS * len(decoded)):
            raise UnreadableDocument("it is not text: it holds control characters")
        newlines = decoded.replace("\r\n", "\n").replace("\r", "\n")
        return unicodedata.normalize("NFC", newlines)
    raise UnreadableDocument("its encoding is unknown or damaged: save it as UTF-8")


def _is_mixed(decoded: str) -> bool:
    alone = _ALONE.search(decoded) and not _TOGETHER.search(decoded)
    return bool(alone or _MIXED.search(decoded))


def _utf_16(data: bytes) -> str | None:
    """The kind of UTF-16, or UTF-32, that bytes are in, with or without a mark, if they are."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    # Spaces and newlines have a null in every script, letters in that of Western languages.
    if len(data) % 2 or max(even, odd) < max(1, 0.02 * len(sample)) or min(even, odd):
        return None
    kind = "utf-16-le" if odd else "utf-16-be"
    decoded = sample.decode(kind, errors="ignore")
    controls = sum(
        unicodedata.category(c) in {"Cc", "Co", "Cn"} for c in decoded if c not in "\r\n\t"
    )
    return kind if not controls and any(c.isspace() for c in decoded) else None


def _is_western(data: bytes, decoded: str) -> bool:
    """Whether bytes that are not UTF-8 make sense as Windows-1252."""
    as_utf8 = data.decode("utf-8", errors="ignore")
    if not as_utf8.isascii():
        return False  # UTF-8 with a few broken bytes: all its other letters would come out wrong
    letters = [c for c in decoded if c.isalpha()]
    accents = sum(not c.isascii() for c in letters)
    return accents <= _MOST_ACCENTS * len(letters) and not _NOT_WESTERN.search(decoded)
