"""What this service knows of Volmacht, in one environment: published metadata and minimum levels, over HTTP.

Metadata is believed when an authority that we pinned issued its certificates (MD-23, MD-24). Who publishes at these
addresses is read from the document itself: the address, given on the command line, is what makes it Volmacht.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from volmacht import clock
from volmacht.protocols.saml.entity_ids import EntityId, InvalidEntityId, Role
from volmacht.protocols.saml.handling.doors import Peer
from volmacht.protocols.saml.metadata.believing import entity_id_of
from volmacht.protocols.saml.metadata.reading import Expected, read_metadata
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.protocols.xml import gate
from volmacht.protocols.xml.gate import XmlRefused
from volmacht.protocols.xml.names import MD
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.standins.authentication_service.fetching import Kept, NotFetched, fetch

Levels = Mapping[UUID, LevelOfAssurance]


@dataclass(frozen=True, slots=True)
class Published:
    """A document of Volmacht: the last part of its address, and the roles that its publisher can have."""

    name: str
    roles: frozenset[Role]


ENTRANCE = Published("entrance-sp", frozenset({Role.TD, Role.RD}))
PORTAL = Published("portal", frozenset({Role.DV}))
BVD = Published("bvd", frozenset({Role.BVD}))


class VolmachtDocuments:
    """Everything that Volmacht publishes for an authentication service. `base`: its address up to and with `{P}`."""

    def __init__(self, base: str, environment: Environment, trust: Trust, accepts: frozenset[Role]) -> None:
        self._base, self._environment, self._trust = base, environment, trust
        self._senders = [self._kept(one) for one in (ENTRANCE, PORTAL) if one.roles & accepts]
        self._bvd = self._kept(BVD)
        self._levels = Kept(self._read_levels)

    def peer(self, entity_id: str) -> Peer | None:
        """Who may send requests, by entity id."""
        known = (kept.value() for kept in self._senders)
        return next((peer for peer in known if peer and peer.entity.entity_id == entity_id), None)

    def bvd(self) -> Peer | None:
        """The representation assertion service."""
        return self._bvd.value()

    def levels(self) -> Levels | None:
        """The minimum level of each service; None while that is unknown."""
        return self._levels.value()

    def renew(self) -> bool:
        """Ask for everything again, because what is known may be old; whether anything was new."""
        return any([kept.renew() for kept in (*self._senders, self._bvd)] + [self._levels.renew()])

    def _kept(self, which: Published) -> Kept[Peer]:
        return Kept(lambda: self._read_metadata(which))

    def _read_metadata(self, which: Published) -> Peer:
        data = fetch(f"{self._base}/metadata/{which.name}")
        entity_id = _publisher(data)
        if entity_id.role not in which.roles:
            raise NotFetched(f"{which.name}: published by a {entity_id.role}")
        expected = Expected(str(entity_id), entity_id.role, self._environment)
        read = read_metadata(data, expected=expected, trust=self._trust, now=clock.wall_clock())
        if read.document is None:
            faults = ", ".join(f"{finding.rule} {finding.code}" for finding in read.findings)
            raise NotFetched(f"{which.name}: {faults}")
        document = read.document
        return Peer(document.publisher, entity_id.role, document.valid_until, document.inside)

    def _read_levels(self) -> Levels:
        try:
            written = json.loads(fetch(f"{self._base}/catalogue/levels"))
            return {UUID(service): LevelOfAssurance(level) for service, level in written.items()}
        except (ValueError, AttributeError, TypeError) as problem:
            raise NotFetched(f"levels: {type(problem).__name__}") from problem


def _publisher(data: bytes) -> EntityId:
    """Whose document it says it is: the first entity. Nothing is believed yet. Raises NotFetched."""
    try:
        root = gate.read(data, gate.METADATA)
        first = next(root.iter(MD + "EntityDescriptor"))
        return EntityId.parse(entity_id_of(first))
    except (XmlRefused, InvalidEntityId, StopIteration) as problem:
        raise NotFetched("no metadata") from problem
