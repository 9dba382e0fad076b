"""A real web server on this machine."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from index.documents.fetch import Fetching

Handler = BaseHTTPRequestHandler
Serve = Callable[[Handler], None]


@dataclass
class Web:
    """What the server says to a path, and what it was asked."""

    port: int = 0
    pages: dict[str, Serve] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"

    def page(
        self,
        path: str,
        body: bytes | str,
        content_type: str | None = "text/html; charset=utf-8",
        status: int = 200,
        **headers: str,
    ) -> str:
        """Serve this at ``path``; return its address."""
        data = body.encode() if isinstance(body, str) else body

        def serve(handler: Handler) -> None:
            handler.send_response(status)
            if content_type:
                handler.send_header("Content-Type", content_type)
            handler.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(data)

        self.pages[path] = serve
        return self.url(path)

    def redirect(self, path: str, to: str) -> str:
        """Redirect ``path``; return its address."""
        return self.page(path, "", status=302, Location=to)


@pytest.fixture
def web() -> Iterator[Web]:
    """A server without pages: it says 404 to everything, also to /robots.txt."""
    served = Web()

    class Served(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append((self.path, dict(self.headers)))
            page = served.pages.get(self.path)
            if page:
                page(self)
            else:
                self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Served)
    server.daemon_threads = True
    served.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def opened() -> Fetching:
    """Fetching that may reach the server."""
    return Fetching(allow_hosts=frozenset({"127.0.0.1"}), seconds=10)
