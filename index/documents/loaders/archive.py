"""What formats that are ZIP files have in common: they unpack to more than they seem."""

import zipfile
from pathlib import Path

from index.errors import UnreadableDocument

_MOST_UNPACKED = 200_000_000
"""The parts of a document unpack to at most so many bytes; a zip bomb's to more."""
_ENCRYPTED = 0x1


def check_archive(path: Path, within: str, name: str) -> None:
    """Make sure that a file is a ZIP file with something under ``within``, and no bomb.

    Raises:
        UnreadableDocument: it is none, unpacks to too much, or is locked.
    """
    if not zipfile.is_zipfile(path):
        raise UnreadableDocument(f"it is no {name} file, or a damaged one: save it again")
    if not any(name_in.startswith(within) for name_in in check_unpacked(path)):
        raise UnreadableDocument(f"it is a ZIP file, but no {name} file")


def check_unpacked(path: Path) -> list[str]:
    """The names of what a file holds, if it is a ZIP file; no bomb, and not locked.

    Raises:
        UnreadableDocument: it unpacks to too much, or is locked.
    """
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise UnreadableDocument(
            f"it unpacks to more than {_MOST_UNPACKED // 1_000_000} MB: split it"
        )
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnreadableDocument("it is encrypted: save it without a password")
    return [entry.filename for entry in entries]
