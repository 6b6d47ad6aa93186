"""Fetches a metadata document from an address that somebody else controls, without becoming their errand boy (MD-27).

The guards against server-side request forgery (WK-27): https; the name is resolved here, once, and no address may be
private; the connection goes to the address that was looked at, so a second answer of the name server changes nothing;
redirects stay at the same scheme, host and port; no proxies; nothing is unpacked; 20 MB and 30 seconds, counted while
it comes in. Only the look-up of the name has no limit of ours: the resolver of the system has its own.
"""

import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

import httpcore
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from volmacht.catalogue.guarded_network import Deadline, GuardedNetwork, NotFetched, Resolve, resolved
from volmacht.catalogue.kinds import FetchFault

LARGEST: Final = 20 * 1024 * 1024
SECONDS: Final = 30.0
CONNECT_SECONDS: Final = 5.0
MOST_REDIRECTS: Final = 3
LONGEST_ADDRESS: Final = 2048
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_PORTS: Final = {"https": 443, "http": 80}
_HEADERS: Final = (
    ("Accept", "application/samlmetadata+xml, application/xml, text/xml"),
    ("Accept-Encoding", "identity"),
    ("User-Agent", "Volmacht"),
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be fetched. `anchors` are believed for TLS beside those of the system (PKIoverheid).

    `on_this_machine` is for a demonstration: http and private addresses may be.
    """

    anchors: tuple[x509.Certificate, ...] = ()
    on_this_machine: bool = False
    seconds: float = SECONDS
    largest: int = LARGEST
    resolve: Resolve = resolved


def fetch(address: str, rules: Rules) -> bytes:
    """The document at an address. Raises NotFetched."""
    deadline = Deadline(rules.seconds)
    guard = GuardedNetwork(deadline, resolve=rules.resolve, private_allowed=rules.on_this_machine)
    try:
        with httpcore.ConnectionPool(ssl_context=_tls(rules.anchors), network_backend=guard) as pool:
            for _ in range(MOST_REDIRECTS + 1):
                answer = _get(pool, address, rules, deadline)
                if isinstance(answer, bytes):
                    return answer
                address = answer
    except httpcore.TimeoutException as error:
        raise NotFetched(FetchFault.TOO_SLOW) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, UnicodeError, OSError) as error:
        raise NotFetched(FetchFault.UNREACHABLE) from error
    raise NotFetched(FetchFault.REDIRECT)


def checked(address: str, *, http_allowed: bool) -> SplitResult:
    """The parts of an address that may be asked. Raises NotFetched (MD-27, MD-31)."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise NotFetched(FetchFault.ADDRESS_MALFORMED) from error
    printable = all("!" <= sign <= "~" for sign in address)
    if not printable or len(address) > LONGEST_ADDRESS or "#" in address or "\\" in address:
        raise NotFetched(FetchFault.ADDRESS_MALFORMED)
    if not parts.hostname or "@" in parts.netloc or port == 0:
        raise NotFetched(FetchFault.ADDRESS_MALFORMED)
    if parts.scheme != "https" and not (parts.scheme == "http" and http_allowed):
        raise NotFetched(FetchFault.NOT_HTTPS)
    return parts


def _get(pool: httpcore.ConnectionPool, address: str, rules: Rules, deadline: Deadline) -> bytes | str:
    """The document, or the address to which it moved."""
    parts = checked(address, http_allowed=rules.on_this_machine)
    timeouts = {"connect": CONNECT_SECONDS, "read": rules.seconds, "write": rules.seconds, "pool": 1.0}
    with pool.stream("GET", address, headers=_HEADERS, extensions={"timeout": timeouts}) as response:
        headers = {name.lower(): value for name, value in response.headers}
        if response.status in _MOVED:
            return _moved(parts, headers.get(b"location", b""), rules)
        if response.status != HTTPStatus.OK:
            raise NotFetched(FetchFault.STATUS)
        if headers.get(b"content-encoding", b"identity").strip().lower() != b"identity":
            raise NotFetched(FetchFault.ENCODED)
        return _body(response.iter_stream(), rules.largest, deadline)


def _moved(parts: SplitResult, location: bytes, rules: Rules) -> str:
    """Where it moved to, at the same scheme, host and port. Raises NotFetched."""
    try:
        target = checked(
            urljoin(parts.geturl(), location.decode("ascii")), http_allowed=rules.on_this_machine
        )
    except (NotFetched, ValueError) as error:
        raise NotFetched(FetchFault.REDIRECT) from error
    if _place(target) != _place(parts):
        raise NotFetched(FetchFault.REDIRECT)
    return target.geturl()


def _place(parts: SplitResult) -> tuple[str, str | None, int]:
    return parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme]


def _body(stream: Iterable[bytes], largest: int, deadline: Deadline) -> bytes:
    found = bytearray()
    for part in stream:
        found += part
        if len(found) > largest:
            raise NotFetched(FetchFault.TOO_LARGE)
        deadline.check()
    return bytes(found)


def _tls(anchors: tuple[x509.Certificate, ...]) -> ssl.SSLContext:
    context = ssl.create_default_context()
    for anchor in anchors:
        context.load_verify_locations(cadata=anchor.public_bytes(Encoding.DER))
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # an anchor may stand below a root
    return context
