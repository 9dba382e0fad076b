"""What can go wrong, in words for people.

    CareerbotError
    ├── UsageError            bad input or configuration            exit status 2
    ├── IndexUnavailable      no index that can be served           exit status 3
    │   ├── IndexMissing      nothing has been built yet
    │   ├── IndexDamaged      a file is not what its manifest says
    │   └── IndexTooOld       written by another format of ours
    ├── BuildInProgress       another process is building           exit status 3
    ├── BuildFailed           no room, no permission, a broken disk exit status 2
    ├── NotFetched            a page that cannot be or may not be fetched
    └── UnreadableDocument    one file; a build reports and skips it

Every message is one line that says what happened and what to do. "No passage answers" is an
answer, not an error.
"""


class CareerbotError(Exception):
    """Base of every error whose message may be shown to a person."""

    exit_status = 2


class UsageError(CareerbotError):
    """The input or the configuration cannot be used."""


class IndexUnavailable(CareerbotError):
    """There is no index that can be served."""

    exit_status = 3


class IndexMissing(IndexUnavailable):
    """Nothing has been built in this place yet."""


class IndexDamaged(IndexUnavailable):
    """A file of a version is not what its manifest says."""


class IndexTooOld(IndexUnavailable):
    """The version was written in another format."""


class BuildInProgress(CareerbotError):
    """Another process holds the build lock."""

    exit_status = 3


class BuildFailed(CareerbotError):
    """A build could not read or write what it had to; the version before keeps answering."""


class NotFetched(CareerbotError):
    """A page cannot be fetched, or may not be; the message names it."""


class UnreadableDocument(CareerbotError):
    """One file cannot be read as a document; the message is the reason."""
