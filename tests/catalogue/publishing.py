"""Peers that publish real, signed metadata below one test authority, made once a process; all relative to today."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from lxml import etree

from volmacht import clock
from volmacht.pki import Hierarchy, Organisation, Purpose, make_hierarchy, pem_of
from volmacht.protocols.saml.entity_ids import EntityId, Role
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity, ServiceReference
from volmacht.protocols.saml.metadata.writing import idp_metadata, lc_metadata, sp_metadata
from volmacht.protocols.saml.signing import sign
from volmacht.protocols.xml.names import DS
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

NOW = clock.wall_clock()
BEGAN = NOW - timedelta(days=100)
YEAR = timedelta(days=365)
DV_OIN, SECOND_DV_OIN, LC_OIN, AD_OIN, BVD_OIN, RD_OIN = (f"0000000999999999900{n}" for n in range(1, 7))


def entity_id(role: Role, oin: str, index: int = 1) -> str:
    return str(EntityId(role, Oin(oin), index))


DV = entity_id(Role.DV, DV_OIN)
SECOND_DV = entity_id(Role.DV, SECOND_DV_OIN)
LC = entity_id(Role.LC, LC_OIN)
AD = entity_id(Role.AD, AD_OIN)
BVD = entity_id(Role.BVD, BVD_OIN)
RD = entity_id(Role.RD, RD_OIN)


@cache
def hierarchy() -> Hierarchy:
    """The authorities that are pinned."""
    return make_hierarchy(now=BEGAN, bits=2048)


@cache
def key(oin: str, purpose: Purpose = Purpose.SIGNING, number: int = 0) -> OwnKey:
    """A key of an organisation, the same one every time; another number is another key."""
    return (
        hierarchy()
        .intermediate.issue(
            Organisation(f"Organisatie {oin[-1]}", Oin(oin)),
            purpose,
            common_name=f"{purpose} {number}",
            now=BEGAN,
            bits=2048,
        )
        .own_key
    )


@cache
def server_key(host: str) -> tuple[bytes, OwnKey]:
    """A key for a web server below the pinned authorities, with its chain in PEM."""
    issued = hierarchy().intermediate.issue(
        Organisation("Webserver", Oin(DV_OIN)),
        Purpose.TLS_SERVER,
        common_name=host,
        now=BEGAN,
        bits=2048,
        hosts=[host],
    )
    return issued.chain_pem, issued.own_key


def pin(data: Path, environment: Environment = Environment.PRODUCTION) -> Path:
    """Pin the authorities in a data folder; gives the folder of the environment."""
    folder = data / "pki" / environment.value
    for part, authority in (("anchors", hierarchy().root), ("intermediates", hierarchy().intermediate)):
        (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / part / "test.pem").write_bytes(pem_of(authority.certificate))
    (folder / "crls").mkdir(exist_ok=True)
    return folder


def service_provider(own_id: str, *, service: str = "", encryption_oin: str = "") -> Entity:
    """A DV, LC or RD with a document of its own."""
    parsed = EntityId.parse(own_id)
    oin = parsed.oin.value
    references = (ServiceReference(0, True, service, (("nl", "Dienst"),)),) if service else ()
    has_key = parsed.role is not Role.LC
    return Entity(
        own_id,
        parsed.role,
        Descriptor.SERVICE_PROVIDER,
        parsed.oin,
        signing=(key(oin).published(), key(oin, Purpose.TLS_CLIENT).published()),
        encryption=(key(encryption_oin or oin, Purpose.ENCRYPTION).published(),) if has_key else (),
        assertion_consumers=(Endpoint(0, "https://dv.example/acs", is_default=True),),
        services=references,
    )


def inside(own_id: str, *, encryption_oin: str = "") -> Entity:
    """A DV in the document of an LC."""
    whole = service_provider(own_id, encryption_oin=encryption_oin)
    return replace(whole, signing=(), assertion_consumers=())


def dv_document(
    own_id: str = DV,
    *,
    service: str = "",
    valid: timedelta = YEAR,
    cache_duration: timedelta | None = None,
    encryption_oin: str = "",
) -> bytes:
    """The document of a DV, valid from now for so long."""
    entity = service_provider(own_id, service=service, encryption_oin=encryption_oin)
    until = None if cache_duration else clock.wall_clock() + valid
    return sp_metadata(entity, key=key(entity.oin.value), valid_until=until, cache_duration=cache_duration)


def lc_document(providers: Sequence[Entity], own_id: str = LC) -> bytes:
    """The document of an LC or RD with these DVs."""
    entity = service_provider(own_id)
    return lc_metadata(entity, providers, key=key(entity.oin.value), valid_until=clock.wall_clock() + YEAR)


def idp_document(own_id: str, *, oin: str = "", role: Role = Role.AD) -> bytes:
    """The document of an AD or BVD, whose certificates carry this OIN."""
    number = oin or EntityId.parse(own_id).oin.value
    entity = Entity(
        own_id,
        role,
        Descriptor.IDENTITY_PROVIDER,
        Oin(number),
        signing=(key(number).published(),),
        encryption=(key(number, Purpose.ENCRYPTION).published(),) if role is Role.BVD else (),
        artifact_resolution=(Endpoint(0, "https://ad.example/resolve"),),
        single_sign_on=(Endpoint(None, "https://ad.example/login"),),
    )
    return idp_metadata(entity, key=key(number), valid_until=clock.wall_clock() + YEAR)


def signed_again(data: bytes, oin: str, change: Callable[[etree._Element], object]) -> bytes:
    """A document that its publisher changed and signed."""
    root = etree.fromstring(data)
    for signature in root.findall(DS + "Signature"):
        root.remove(signature)
    change(root)
    sign(root, key(oin))
    return etree.tostring(root)
