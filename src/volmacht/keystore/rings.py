"""The keys of one of our entities as messages and metadata use them, in memory, and read again when they changed.

Asks for the state of one small file at most twice a second, so that a rollover is followed by every process.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

from volmacht import clock
from volmacht.keystore.files import Mark, mark_of
from volmacht.keystore.stored import (
    KeyState,
    KeyUse,
    NoKeys,
    OwnEntity,
    StoredKey,
    folder_of,
    read_state,
    state_file,
)
from volmacht.protocols.saml.keys import OwnKey, PublishedKey
from volmacht.rules.environment import Environment

LOOK_SECONDS = 0.5
_READ_TRIES = 5
_ORDER = (KeyState.ACTIVE, KeyState.RETIRING, KeyState.ANNOUNCED)


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """PEM files, as TLS libraries take them; the certificate is followed by those above it."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Ring:
    """All keys of one entity. Active first in every tuple.

    `published_signing` are keys in any state, TLS client certificates included (MD-40, MD-44). `published_encryption`
    leaves out what is retiring: nobody new should encrypt for it, while `decrypting` still opens it (MD-42).
    """

    signing: OwnKey
    decrypting: tuple[OwnKey, ...]
    published_signing: tuple[PublishedKey, ...]
    published_encryption: tuple[PublishedKey, ...]
    tls: TlsFiles | None
    server: TlsFiles | None


@dataclass(frozen=True, slots=True)
class _Held:
    mark: Mark | None
    looked_at: float
    ring: Ring


_held: dict[Path, _Held] = {}
_reading = threading.Lock()


def ring(environment: Environment, entity: OwnEntity) -> Ring:
    """The keys that count now, at most a second late. Raises NoKeys when there is no signing key."""
    folder = folder_of(environment, entity)
    held = _held.get(folder)
    if held is not None and clock.ticks() - held.looked_at < LOOK_SECONDS:
        return held.ring
    with _reading:
        held = _held[folder] = _renewed(folder, _held.get(folder))
        return held.ring


def _renewed(folder: Path, held: _Held | None) -> _Held:
    for _ in range(_READ_TRIES):
        looked_at, mark = clock.ticks(), mark_of(state_file(folder))
        if held is not None and held.mark == mark:
            return _Held(mark, looked_at, held.ring)
        try:
            return _Held(mark, looked_at, _read(folder))
        except FileNotFoundError:  # a key was retired between reading its name and reading it
            continue
    raise NoKeys(f"keys are missing in {folder}")


def _read(folder: Path) -> Ring:
    keys = sorted(read_state(folder), key=lambda key: _ORDER.index(key.state))

    def of(*uses: KeyUse) -> list[StoredKey]:
        return [key for key in keys if key.use in uses]

    signing = _active(of(KeyUse.SIGNING))
    if signing is None:
        raise NoKeys(f"there is no key to sign with in {folder}: volmacht keys announce")
    encryption = of(KeyUse.ENCRYPTION)
    return Ring(
        signing=signing.own_key(),
        decrypting=tuple(key.own_key() for key in encryption),
        published_signing=tuple(_published(key) for key in of(KeyUse.SIGNING) + of(KeyUse.TLS)),
        published_encryption=tuple(
            _published(key) for key in encryption if key.state is not KeyState.RETIRING
        ),
        tls=_files(_active(of(KeyUse.TLS))),
        server=_files(_active(of(KeyUse.SERVER))),
    )


def _active(keys: list[StoredKey]) -> StoredKey | None:
    return next((key for key in keys if key.state is KeyState.ACTIVE), None)


def _files(key: StoredKey | None) -> TlsFiles | None:
    return TlsFiles(key.certificate_file, key.key_file) if key else None


def _published(key: StoredKey) -> PublishedKey:
    return PublishedKey(key.name, key.certificate())
