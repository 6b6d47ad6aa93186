"""Fetches small documents from Volmacht over HTTP, and keeps the last good one (MD-21, MD-27).

No redirects, no proxies, at most 20 MB. `Kept` asks at most once in five seconds; `renew` asks sooner, for who was
connected a moment ago. While nothing good comes, the last good one counts.
"""

import logging
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage
from threading import Lock
from typing import IO, Generic, TypeVar

from volmacht import clock

TIME_OUT_SECONDS = 10.0
LARGEST = 20 * 1024 * 1024
FRESH_SECONDS = 5.0  # real ones take an hour or a day (MD-27); who tries out keys does not wait so long
SOONEST_SECONDS = 0.2  # between two questions, however often somebody wants to know

Value = TypeVar("Value")
log = logging.getLogger("volmacht.standins")


class NotFetched(RuntimeError):
    """There is no document there, or not one that can be used; the message says why."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Leave it: the answer is then an error."""


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects)


def fetch(address: str) -> bytes:
    """What is there. Raises NotFetched."""
    try:
        with _opener.open(address, timeout=TIME_OUT_SECONDS) as answer:
            content: bytes = answer.read(LARGEST + 1)
    except (OSError, HTTPException) as problem:
        raise NotFetched(f"{address}: {problem}") from problem
    if len(content) > LARGEST:
        raise NotFetched(f"{address}: too large")
    return content


class Kept(Generic[Value]):
    """One document as it was last read well. `read` raises NotFetched. Safe for threads: one asks, others wait."""

    def __init__(self, read: Callable[[], Value], *, ticks: Callable[[], float] = clock.ticks) -> None:
        self._read, self._ticks = read, ticks
        self._lock = Lock()
        self._value: Value | None = None
        self._asked_at = self._read_at = float("-inf")

    def value(self, *, at_most_old: float = FRESH_SECONDS) -> Value | None:
        """The document; None when there never was a good one."""
        with self._lock:
            now = self._ticks()
            if now - self._read_at >= at_most_old and now - self._asked_at >= SOONEST_SECONDS:
                self._asked_at = now
                self._renew(now)
            return self._value

    def renew(self) -> bool:
        """Ask again, unless that was done this very moment; whether what counts now is another than before."""
        before = self._value
        return self.value(at_most_old=SOONEST_SECONDS) is not before

    def _renew(self, now: float) -> None:
        try:
            self._value, self._read_at = self._read(), now
        except NotFetched as problem:
            log.warning("not renewed: %s", problem)
