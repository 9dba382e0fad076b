"""What was worked out of content before, so that a build costs what changed.

A store of bytes beside the versions. A key is the hash of everything that the value depends on,
code and models included: nothing in it ever becomes wrong, only unused.
"""

import contextlib
import hashlib
import platform
import sqlite3
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FILE = "derived.sqlite3"

_CODE = Path(__file__).parent
_LIBRARIES = (
    "lxml", "markdown-it-py", "pypdfium2", "pyspellchecker", "pystemmer", "python-calamine",
    "python-docx", "python-pptx", "pyyaml", "sentencex", "striprtf", "trafilatura",
)  # fmt: skip
"""What else decides how a document is read, cut and put into terms."""
_SCHEMA = "CREATE TABLE IF NOT EXISTS derived (key BLOB PRIMARY KEY, value BLOB)"
_DIGEST = 32
_PENDING = 256
"""Values put between two commits: what a build that is killed loses at most."""


@cache
def code_version() -> str:
    """The hash of this package's code, and the versions of the libraries that read documents."""
    found = hashlib.sha256(platform.python_version().encode())
    for path in sorted(_CODE.rglob("*.py")):
        found.update(path.relative_to(_CODE).as_posix().encode() + path.read_bytes())
    for library in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            found.update(f"{library} {version(library)}".encode())
    return found.hexdigest()


def key(*parts: str | bytes) -> bytes:
    """The key of a value that depends on ``parts`` and nothing else."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.digest()


class Derived:
    """The opened store. Only the holder of the build lock may open it.

    One that is damaged starts empty: everything in it can be worked out again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(path)
        self._used: set[bytes] = set()
        self._pending = 0
        self._execute(_SCHEMA)

    def get(self, of: bytes) -> bytes | None:
        """The value of a key; one that is not what was put counts as absent."""
        self._used.add(of)
        row = self._execute("SELECT value FROM derived WHERE key = ?", of).fetchone()
        if row is None or hashlib.sha256(memoryview(row[0])[_DIGEST:]).digest() != row[0][:_DIGEST]:
            return None
        value: bytes = row[0][_DIGEST:]
        return value

    def put(self, of: bytes, value: bytes) -> None:
        """Keep a value."""
        self._used.add(of)
        stored = hashlib.sha256(value).digest() + value
        self._execute("INSERT OR REPLACE INTO derived VALUES (?, ?)", of, stored)
        self._pending += 1
        if self._pending >= _PENDING:
            self._connection.commit()
            self._pending = 0

    def _execute(self, statement: str, *values: bytes) -> sqlite3.Cursor:
        try:
            return self._connection.execute(statement, values)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
        self._connection.close()
        self._path.unlink()
        self._connection = sqlite3.connect(self._path)
        self._connection.execute(_SCHEMA)
        return self._connection.execute(statement, values)

    def close(self) -> None:
        """Keep what was put, whatever happened since."""
        self._connection.commit()
        self._connection.close()

    def prune(self) -> None:
        """Delete the oldest of what was not asked for since the opening, beyond as many again.

        So a library that is switched back to still finds its values, and the store holds at most
        twice what a build needs.
        """
        rows = self._connection.execute("SELECT key FROM derived ORDER BY rowid DESC")
        unused = [of for (of,) in rows if of not in self._used]
        self._connection.executemany(
            "DELETE FROM derived WHERE key = ?", [(of,) for of in unused[len(self._used) :]]
        )


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether a database's file is broken, unlike a full disk or a folder without permission."""
    return error.sqlite_errorcode in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
