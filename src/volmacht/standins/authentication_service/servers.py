"""Two servers of the standard library in one process, so that they share memory: for browsers, and for mutual TLS.

A thread for each connection. The second asks every client for a certificate, and hands it to the application with the
environment to which the host name belongs that the client asked for (TL-01, TL-02).
"""

import logging
import socket
import ssl
import sys
from collections.abc import Mapping
from socketserver import TCPServer, ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import WSGIApplication

from cryptography import x509

from volmacht.pki import pem_of
from volmacht.rules.environment import Environment
from volmacht.standins.authentication_service import key_files, settings
from volmacht.standins.authentication_service.services import BACK_HOSTS, Service
from volmacht.standins.pem_files import KeyFileProblem

HOST = "127.0.0.1"  # this machine only
IDLE_SECONDS = 15.0
CERTIFICATE, ENVIRONMENT = (
    "peer.certificate",
    "peer.environment",
)  # in the environ of WSGI; no header can set them
log = logging.getLogger("volmacht.authentication_service")


class Handler(WSGIRequestHandler):
    """One call. A client that says nothing for a while is left."""

    timeout = IDLE_SECONDS
    server_version = "authentication-service"
    sys_version = ""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """No log of addresses: they would hold artifacts."""


class FrontServer(ThreadingMixIn, WSGIServer):
    """For browsers, over plain HTTP on this machine."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, application: WSGIApplication, handler: type[Handler] = Handler) -> None:
        super().__init__((HOST, port), handler)
        self.set_app(application)

    def server_bind(self) -> None:
        """Without looking up our own name, which may take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]
        self.setup_environ()

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - as it is called
        """One line: a client that left, or with whom there is no TLS."""
        log.info("connection ended: %s", type(sys.exception()).__name__)


class BackHandler(Handler):
    """One call over mutual TLS."""

    connection: ssl.SSLSocket

    def get_environ(self) -> dict[str, Any]:
        """With the client's certificate in DER, and the environment that was asked for."""
        server: BackServer = self.server  # type: ignore[assignment]  # it is made by nobody else
        return {
            **super().get_environ(),
            "HTTPS": "on",
            CERTIFICATE: self.connection.getpeercert(binary_form=True),
            ENVIRONMENT: server.environment_of(self.connection),
        }


class BackServer(FrontServer):
    """For Volmacht itself. The handshake is done in the thread of the connection, so that nobody waits for it."""

    def __init__(
        self, port: int, application: WSGIApplication, contexts: Mapping[Environment, ssl.SSLContext]
    ) -> None:
        super().__init__(port, application, BackHandler)
        self._contexts = contexts
        self._first = next(iter(contexts.values()))
        self._first.sni_callback = self._choose

    def _choose(self, connection: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
        """The certificate and authorities of an environment; a client that asks for an address sends no name."""
        for environment, context in self._contexts.items():
            if BACK_HOSTS[environment] == (name or HOST):
                connection.context = context

    def environment_of(self, connection: ssl.SSLSocket) -> Environment:
        """With whose certificates this connection was made."""
        return next(one for one, context in self._contexts.items() if context is connection.context)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Shake hands, answer one call, say goodbye."""
        request.settimeout(IDLE_SECONDS)
        with self._first.wrap_socket(request, server_side=True) as secure:
            super().finish_request(secure, client_address)
            secure.shutdown(socket.SHUT_WR)


def tls_context(service: Service) -> ssl.SSLContext:
    """TLS 1.2 or later, with our server certificate; clients show one of an authority of this environment (TL-01)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    certificate, key = key_files.server_pair(settings.KEYS, service.environment)
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as problem:
        raise KeyFileProblem(f"{certificate}: no usable server key: {problem}") from problem
    _believe(context, service.trust.anchors)
    context.options |= ssl.OP_NO_TICKET  # a session must not be resumed under the other environment
    context.num_tickets = 0
    return context


def _believe(context: ssl.SSLContext, anchors: tuple[x509.Certificate, ...]) -> None:
    """A pinned authority need not be a root."""
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_verify_locations(cadata=pem_of(*anchors).decode("ascii"))
