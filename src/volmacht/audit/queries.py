"""Reading the audit chain: the history of a thing or a party, and the published checkpoints."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from volmacht.audit.kinds import Actor, ActorKind, EventKind
from volmacht.audit.models import Checkpoint, Event, Head
from volmacht.audit.signing import public_key


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as it is shown; `data` holds ids, days and codes."""

    id: UUID
    moment: datetime
    kind: EventKind
    actor: Actor
    subject_id: UUID
    object_id: UUID | None
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PublishedCheckpoint:
    """A signed checkpoint as published: heads as JSON text, signature in hex."""

    day: date
    moment: datetime
    heads: str
    signature: str


def _happening(event: Event) -> Happening:
    return Happening(
        id=event.id,
        moment=event.moment,
        kind=EventKind(event.kind),
        actor=Actor(ActorKind(event.actor_kind), event.actor_id),
        subject_id=event.subject_id,
        object_id=event.object_id,
        data=json.loads(event.data),
    )


def history_of(*object_ids: UUID) -> list[Happening]:
    """Everything that happened to a mandate (and the request it came from), oldest first."""
    return _in_order(Event.objects.filter(object_id__in=object_ids))


def _in_order(events: Iterable[Event]) -> list[Happening]:
    """Oldest first, and never against a chain: who waited for a turn in it may have read the clock earlier."""
    reached: dict[int, datetime] = {}
    placed = []
    for event in sorted(events, key=lambda event: (event.partition, event.sequence)):
        reached[event.partition] = max(event.moment, reached.get(event.partition, event.moment))
        placed.append((reached[event.partition], event))
    placed.sort(key=lambda place: place[0])  # stable: within a chain as it is
    return [_happening(event) for _, event in placed]


def was_recorded(kind: EventKind, *, by: UUID, object_id: UUID, since: datetime) -> bool:
    """Whether somebody did this to a thing since then."""
    found = Event.objects.filter(object_id=object_id, moment__gt=since, kind=kind, actor_id=by)
    return found.exists()


@dataclass(frozen=True, slots=True)
class ReadingFilter:
    """Which readings of employees; without any of these all of them."""

    by: UUID | None = None
    about: Collection[UUID] | None = None  # cases, organisations
    purpose: str = ""
    since: datetime | None = None
    before: datetime | None = None


def readings(wanted: ReadingFilter, *, start: int, rows: int) -> tuple[list[Happening], int]:
    """What employees looked at, the newest first, and how many such readings there are."""
    found = Event.objects.filter(kind="staff.read")
    if wanted.by is not None:
        found = found.filter(actor_id=wanted.by)
    if wanted.about is not None:
        found = found.filter(object_id__in=wanted.about)
    if wanted.purpose:
        found = found.filter(
            data__contains=json.dumps({"purpose": wanted.purpose}, separators=(",", ":"))[1:-1]
        )
    if wanted.since is not None:
        found = found.filter(moment__gte=wanted.since)
    if wanted.before is not None:
        found = found.filter(moment__lt=wanted.before)
    ordered = found.order_by("-moment", "id")[start : start + rows]
    return [_happening(event) for event in ordered], found.count()


DISPUTES = (EventKind.MANDATE_DISPUTED, EventKind.USE_DISPUTED)


def disputed_among(object_ids: Collection[UUID]) -> set[UUID]:
    """Of which of these somebody said that it is not right, after it was over (DM-39a)."""
    events = Event.objects.filter(object_id__in=object_ids, kind__in=DISPUTES)
    return {about for about in events.values_list("object_id", flat=True) if about}


def reached() -> dict[int, int]:
    """How far each chain is: the sequence of its last event, by partition."""
    return dict(Head.objects.values_list("partition", "sequence"))


def happened_after(
    partition: int, sequence: int, kinds: Collection[EventKind], *, most: int
) -> tuple[list[Happening], int]:
    """What happened of these kinds in the next `most` events of a chain, in its order, and how far that goes.

    A chain has no gaps and is only added to: who goes on from there misses nothing.
    """
    last = sequence + most
    events = Event.objects.filter(partition=partition, sequence__gt=sequence, sequence__lte=last)
    found = events.filter(kind__in=kinds).order_by("sequence")
    return [_happening(event) for event in found], min(last, reached().get(partition, 0))


def history_about(party_id: UUID) -> list[Happening]:
    """Every event about a party or done by it, oldest first (download my data, DM-44)."""
    return _in_order(Event.objects.filter(Q(subject_id=party_id) | Q(actor_id=party_id)))


def checkpoints(limit: int = 400) -> list[PublishedCheckpoint]:
    """The newest checkpoints first."""
    return [
        PublishedCheckpoint(row.day, row.moment, row.heads, bytes(row.signature).hex())
        for row in Checkpoint.objects.order_by("-day")[:limit]
    ]


def checkpoint_key() -> str:
    """The Ed25519 public key (hex, 32 bytes) that signs checkpoints."""
    return public_key(settings.VOLMACHT_KEYS.checkpoint).public_bytes_raw().hex()
