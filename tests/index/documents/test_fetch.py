"""Fetching from a real server, well-behaved and not."""

import gzip
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import httpcore
import pytest

from index.documents.fetch import Fetching, fetch
from index.documents.reader import Limits
from index.errors import NotFetched

if TYPE_CHECKING:
    from tests.index.documents.conftest import Handler, Web

HTML = "<html><head><title>A page</title></head><body><p>Some text stands here.</p></body></html>"


def test_a_page_comes_with_what_is_known_of_it(web: "Web", opened: Fetching) -> None:
    """Its bytes, its address, its type, and when."""
    page = fetch(web.page("/a", HTML), opened)
    assert page.data == HTML.encode()
    assert page.url == web.url("/a")
    assert (page.content_type, page.suffix) == ("text/html", ".html")
    assert page.fetched_at.endswith("+00:00")


def test_the_server_hears_who_asks(web: "Web", opened: Fetching) -> None:
    """robots.txt is asked for first, and both requests name careerbot."""
    fetch(web.page("/a", HTML), opened)
    assert [path for path, _ in web.asked] == ["/robots.txt", "/a"]
    assert {headers["User-Agent"] for _, headers in web.asked} == {"careerbot"}


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://127.0.0.1/a", "only http"),
        ("file:///etc/passwd", "only http"),
        ("http://", "names no host"),
        ("http://user:secret@127.0.0.1/", "password"),
        ("http://user@127.0.0.1/", "password"),
        ("http://8.8.8.8:22/", "port 22 is unusual"),
        ("http://[::1", "no web address|not a web address"),
        ("http://①②⑦.⓪.⓪.①/", "not a web address|private network|not known"),
    ],
)
def test_addresses_that_are_refused_unseen(url: str, reason: str) -> None:
    """Another scheme, a password, an unusual port, or nothing that is an address."""
    with pytest.raises(NotFetched, match=reason):
        fetch(url, Fetching())


@pytest.mark.parametrize(
    "host", "127.0.0.1 localhost 2130706433 0x7f.1 [::1] [::ffff:127.0.0.1]".split()
)
def test_this_machine_is_not_reached(host: str) -> None:
    """However it is written, and before anything is sent."""
    with pytest.raises(NotFetched, match=r"(?s)^http://.*private network"):
        fetch(f"http://{host}:8080/", Fetching())


def test_a_redirect_is_followed(web: "Web", opened: Fetching) -> None:
    """The page knows where it was in the end."""
    web.page("/b", HTML)
    assert fetch(web.redirect("/a", "b"), opened).url == web.url("/b")


def test_a_redirect_to_a_private_address_is_refused(web: "Web", opened: Fetching) -> None:
    """That one host is opened does not open where it leads; nothing is asked there."""
    web.page("/b", HTML)
    start = web.redirect("/a", web.url("/b", "localhost"))
    with pytest.raises(NotFetched, match="localhost"):
        fetch(start, replace(opened))
    assert [path for path, _ in web.asked] == ["/robots.txt", "/a"]


@pytest.mark.parametrize("to", ["file:///etc/passwd", "http://a:b@127.0.0.1/", "gopher://x/"])
def test_a_redirect_is_checked_like_an_address(web: "Web", opened: Fetching, to: str) -> None:
    """Another scheme or a password is refused there too."""
    with pytest.raises(NotFetched):
        fetch(web.redirect("/a", to), opened)


def test_redirects_end(web: "Web", opened: Fetching) -> None:
    """After five, a page that redirects to itself is given up."""
    with pytest.raises(NotFetched, match="more than 5 times"):
        fetch(web.redirect("/a", "/a"), opened)
    assert [path for path, _ in web.asked].count("/a") == 6


def test_the_connection_goes_to_the_address_that_was_checked(web: "Web") -> None:
    """The name is looked up once a connection, by us; the server sees the name."""
    looked_up: list[str] = []

    def resolve(host: str, _: int) -> Sequence[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    web.page("/a", HTML)
    fetching = Fetching(allow_hosts=frozenset({"page.test"}), resolve=resolve)
    fetch(web.url("/a", "page.test"), fetching)
    assert set(looked_up) == {"page.test"}
    assert web.asked[-1][1]["Host"] == f"page.test:{web.port}"


def test_a_name_that_turns_private_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that was checked is the one connected to; the next answer is checked again."""
    answers: Iterator[str] = iter(["93.184.215.14", "127.0.0.1"])
    reached: list[str] = []

    def connect(_: object, address: str, *__: object) -> httpcore.NetworkStream:
        reached.append(address)
        return httpcore.MockStream([b"HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n"])

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(NotFetched, match="private network"):
        fetch("http://turns.example/", Fetching(resolve=lambda *_: [next(answers)]))
    assert reached == ["93.184.215.14"]


def test_the_next_address_is_tried(web: "Web") -> None:
    """A host with several addresses is reached while one of them answers."""
    fetching = Fetching(
        allow_hosts=frozenset({"two.test"}), resolve=lambda *_: ["127.0.0.2", "127.0.0.1"]
    )
    web.page("/a", HTML)
    assert fetch(web.url("/a", "two.test"), fetching).data == HTML.encode()


def test_proxies_of_the_environment_are_not_used(
    web: "Web", opened: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy would look names up itself, past the check."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert fetch(web.page("/a", HTML), opened).data == HTML.encode()


# --- sizes and times ---


def _limited(opened: Fetching, size: int = 1000, seconds: float = 10) -> Fetching:
    return replace(opened, limits=Limits(file_bytes=size), seconds=seconds)


def test_a_page_that_says_it_is_too_large(web: "Web", opened: Fetching) -> None:
    """It is refused, with the limit."""
    with pytest.raises(NotFetched, match="the limit for a document"):
        fetch(web.page("/a", "x" * 1001), _limited(opened))
    assert fetch(web.page("/b", "x" * 1000), _limited(opened)).data == b"x" * 1000


def test_a_page_without_an_end(web: "Web", opened: Fetching) -> None:
    """One that never says its size is cut off at the limit."""

    def serve(handler: "Handler") -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/plain")
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 10_000)

    web.pages["/a"] = serve
    with pytest.raises(NotFetched, match="the limit for a document"):
        fetch(web.url("/a"), _limited(opened))


def test_a_gzip_bomb(web: "Web", opened: Fetching) -> None:
    """A small packed page that is large unpacked is refused, before it is all unpacked."""
    bomb = gzip.compress(b"\0" * 50_000_000)
    url = web.page("/a", bomb, Content_Encoding="gzip")
    with pytest.raises(NotFetched, match="the limit for a document"):
        fetch(url, _limited(opened, size=100_000))


def test_packed_pages_are_unpacked(web: "Web", opened: Fetching) -> None:
    """Also one in two gzip parts."""
    packed = gzip.compress(HTML[:20].encode()) + gzip.compress(HTML[20:].encode())
    url = web.page("/a", packed, Content_Encoding="gzip")
    assert fetch(url, opened).data == HTML.encode()


@pytest.mark.parametrize(
    ("data", "encoding", "reason"),
    [
        (gzip.compress(HTML.encode(), mtime=0)[:-12], "gzip", "incomplete"),
        (b"no gzip", "gzip", "damaged"),
        (
            gzip.compress(gzip.compress(HTML.encode(), mtime=0), mtime=0),
            "gzip, gzip",
            "not asked for",
        ),
        (b"?", "br", "not asked for"),
    ],
)
def test_what_cannot_be_unpacked(
    web: "Web", opened: Fetching, data: bytes, encoding: str, reason: str
) -> None:
    """Damaged, cut off, packed twice, or packed in a way that was not asked for."""
    with pytest.raises(NotFetched, match=reason):
        fetch(web.page("/a", data, Content_Encoding=encoding), opened)


@pytest.mark.parametrize("in_headers", [True, False])
def test_a_server_that_drips(web: "Web", opened: Fetching, *, in_headers: bool) -> None:
    """The time is for everything: a byte now and then, even in the headers, gains nothing."""

    def serve(handler: "Handler") -> None:
        if in_headers:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    web.pages["/a"] = serve
    with pytest.raises(NotFetched, match=r"longer than 0.5 s"):
        fetch(web.url("/a"), _limited(opened, seconds=0.5))


def test_a_connection_that_breaks_off(web: "Web", opened: Fetching) -> None:
    """Half a page is no page."""

    def serve(handler: "Handler") -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
        handler.wfile.write(b"Content-Length: 5000\r\n\r\n<p>Half")

    web.pages["/a"] = serve
    with pytest.raises(NotFetched, match="cannot be read"):
        fetch(web.url("/a"), opened)


def test_nobody_listens(opened: Fetching) -> None:
    """A refused connection is one line with the address."""
    with pytest.raises(NotFetched, match=r"^http://127.0.0.1:1/: the server cannot be read"):
        fetch("http://127.0.0.1:1/", opened)


# --- what the server says ---


@pytest.mark.parametrize(
    ("status", "advice"),
    [(404, "check the address"), (403, "save the page"), (503, "try again later")],
)
def test_errors_of_the_server(web: "Web", opened: Fetching, status: int, advice: str) -> None:
    """The line has the address, the status and what to do."""
    url = web.page("/a", "no", status=status)
    with pytest.raises(NotFetched, match=f"^{url}: the server answers {status} .*: {advice}"):
        fetch(url, opened)


@pytest.mark.parametrize("content_type", ["image/png", "application/json", "video/mp4", None])
def test_other_formats_are_refused(web: "Web", opened: Fetching, content_type: str | None) -> None:
    """What we do not read is not taken."""
    with pytest.raises(NotFetched, match="not a format we read"):
        fetch(web.page("/a", "x", content_type), opened)


@pytest.mark.parametrize(
    ("path", "content_type", "suffix"),
    [
        ("/a", "application/xhtml+xml", ".html"),
        ("/a", "Text/Plain; charset=utf-8", ".txt"),
        ("/notes.md", "text/plain", ".md"),
        ("/a.php", "application/pdf", ".pdf"),
        ("/paper.pdf", "application/octet-stream", ".pdf"),
        ("/paper.docx", None, ".docx"),
    ],
)
def test_the_format_is_what_the_server_says(
    web: "Web", opened: Fetching, path: str, content_type: str | None, suffix: str
) -> None:
    """Only where the type says too little does the name in the address help."""
    assert fetch(web.page(path, "x", content_type), opened).suffix == suffix


def test_a_declared_charset_is_kept(web: "Web", opened: Fetching) -> None:
    """The stored text is UTF-8 where only the server said what it is."""
    url = web.page("/a", "Привет".encode("koi8-r"), "text/plain; charset=koi8-r")
    assert fetch(url, opened).data.decode() == "Привет"


def test_a_wrong_charset_does_no_harm(web: "Web", opened: Fetching) -> None:
    """What is UTF-8 stays so, whatever the server declares."""
    url = web.page("/a", "naïve", "text/plain; charset=windows-1251")
    assert fetch(url, opened).data.decode() == "naïve"


def test_an_empty_page(web: "Web", opened: Fetching) -> None:
    """Nothing is no page."""
    with pytest.raises(NotFetched, match="empty"):
        fetch(web.page("/a", "  \n"), opened)


# --- robots.txt ---


@pytest.mark.parametrize("agent", ["*", "careerbot", "CareerBot"])
def test_robots_txt_is_honoured(web: "Web", opened: Fetching, agent: str) -> None:
    """A page that it forbids is not asked for; another is."""
    web.page("/robots.txt", f"User-agent: {agent}\nDisallow: /private", "text/plain")
    with pytest.raises(NotFetched, match=r"robots\.txt .* asks programs not to read it"):
        fetch(web.page("/private/a", HTML), opened)
    assert [path for path, _ in web.asked] == ["/robots.txt"]
    assert fetch(web.page("/a", HTML), opened).data


def test_robots_txt_may_make_an_exception_for_us(web: "Web", opened: Fetching) -> None:
    """The rules for careerbot replace those for all."""
    web.page("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: careerbot\nAllow: /")
    assert fetch(web.page("/a", HTML), opened).data


def test_robots_txt_that_cannot_be_reached_forbids(web: "Web", opened: Fetching) -> None:
    """RFC 9309: a server error means no; 404, as in the other tests, means yes."""
    web.page("/robots.txt", "", status=503)
    with pytest.raises(NotFetched, match="cannot be read now"):
        fetch(web.page("/a", HTML), opened)


def test_where_a_redirect_leads_is_asked_too(web: "Web", opened: Fetching) -> None:
    """The rules hold for the page in the end, not only for the first address."""
    web.page("/robots.txt", "User-agent: *\nDisallow: /b")
    web.page("/b", HTML)
    with pytest.raises(NotFetched, match=r"robots\.txt"):
        fetch(web.redirect("/a", "/b"), opened)


def test_robots_txt_may_not_lead_into_the_network(web: "Web", opened: Fetching) -> None:
    """A redirect of robots.txt is checked like one of a page."""
    web.redirect("/robots.txt", "http://localhost:8080/")
    with pytest.raises(NotFetched, match="private network"):
        fetch(web.page("/a", HTML), opened)
