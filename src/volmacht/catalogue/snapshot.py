"""The whole catalogue in memory of this process, renewed when somebody changed it.

Every process asks for the mark of the catalogue at most once a second; a new mark means reading everything
again. So a change is noticed within one second on every node (DM-33), and a look-up costs microseconds.
Reads the tables of this app only.
"""

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from volmacht import clock
from volmacht.catalogue.models import (
    ClusterMember,
    Connection,
    PeerMetadata,
    PinnedPeer,
    Provider,
    Relation,
    RestClient,
    Service,
    Version,
)
from volmacht.catalogue.view import StoredMetadata, Tables, View, make_view

POLL_SECONDS = 1.0
_READ_TRIES = 5


def _mark() -> UUID | None:
    mark: UUID | None = Version.objects.values_list("mark", flat=True).first()
    return mark


def _read_tables() -> Tables:
    offered_by: dict[UUID, set[UUID]] = defaultdict(set)
    for service_id, provider_id in Service.providers.through.objects.values_list("service_id", "provider_id"):
        offered_by[service_id].add(provider_id)
    return Tables(
        providers={row.id: row for row in Provider.objects.all()},
        connections={row.id: row for row in Connection.objects.all()},
        services={row.id: row for row in Service.objects.order_by("position", "name", "id")},
        offered_by={service_id: frozenset(ids) for service_id, ids in offered_by.items()},
        relations=tuple(Relation.objects.order_by("id")),
        members=tuple(ClusterMember.objects.order_by("id")),
        peers=tuple(PinnedPeer.objects.order_by("entity_id")),
        clients=tuple(RestClient.objects.order_by("environment", "entity_id")),
        metadata=_stored_metadata(),
    )


def _stored_metadata() -> dict[tuple[str, str], StoredMetadata]:
    """Without the documents, which may be large: those are read for who asks."""
    found = PeerMetadata.objects.values_list("environment", "entity_id", "id", "digest", "document_at")
    return {
        (environment, entity_id): StoredMetadata(row_id, bytes(digest), document_at)
        for environment, entity_id, row_id, digest, document_at in found
    }


@dataclass(frozen=True, slots=True)
class _Held:
    """What was read, under which mark, and the view on it that was asked for last."""

    mark: UUID | None
    tables: Tables
    view: View


class Snapshot:
    """The catalogue as one node knows it. `ticks` counts seconds."""

    def __init__(self, ticks: Callable[[], float] = clock.ticks) -> None:
        self._ticks = ticks
        self._lock = threading.Lock()
        self._held: _Held | None = None
        self._asked_at = float("-inf")

    def view(self, *, fresh: bool = False) -> View:
        """The catalogue at this moment; `fresh` asks the database, however short ago that was."""
        held = self._held
        if fresh or held is None or self._ticks() - self._asked_at >= POLL_SECONDS:
            held = self._renew(fresh=fresh)
        now = clock.now()
        if held.view.begins <= now < held.view.ends:
            return held.view
        return self._turn(held, now)

    def forget(self) -> None:
        """Ask the database at the next look-up."""
        self._asked_at = float("-inf")

    def _renew(self, *, fresh: bool) -> _Held:
        with self._lock:
            held, asked_at = self._held, self._ticks()
            if held is not None and not fresh and asked_at - self._asked_at < POLL_SECONDS:
                return held  # another thread asked while this one waited
            mark = _mark()
            if held is None or mark != held.mark:
                held = self._held = self._read(mark)
            self._asked_at = asked_at
            return held

    def _read(self, mark: UUID | None) -> _Held:
        """Read until nothing changed meanwhile; after five tries take it, and read again in a second."""
        for _ in range(_READ_TRIES):
            tables, read_under = _read_tables(), mark
            mark = _mark()
            if mark == read_under:
                break
        return _Held(read_under, tables, make_view(tables, clock.now()))

    def _turn(self, held: _Held, now: datetime) -> View:
        """Something came in force or ended by the clock alone: look at the same rows again."""
        turned = _Held(held.mark, held.tables, make_view(held.tables, now))
        with self._lock:
            if self._held is held:
                self._held = turned
        return turned.view


CATALOGUE = Snapshot()
