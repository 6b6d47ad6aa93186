"""gunicorn's settings for the back channel: mutual TLS, whose certificates come from the key store (TL-01, TL-02).

gunicorn, because it hands the application the client's certificate. A connection without one of a pinned authority
ends in the handshake. Keys and anchors are read for each connection anew, so that a rollover needs no restart.
"""

import ssl
from collections.abc import Callable
from typing import Any

import volmacht.config.wsgi  # noqa: F401 - sets Django up: the key store reads settings
from volmacht.config.options import options_of_this_process
from volmacht.keystore import NoKeys, OwnEntity, TlsFiles, ring, trust_bundle
from volmacht.rules.environment import Environment


def _server() -> TlsFiles:
    """Our certificate and key. Raises NoKeys."""
    server = ring(Environment.PRODUCTION, OwnEntity.ENTRANCE).server
    if server is None:
        raise NoKeys("the back channel has no server key: volmacht keys announce entrance server")
    return server


bind = f"127.0.0.1:{options_of_this_process().port + 3}"
worker_class = "gthread"
workers = 1
threads = 16
keepalive = 60
timeout = 30
certfile, keyfile = str(_server().certificate), str(_server().key)  # gunicorn wants to see them once
do_handshake_on_connect = False  # a client that says nothing must not hold up the others
proc_name = "volmacht back channel"
loglevel = "warning"


def ssl_context(_config: Any, _default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    """TLS 1.2 or 1.3, our own server certificate, and clients of the pinned authorities of both environments.

    That a certificate is that of the connection that asks, in its environment, is checked with each message (TL-03).
    """
    server = _server()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
    context.load_cert_chain(server.certificate, server.key)
    context.verify_mode = ssl.CERT_REQUIRED
    for environment in Environment:
        context.load_verify_locations(trust_bundle(environment))
    return context
