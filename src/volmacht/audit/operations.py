"""Writing to the audit chain: `record` inside the transaction of what happened, `publish_checkpoint` daily.

`record` is on the path of every log-in, so it speaks SQL itself. It writes only the tables of this app.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, connections, transaction

from volmacht import clock
from volmacht.audit.chain import Link, partition_of
from volmacht.audit.kinds import DATA_OF_PEOPLE, NOT_ABOUT_PEOPLE, Actor, EventKind
from volmacht.audit.models import Checkpoint, Event, Head
from volmacht.audit.signing import checkpoint_text
from volmacht.statements import Insertion, rows, run

Value = str | int | bool | None


class OutsideTransaction(RuntimeError):
    """An event must be recorded in the transaction of its cause, or neither would be proof of the other."""


# One statement: takes the partition's head, links the event to it, and moves the head. The hash is that of
# `chain.Link`, computed by the server around the two values that only the head knows.
POSTGRESQL = """
WITH {beside}head AS (
  SELECT sequence + 1 AS sequence, hash FROM audit_head WHERE partition = %(event_partition)s FOR UPDATE),
link AS (
  SELECT head.sequence, head.hash AS previous_hash, sha256(convert_to(
    %(event_before)s::text || head.sequence || %(event_between)s::text || encode(head.hash, 'hex')
    || %(event_after)s::text, 'UTF8')) AS hash
  FROM head),
moved AS (
  UPDATE audit_head SET sequence = link.sequence, hash = link.hash FROM link
  WHERE audit_head.partition = %(event_partition)s)
INSERT INTO audit_event (id, partition, sequence, moment, kind, actor_kind, actor_id, subject_id, object_id, data,
                         previous_hash, hash)
SELECT %(event_id)s::uuid, %(event_partition)s, link.sequence, %(event_moment)s::timestamptz, %(event_kind)s,
       %(event_actor_kind)s, %(event_actor_id)s::uuid, %(event_subject_id)s::uuid, %(event_object_id)s::uuid,
       %(event_data)s, link.previous_hash, link.hash
FROM link
"""


def _append_on_postgresql(link: Link, beside: Insertion | None) -> None:
    before, between, after = link.around()
    values = {f"event_{name}": value for name, value in link.columns().items()}
    values |= {"event_before": before, "event_between": between, "event_after": after}
    run(_postgresql(beside.sql if beside else ""), values | (beside.parameters if beside else {}))


@cache
def _postgresql(beside: str) -> str:
    return POSTGRESQL.replace("{beside}", f"beside AS ({beside}), " if beside else "")


def _append_on_sqlite(link: Link, beside: Insertion | None) -> None:
    """Statement by statement: nobody else writes, and there is no way to a server."""
    if beside:
        run(beside.sql, beside.parameters)
    sequence, previous_hash = rows(
        "SELECT sequence, hash FROM audit_head WHERE partition = %s", [link.partition]
    )[0]
    link = replace(link, sequence=sequence + 1, previous_hash=bytes(previous_hash))
    digest = link.hash()
    event = Insertion.into(Event, {**link.columns(), "hash": digest})
    run(event.sql, event.parameters)
    run(
        "UPDATE audit_head SET sequence = %s, hash = %s WHERE partition = %s",
        [link.sequence, digest, link.partition],
    )


def line_up(*subject_ids: UUID) -> None:
    """Take the heads for all of these at once, before a transaction records about more than one of them.

    Everybody takes them in the same order, so that no two wait for each other. Raises OutsideTransaction.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    partitions = {partition_of(subject_id) for subject_id in subject_ids}
    heads = Head.objects.select_for_update().filter(partition__in=partitions).order_by("partition")
    list(heads.values_list("partition", flat=True))


def _employee(actor: Actor) -> dict[str, Value]:
    return {"employee": actor.employee} if actor.employee else {}


def record(
    kind: EventKind,
    *,
    actor: Actor,
    subject_id: UUID,
    object_id: UUID | None = None,
    data: Mapping[str, Value] | None = None,
    moment: datetime | None = None,
    beside: Insertion | None = None,
) -> UUID:
    """Add one event to the chain of its partition and return its id.

    `subject_id` is the party it is about (the represented person where there is one), `object_id` the mandate,
    request, service or other thing. `data` holds ids, days and closed codes only - never a personal value.
    `beside` is a row of the caller's own that is written with it, in one go where the database can. Who records
    about several people in one transaction lets them `line_up` first. Raises OutsideTransaction; ValueError for data
    that has no words.
    """
    database = connections[DEFAULT_DB_ALIAS]  # not the proxy: this is called at every log-in
    if not database.in_atomic_block:
        raise OutsideTransaction
    if data and kind not in NOT_ABOUT_PEOPLE and not data.keys() <= DATA_OF_PEOPLE:
        raise ValueError(f"{kind} holds something without words: {sorted(data.keys() - DATA_OF_PEOPLE)}")
    link = Link(
        id=uuid4(),
        partition=partition_of(subject_id),
        sequence=0,
        moment=moment or clock.now(),
        kind=kind.value,
        actor_kind=actor.kind.value,
        actor_id=actor.id,
        subject_id=subject_id,
        object_id=object_id,
        data=json.dumps({**(data or {}), **_employee(actor)}, separators=(",", ":"), sort_keys=True),
        previous_hash=b"",
    )
    if database.vendor == "postgresql":
        _append_on_postgresql(link, beside)
    else:
        _append_on_sqlite(link, beside)
    return link.id


def publish_checkpoint(day: date) -> bool:
    """Sign all heads for a day (DM-42), once; False when that day has its checkpoint already."""
    if Checkpoint.objects.filter(day=day).exists():
        return False
    heads = json.dumps(
        {
            str(head.partition): [head.sequence, bytes(head.hash).hex()]
            for head in Head.objects.order_by("partition")
        },
        separators=(",", ":"),
    )
    moment = clock.now()
    key = Ed25519PrivateKey.from_private_bytes(settings.VOLMACHT_KEYS.checkpoint)
    signature = key.sign(checkpoint_text(day, moment, heads))
    try:
        with transaction.atomic():
            Checkpoint.objects.create(day=day, moment=moment, heads=heads, signature=signature)
    except IntegrityError:  # another worker was first
        return False
    return True
