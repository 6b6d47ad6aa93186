"""Our own metadata documents: the entrance towards both sides, BVD and portal (MD-01 to MD-20, MD-45).

Made anew when a key changes and once a day; signed with the entity's own key. Reads keys and the catalogue.
"""

import threading
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.keystore import OwnEntity, Ring, ring
from volmacht.logins import entities
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity, ServiceReference
from volmacht.protocols.saml.metadata.writing import idp_metadata, rd_sp_metadata, sp_metadata
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

VALID_FOR = timedelta(days=365)
PORTAL_SERVICE_INDEX = 1


class Published(StrEnum):
    """Our documents; the value is the last part of the address."""

    ENTRANCE = "entrance"
    BVD = "bvd"
    ENTRANCE_SP = "entrance-sp"
    PORTAL = "portal"


_OWNERS = {
    Published.ENTRANCE: OwnEntity.ENTRANCE,
    Published.BVD: OwnEntity.BVD,
    Published.ENTRANCE_SP: OwnEntity.ENTRANCE,
    Published.PORTAL: OwnEntity.PORTAL,
}


@dataclass(frozen=True, slots=True)
class _Made:
    """A document, with the keys, the providers and the day for which it was made."""

    keys: Ring
    providers: tuple[Entity, ...]
    day: date
    content: bytes


_made: dict[tuple[Environment, Published], _Made] = {}
_making = threading.Lock()


def document(environment: Environment, which: Published) -> bytes:
    """The signed document as it counts now."""
    keys, today = ring(environment, _OWNERS[which]), clock.wall_clock().date()
    providers = _connected(environment) if which is Published.ENTRANCE_SP else ()
    made = _made.get((environment, which))
    if made is None or made.keys is not keys or made.providers != providers or made.day != today:
        with _making:
            content = _make(environment, which, keys, providers)
            made = _made[environment, which] = _Made(keys, providers, today, content)
    return made.content


def _connected(environment: Environment) -> tuple[Entity, ...]:
    """Every DV that connects now, itself or inside the document of an LC, with keys that count (MD-20)."""
    now, found = clock.wall_clock(), dict[str, Entity]()
    for link in catalogue.connections(environment):
        peer = catalogue.peer(environment, link.entity_id) if link.active else None
        if peer is None or not peer.counts_at(now) or peer.role not in {Role.DV, Role.LC}:
            continue
        for entity in (peer.entity, *peer.inside.values()):
            if entity.role is Role.DV and entity.encryption_at(now):
                found.setdefault(entity.entity_id, replace(entity, encryption=entity.encryption_at(now)))
    return tuple(found[entity_id] for entity_id in sorted(found))


def _make(environment: Environment, which: Published, keys: Ring, providers: tuple[Entity, ...]) -> bytes:
    valid_until = clock.wall_clock() + VALID_FOR
    match which:
        case Published.ENTRANCE | Published.BVD:
            entity = _identity_provider(environment, _OWNERS[which], keys)
            return idp_metadata(entity, key=keys.signing, valid_until=valid_until)
        case Published.ENTRANCE_SP:
            entity = _service_provider(environment, OwnEntity.ENTRANCE, keys)
            return rd_sp_metadata(entity, providers, key=keys.signing, valid_until=valid_until)
        case Published.PORTAL:
            entity = _service_provider(environment, OwnEntity.PORTAL, keys)
            return sp_metadata(entity, key=keys.signing, valid_until=valid_until)


def _identity_provider(environment: Environment, entity: OwnEntity, keys: Ring) -> Entity:
    entrance = entity is OwnEntity.ENTRANCE
    logout = Endpoint(None, entities.front(environment, entity, entities.LOGOUT))
    return Entity(
        entity_id=entities.entity_id(environment, entity),
        role=entities.ROLES[entity],
        descriptor=Descriptor.IDENTITY_PROVIDER,
        oin=Oin(settings.VOLMACHT.oin),
        signing=keys.published_signing,
        encryption=() if entrance else keys.published_encryption,
        artifact_resolution=(Endpoint(0, entities.back(environment, entity)),),
        single_sign_on=(Endpoint(None, entities.front(environment, entity, entities.SIGN_ON)),),
        single_logout=(logout,) if entrance else (),  # MD-16, LO-15
    )


def _service_provider(environment: Environment, entity: OwnEntity, keys: Ring) -> Entity:
    service = ServiceReference(
        PORTAL_SERVICE_INDEX, True, entities.PORTAL_SERVICE, (("nl", "Mijn machtigingen"),)
    )
    return Entity(
        entity_id=entities.entity_id(environment, entity),
        role=entities.ROLES[entity],
        descriptor=Descriptor.SERVICE_PROVIDER,
        oin=Oin(settings.VOLMACHT.oin),
        signing=keys.published_signing,
        encryption=keys.published_encryption,
        single_logout=(Endpoint(None, entities.front(environment, entity, entities.LOGOUT_RESPONSE)),),
        assertion_consumers=(
            Endpoint(0, entities.front(environment, entity, entities.CONSUMER), is_default=True),
        ),
        services=(service,) if entity is OwnEntity.PORTAL else (),
    )
