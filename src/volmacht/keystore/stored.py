"""How our own keys stand on disk: a folder for each entity in each environment, `state.json` and two files a key.

`<data>/keys/saml/<environment>/<entity>/` (0700) holds `<use>-<start of the name>.key` (0600, PKCS#8 PEM) and `.crt`
(the certificate, then those between it and the root). A key counts once `state.json` names it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from django.conf import settings

from volmacht.keystore.files import private_folder, write_private
from volmacht.pki import certificates_from, pem_of, private_key_from, private_key_pem
from volmacht.protocols.saml.keys import OwnKey, key_name
from volmacht.rules.environment import Environment

_NAME_SIGNS = 16


class OwnEntity(StrEnum):
    """What we are towards others; each has keys of its own (RO-06)."""

    ENTRANCE = "entrance"
    BVD = "bvd"
    PORTAL = "portal"


class KeyUse(StrEnum):
    """What a key is for. TLS: as a client (MD-44). SERVER: our back channel, under the entrance."""

    SIGNING = "signing"
    ENCRYPTION = "encryption"
    TLS = "tls"
    SERVER = "server"


class KeyState(StrEnum):
    """Where a key is between coming and going (MD-40)."""

    ANNOUNCED = "announced"
    ACTIVE = "active"
    RETIRING = "retiring"


class NoKeys(RuntimeError):
    """This entity has no key for a use it cannot do without: `volmacht keys announce`."""


@dataclass(frozen=True, slots=True)
class StoredKey:
    """One key on disk. `name` is that of the certificate (MD-30), `since` when it came in this state."""

    folder: Path
    use: KeyUse
    state: KeyState
    name: str
    since: datetime

    @property
    def certificate_file(self) -> Path:
        """PEM: the certificate first, then what leads to the root."""
        return self.folder / f"{self.use}-{self.name[:_NAME_SIGNS]}.crt"

    @property
    def key_file(self) -> Path:
        """PEM of the private key."""
        return self.folder / f"{self.use}-{self.name[:_NAME_SIGNS]}.key"

    def certificate(self) -> x509.Certificate:
        """Read from disk."""
        return certificates_from(self.certificate_file.read_bytes())[0]

    def own_key(self) -> OwnKey:
        """Read from disk."""
        return OwnKey(private_key_from(self.key_file.read_bytes()), self.certificate(), self.name)


def folder_of(environment: Environment, entity: OwnEntity) -> Path:
    """Where the keys of an entity stand; need not exist."""
    data: Path = settings.VOLMACHT.data
    return data / "keys" / "saml" / environment.value / entity.value


def state_file(folder: Path) -> Path:
    """The file that says which keys count."""
    return folder / "state.json"


def stored_keys(environment: Environment, entity: OwnEntity) -> tuple[StoredKey, ...]:
    """Every key of an entity; nothing when it has none."""
    return read_state(folder_of(environment, entity))


def read_state(folder: Path) -> tuple[StoredKey, ...]:
    """What `state.json` names."""
    try:
        content = json.loads(state_file(folder).read_text())
    except FileNotFoundError:
        return ()
    return tuple(
        StoredKey(
            folder,
            KeyUse(key["use"]),
            KeyState(key["state"]),
            key["name"],
            datetime.fromisoformat(key["since"]),
        )
        for key in content["keys"]
    )


def write_state(folder: Path, keys: Iterable[StoredKey]) -> None:
    """From now on these keys count."""
    rows = [
        {"use": key.use, "state": key.state, "name": key.name, "since": key.since.isoformat()} for key in keys
    ]
    write_private(state_file(folder), json.dumps({"keys": rows}, indent=1).encode())


def write_key(
    folder: Path, use: KeyUse, state: KeyState, key: OwnKey, chain: Sequence[x509.Certificate], now: datetime
) -> StoredKey:
    """Put the files of a key in place; it counts once `write_state` names it."""
    stored = StoredKey(private_folder(folder), use, state, key_name(key.certificate), now)
    write_private(stored.key_file, private_key_pem(key.private_key))
    write_private(stored.certificate_file, pem_of(key.certificate, *chain))
    return stored


def remove_files(key: StoredKey) -> None:
    """The private key is gone for ever."""
    key.key_file.unlink(missing_ok=True)
    key.certificate_file.unlink(missing_ok=True)
