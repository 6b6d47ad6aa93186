"""What a proposed change of a cluster member or pinned peer holds, and the limits on its fields. Pure.

Beside `contents`, in the same manner: `read_...` turns the JSON of a proposal into a frozen value or raises
InvalidContent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from volmacht.catalogue.contents import Content, Term, read_oin, read_term
from volmacht.catalogue.entity_ids import LONGEST_ENTITY_ID, oin_of_peer
from volmacht.catalogue.reading import Fields, InvalidContent
from volmacht.protocols.saml.entity_ids import Role
from volmacht.rules.environment import Environment

LONGEST_TYPE: Final = 100
MOST_TYPES: Final = 50
LONGEST_WORDS: Final = {"name": 100, "name_en": 100, "purpose": 300, "purpose_en": 300}
CHANGEABLE: Final = ("representation_types", *LONGEST_WORDS)


@dataclass(frozen=True, slots=True)
class NewClusterMember:
    """A DV that uses the connection of an LC or RD for one service (AR-34, AR-35)."""

    id: UUID
    connection: UUID
    dv_entity_id: str
    provider: UUID
    service: UUID
    term: Term


@dataclass(frozen=True, slots=True)
class NewPeer:
    """An authentication service or outside BVD; `representation_types` is the list of RT-04, for a BVD.

    Name and purpose are shown to who must choose; a BVD has a name.
    """

    id: UUID
    environment: Environment
    entity_id: str
    role: Role
    oin: str
    representation_types: tuple[str, ...]
    name: str
    name_en: str
    purpose: str
    purpose_en: str
    term: Term


@dataclass(frozen=True, slots=True)
class PeerChange:
    """Another list of RT-04 for the BVD with this id, or other words for any peer; what is not given stays."""

    id: UUID
    representation_types: tuple[str, ...] | None
    words: Mapping[str, str]


def read_cluster_member(content: Content) -> NewClusterMember:
    """Read a NewClusterMember. Raises InvalidContent."""
    fields = Fields(content)
    member = NewClusterMember(
        id=fields.identifier("id"),
        connection=fields.identifier("connection"),
        dv_entity_id=fields.text("dv_entity_id", longest=LONGEST_ENTITY_ID, needed=True),
        provider=fields.identifier("provider"),
        service=fields.identifier("service"),
        term=read_term(fields),
    )
    fields.finish()
    return member


def read_peer(content: Content) -> NewPeer:
    """Read a NewPeer; without `oin` the one in its entity id counts (RO-05). Raises InvalidContent."""
    fields = Fields(content)
    environment = fields.choice("environment", Environment)
    role = fields.choice("role", Role)
    entity_id = fields.text("entity_id", longest=LONGEST_ENTITY_ID, needed=True)
    given = read_oin(fields) if fields.given("oin") else None
    peer = NewPeer(
        id=fields.identifier("id"),
        environment=environment,
        entity_id=entity_id,
        role=role,
        oin=oin_of_peer(entity_id, given=given, role=role, environment=environment),
        representation_types=_types(fields),
        name=_word(fields, "name"),
        name_en=_word(fields, "name_en"),
        purpose=_word(fields, "purpose"),
        purpose_en=_word(fields, "purpose_en"),
        term=read_term(fields),
    )
    if role is Role.BVD and not peer.name:
        raise InvalidContent("name", "is needed for a BVD: people choose by it")
    if peer.representation_types and role is not Role.BVD:
        raise InvalidContent("representation_types", "are for a BVD only")
    fields.finish()
    return peer


def read_peer_change(content: Content) -> PeerChange:
    """Read a PeerChange. Raises InvalidContent."""
    fields = Fields(content)
    change = PeerChange(
        id=fields.identifier("id"),
        representation_types=_types(fields) if fields.given("representation_types") else None,
        words={name: _word(fields, name) for name in LONGEST_WORDS if fields.given(name)},
    )
    if change.representation_types is None and not change.words:
        raise InvalidContent("id", f"of these one must be given: {', '.join(CHANGEABLE)}")
    fields.finish()
    return change


def _word(fields: Fields, name: str) -> str:
    return fields.text(name, longest=LONGEST_WORDS[name])


def _types(fields: Fields) -> tuple[str, ...]:
    return fields.texts("representation_types", longest=LONGEST_TYPE, most=MOST_TYPES)
