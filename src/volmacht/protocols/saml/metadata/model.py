"""What a metadata document says, once it is believed: entities with their keys and addresses. Values only.

Made by `reading` from a document of somebody else, and by hand as what `writing` shall publish. The same value
comes back when one's own document is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.keys import PublishedKey
from volmacht.rules.identifiers import Oin

SOONEST_REFRESH: Final = timedelta(hours=1)
LATEST_REFRESH: Final = timedelta(hours=24)


class Descriptor(StrEnum):
    """As what an entity is described; one that is both publishes two documents (MD-20). The value is the tag."""

    IDENTITY_PROVIDER = "IDPSSODescriptor"
    SERVICE_PROVIDER = "SPSSODescriptor"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address. `index` is None for kinds that have none; `response_location` is for log-out only (LO-12)."""

    index: int | None
    location: str
    response_location: str | None = None
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class ServiceReference:
    """A service that a DV asks for by number (AR-11, MD-18). The UUID is as written: it is echoed so (AR-19).

    `names` are (language, name) as published. Never shown to citizens: names come from the catalogue (SE-09).
    """

    index: int
    is_default: bool
    service_uuid: str
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One described party.

    Keys that have expired, or are not valid yet, are among them: they count by `PublishedKey.counts_at` (MD-43).
    A DV inside the document of an LC or RD has no signing keys and no addresses: those of the LC or RD count (MD-32).
    `oin` is that of its certificates: the one in the entity id, but for an exception (RO-05).
    `valid_until` is set only when the entity itself says so, apart from the document it stands in.
    """

    entity_id: str
    role: Role
    descriptor: Descriptor
    oin: Oin
    signing: tuple[PublishedKey, ...] = ()
    encryption: tuple[PublishedKey, ...] = ()
    artifact_resolution: tuple[Endpoint, ...] = ()
    single_sign_on: tuple[Endpoint, ...] = ()
    single_logout: tuple[Endpoint, ...] = ()
    assertion_consumers: tuple[Endpoint, ...] = ()
    services: tuple[ServiceReference, ...] = ()
    valid_until: datetime | None = None

    @property
    def is_identity_provider(self) -> bool:
        """Whether one logs in there."""
        return self.descriptor is Descriptor.IDENTITY_PROVIDER

    @property
    def is_service_provider(self) -> bool:
        """Whether it asks others to log somebody in."""
        return self.descriptor is Descriptor.SERVICE_PROVIDER

    def consumer(self, index: int | None) -> Endpoint | None:
        """Where an answer goes: the consumer with this index (AR-07); without one the only or default one (AR-08)."""
        if index is not None:
            return _with_index(self.assertion_consumers, index)
        if len(self.assertion_consumers) == 1:
            return self.assertion_consumers[0]
        defaults = [one for one in self.assertion_consumers if one.is_default]
        return defaults[0] if len(defaults) == 1 else None

    def resolution(self, index: int) -> Endpoint | None:
        """Where an artifact with this EndpointIndex is resolved (AB-07)."""
        return _with_index(self.artifact_resolution, index)

    def service(self, index: int) -> ServiceReference | None:
        """The service that a request means by this number (AR-11)."""
        return next((one for one in self.services if one.index == index), None)

    def encryption_at(self, moment: datetime) -> tuple[PublishedKey, ...]:
        """The keys for which everything is encrypted now (MD-42, MD-43); none means ST-35."""
        return tuple(key for key in self.encryption if key.counts_at(moment))


@dataclass(frozen=True, slots=True)
class Document:
    """A document that passed all checks. The first entity is its publisher; the rest are the DVs inside it."""

    root_entity_id: str
    entities: tuple[Entity, ...]
    valid_until: datetime | None
    cache_duration: timedelta | None
    signed_with: PublishedKey

    @property
    def publisher(self) -> Entity:
        """The party whose document it is."""
        return self.entities[0]

    @property
    def inside(self) -> Mapping[str, Entity]:
        """The DVs in the document of an LC or RD, by entity id."""
        return {entity.entity_id: entity for entity in self.entities[1:]}

    @property
    def refresh_after(self) -> timedelta:
        """How long to wait before asking for a newer version: 1 to 24 hours (MD-27)."""
        if self.cache_duration is None:
            return LATEST_REFRESH
        return min(max(self.cache_duration, SOONEST_REFRESH), LATEST_REFRESH)

    def counts_at(self, moment: datetime) -> bool:
        """Whether it may still be used (MD-26). A document with cacheDuration only has no end of its own."""
        return self.valid_until is None or moment < self.valid_until


def _with_index(endpoints: Sequence[Endpoint], index: int) -> Endpoint | None:
    return next((one for one in endpoints if one.index == index), None)
