"""RTF: the text of the file by striprtf, told apart as plain text is."""

import re
import unicodedata

from striprtf.striprtf import rtf_to_text

from index.documents.document import Document
from index.documents.loaders import text as plain_text


def read(text: str, document_id: str) -> Document:
    """Read an RTF document; cells of its tables stand between pipes."""
    plain = rtf_to_text(_without_hidden(text), errors="replace")
    lines = (line.rstrip().removesuffix("|") for line in plain.split("\n"))
    joined = "\n".join(re.sub(r"\|(?=\S)", " | ", line) for line in lines)
    return plain_text.read(unicodedata.normalize("NFC", joined).strip(), document_id)


def _without_hidden(text: str) -> str:
    """Leave out groups of hidden or deleted words, which striprtf shows."""
    return re.sub(r"\{\\(?:v|deleted|strike)(?:\\[a-z]+-?\d*)* [^{}]*\}", "", text)
