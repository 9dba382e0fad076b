"""Who reads a version: readers share a lock, and only who gets it alone may delete.

The lock is the operating system's, on the version's manifest: it goes when its holder dies, it
works in a folder that a reader may not write to, and readers never wait. Where there are no such
locks (some network file systems), nothing is ever found free, so nothing is deleted. On Windows,
which lacks them too, a file that is open cannot be moved, which comes to the same.
"""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl


def share(path: Path) -> BinaryIO:
    """Open a file and keep it from being `claimed` until what is returned is closed.

    Raises:
        FileNotFoundError: it is not there, or is being deleted.
    """
    shared = path.open("rb")
    if sys.platform != "win32":
        try:
            fcntl.flock(shared, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            shared.close()
            raise FileNotFoundError(f"{path} is being deleted") from None
        except OSError:  # no locks here: then nobody can claim it either
            pass
    return shared


@contextlib.contextmanager
def claimed(path: Path) -> Iterator[bool]:
    """Whether a file, which may be missing, is nobody's; until the end, nobody can share it."""
    with contextlib.ExitStack() as stack:
        try:
            alone = stack.enter_context(path.open("rb"))
            if sys.platform != "win32":
                fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            pass
        except OSError:
            yield False
            return
        yield True
