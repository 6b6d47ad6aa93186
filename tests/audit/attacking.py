"""What somebody with all rights on the database can do to the chain: first the triggers go, then anything can.

Also a few events to do it to. Tampering is plain SQL, as an attacker would use.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from volmacht.audit.chain import Link, first_hash, partition_of
from volmacht.audit.kinds import INSTALLATION, SYSTEM, EventKind
from volmacht.audit.models import Event, Head
from volmacht.audit.operations import record

PARTITION = 7
TRIGGERS = {
    "sqlite": ["DROP TRIGGER audit_event_no_update", "DROP TRIGGER audit_event_no_delete"],
    "postgresql": [
        "DROP TRIGGER audit_event_append_only ON audit_event",
        "DROP TRIGGER audit_event_no_truncate ON audit_event",
        "GRANT UPDATE, DELETE, TRUNCATE ON audit_event TO CURRENT_USER",
    ],
}


def subjects(partition: int = PARTITION) -> Iterator[UUID]:
    """Ids whose events stand in one partition."""
    while True:
        subject = uuid4()
        if partition_of(subject) == partition:
            yield subject


def happen(number: int, partition: int = PARTITION) -> list[UUID]:
    """So many events in one partition; their ids in order."""
    chosen = subjects(partition)
    return [
        record(EventKind.MANDATE_USED, actor=SYSTEM, subject_id=next(chosen), object_id=uuid4())
        for _ in range(number)
    ]


def happen_to_the_installation() -> UUID:
    """One event about the installation itself."""
    return record(EventKind.RETENTION_APPLIED, actor=SYSTEM, subject_id=INSTALLATION, data={"rows": 1})


def run(sql: str, *parameters: Any) -> int:
    """Carry out a statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        touched: int = cursor.rowcount
        return touched


def disarm() -> None:
    """Take the triggers away."""
    for statement in TRIGGERS[connection.vendor]:
        run(statement)


def key(id_: UUID) -> Any:
    """The id as the database has it."""
    return Event._meta.pk.get_db_prep_value(id_, connection)


def change(id_: UUID, column: str, value: object) -> None:
    """Change one column of one event."""
    assert run(f"UPDATE audit_event SET {column} = %s WHERE id = %s", value, key(id_)) == 1  # noqa: S608 - our own names


def remove(*ids: UUID) -> None:
    """Remove events."""
    for id_ in ids:
        assert run("DELETE FROM audit_event WHERE id = %s", key(id_)) == 1


def renumber(id_: UUID, sequence: int) -> None:
    """Give an event another place in its partition."""
    change(id_, "sequence", sequence)


def link_of(event: Event, sequence: int, previous_hash: bytes) -> Link:
    """The event at another place in the chain."""
    return Link(
        id=event.id,
        partition=event.partition,
        sequence=sequence,
        moment=event.moment,
        kind=event.kind,
        actor_kind=event.actor_kind,
        actor_id=event.actor_id,
        subject_id=event.subject_id,
        object_id=event.object_id,
        data=event.data,
        previous_hash=previous_hash,
    )


def rewrite(partition: int = PARTITION) -> None:
    """Number and hash what is left of a partition anew, and move its head: a chain that is whole in itself."""
    previous, sequence = first_hash(partition), 0
    for event in list(Event.objects.filter(partition=partition).order_by("sequence")):
        sequence += 1
        link = link_of(event, sequence, previous)
        run(
            "UPDATE audit_event SET sequence = %s, previous_hash = %s, hash = %s WHERE id = %s",
            sequence,
            previous,
            link.hash(),
            key(event.id),
        )
        previous = link.hash()
    Head.objects.filter(partition=partition).update(sequence=sequence, hash=previous)
