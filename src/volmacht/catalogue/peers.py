"""Verified metadata of peers in the memory of this process: a log-in looks it up in microseconds.

Each document is read once, when it is first asked for, and again when something changed that it is judged by: the
document, the registration, or what is trusted (so a revocation counts within a second: SG-12). It is judged as on
the day it was taken (MD-21): later only its own end, the dates of its keys and revocations count. Reads the tables of
this app.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import structlog

from volmacht import clock
from volmacht.catalogue.entity_ids import CLUSTER_ROLES
from volmacht.catalogue.entries import ConnectionEntry, PinnedPeerEntry
from volmacht.catalogue.models import PeerMetadata
from volmacht.catalogue.snapshot import CATALOGUE, Snapshot
from volmacht.catalogue.trusting import TRUST, TrustFolder
from volmacht.catalogue.view import StoredMetadata, View
from volmacht.protocols.saml.entity_ids import EntityId, InvalidEntityId, allowed_in
from volmacht.protocols.saml.handling.doors import Peer
from volmacht.protocols.saml.metadata.model import Document
from volmacht.protocols.saml.metadata.reading import Expected, read_metadata
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

Key = tuple[str, str]  # environment, entity id


def expected_of(view: View, environment: Environment, entity_id: str) -> Expected | None:
    """Whose document is awaited under this entity id; None when it is not registered (RO-03, RO-07, MD-28).

    A connection counts in force or not, as whoever asks over one that is not must be told (ST-26); a pinned peer
    counts only in force.
    """
    key = (environment.value, entity_id)
    pinned = view.pinned_peers.get(key)
    if pinned is not None:
        return _expected_pinned(pinned)
    link = view.connections_by_entity_id.get(key)
    return _expected_connection(view, link) if link is not None else None


def _expected_pinned(pinned: PinnedPeerEntry) -> Expected | None:
    if not pinned.active:
        return None
    return Expected(pinned.entity_id, pinned.role, pinned.environment, oin=Oin(pinned.oin))


def _expected_connection(view: View, link: ConnectionEntry) -> Expected | None:
    try:
        parsed = EntityId.parse(link.entity_id)
    except InvalidEntityId:
        return None  # no name of the wire: nobody logs in over it
    if not allowed_in(parsed, link.environment):
        return None
    if parsed.role in CLUSTER_ROLES:
        registered = frozenset(view.registered_with.get(link.id, ()))
        return Expected(link.entity_id, parsed.role, link.environment, registered=registered)
    return Expected(link.entity_id, parsed.role, link.environment, services=_services(view, link))


def _services(view: View, link: ConnectionEntry) -> frozenset[UUID]:
    """What the catalogue has for this DV, in force or not (MD-35)."""
    return frozenset(
        entry.service_uuid
        for entry in view.services.values()
        if entry.environment is link.environment
        and (entry.connection_id == link.id or link.provider_id in entry.provider_ids)
    )


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A document together with everything it was judged by."""

    stored: StoredMetadata
    expected: Expected
    trust: Trust
    document: Document | None

    def still_holds(self, stored: StoredMetadata, expected: Expected, trust: Trust) -> bool:
        """Whether reading it again would give the same."""
        return self.trust is trust and (self.stored, self.expected) == (stored, expected)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a look-up answers until `turns_at`, as long as the same is trusted."""

    trust: Trust
    peer: Peer | None
    turns_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Known:
    """The answers for one view of the catalogue."""

    view: View
    found: dict[Key, _Found] = field(default_factory=dict)


class Peers:
    """Peers as one node knows them."""

    def __init__(
        self,
        catalogue: Snapshot = CATALOGUE,
        trusted: TrustFolder = TRUST,
        now: Callable[[], datetime] = clock.wall_clock,
    ) -> None:
        self._catalogue = catalogue
        self._trusted = trusted
        self._now = now
        self._lock = threading.Lock()
        self._locks: dict[Key, threading.Lock] = {}
        self._known: _Known | None = None
        self._parsed: dict[Key, _Parsed] = {}

    def peer(self, environment: Environment, entity_id: str) -> Peer | None:
        """The registered peer with exactly this entity id; None without usable metadata."""
        view, trust = self._catalogue.view(), self._trusted.trust(environment)
        known = self._known
        if known is None or known.view is not view:
            known = self._known = _Known(view)
        found = known.found.get((environment.value, entity_id))
        if found is None or found.trust is not trust or self._has_turned(found):
            found = self._find(known, environment, entity_id, trust)
        return found.peer if found else None

    def _has_turned(self, found: _Found) -> bool:
        return found.turns_at is not None and self._now() >= found.turns_at

    def _find(self, known: _Known, environment: Environment, entity_id: str, trust: Trust) -> _Found | None:
        """Nothing is remembered of who is not registered: anybody can make up entity ids."""
        key = (environment.value, entity_id)
        stored = known.view.metadata.get(key)
        expected = expected_of(known.view, environment, entity_id)
        if stored is None or expected is None:
            return None
        with self._lock_of(key):
            parsed = self._parsed.get(key)
            if parsed is None or not parsed.still_holds(stored, expected, trust):
                parsed = self._parsed[key] = _parse(stored, expected, trust)
        found = _answer(parsed, self._now())
        known.found[key] = found
        return found

    def _lock_of(self, key: Key) -> threading.Lock:
        """One for each peer: nobody waits while the large document of another is read (2,000 DVs: a second or two)."""
        with self._lock:
            return self._locks.setdefault(key, threading.Lock())


def _parse(stored: StoredMetadata, expected: Expected, trust: Trust) -> _Parsed:
    row = PeerMetadata.objects.filter(id=stored.id).values_list("document", "document_at").first()
    if row is None:
        return _Parsed(stored, expected, trust, None)
    read = read_metadata(bytes(row[0]), expected=expected, trust=trust, now=row[1])
    if read.document is None:
        structlog.get_logger("volmacht.metadata").warning(
            "stored metadata is no longer believed",
            entity_id=expected.entity_id,
            environment=expected.environment.value,
            findings=[f"{one.rule} {one.code}" for one in read.findings],
        )
    return _Parsed(stored, expected, trust, read.document)


def _answer(parsed: _Parsed, now: datetime) -> _Found:
    """The peer at this moment: a DV in the document of an LC or RD may have an end of its own (MD-26)."""
    document = parsed.document
    if document is None:
        return _Found(parsed.trust, None, None)
    inside = {
        entity_id: entity
        for entity_id, entity in document.inside.items()
        if entity.valid_until is None or now < entity.valid_until
    }
    ends = [entity.valid_until for entity in inside.values() if entity.valid_until]
    own = [end for end in (document.valid_until, document.publisher.valid_until) if end]
    peer = Peer(document.publisher, parsed.expected.role, min(own, default=None), inside)
    return _Found(parsed.trust, peer, min(ends, default=None))


PEERS = Peers()
