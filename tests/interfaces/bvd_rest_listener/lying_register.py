"""A register that answers over mutual TLS what a test tells it to: for a client that must not believe everything."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.interfaces.saml import parties
from tests.interfaces.saml.authentication_service import tls_context


class LyingRegister(ThreadingHTTPServer):
    """Answers each GET with `body`."""

    daemon_threads = True
    body = b""

    @property
    def base(self) -> str:
        """Where it is."""
        return f"https://localhost:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: LyingRegister

    def do_GET(self) -> None:
        """MP004."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing on the screen."""


@contextmanager
def lying(folder: Path) -> Iterator[LyingRegister]:
    """It, until the end of the block."""
    server = LyingRegister(("127.0.0.1", 0), _Handler)
    context = tls_context(folder, parties.AD_OIN)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
