"""A URL → the page behind it, safely.

Every connection, also one for a redirect or a robots.txt, goes through `_Network`: it looks the
name up, checks the addresses and connects to one of those it checked, so a name that answers
differently the second time gains nothing. Proxies named in the environment are not used: a proxy
would look the name up itself.
"""

import ssl
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from http import HTTPStatus
from time import monotonic
from typing import Any

import httpcore
import httpx
from protego import Protego

from index.documents.addresses import Resolve, checked_addresses, is_allowed, system_resolve
from index.documents.loaders import SUFFIXES
from index.documents.reader import Limits
from index.errors import NotFetched

USER_AGENT = "careerbot"
_MOST_REDIRECTS = 5
_MOST_ROBOTS_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 KiB have to be read."""
_PORTS = frozenset({80, 443, 8000, 8080, 8443})
"""Where the public web is served; elsewhere are mail, databases and other things to leave alone."""

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/vtt": ".vtt",
    "message/rfc822": ".eml",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
}
_TEXT = frozenset({".html", ".txt", ".md", ".csv"})
_PLAIN = "text/plain"
"""What Markdown and CSV are often sent as; the name in the URL then tells them."""
_BYTES = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/zip"})
"""What other documents are often sent as."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """What a fetch may reach and take."""

    allow_hosts: frozenset[str] = frozenset()
    """Hosts, named as in the URL, that may have private addresses and any port."""
    limits: Limits = field(default_factory=Limits)
    """What reading it as a document may take; the page, unpacked, is no larger than its file."""
    seconds: float = 30.0
    """For everything from the first connection on; only looking a name up is not cut short."""
    resolve: Resolve = system_resolve


@dataclass(frozen=True, slots=True)
class Page:
    """What was behind a URL."""

    url: str
    """Where the redirects led."""
    fetched_at: str
    """ISO 8601, UTC."""
    content_type: str
    suffix: str
    """Of a file with this content: one of ours."""
    data: bytes


def is_url(where: str) -> bool:
    """Whether this names a page, not a file."""
    return "://" in where


def fetch(url: str, fetching: Fetching) -> Page:
    """Fetch a page, following up to five redirects.

    Raises:
        NotFetched: it cannot be or may not be fetched; one line with the URL, and what to do.
    """
    try:
        with httpcore.ConnectionPool(network_backend=_Network(fetching)) as pool:
            return _follow(_parsed(url), fetching, pool)
    except NotFetched as error:
        raise NotFetched(f"{url}: {error}") from error
    except httpcore.TimeoutException as error:
        raise NotFetched(
            f"{url}: it took longer than {fetching.seconds:g} s: try again later, "
            "or save the page and add the file"
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
        reason = str(error) or "the connection broke off"
        raise NotFetched(
            f"{url}: the server cannot be read ({reason}): check the address, or try again later"
        ) from error


def _follow(url: httpx.URL, fetching: Fetching, pool: httpcore.ConnectionPool) -> Page:
    rules: dict[tuple[str, str, int | None], Protego | None] = {}
    for _ in range(_MOST_REDIRECTS + 1):
        _check(url, fetching)
        origin = (url.scheme, url.host, url.port)
        if origin not in rules:
            rules[origin] = _robots(url, fetching, pool)
        _obey(rules[origin], url)
        with _get(url, pool) as (response, headers):
            to = _redirect(url, response, headers)
            if to is None:
                return _page(url, response, headers, fetching.limits.file_bytes)
        url = to
    raise NotFetched(f"it redirects more than {_MOST_REDIRECTS} times: give the final address")


def _page(url: httpx.URL, response: httpcore.Response, headers: Message, limit: int) -> Page:
    if response.status != HTTPStatus.OK:
        raise NotFetched(_refused(response.status))
    content_type = headers.get_content_type() if headers["content-type"] else ""
    suffix = _suffix(content_type, url)
    data = _body(response, headers, limit)
    if not data.strip():
        raise NotFetched("the page is empty")
    return Page(
        url=str(url),
        fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        content_type=content_type,
        suffix=suffix,
        data=_as_utf8(data, headers.get_content_charset()) if suffix in _TEXT else data,
    )


# --- what may be asked for ---


def _parsed(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
        has_host = bool(parsed.raw_host)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise NotFetched("this is not a web address: check it") from error
    if parsed.scheme not in {"http", "https"}:
        raise NotFetched("only http:// and https:// addresses can be fetched")
    if not has_host:
        raise NotFetched("this address names no host: check it")
    return parsed.copy_with(fragment=None)


def _check(url: httpx.URL, fetching: Fetching) -> None:
    if url.userinfo:
        raise NotFetched(
            "an address with a password is not fetched: save the page and add the file"
        )
    port = url.port or (443 if url.scheme == "https" else 80)
    if port not in _PORTS and not is_allowed(url.host, fetching.allow_hosts):
        raise NotFetched(
            f"port {port} is unusual for a page: "
            f"to allow it, add {url.host} to CAREERBOT_FETCH_ALLOW_HOSTS"
        )


def _robots(url: httpx.URL, fetching: Fetching, pool: httpcore.ConnectionPool) -> Protego | None:
    """The rules of the host's robots.txt; ``None`` forbids everything.

    RFC 9309, 2.3.1: a host without one, or that refuses it (4xx), allows everything; one whose
    robots.txt cannot be reached, or that fails (5xx), allows nothing. A broken connection raises,
    as it would for the page. More than five redirects are taken as no robots.txt.
    """
    at = url.copy_with(raw_path=b"/robots.txt", fragment=None)
    for _ in range(_MOST_REDIRECTS + 1):
        _check(at, fetching)
        with _get(at, pool) as (response, headers):
            to = _redirect(at, response, headers)
            if to is None:
                if response.status == HTTPStatus.OK:
                    body = _body(response, headers, _MOST_ROBOTS_BYTES, cut=True)
                    return Protego.parse(body.decode("utf-8-sig", errors="replace"))
                return None if response.status >= 500 else Protego.parse("")
        at = to
    return Protego.parse("")


def _obey(rules: Protego | None, url: httpx.URL) -> None:
    by_hand = "save the page in a browser and add the file"
    if rules is None:
        raise NotFetched(
            f"the robots.txt of {url.host} cannot be read now, so nothing may be fetched: "
            f"try again later, or {by_hand}"
        )
    if not rules.can_fetch(str(url), USER_AGENT):
        raise NotFetched(f"the robots.txt of {url.host} asks programs not to read it: {by_hand}")


# --- one request ---


@contextmanager
def _get(
    url: httpx.URL, pool: httpcore.ConnectionPool
) -> Iterator[tuple[httpcore.Response, Message]]:
    asked = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )
    accept = ", ".join(kind for kind, suffix in _SUFFIXES.items() if suffix in SUFFIXES)
    sent = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": USER_AGENT,
        "Accept": f"{accept}, */*;q=0.1",
        "Accept-Encoding": "gzip",
    }
    with pool.stream("GET", asked, headers=list(sent.items())) as response:
        headers = Message()
        for name, value in response.headers:
            headers[name.decode("latin-1")] = value.decode("latin-1")
        yield response, headers


def _redirect(url: httpx.URL, response: httpcore.Response, headers: Message) -> httpx.URL | None:
    to = headers["location"]
    if response.status not in {301, 302, 303, 307, 308} or not to:
        return None
    try:
        joined = str(url.join(to))
    except (httpx.InvalidURL, UnicodeError) as error:
        raise NotFetched("it redirects to something that is no web address") from error
    return _parsed(joined)


def _body(response: httpcore.Response, headers: Message, limit: int, *, cut: bool = False) -> bytes:
    """The unpacked body; one longer than ``limit`` is never held whole: it fails, or is cut."""
    received, body = 0, bytearray()
    for part in _unpacked(response.iter_stream(), headers["content-encoding"] or "", limit + 1):
        received += part.received
        body += part.data
        if max(received, len(body)) > limit:
            if cut:
                return bytes(body[:limit])
            raise NotFetched(f"it is larger than {limit / 1e6:.1f} MB, the limit for a document")
    return bytes(body)


@dataclass(frozen=True, slots=True)
class _Chunk:
    received: int
    """Bytes that came over the network."""
    data: bytes


def _unpacked(stream: Iterable[bytes], encoding: str, most: int) -> Iterator[_Chunk]:
    """What came, unpacked; at most ``most`` bytes out of one chunk."""
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        yield from (_Chunk(len(chunk), chunk) for chunk in stream)
        return
    if encoding not in {"gzip", "x-gzip"}:
        raise NotFetched(f"the server packs it in a way that was not asked for ({encoding[:40]})")
    gzip = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        for chunk in stream:
            data = gzip.decompress(chunk, most)
            yield _Chunk(len(chunk), data)
            while gzip.eof and gzip.unused_data:  # gzip files may follow each other
                rest, gzip = gzip.unused_data, zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
                yield _Chunk(0, gzip.decompress(rest, most))
    except zlib.error as error:
        raise NotFetched("it arrived damaged: try again later") from error
    if not gzip.eof:
        raise NotFetched("it arrived incomplete: try again later")


# --- what came ---


def _suffix(content_type: str, url: httpx.URL) -> str:
    name = url.path.rsplit("/", 1)[-1].lower()
    named = f".{name.rsplit('.', 1)[-1]}" if "." in name else ""
    suffix = _SUFFIXES.get(content_type, "")
    if content_type == _PLAIN and named in {".md", ".markdown", ".csv"}:
        suffix = named
    elif content_type in _BYTES and named not in _TEXT:
        suffix = named  # the loader checks by the first bytes that it is what its name says
    if suffix not in SUFFIXES:
        kind = content_type or "a page without a content type"
        raise NotFetched(f"{kind[:60]} is not a format we read: add it in another format")
    return suffix


def _as_utf8(data: bytes, charset: str | None) -> bytes:
    """Text in the charset that the server declares, as UTF-8; the file alone would not tell it.

    Latin-1 is what servers declare without looking; such a page is left as it is.
    """
    if not charset or charset in {"iso-8859-1", "latin-1", "us-ascii"}:
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(charset).encode("utf-8")
        except (LookupError, UnicodeError):
            return data
    return data


def _refused(status: int) -> str:
    try:
        phrase = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = str(status)
    match status:
        case 404 | 410:
            advice = "check the address"
        case 401 | 403 | 407 | 451:
            advice = "save the page in a browser and add the file"
        case _:
            advice = "try again later"
    return f"the server answers {phrase}: {advice}"


# --- connections ---


class _Network(httpcore.NetworkBackend):
    """Connects to checked addresses only, and for so many seconds in all."""

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching
        self._deadline = monotonic() + fetching.seconds
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline is what counts
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Look the host up, check its addresses, and connect to the first that answers."""
        addresses = checked_addresses(
            host, port, self._fetching.allow_hosts, self._fetching.resolve
        )
        for number, address in enumerate(addresses, start=1):
            try:
                left = _left(self._deadline)
                stream = self._sockets.connect_tcp(
                    address, port, left, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
            else:
                return _Stream(stream, self._deadline)
        raise AssertionError(addresses)  # one of them has returned or raised


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time is over")
    return left
