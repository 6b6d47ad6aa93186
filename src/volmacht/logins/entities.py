"""Our own entities as others address them: entity ids, addresses, doors; one set an environment (RO-01 to RO-06).

The paths here are those that `volmacht.interfaces` serves. Reads settings and the catalogue.
"""

from django.conf import settings

from volmacht.catalogue import queries as catalogue
from volmacht.keystore import OwnEntity, ring
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.handling.doors import Door, Peer
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

PREFIXES = {Environment.PRODUCTION: "saml", Environment.PREPRODUCTION: "preprod/saml"}
REST_PREFIXES = {Environment.PRODUCTION: "bvd-proxy", Environment.PREPRODUCTION: "preprod/bvd-proxy"}
SIGN_ON = "request_authentication"
RESOLUTION = "resolve_artifact"
LOGOUT = "request_logout"
CONSUMER = "acs"
LOGOUT_RESPONSE = "logout_response"

ROLES = {OwnEntity.ENTRANCE: Role.TD, OwnEntity.BVD: Role.BVD, OwnEntity.PORTAL: Role.DV}
_INDEXES = {OwnEntity.ENTRANCE: 1, OwnEntity.BVD: 2, OwnEntity.PORTAL: 3}
_TEST_INDEXES = 9000  # RO-03
_ACCEPTED = {
    OwnEntity.ENTRANCE: frozenset({Role.DV, Role.LC}),
    OwnEntity.BVD: frozenset({Role.RD, Role.TD}),
}
PORTAL_SERVICE = "5d0c9a52-6c07-4a53-9f2e-6b8a1f0c7d10"  # ServiceUUID of our own portal (FL-13)
PORTAL_LEVEL = LevelOfAssurance.BASIC  # what somebody may do there depends on the service, not on the portal


def entity_id(environment: Environment, entity: OwnEntity) -> str:
    """The entity id of one of our entities."""
    index = _INDEXES[entity] + (_TEST_INDEXES if environment is Environment.PREPRODUCTION else 0)
    return f"urn:nl-eid-gdi:1.0:{ROLES[entity]}:{settings.VOLMACHT.oin}:entities:{index:04}"


def front(environment: Environment, entity: OwnEntity, what: str) -> str:
    """An address that browsers go to."""
    return f"{settings.VOLMACHT.base_url}/{PREFIXES[environment]}/{entity.value}/{what}"


def back(environment: Environment, entity: OwnEntity) -> str:
    """The address at which artifacts are resolved, over mutual TLS."""
    options = settings.VOLMACHT
    production = environment is Environment.PRODUCTION
    base = options.back_channel_url if production else options.preproduction_back_channel_url
    return f"{base}/{PREFIXES[environment]}/{entity.value}/{RESOLUTION}"


def choice(environment: Environment, handle: str) -> str:
    """Where a client of the REST calls sends the browser (BR-04)."""
    return f"{settings.VOLMACHT.base_url}/{REST_PREFIXES[environment]}/choose/{handle}"


def door(environment: Environment, entity: OwnEntity) -> Door:
    """The entrance or the representation assertion service, with the services upstream that count now."""
    entrance = entity is OwnEntity.ENTRANCE
    return Door(
        entity_id=entity_id(environment, entity),
        environment=environment,
        accepts=_ACCEPTED[entity],
        sign_on=front(environment, entity, SIGN_ON),
        resolution=back(environment, entity),
        logout=front(environment, entity, LOGOUT) if entrance else "",
        authentication_services=authentication_services(environment),
        representation_services=(entity_id(environment, OwnEntity.BVD),),
        outside_services=outside_services(environment) if entrance else (),
        takes_assertions=not entrance,
    )


def entrance_as_peer(environment: Environment) -> Peer:
    """The entrance as the representation assertion service sees it: a routing service like others (BV-17)."""
    consumer = Endpoint(index=0, location=front(environment, OwnEntity.ENTRANCE, CONSUMER), is_default=True)
    entity = Entity(
        entity_id=entity_id(environment, OwnEntity.ENTRANCE),
        role=Role.TD,
        descriptor=Descriptor.SERVICE_PROVIDER,
        oin=Oin(settings.VOLMACHT.oin),
        signing=ring(environment, OwnEntity.ENTRANCE).published_signing,
        assertion_consumers=(consumer,),
    )
    return Peer(entity=entity, role=Role.TD, valid_until=None)


def authentication_services(environment: Environment) -> tuple[str, ...]:
    """The services at which citizens can log in, eHerkenning left out (AD-13, AD-16)."""
    pinned = catalogue.pinned_peers(environment, Role.AD)
    return tuple(peer.entity_id for peer in pinned if peer.entity_id not in settings.VOLMACHT.eherkenning)


def outside_services(environment: Environment) -> tuple[str, ...]:
    """The representation services of others that administrators pinned (AR-29, RT-04)."""
    own = entity_id(environment, OwnEntity.BVD)
    pinned = catalogue.pinned_peers(environment, Role.BVD)
    return tuple(peer.entity_id for peer in pinned if peer.entity_id != own)
