"""Which certificate authorities are believed in each environment: PEM files that an administrator put there (MD-23).

In the folder of the environment (see `volmacht.keystore`) `anchors/*.pem` are pinned authorities,
`intermediates/*.pem` help to find the path to them, `crls/*.pem` are revocation lists (SG-12). Touches files only.
A file that cannot be read counts for nothing, and the log says so; but what was on a revocation list that this process
read before stays revoked.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import structlog
from cryptography import x509
from django.conf import settings

from volmacht import clock
from volmacht.keystore.believing import trust_folder
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.rules.environment import Environment

POLL_SECONDS = 1.0
FOLDERS = ("anchors", "intermediates", "crls")
Seen = tuple[tuple[str, int, int, int], ...]
Value = TypeVar("Value")


@dataclass(slots=True)
class _Known:
    """What was read of one environment; `seen` tells whether any file changed since."""

    seen: Seen
    trust: Trust


class TrustFolder:
    """The trust of each environment, read again within a second after a file changed. `ticks` counts seconds."""

    def __init__(self, ticks: Callable[[], float] = clock.ticks) -> None:
        self._ticks = ticks
        self._lock = threading.Lock()
        self._known: dict[Path, _Known] = {}
        self._asked: dict[Path, float] = {}

    def trust(self, environment: Environment, *, fresh: bool = False) -> Trust:
        """What is trusted now; the same value as long as nothing changed."""
        folder = trust_folder(environment)
        known = self._known.get(folder)
        ticks = self._ticks()
        if known is not None and not fresh and ticks - self._asked[folder] < POLL_SECONDS:
            return known.trust
        with self._lock:
            known, seen = self._known.get(folder), tuple(_seen(folder))
            if known is None or known.seen != seen:
                known = self._known[folder] = _Known(seen, _read(folder, known))
            self._asked[folder] = ticks
            return known.trust


def _seen(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    for part in FOLDERS:
        for path in sorted((folder / part).glob("*.pem")):
            with suppress(FileNotFoundError):  # taken away at this moment
                found = path.stat()
                yield str(path), found.st_mtime_ns, found.st_size, found.st_ino


def _read(folder: Path, known: _Known | None) -> Trust:
    revoked, whole = _each(folder / "crls", _revocation_list)
    if not whole and known is not None:  # half a file must not make a revoked certificate good again
        revoked += tuple(one for one in known.trust.revoked if one not in revoked)
    return Trust(
        anchors=_certificates(folder / "anchors"),
        intermediates=_certificates(folder / "intermediates"),
        revoked=revoked,
        http_allowed=settings.VOLMACHT.demo,
    )


def _certificates(folder: Path) -> tuple[x509.Certificate, ...]:
    found, _whole = _each(folder, x509.load_pem_x509_certificates)
    return found


def _revocation_list(data: bytes) -> list[x509.CertificateRevocationList]:
    return [x509.load_pem_x509_crl(data)]


def _each(folder: Path, read: Callable[[bytes], list[Value]]) -> tuple[tuple[Value, ...], bool]:
    """What the files of a folder hold, and whether all could be read."""
    values: list[Value] = []
    whole = True
    for path in sorted(folder.glob("*.pem")):
        try:
            values += read(path.read_bytes())
        except (OSError, ValueError) as error:
            whole = False
            structlog.get_logger("volmacht.metadata").error(
                "a file of the trusted authorities cannot be read", file=str(path), problem=str(error)
            )
    return tuple(values), whole


TRUST = TrustFolder()
