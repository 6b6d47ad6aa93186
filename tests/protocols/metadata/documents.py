"""A test hierarchy, organisations with real certificates, and documents that tests may spoil and sign again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

from lxml import etree

from volmacht.pki import Hierarchy, Organisation, Purpose, make_hierarchy
from volmacht.protocols.saml.entity_ids import EntityId, Role
from volmacht.protocols.saml.keys import OwnKey, PublishedKey
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity, ServiceReference
from volmacht.protocols.saml.metadata.reading import Expected, Read, read_metadata
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.protocols.saml.metadata.writing import idp_metadata, lc_metadata, rd_sp_metadata, sp_metadata
from volmacht.protocols.saml.signing import sign
from volmacht.protocols.xml.names import DS, MD
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(days=30)
DV_OIN, OTHER_DV_OIN, LC_OIN, RD_OIN, AD_OIN, BVD_OIN = (f"0000000999999999900{n}" for n in range(1, 7))
SERVICE = "f847dc11-ac24-47b2-84a8-a057440ce56d"
OTHER_SERVICE = "0B0F4F0E-6a54-4a0e-9a53-5d1f0d6c2b11"

Spoil = Callable[[etree._Element], object]


def hierarchy(name: str = "pinned") -> Hierarchy:
    """Root and intermediate, the same ones for the same name."""
    return _hierarchy(name)


@cache
def _hierarchy(name: str) -> Hierarchy:
    return make_hierarchy(now=NOW - timedelta(days=1000), bits=2048)


def key(
    oin: str,
    purpose: Purpose = Purpose.SIGNING,
    number: int = 0,
    *,
    issuer: str = "pinned",
    begins: datetime = NOW - timedelta(days=100),
    days: int = 500,
) -> OwnKey:
    """A key of an organisation, the same one every time; another number is another key."""
    return _key(oin, purpose, number, issuer, begins, days)


@cache
def _key(oin: str, purpose: Purpose, number: int, issuer: str, begins: datetime, days: int) -> OwnKey:
    issued = hierarchy(issuer).intermediate.issue(
        Organisation(f"Organisation {oin[-1]}", Oin(oin)),
        purpose,
        common_name=f"{purpose} {number}",
        now=begins,
        days=days,
        bits=2048,
    )
    return issued.own_key


def published(oin: str, purpose: Purpose = Purpose.SIGNING, number: int = 0) -> PublishedKey:
    """What others know of that key."""
    return key(oin, purpose, number).published()


def trust(**fields: object) -> Trust:
    """Pins the root; the intermediate helps to find it."""
    given = {
        "anchors": (hierarchy().root.certificate,),
        "intermediates": (hierarchy().intermediate.certificate,),
    }
    return Trust(**(given | fields))  # type: ignore[arg-type]  # tests name the fields


def entity_id(role: Role, oin: str, index: int = 1) -> str:
    """An entity id in the production range."""
    return str(EntityId(role, Oin(oin), index))


def service_provider(role: Role, oin: str) -> Entity:
    """A DV, LC, RD or TD that asks others to log somebody in."""
    is_dv = role is Role.DV
    return Entity(
        entity_id(role, oin),
        role,
        Descriptor.SERVICE_PROVIDER,
        Oin(oin),
        signing=(published(oin), published(oin, Purpose.TLS_CLIENT)),
        encryption=() if role is Role.LC else (published(oin, Purpose.ENCRYPTION),),
        single_logout=(Endpoint(None, f"https://{role}.test/logout", f"https://{role}.test/logged-out"),),
        assertion_consumers=(
            Endpoint(0, f"https://{role}.test/acs", is_default=True),
            Endpoint(7, f"https://{role}.test/acs?number=7"),
        ),
        services=(
            ServiceReference(0, True, SERVICE, (("nl", "Parkeren & wonen"), ("en", "Parking"))),
            ServiceReference(4, False, OTHER_SERVICE, (("nl", "Afval"),)),
        )
        if is_dv
        else (),
    )


def provider_inside(oin: str) -> Entity:
    """A DV as it comes out of the document of an LC or RD."""
    return Entity(
        entity_id(Role.DV, oin),
        Role.DV,
        Descriptor.SERVICE_PROVIDER,
        Oin(oin),
        encryption=(published(oin, Purpose.ENCRYPTION), published(oin, Purpose.ENCRYPTION, 1)),
    )


def identity_provider(role: Role, oin: str) -> Entity:
    """An AD, a BVD, or an RD or TD at which DVs log in."""
    return Entity(
        entity_id(role, oin),
        role,
        Descriptor.IDENTITY_PROVIDER,
        Oin(oin),
        signing=(published(oin), published(oin, number=1)),
        encryption=(published(oin, Purpose.ENCRYPTION),) if role is Role.BVD else (),
        artifact_resolution=(Endpoint(0, f"https://mtls.{role}.test/resolve"),),
        single_sign_on=(Endpoint(None, f"https://{role}.test/login"),),
        single_logout=() if role is Role.BVD else (Endpoint(None, f"https://{role}.test/logout"),),
    )


DV = service_provider(Role.DV, DV_OIN)
LC = service_provider(Role.LC, LC_OIN)
RD = service_provider(Role.RD, RD_OIN)
AD = identity_provider(Role.AD, AD_OIN)
BVD = identity_provider(Role.BVD, BVD_OIN)
TD = identity_provider(Role.TD, RD_OIN)
INSIDE = (provider_inside(DV_OIN), provider_inside(OTHER_DV_OIN))


def document(entity: Entity) -> bytes:
    """What this entity publishes."""
    signing_key = key(str(entity.oin))
    if entity.is_identity_provider:
        return idp_metadata(entity, key=signing_key, valid_until=UNTIL)
    if entity.role is Role.LC:
        return lc_metadata(entity, INSIDE, key=signing_key, valid_until=UNTIL)
    if entity.role in (Role.RD, Role.TD):
        return rd_sp_metadata(entity, INSIDE, key=signing_key, valid_until=UNTIL)
    return sp_metadata(entity, key=signing_key, valid_until=UNTIL)


def spoiled(entity: Entity, spoil: Spoil, signing_key: OwnKey | None = None) -> bytes:
    """What this entity publishes after a change, signed properly, one element a line."""
    root = etree.fromstring(document(entity), etree.XMLParser(remove_blank_text=True))
    signature = root.find(DS + "Signature")
    assert signature is not None
    root.remove(signature)
    spoil(root)
    etree.indent(root)
    sign(root, signing_key or key(str(entity.oin)))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def expected(entity: Entity, **fields: object) -> Expected:
    """This entity as it is registered."""
    given = {
        "entity_id": entity.entity_id,
        "role": entity.role,
        "environment": Environment.PRODUCTION,
        "descriptor": entity.descriptor,
    }
    return Expected(**(given | fields))  # type: ignore[arg-type]  # tests name the fields


def read(data: bytes, entity: Entity, *, now: datetime = NOW, **fields: object) -> Read:
    """Judge bytes as the document of this entity, with the pinned hierarchy."""
    return read_metadata(data, expected=expected(entity, **fields), trust=trust(), now=now)


def found(result: Read) -> list[tuple[str, str, str]]:
    """Rule, code and severity of every finding."""
    return [(one.rule, one.code.value, one.severity.value) for one in result.findings]


def one(root: etree._Element, path: str) -> etree._Element:
    """The first element on a path of local names of metadata, as `SPSSODescriptor/KeyDescriptor`."""
    node = root.find(".//" + "/".join(MD + part for part in path.split("/")))
    assert node is not None, path
    return node
