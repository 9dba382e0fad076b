"""Where a document was added from: a small record in a file beside it."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.documents.document import Document

SUFFIX = ".origin.json"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file came from, when, and what came."""

    given: str
    """The URL or path that somebody gave."""
    url: str | None
    """Where a URL's redirects led; ``None`` for a file."""
    added_at: str
    """ISO 8601, UTC."""
    sha256: str
    """Of the file as it was stored."""
    content_type: str | None


def path_beside(document: Path) -> Path:
    """The file that says where ``document`` came from."""
    return document.with_name(document.name + SUFFIX)


def document_beside(record: Path) -> Path:
    """The document whose origin a record states."""
    return record.with_name(record.name.removesuffix(SUFFIX))


def write(origin: Origin, path: Path) -> None:
    """Write a record."""
    path.write_text(json.dumps(asdict(origin), indent=2) + "\n", "utf-8")


def read(document: Path) -> Origin | None:
    """The record beside a document; ``None`` where there is none, or none that can be read."""
    try:
        return Origin(**json.loads(path_beside(document).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def with_url(document: Document, path: Path) -> Document:
    """The document with the URL that it was fetched from, where it states none of its own."""
    stated = document.source.url or ""
    if stated.startswith(("http://", "https://")):
        return document
    found = read(path)
    if found is None or not found.url:
        return document
    return replace(document, source=replace(document.source, url=found.url))
