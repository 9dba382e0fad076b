"""Plain text: the canonical text is the file's, to the character; only newlines and NFC."""

from dataclasses import replace

from index.documents import metadata
from index.documents.document import Document, Span
from index.documents.structure import read_structure
from index.errors import UnreadableDocument


def read(text: str, document_id: str, pages: tuple[Span, ...] = ()) -> Document:
    """Read plain text, with or without front matter, as a document."""
    fields, start = metadata.front_matter(text)
    if not text[start:].strip():
        raise UnreadableDocument("it holds no text")
    structure = read_structure(text, start)
    source = metadata.read_source(structure.head, structure.rest, "")
    title = structure.title or metadata.file_title(document_id)
    return Document(
        id=document_id,
        text=text,
        source=metadata.stated_source(fields, replace(source, title=title)),
        blocks=structure.blocks,
        sections=structure.sections,
        pages=pages,
    )
