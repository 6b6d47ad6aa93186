"""What a proposed change of a cluster member or pinned peer holds, and the limits on its fields. Pure.

Beside `contents`, in the same manner: `read_...` turns the JSON of a proposal into a frozen value or raises
InvalidContent.
"""

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
    """An authentication service or outside BVD; `representation_types` is the list of RT-04, for a BVD."""

    id: UUID
    environment: Environment
    entity_id: str
    role: Role
    oin: str
    representation_types: tuple[str, ...]
    term: Term


@dataclass(frozen=True, slots=True)
class PeerChange:
    """Another list of RT-04 for the BVD with this id."""

    id: UUID
    representation_types: tuple[str, ...]


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
        term=read_term(fields),
    )
    if peer.representation_types and role is not Role.BVD:
        raise InvalidContent("representation_types", "are for a BVD only")
    fields.finish()
    return peer


def read_peer_change(content: Content) -> PeerChange:
    """Read a PeerChange. Raises InvalidContent."""
    fields = Fields(content)
    change = PeerChange(fields.identifier("id"), _types(fields))
    fields.finish()
    return change


def _types(fields: Fields) -> tuple[str, ...]:
    return fields.texts("representation_types", longest=LONGEST_TYPE, most=MOST_TYPES)
