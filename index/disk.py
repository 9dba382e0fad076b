"""Writing to folders so that neither a crash nor a power cut leaves half of anything."""

import os
import re
from pathlib import Path

from index.errors import UsageError

ASIDE = ".aside"
"""How the name of a file ends that is not yet in its place."""


_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/", re.IGNORECASE)


def check_is_path(path: Path, use: str) -> None:
    """Make sure that a path is not meant as the address of something else.

    As a path, "postgresql://host/name" would become folders of these names.

    Raises:
        UsageError: it is one. The message says no more of it than its kind: it may hold a password.
    """
    if found := _ADDRESS.match(str(path)):
        raise UsageError(f"{use} cannot be at {found[1]}://…: name a folder")


def replace_file(path: Path, content: str) -> None:
    """Write a small file so that it holds all of its old content or all of the new, always."""
    aside = path.with_name(f"{path.name}.{os.getpid()}{ASIDE}")
    aside.write_text(content, "utf-8")
    flush(aside)
    aside.replace(path)
    flush(path.parent)


def flush_tree(folder: Path) -> None:
    """Force a folder and all in it to the disk."""
    for path in (*folder.rglob("*"), folder):
        flush(path)


def flush(path: Path) -> None:
    """Force a file or folder to the disk, so that a power cut cannot undo what was promised."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
