"""Files that people share in Slack: which may be fetched, and fetching them with our token."""

import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Self
from urllib.error import HTTPError
from urllib.parse import urlsplit

from index.documents.loaders import SUFFIXES
from index.errors import UnreadableDocument

_SECONDS = 30
_NOT_HANDED_OVER = "Slack did not hand the file over: the app needs the scope files:read"


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file of a message; ``url`` is where Slack keeps it, for those who have our token."""

    name: str
    url: str
    size: int

    @classmethod
    def from_slack(cls, file: Mapping[str, Any]) -> Self:
        """Read what Slack says of a file; what it does not hand over has no url."""
        url = file.get("url_private_download") or file.get("url_private") or ""
        name = PurePosixPath(str(file.get("name") or "file").replace("\\", "/")).name
        return cls(name, str(url), int(file.get("size") or 0))


def download(file: SharedFile, token: str, slack: str, most_bytes: int) -> bytes:
    """Fetch a file that the library could hold; ``slack`` is the url of Slack's Web API.

    Raises:
        UnreadableDocument: it is too large, of no format that we read, or not to be had.
    """
    suffix = PurePosixPath(file.name).suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableDocument(f"{suffix or 'a file without a suffix'} is not a format we read")
    if file.size > most_bytes:
        raise _too_large(file.size, most_bytes)
    if not _is_slacks(file.url, slack):
        raise UnreadableDocument(_NOT_HANDED_OVER)
    request = urllib.request.Request(  # noqa: S310 - the url was checked just now
        file.url, headers={"Authorization": f"Bearer {token}"}
    )
    try:
        with _OPENER.open(request, timeout=_SECONDS) as reply:
            is_page = reply.headers.get_content_type() == "text/html"
            content: bytes = reply.read(most_bytes + 1)
    except HTTPError as error:
        raise UnreadableDocument(_NOT_HANDED_OVER) from error
    except OSError as error:
        raise UnreadableDocument("Slack could not be reached to fetch the file") from error
    if is_page and suffix not in {".html", ".htm"}:  # Slack's page for signing in
        raise UnreadableDocument(_NOT_HANDED_OVER)
    if len(content) > most_bytes:
        raise _too_large(len(content), most_bytes)
    return content


def _too_large(size: int, most: int) -> UnreadableDocument:
    return UnreadableDocument(f"it has {size / 1e6:.1f} MB; the limit is {most / 1e6:.1f} MB")


def _is_slacks(url: str, slack: str) -> bool:
    """Whether our token may be sent there: to Slack's hosts, or where its Web API is reached."""
    asked, api = urlsplit(url), urlsplit(slack)
    if asked[:2] == api[:2]:
        return True
    return asked.scheme == "https" and f".{asked.hostname}".endswith(".slack.com")


def _opener() -> urllib.request.OpenerDirector:
    """Return what fetches without following redirects: they might carry the token elsewhere."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


_OPENER = _opener()
