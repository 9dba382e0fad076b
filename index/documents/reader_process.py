"""The process that reads files for `index.documents.reader`: limits on itself, then a loop.

It is started as a program of its own. One line of JSON comes for each file, one goes back, until
the other end closes.
"""

import contextlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from index.documents.loaders import load
from index.documents.reader import OUT_OF_MEMORY, Limits
from index.documents.records import to_record
from index.errors import UnreadableDocument

_SECONDS_MORE = 5


def main() -> None:
    """Read the files that stdin names, within the limits of the first argument."""
    limits = Limits(**json.loads(sys.argv[1]))
    _limit_memory(limits.memory_bytes)
    with os.fdopen(os.dup(1), "w", encoding="ascii") as replies:
        print(json.dumps("ready"), file=replies, flush=True)
        # What the formats' libraries print is for nobody, and would tear the replies.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        for line in sys.stdin:
            file = json.loads(line)
            _die_after(limits.seconds + _SECONDS_MORE)
            try:
                print(json.dumps(_read(Path(file["path"]), file["id"], limits)), file=replies)
                replies.flush()
            except MemoryError:
                os._exit(OUT_OF_MEMORY)
            _die_after(0)


def _read(path: Path, document_id: str, limits: Limits) -> dict[str, Any]:
    try:
        document = load(path, document_id, limits.file_bytes)
        if len(document.text) > limits.characters:
            raise UnreadableDocument(
                f"its text has {len(document.text):,} characters; "
                f"{limits.characters:,} at most: split it"
            )
        return {"document": to_record(document)}
    except UnreadableDocument as error:
        return {"problem": str(error)}


def _limit_memory(most: int) -> None:
    """Let the system refuse more memory than that, where it can."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows, macOS
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _die_after(seconds: float) -> None:
    """Let the system end this process: when it hangs, and nobody is left to end it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()
