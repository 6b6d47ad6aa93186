"""What this service knows of Volmacht, in one environment: published metadata and minimum levels, over HTTP.

Metadata is believed when an authority that we pinned issued its certificates (MD-23, MD-24). Who publishes at these
addresses is read from the document itself: the address, given on the command line, is what makes it Volmacht.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.handling.doors import Peer
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.standins.fetching import Kept, NotFetched, fetch
from volmacht.standins.published_metadata import published_peer

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
        address = f"{self._base}/metadata/{which.name}"
        return published_peer(address, roles=which.roles, environment=self._environment, trust=self._trust)

    def _read_levels(self) -> Levels:
        try:
            written = json.loads(fetch(f"{self._base}/catalogue/levels"))
            return {UUID(service): LevelOfAssurance(level) for service, level in written.items()}
        except (ValueError, AttributeError, TypeError) as problem:
            raise NotFetched(f"levels: {type(problem).__name__}") from problem
