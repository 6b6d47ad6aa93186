"""Who Volmacht is to us: the metadata of its entrance and of its representation assertion service (BVD).

Fetched when first needed, at most once in five seconds, and believed by our own authorities only. Nothing else about
Volmacht is configured: where to send people, where to hand in artifacts and by which keys it signs stand in there.
"""

from volmacht import clock
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.handling.doors import Peer
from volmacht.protocols.saml.metadata.model import Descriptor
from volmacht.rules.environment import PAGES_UNDER
from volmacht.standins.fetching import Kept
from volmacht.standins.published_metadata import published_peer
from volmacht.standins.sample_provider import own_entity, settings


class VolmachtNotThere(RuntimeError):
    """Volmacht published nothing that we can use, or cannot be reached; nobody can log in now."""


def entrance() -> Peer:
    """Where people log in. Raises VolmachtNotThere."""
    return _in_force(_entrance, "entrance")


def bvd() -> Peer:
    """Who states for whom somebody may act: asked for when somebody logs in for another. Raises VolmachtNotThere."""
    return _in_force(_bvd, "bvd")


def _read(name: str, *roles: Role) -> Peer:
    return published_peer(
        f"{settings.VOORBEELD_VOLMACHT}{PAGES_UNDER[own_entity.ENVIRONMENT]}/saml/metadata/{name}",
        roles=roles,
        environment=own_entity.ENVIRONMENT,
        trust=own_entity.trust(),
        descriptor=Descriptor.IDENTITY_PROVIDER,
    )


_entrance = Kept(lambda: _read("entrance", Role.TD, Role.RD))
_bvd = Kept(lambda: _read("bvd", Role.BVD))


def _in_force(kept: Kept[Peer], name: str) -> Peer:
    """The last good document counts while Volmacht is away, but never after its own end (MD-21, MD-26)."""
    peer = kept.value()
    if peer is None or not peer.counts_at(clock.wall_clock()):
        raise VolmachtNotThere(f"no metadata of its {name}")
    return peer
