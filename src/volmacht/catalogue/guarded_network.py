"""Connections to hosts that somebody else named: the name is looked up once, judged, and connected to (WK-27).

Touches the network. A name of which any address is not public is refused; what was judged is what is connected to, so
a second answer of the name server changes nothing. Every step has the time that is left of one deadline.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import httpcore

from volmacht import clock
from volmacht.catalogue.kinds import FetchFault

# Tunnels: whether their inner address is public is not for us to find out.
_TUNNELS: Final = tuple(
    ipaddress.IPv6Network(net) for net in ("2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48")
)

Resolve = Callable[[str, int], Sequence[str]]


class NotFetched(Exception):
    """The address gave no document, and why; repeats nothing of what came."""

    def __init__(self, fault: FetchFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses that the system finds for a name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether an IP address lies on the open internet: not private, loopback, link-local, multicast or reserved."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and (
        found.ipv4_mapped or found.is_site_local or any(found in net for net in _TUNNELS)
    ):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


class Deadline:
    """The end of the time for everything together."""

    def __init__(self, seconds: float) -> None:
        self._ends = clock.ticks() + seconds

    def check(self) -> None:
        """Raises NotFetched when the time is over."""
        if clock.ticks() >= self._ends:
            raise NotFetched(FetchFault.TOO_SLOW)

    def left(self, timeout: float | None) -> float:
        """How long one step may take. Raises NotFetched."""
        self.check()
        left = max(self._ends - clock.ticks(), 0.001)
        return left if timeout is None else min(timeout, left)


class GuardedNetwork(httpcore.NetworkBackend):
    """Connects to addresses that were looked at, and to nothing else."""

    def __init__(
        self, deadline: Deadline, *, resolve: Resolve = resolved, private_allowed: bool = False
    ) -> None:
        self._deadline = deadline
        self._resolve = resolve
        self._private_allowed = private_allowed
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, judge, connect. Raises NotFetched, and what httpcore raises."""
        failed: httpcore.NetworkError | httpcore.TimeoutException = httpcore.ConnectError()
        for address in self._addresses(host, port):
            try:
                stream = self._backend.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                failed = error
                continue
            return _Timed(stream, self._deadline)
        raise failed

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = self._resolve(host.strip("[]"), port)
        except (OSError, UnicodeError) as error:
            raise NotFetched(FetchFault.HOST_UNKNOWN) from error
        if not self._private_allowed and not all(is_public(address) for address in addresses):
            raise NotFetched(FetchFault.PRIVATE_ADDRESS)
        return addresses


class _Timed(httpcore.NetworkStream):
    """A connection of which each step takes at most what is left: bytes that drip in gain no time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """See httpcore."""
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """See httpcore."""
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """See httpcore."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """See httpcore. Raises NotFetched for a server that cannot prove its name."""
        left = self._deadline.left(timeout)
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, left)
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise NotFetched(FetchFault.CERTIFICATE) from error
            raise
        return _Timed(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """See httpcore."""
        return self._stream.get_extra_info(info)
