"""Who takes part in the conformance tests: providers, a cluster connection, and the services of others.

Keys are real and made once a process, below one test authority; all dates are relative to now. Touches no database.
"""

import socket
from dataclasses import replace
from datetime import timedelta
from functools import cache
from uuid import UUID, uuid5

from tests.installation import listening_socket
from volmacht import clock
from volmacht.pki import Hierarchy, IssuedCertificate, Organisation, Purpose, make_hierarchy
from volmacht.protocols.saml.entity_ids import EntityId, Role
from volmacht.protocols.saml.keys import OwnKey, RecipientKey
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity, ServiceReference
from volmacht.protocols.saml.metadata.writing import idp_metadata, lc_metadata, rd_sp_metadata, sp_metadata
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

NOW = clock.wall_clock()
BEGAN = NOW - timedelta(days=500)
YEAR = timedelta(days=365)
OWN_OIN = "00000009000000001000"
TOWN_OIN, TAX_OIN, LC_OIN, WATER_OIN, AD_OIN, RD_OIN, STRANGER_OIN, EHERKENNING_OIN, OG_OIN = (
    f"0000000999999999900{number}" for number in range(1, 10)
)


def entity_id(role: Role, oin: str, index: int = 1) -> str:
    """As RO-01 writes it."""
    return str(EntityId(role, Oin(oin), index))


TOWN = entity_id(Role.DV, TOWN_OIN)  # two encryption certificates, two consumers, services by index
TOWN_SHOP = entity_id(Role.DV, TOWN_OIN, 2)  # the same town; shares log-ins with TOWN
TAX = entity_id(Role.DV, TAX_OIN)  # one encryption certificate, one consumer
LC = entity_id(Role.LC, LC_OIN)
WATER = entity_id(Role.DV, WATER_OIN)  # behind the LC, and with a connection of its own
AD = entity_id(Role.AD, AD_OIN)
RD = entity_id(Role.RD, RD_OIN)
STRANGER = entity_id(Role.DV, STRANGER_OIN)  # not registered
TOWN_TEST = entity_id(Role.DV, TOWN_OIN, 9001)  # in pre-production
AD_TEST = entity_id(Role.AD, AD_OIN, 9001)
SECOND_AD = entity_id(Role.AD, AD_OIN, 2)  # where people can log in too; tests of that pin it themselves
OG = entity_id(Role.BVD, OG_OIN)  # an outside representation service, for parental authority
FULL_AUTHORITY = "urn:nl-eid-gdi:1.1:RT:Zorg_Volledig_Gezag_Kind"
EHERKENNING = entity_id(Role.AD, EHERKENNING_OIN)  # for our own portal; tests of that pin it themselves

_SPACE = UUID("a3ad7a7e-6fc9-4a0b-9d2f-3d9f7c9a5a11")
TAXES, OWN_ONLY, HIGH_LEVEL, FOR_FIRMS, CHOOSE, RETURN, WATER_TAX = (
    str(uuid5(_SPACE, name))
    for name in ("taxes", "own only", "high level", "for firms", "choose", "return", "water tax")
)
UNKNOWN_SERVICE = str(uuid5(_SPACE, "unknown"))
NAMES = {
    TAXES: "Gemeentebelasting",
    OWN_ONLY: "Paspoort",
    HIGH_LEVEL: "Dossier",
    FOR_FIRMS: "Uitstel",
    CHOOSE: "Afspraak",
    RETURN: "Aangifte",
    WATER_TAX: "Waterschapsbelasting",
}
TOWN_SERVICES = (TAXES, OWN_ONLY, HIGH_LEVEL, FOR_FIRMS, CHOOSE)
CONSUMERS = {
    TOWN: ("https://stad.example/saml/acs", "https://stad.example/saml/acs2?tak=2"),
    TOWN_SHOP: ("https://winkel.stad.example/acs",),
    TAX: ("https://belasting.example/acs",),
    LC: ("https://leverancier.example/acs",),
    WATER: ("https://water.example/acs",),
    RD: ("https://routering.example/acs",),
    STRANGER: ("https://vreemd.example/acs",),
    TOWN_TEST: ("https://test.stad.example/acs",),
}
LOGOUT = "https://stad.example/saml/uit"


@cache
def hierarchy() -> Hierarchy:
    """The authorities that are pinned."""
    return make_hierarchy(now=BEGAN, bits=2048)


def issued(
    oin: str, purpose: Purpose = Purpose.SIGNING, number: int = 0, *, days: int = 3 * 365
) -> IssuedCertificate:
    """A key of an organisation, the same one every time; another number is another key."""
    return _issued(oin, purpose, number, days)


@cache
def _issued(oin: str, purpose: Purpose, number: int, days: int) -> IssuedCertificate:
    return hierarchy().intermediate.issue(
        Organisation(f"Organisatie {oin[-4:]}", Oin(oin)),
        purpose,
        common_name=f"{purpose} {number}",
        now=BEGAN,
        days=days,
        bits=2048,
        hosts=["localhost", "127.0.0.1"] if purpose is Purpose.TLS_SERVER else (),
    )


def key(oin: str, purpose: Purpose = Purpose.SIGNING, number: int = 0) -> OwnKey:
    """The key itself."""
    return issued(oin, purpose, number).own_key


@cache
def own_number(environment: Environment, entity: str) -> int:
    """Keys of our own entities by number: none serves two (RO-06)."""
    order = ("entrance", "bvd", "portal")
    return 10 + order.index(entity) + 10 * list(Environment).index(environment)


def oin_of(own_id: str) -> str:
    """The OIN in an entity id."""
    return EntityId.parse(own_id).oin.value


def decrypting(own_id: str) -> tuple[OwnKey, ...]:
    """With what a DV reads identifiers: the town has two keys, everybody else one."""
    numbers = (0, 1) if own_id == TOWN else (0,)
    return tuple(key(oin_of(own_id), Purpose.ENCRYPTION, number) for number in numbers)


def recipient_keys(own_id: str) -> tuple[RecipientKey, ...]:
    """For whom the authentication service encrypts."""
    return tuple(RecipientKey(own_id, one.published()) for one in decrypting(own_id))


def provider(own_id: str, **changes: object) -> Entity:
    """A DV, LC or RD as its metadata describes it."""
    parsed = EntityId.parse(own_id)
    oin = parsed.oin.value
    reads = parsed.role not in {Role.LC, Role.RD}
    consumers = tuple(
        Endpoint(index, location, is_default=index == 0 and own_id in {TOWN, RD, LC})
        for index, location in enumerate(CONSUMERS[own_id])
    )
    services = TOWN_SERVICES if own_id == TOWN else (RETURN,) if own_id == TAX else ()
    described = Entity(
        own_id,
        parsed.role,
        Descriptor.SERVICE_PROVIDER,
        parsed.oin,
        signing=(
            key(oin).published(),
            *((key(oin, Purpose.SIGNING, 1).published(),) if own_id == TOWN else ()),
            key(oin, Purpose.TLS_CLIENT).published(),
        ),
        encryption=tuple(one.published() for one in decrypting(own_id)) if reads else (),
        single_logout=(Endpoint(None, LOGOUT),) if own_id in {TOWN, TOWN_SHOP} else (),
        assertion_consumers=consumers,
        services=tuple(
            ServiceReference(index, index == 0, uuid, (("nl", "Dienst"),))
            for index, uuid in enumerate(services)
        ),
    )
    return replace(described, **changes)  # type: ignore[arg-type]  # any field of an Entity


def inside(own_id: str) -> Entity:
    """A DV in the document of an LC or RD."""
    return replace(provider(own_id), signing=(), assertion_consumers=(), single_logout=(), services=())


def provider_document(own_id: str, *, valid: timedelta = YEAR, **changes: object) -> bytes:
    """The metadata of a DV."""
    return sp_metadata(
        provider(own_id, **changes), key=key(oin_of(own_id)), valid_until=clock.wall_clock() + valid
    )


def group_document(own_id: str, *members: str) -> bytes:
    """The metadata of an LC or RD with its DVs."""
    described, signing = provider(own_id), key(oin_of(own_id))
    write = rd_sp_metadata if own_id == RD else lc_metadata
    return write(
        described, [inside(one) for one in members], key=signing, valid_until=clock.wall_clock() + YEAR
    )


@cache
def ad_socket() -> socket.socket:
    """Where the back channel of the authentication service listens, for as long as the process lives."""
    return listening_socket()


@cache
def ad_port() -> int:
    """Its port, also once the server has taken the socket over."""
    port: int = ad_socket().getsockname()[1]
    return port


def ad_entity(own_id: str = AD, *, logout: bool = True) -> Entity:
    """The authentication service as its metadata describes it."""
    port, oin = ad_port(), oin_of(own_id)
    place = f"resolve/{own_id}" if own_id == SECOND_AD else "resolve"
    return Entity(
        own_id,
        Role.AD,
        Descriptor.IDENTITY_PROVIDER,
        Oin(oin),
        signing=(key(oin).published(),),
        artifact_resolution=(Endpoint(0, f"https://localhost:{port}/{place}"),),
        single_sign_on=(Endpoint(None, "https://inloggen.example/saml/sso"),),
        single_logout=(Endpoint(None, "https://inloggen.example/saml/slo"),) if logout else (),
    )


def ad_document(own_id: str = AD, *, logout: bool = True) -> bytes:
    """Its metadata."""
    return idp_metadata(
        ad_entity(own_id, logout=logout), key=key(oin_of(own_id)), valid_until=clock.wall_clock() + YEAR
    )


def og_entity(**changes: object) -> Entity:
    """The outside representation service as its metadata describes it."""
    described = Entity(
        OG,
        Role.BVD,
        Descriptor.IDENTITY_PROVIDER,
        Oin(OG_OIN),
        signing=(key(OG_OIN).published(),),
        encryption=tuple(one.published() for one in decrypting(OG)),
        artifact_resolution=(Endpoint(0, f"https://localhost:{ad_port()}/resolve/{OG}"),),
        single_sign_on=(Endpoint(None, "https://gezag.example/saml/sso"),),
    )
    return replace(described, **changes)  # type: ignore[arg-type]  # any field of an Entity


def og_document(*, valid: timedelta = YEAR, **changes: object) -> bytes:
    """Its metadata."""
    return idp_metadata(og_entity(**changes), key=key(OG_OIN), valid_until=clock.wall_clock() + valid)


@cache
def documents() -> dict[tuple[Environment, str], bytes]:
    """What everybody published, made once: signing costs time."""
    production, preproduction = Environment.PRODUCTION, Environment.PREPRODUCTION
    return {
        **{(production, one): provider_document(one) for one in (TOWN, TOWN_SHOP, TAX, WATER)},
        (production, LC): group_document(LC, WATER),
        (production, RD): group_document(RD, TOWN, TAX),
        (production, AD): ad_document(),
        (production, OG): og_document(),
        (preproduction, TOWN_TEST): provider_document(TOWN_TEST),
        (preproduction, AD_TEST): ad_document(AD_TEST),
    }
