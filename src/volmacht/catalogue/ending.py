"""Until when each peer has certificates: kept beside its document, so that nobody reads documents to tell (MD-43).

Of several certificates for one use the one that ends last counts: with it the peer can go on. Reads the tables of this
app.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from volmacht.catalogue.models import PeerMetadata
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.catalogue.view import View
from volmacht.protocols.saml.keys import PublishedKey
from volmacht.protocols.saml.metadata.model import Document
from volmacht.rules.environment import Environment

SIGNING, ENCRYPTION = "signing", "encryption"
KeyEnds = dict[str, dict[str, str]]  # entity id, use, moment


@dataclass(frozen=True, slots=True)
class PeerCertificate:
    """Until when a peer, or a DV in the document of an LC or RD, has a certificate for one use."""

    environment: Environment
    entity_id: str
    use: str
    ends: datetime


def key_ends(document: Document) -> KeyEnds:
    """Of each party in a document."""
    found = {
        entity.entity_id: {
            use: ends.isoformat()
            for use, keys in ((SIGNING, entity.signing), (ENCRYPTION, entity.encryption))
            for ends in _last(keys)
        }
        for entity in document.entities
    }
    return {entity_id: ends for entity_id, ends in found.items() if ends}


def _last(keys: Iterable[PublishedKey]) -> list[datetime]:
    """The last end, if there is a key at all."""
    return sorted(key.certificate.not_valid_after_utc for key in keys)[-1:]


def peer_certificates() -> tuple[PeerCertificate, ...]:
    """Of every party that counts now and whose metadata is stored, in order."""
    view = CATALOGUE.view()
    rows = PeerMetadata.objects.order_by("environment", "entity_id")
    return tuple(
        PeerCertificate(Environment(environment), entity_id, use, datetime.fromisoformat(ends))
        for environment, whose, kept in rows.values_list("environment", "entity_id", "key_ends")
        if _counts(view, environment, whose)
        for entity_id, uses in sorted((kept or {}).items())
        for use, ends in sorted(uses.items())
    )


def _counts(view: View, environment: str, entity_id: str) -> bool:
    key = (environment, entity_id)
    found = view.pinned_peers.get(key) or view.connections_by_entity_id.get(key)
    return found is not None and found.active
