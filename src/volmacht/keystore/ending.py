"""Until when the certificates of our own keys last (MD-43)."""

from dataclasses import dataclass
from datetime import datetime

from volmacht.keystore.stored import KeyState, KeyUse, OwnEntity, stored_keys
from volmacht.rules.environment import Environment


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """Until when one of our keys can be used; `name` is the beginning of the name of the key."""

    environment: Environment
    entity: OwnEntity
    use: KeyUse
    state: KeyState
    name: str
    ends: datetime


def own_certificates() -> tuple[OwnCertificate, ...]:
    """Of every key of every entity; none of an installation that has no keys for log-ins yet."""
    found = []
    for environment in Environment:
        for entity in OwnEntity:
            for key in stored_keys(environment, entity):
                try:
                    ends = key.certificate().not_valid_after_utc
                except FileNotFoundError:  # it was retired meanwhile
                    continue
                found.append(OwnCertificate(environment, entity, key.use, key.state, key.name[:16], ends))
    return tuple(found)
