"""A test authority and keys that it certified, made once a process, and announcing them by number."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from volmacht.keystore import KeyUse, OwnEntity, StoredKey, announce
from volmacht.pki import Authority, IssuedCertificate, Organisation, Purpose, make_hierarchy
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
OIN = Oin("00000009000000001000")
OTHER_OIN = Oin("00000009000000002000")

PURPOSES = {
    KeyUse.SIGNING: Purpose.SIGNING,
    KeyUse.ENCRYPTION: Purpose.ENCRYPTION,
    KeyUse.TLS: Purpose.TLS_CLIENT,
    KeyUse.SERVER: Purpose.TLS_SERVER,
}
PRODUCTION, ENTRANCE = Environment.PRODUCTION, OwnEntity.ENTRANCE


@dataclass(frozen=True)
class Wanted:
    """Which key a test needs; the same one again for the same wish."""

    purpose: Purpose
    number: int = 1
    oin: Oin = OIN
    days: int = 365


@cache
def authority() -> Authority:
    """Issues since a year."""
    return make_hierarchy(now=NOW - timedelta(days=365), bits=2048).intermediate


@cache
def certified(wanted: Wanted) -> IssuedCertificate:
    """A key as it was wished."""
    return authority().issue(
        Organisation("Volmacht", wanted.oin),
        wanted.purpose,
        common_name=f"{wanted.purpose} {wanted.number}",
        now=NOW - timedelta(hours=1),
        days=wanted.days,
        bits=2048,
        hosts=("localhost",) if wanted.purpose is Purpose.TLS_SERVER else (),
    )


def announced(
    number: int, use: KeyUse = KeyUse.SIGNING, entity: OwnEntity = ENTRANCE, days_later: int = 0
) -> StoredKey:
    """Announce the key with this number."""
    issued = certified(Wanted(PURPOSES[use], number))
    return announce(
        PRODUCTION,
        entity,
        use,
        key=issued.own_key,
        chain=issued.intermediates,
        oin=OIN,
        now=NOW + timedelta(days=days_later),
    )


def name(number: int, use: KeyUse = KeyUse.SIGNING) -> str:
    """What the key with this number is called."""
    return certified(Wanted(PURPOSES[use], number)).own_key.name
