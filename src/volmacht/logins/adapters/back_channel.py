"""The call to an authentication or representation service's back channel: SOAP over mutual TLS (AD-07, TL-05).

Server certificate and host name are verified against the anchors of the environment; no redirects, no proxies.
"""

import ssl
from functools import lru_cache
from pathlib import Path

import httpx

from volmacht.keystore import TlsFiles
from volmacht.protocols import soap

CONNECT_SECONDS, TOTAL_SECONDS = 3.0, 10.0
LARGEST_ANSWER = 1024 * 1024


class NotReached(OSError):
    """The neighbour cannot be reached, or does not answer as a back channel does."""


@lru_cache(maxsize=8)
def _client(certificate: Path, key: Path, anchors: Path, _changed: float) -> httpx.Client:
    """One pool of connections for each key; a new one once a file changed."""
    context = ssl.create_default_context(cafile=str(anchors))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    return httpx.Client(
        verify=context,
        timeout=httpx.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS),
        follow_redirects=False,
        trust_env=False,
    )


def call(address: str, message: bytes, *, own: TlsFiles, anchors: Path) -> bytes:
    """Send a SOAP message and return the answer. Raises NotReached."""
    changed = max(path.stat().st_mtime for path in (own.certificate, own.key, anchors))
    client = _client(own.certificate, own.key, anchors, changed)
    try:
        with client.stream("POST", address, content=message, headers=soap.HEADERS) as response:
            answer = b""
            for piece in response.iter_bytes():
                answer += piece
                if len(answer) > LARGEST_ANSWER:
                    raise NotReached("the answer is too large")
    except (httpx.HTTPError, ssl.SSLError) as error:
        raise NotReached(type(error).__name__) from error
    if response.status_code != httpx.codes.OK:
        raise NotReached(f"HTTP {response.status_code}")
    return answer
