"""A real web server on this machine, plain or over TLS, that answers as a test tells it."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.catalogue.publishing import server_key
from volmacht.pki import private_key_pem

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class WebServer:
    """`answers` by path; `asked` are the paths and host headers of the requests so far."""

    port: int
    scheme: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def address(self, path: str = "/metadata", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"


def document(data: bytes, **headers: str) -> Answer:
    """An answer with this body."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def redirect(location: str, status: int = 302) -> Answer:
    """An answer that sends somewhere else."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Location", location)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def status(number: int) -> Answer:
    """An answer without a body."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(number)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


@contextmanager
def serving(tls_host: str = "", folder: Path | None = None) -> Iterator[WebServer]:
    """Serve until the end of the block; with a host name over TLS, whose certificate needs a folder."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found.asked.append((self.path, self.headers["Host"]))
            try:
                found.answers.get(self.path, status(404))(self)
            except OSError:  # whoever asked went away, as some tests want
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    if tls_host and folder:
        server.socket = _tls(tls_host, folder).wrap_socket(server.socket, server_side=True)
    found = WebServer(server.server_address[1], "https" if tls_host else "http")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def _tls(host: str, folder: Path) -> ssl.SSLContext:
    chain, own_key = server_key(host)
    (folder / "server.pem").write_bytes(chain + private_key_pem(own_key.private_key))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context
