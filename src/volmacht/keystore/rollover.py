"""A key comes, is used, and goes: announce, switch, retire, so that no log-in fails meanwhile (MD-40, MD-42).

Peers read our metadata once in some days; so a key stands in it for seven days before we sign with it, and for seven
days after. The caller gives the moment. Raises RolloverRefused for what would break a log-in or mix up keys.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from volmacht.keystore.files import changing, private_folder
from volmacht.keystore.stored import (
    KeyState,
    KeyUse,
    OwnEntity,
    StoredKey,
    folder_of,
    read_state,
    remove_files,
    stored_keys,
    write_key,
    write_state,
)
from volmacht.protocols.saml.keys import OwnKey, rsa_key_of
from volmacht.protocols.saml.metadata.certificates import (
    Purpose,
    is_for_tls_clients,
    may_be_used_for,
    oin_of,
)
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

PEERS_REFRESH: Final = timedelta(days=7)
_UNPUBLISHED: Final = {KeyUse.SERVER}  # nobody reads it from metadata, so nobody has to be waited for


class Objection(StrEnum):
    """Why a key does not move on."""

    ALREADY_ANNOUNCED = "already-announced"
    NOTHING_ANNOUNCED = "nothing-announced"
    STILL_RETIRING = "still-retiring"
    NOTHING_RETIRING = "nothing-retiring"
    TOO_EARLY = "too-early"
    USED_ELSEWHERE = "used-elsewhere"
    NOT_FOR_THIS_USE = "not-for-this-use"
    OTHER_OIN = "other-oin"
    NOT_VALID_NOW = "not-valid-now"
    OTHER_KEY = "other-key"


class RolloverRefused(ValueError):
    """Nothing was changed. `until`: from when it can be done, when waiting is all that is needed."""

    def __init__(self, objection: Objection, until: datetime | None = None) -> None:
        super().__init__(objection.value)
        self.objection = objection
        self.until = until


def announce(
    environment: Environment,
    entity: OwnEntity,
    use: KeyUse,
    *,
    key: OwnKey,
    chain: Sequence[x509.Certificate] = (),
    oin: Oin,
    now: datetime,
) -> StoredKey:
    """Add a key. It is published at once and used after `switch`; the first of its use is active immediately.

    `chain`: the certificates between it and the root, for TLS. `oin`: ours, which its certificate must carry.
    """
    folder = private_folder(folder_of(environment, entity))
    with changing(folder):
        keys = read_state(folder)
        if _one(keys, use, KeyState.ANNOUNCED):
            raise RolloverRefused(Objection.ALREADY_ANNOUNCED)
        _refuse_unfit(key, use, oin, now)
        state = KeyState.ANNOUNCED if _one(keys, use, KeyState.ACTIVE) else KeyState.ACTIVE
        stored = write_key(folder, use, state, key, chain, now)
        write_state(folder, (*keys, stored))
        return stored


def switch(
    environment: Environment, entity: OwnEntity, use: KeyUse, *, now: datetime, at_once: bool = False
) -> StoredKey:
    """Use the announced key from now on; the one before it is retiring. `at_once`: peers may not know it yet."""
    folder = private_folder(folder_of(environment, entity))
    with changing(folder):
        keys = read_state(folder)
        new, old = _one(keys, use, KeyState.ANNOUNCED), _one(keys, use, KeyState.ACTIVE)
        if new is None:
            raise RolloverRefused(Objection.NOTHING_ANNOUNCED)
        if _one(keys, use, KeyState.RETIRING):
            raise RolloverRefused(Objection.STILL_RETIRING)
        _refuse_early(new, now, at_once)
        if not _is_valid(new.certificate(), now):
            raise RolloverRefused(Objection.NOT_VALID_NOW)
        active = replace(new, state=KeyState.ACTIVE, since=now)
        retiring = [replace(old, state=KeyState.RETIRING, since=now)] if old else []
        write_state(folder, (*(key for key in keys if key not in (new, old)), active, *retiring))
        return active


def retire(
    environment: Environment, entity: OwnEntity, use: KeyUse, *, now: datetime, at_once: bool = False
) -> StoredKey:
    """Take the retiring key out and destroy it. `at_once`: peers may still need it."""
    folder = private_folder(folder_of(environment, entity))
    with changing(folder):
        keys = read_state(folder)
        old = _one(keys, use, KeyState.RETIRING)
        if old is None:
            raise RolloverRefused(Objection.NOTHING_RETIRING)
        _refuse_early(old, now, at_once)
        write_state(folder, (key for key in keys if key != old))
        remove_files(old)
        return old


def _one(keys: Sequence[StoredKey], use: KeyUse, state: KeyState) -> StoredKey | None:
    return next((key for key in keys if key.use is use and key.state is state), None)


def _refuse_early(key: StoredKey, now: datetime, at_once: bool) -> None:
    until = key.since + PEERS_REFRESH
    if now < until and not at_once and key.use not in _UNPUBLISHED:
        raise RolloverRefused(Objection.TOO_EARLY, until)


def _refuse_unfit(key: OwnKey, use: KeyUse, oin: Oin, now: datetime) -> None:
    if key.private_key.public_key() != rsa_key_of(key.certificate):
        raise RolloverRefused(Objection.OTHER_KEY)
    if not _fits(key.certificate, use):
        raise RolloverRefused(Objection.NOT_FOR_THIS_USE)
    if oin_of(key.certificate) != oin:
        raise RolloverRefused(Objection.OTHER_OIN)
    if not _is_valid(key.certificate, now):
        raise RolloverRefused(Objection.NOT_VALID_NOW)
    if any(rsa_key_of(other.certificate()) == rsa_key_of(key.certificate) for other in _everywhere()):
        raise RolloverRefused(Objection.USED_ELSEWHERE)


def _everywhere() -> list[StoredKey]:
    """Every key of ours: none serves two entities, environments or uses (RO-06, RO-03)."""
    return [
        key for environment in Environment for entity in OwnEntity for key in stored_keys(environment, entity)
    ]


def _fits(certificate: x509.Certificate, use: KeyUse) -> bool:
    if use is KeyUse.ENCRYPTION:
        return may_be_used_for(certificate, Purpose.ENCRYPTION)
    if use is KeyUse.TLS:
        return may_be_used_for(certificate, Purpose.TLS_CLIENT) and is_for_tls_clients(certificate)
    if use is KeyUse.SERVER:
        return _is_for_tls_servers(certificate)
    return may_be_used_for(certificate, Purpose.SIGNING)


def _is_for_tls_servers(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.SERVER_AUTH in usage


def _is_valid(certificate: x509.Certificate, now: datetime) -> bool:
    return certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc
