"""Metadata that Volmacht publishes, fetched over HTTP and believed when a pinned authority issued its certificates.

Who publishes is read from the document itself (MD-23, MD-24): the address, given on the command line, is what makes it
Volmacht.
"""

from collections.abc import Collection

from volmacht import clock
from volmacht.protocols.saml.entity_ids import EntityId, InvalidEntityId, Role
from volmacht.protocols.saml.handling.doors import Peer
from volmacht.protocols.saml.metadata.believing import entity_id_of
from volmacht.protocols.saml.metadata.model import Descriptor
from volmacht.protocols.saml.metadata.reading import Expected, read_metadata
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.protocols.xml import gate
from volmacht.protocols.xml.gate import XmlRefused
from volmacht.protocols.xml.names import MD
from volmacht.rules.environment import Environment
from volmacht.standins.fetching import NotFetched, fetch


def published_peer(
    address: str,
    *,
    roles: Collection[Role],
    environment: Environment,
    trust: Trust,
    descriptor: Descriptor | None = None,
) -> Peer:
    """Who publishes there, in one of these roles. `descriptor`: as for `Expected`. Raises NotFetched."""
    data = fetch(address)
    entity_id = _publisher(data)
    if entity_id.role not in roles:
        raise NotFetched(f"{address}: published by a {entity_id.role}")
    expected = Expected(str(entity_id), entity_id.role, environment, descriptor=descriptor)
    read = read_metadata(data, expected=expected, trust=trust, now=clock.wall_clock())
    if read.document is None:
        faults = ", ".join(f"{finding.rule} {finding.code}" for finding in read.findings)
        raise NotFetched(f"{address}: {faults}")
    document = read.document
    return Peer(document.publisher, entity_id.role, document.valid_until, document.inside)


def _publisher(data: bytes) -> EntityId:
    """Whose document it says it is: the first entity. Nothing is believed yet. Raises NotFetched."""
    try:
        root = gate.read(data, gate.METADATA)
        first = next(root.iter(MD + "EntityDescriptor"))
        return EntityId.parse(entity_id_of(first))
    except (XmlRefused, InvalidEntityId, StopIteration) as problem:
        raise NotFetched("no metadata") from problem
