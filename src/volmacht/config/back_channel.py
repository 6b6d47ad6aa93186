"""gunicorn's settings for the back channel: mutual TLS, whose certificates come from the key store (TL-01, TL-02).

gunicorn, because it hands the application the client's certificate. A connection without one of a pinned authority
ends in the handshake. Keys and anchors are read for each connection anew, so that a rollover needs no restart.
One listener serves both environments: a client that asks for the host of pre-production meets that server key.
"""

import ssl
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import volmacht.config.wsgi  # noqa: F401 - sets Django up: the key store reads settings
from volmacht.config.options import options_of_this_process
from volmacht.keystore import NoKeys, OwnEntity, TlsFiles, ring, trust_bundle
from volmacht.rules.environment import Environment

LOCAL_ADDRESS = "127.0.0.1"  # where we listen
_options = options_of_this_process()
_HOSTS = {
    Environment.PRODUCTION: urlsplit(_options.back_channel_url).hostname,
    Environment.PREPRODUCTION: urlsplit(_options.preproduction_back_channel_url).hostname,
}


def _server(environment: Environment) -> TlsFiles | None:
    """Our certificate and key in an environment, if it has one."""
    try:
        return ring(environment, OwnEntity.ENTRANCE).server
    except NoKeys:  # nothing at all is set up in this environment
        return None


def _first_server() -> TlsFiles:
    """What a client meets that asks for no host we know. Raises NoKeys."""
    server = next(filter(None, map(_server, _HOSTS)), None)
    if server is None:
        raise NoKeys("the back channel has no server key: volmacht keys announce entrance server")
    return server


bind = f"{LOCAL_ADDRESS}:{_options.port + 3}"
worker_class = "gthread"
workers = 1
threads = 16
keepalive = 60
timeout = 30
certfile, keyfile = (
    str(_first_server().certificate),
    str(_first_server().key),
)  # gunicorn wants to see them once
do_handshake_on_connect = False  # a client that says nothing must not hold up the others
proc_name = "volmacht back channel"
loglevel = "warning"


def _context(server: TlsFiles) -> ssl.SSLContext:
    """TLS 1.2 or 1.3, a server certificate of ours, and clients of the pinned authorities of both environments.

    That a certificate is that of the connection that asks, in its environment, is checked with each message (TL-03).
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
    context.load_cert_chain(server.certificate, server.key)
    context.verify_mode = ssl.CERT_REQUIRED
    anchors = "".join(trust_bundle(environment).read_text() for environment in Environment)
    if anchors:  # without any nobody gets in
        context.load_verify_locations(cadata=anchors)
    return context


def ssl_context(_config: Any, _default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """The context of a connection, which changes to that of the environment whose host the client asks for.

    A client that asks for an IP address sends no name (RFC 6066): then it is the address that an environment has.
    """

    def choose(connection: ssl.SSLObject, name: str | None, _context_of_first: ssl.SSLContext) -> None:
        for environment, host in _HOSTS.items():
            server = _server(environment)
            if server and host == (name or LOCAL_ADDRESS):
                if server != first:
                    connection.context = _context(server)
                return

    first = _first_server()
    context = _context(first)
    context.sni_callback = choose
    return context
