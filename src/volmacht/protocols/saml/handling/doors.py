"""Who we are at one door, and what a door needs to look up. Values and protocols only.

A door is one of our entities in one environment: the entrance (E1) or the representation assertion service
(E2, BVD). Look-ups are given by the caller: the server reads the database, a simulator a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.keys import PublishedKey, RecipientKey
from volmacht.protocols.saml.metadata.model import Entity
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.services import LookUpStatus


@dataclass(frozen=True, slots=True)
class Door:
    """One of our entities as others address it. `accepts` are the roles that may send requests (RO-07).

    `outside_services` are representation services of others: they count only for who names them (AR-29).
    """

    entity_id: str
    environment: Environment
    accepts: frozenset[Role]
    sign_on: str
    resolution: str
    logout: str = ""
    authentication_services: tuple[str, ...] = ()
    representation_services: tuple[str, ...] = ()
    outside_services: tuple[str, ...] = ()
    takes_assertions: bool = False  # E2: a request brings the assertion of an authentication service (AR-20)


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody whose metadata we verified. `inside` holds the DVs in the document of an LC or RD, by entity id."""

    entity: Entity
    role: Role
    valid_until: datetime | None
    inside: Mapping[str, Entity] = field(default_factory=dict)

    def counts_at(self, moment: datetime) -> bool:
        """Whether the metadata may still be used (MD-26)."""
        return self.valid_until is None or moment < self.valid_until

    def provider(self, entity_id: str) -> Entity | None:
        """The DV with this id for which this peer may ask: itself, or one inside its document (AR-34, AR-35)."""
        if self.role is Role.DV:
            return self.entity if entity_id == self.entity.entity_id else None
        return self.inside.get(entity_id)

    def recipient_keys(self, entity_id: str, moment: datetime) -> tuple[RecipientKey, ...]:
        """The encryption keys of that DV that are valid now (EN-07, MD-42, MD-43)."""
        provider = self.provider(entity_id)
        keys: tuple[PublishedKey, ...] = provider.encryption if provider else ()
        return tuple(RecipientKey(entity_id, key) for key in keys if key.counts_at(moment))


@dataclass(frozen=True, slots=True)
class Offer:
    """A service as the catalogue offers it to one DV over one connection.

    `status` is the first obstacle of DM-62; SERVICE_NOT_MANDATABLE is none for own behalf. `level` counts today.
    """

    connection: UUID
    provider: UUID
    service: UUID
    status: LookUpStatus
    level: LevelOfAssurance
    citizens_may_represent: bool
    representation_without_scoping: bool = False


class PeerLookUp(Protocol):
    """Finds verified metadata; None for who is not registered or whose metadata is missing."""

    def peer(self, entity_id: str) -> Peer | None:
        """The peer with exactly this entity id, in the environment of the door."""
        ...


class LookUps(PeerLookUp, Protocol):
    """What judging a request needs."""

    def knows(self, entity_id: str) -> bool:
        """Whether somebody is registered under exactly this entity id, with metadata that can be used or not."""
        ...

    def is_new(self, issuer: str, message_id: str) -> bool:
        """Note a message and tell whether it is the first of its kind (TM-09). Raises when that cannot be noted."""
        ...

    def offer(self, connection: str, provider: str, service_uuid: UUID) -> Offer | None:
        """What the catalogue says; None when the DV is not registered for this service over this connection."""
        ...
