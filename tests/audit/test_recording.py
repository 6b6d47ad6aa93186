"""Recording an event: inside the transaction of its cause, hashed the same by both databases, one after another."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from tests.audit.attacking import PARTITION, happen, subjects
from volmacht.audit.chain import Link, first_hash, partition_of
from volmacht.audit.kinds import NOT_ABOUT_PEOPLE, SYSTEM, Actor, ActorKind, EventKind
from volmacht.audit.models import Event, Head
from volmacht.audit.operations import OutsideTransaction, Value, publish_checkpoint, record
from volmacht.audit.queries import checkpoint_key, checkpoints, history_about, history_of
from volmacht.audit.signing import checkpoint_text
from volmacht.audit.verification import verify

AT = datetime(2026, 11, 23, 11, 0, 0, 5, tzinfo=UTC)
HOSTILE: list[dict[str, Value]] = [
    {},
    {"a": "'; DROP TABLE audit_event; --", "b": '"}],"', "c": "\\", "d": "\\u0000\x00"},
    {"percent": "%s %(event_data)s %%", "braces": "{beside}{0}", "lines": "\r\n\t\x1f"},
    {"emoji": "👩‍🦳", "accents": "Šćepanović", "lone": "\ud800", "right to left": "\u202e"},
    {"none": None, "true": True, "number": -(2**62), "": ""},
    {"long": "x" * 100_000},
]


def expected_hash(event: Event) -> bytes:
    """The hash, computed from the description in words: SHA-256 over the JSON list of all fields."""
    fields = [
        event.id.hex,
        event.partition,
        event.sequence,
        event.moment.astimezone(UTC).isoformat(timespec="microseconds"),
        event.kind,
        event.actor_kind,
        event.actor_id.hex if event.actor_id else None,
        event.subject_id.hex,
        event.object_id.hex if event.object_id else None,
        event.data,
        bytes(event.previous_hash).hex(),
    ]
    return hashlib.sha256(json.dumps(fields, separators=(",", ":")).encode()).digest()


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("ids", [True, False])
def test_the_database_computes_the_hash_that_python_computes(
    db: None, data: dict[str, Value], ids: bool
) -> None:
    actor = Actor(ActorKind.PERSON, uuid4()) if ids else SYSTEM
    subject = uuid4()
    event_id = record(
        EventKind.KEYS_CHANGED,
        actor=actor,
        subject_id=subject,
        object_id=uuid4() if ids else None,
        data=data,
        moment=AT.astimezone(timezone(timedelta(hours=9))),
    )
    event = Event.objects.get(id=event_id)
    assert bytes(event.hash) == expected_hash(event)
    assert json.loads(event.data) == data
    assert event.moment == AT
    assert (event.partition, event.sequence) == (partition_of(subject), 1)
    assert bytes(event.previous_hash) == first_hash(event.partition)
    assert verify() == []


def test_every_field_changes_the_hash() -> None:
    link = Link(uuid4(), 3, 7, AT, "k", "a", None, uuid4(), None, "{}", b"\0" * 32)
    other = Link(
        uuid4(), 4, 8, AT + timedelta(microseconds=1), "l", "b", uuid4(), uuid4(), uuid4(), "[]", b"\1" * 32
    )
    names = Link.__dataclass_fields__
    hashes = {link.hash()}
    for name in names:
        changed = {field: getattr(other if field == name else link, field) for field in names}
        hashes.add(Link(**changed).hash())
    assert len(hashes) == len(names) + 1


def test_no_field_can_pretend_to_be_two() -> None:
    one = Link(UUID(int=1), 0, 1, AT, 'a","b', "c", None, UUID(int=2), None, "{}", b"")
    two = Link(UUID(int=1), 0, 1, AT, "a", 'b","c', None, UUID(int=2), None, "{}", b"")
    assert one.hash() != two.hash()


def test_each_event_carries_the_hash_of_the_one_before(db: None) -> None:
    ids = happen(3)
    events = list(Event.objects.filter(partition=PARTITION).order_by("sequence"))
    assert [event.id for event in events] == ids
    assert [event.sequence for event in events] == [1, 2, 3]
    previous = [first_hash(PARTITION), *(bytes(event.hash) for event in events)]
    assert [bytes(event.previous_hash) for event in events] == previous[:3]
    head = Head.objects.get(partition=PARTITION)
    assert (head.sequence, bytes(head.hash)) == (3, previous[3])


def test_outside_a_transaction_nothing_is_recorded(committed_db: None) -> None:
    with pytest.raises(OutsideTransaction):
        record(EventKind.MANDATE_USED, actor=SYSTEM, subject_id=uuid4())
    assert not Event.objects.exists()


def test_an_event_goes_with_its_cause_when_that_is_undone(committed_db: None) -> None:
    subject = next(subjects())
    with transaction.atomic():
        record(EventKind.MANDATE_USED, actor=SYSTEM, subject_id=subject)
        transaction.set_rollback(True)
    assert not Event.objects.exists()
    with transaction.atomic():
        record(EventKind.MANDATE_ENDED, actor=SYSTEM, subject_id=subject)
    (event,) = Event.objects.all()
    assert (event.kind, event.sequence) == ("mandate.ended", 1)
    assert verify() == []


def test_an_undone_part_of_a_transaction_leaves_a_whole_chain(db: None) -> None:
    happen(1)
    with transaction.atomic():
        happen(2)
        transaction.set_rollback(True)
    happen(1)
    assert Event.objects.count() == 2
    assert verify() == []


THREADS, EACH = 6, 12


def test_many_at_once_in_one_partition_leave_a_whole_chain(committed_db: None) -> None:
    chosen = [next(subjects()) for _ in range(THREADS)]

    def write(subject: UUID) -> None:
        try:
            for number in range(EACH):
                with transaction.atomic():
                    record(EventKind.KEYS_CHANGED, actor=SYSTEM, subject_id=subject, data={"n": number})
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        writing = [pool.submit(write, subject) for subject in chosen]
        findings = [finding for _ in range(5) for finding in verify()]
        for done in writing:
            done.result()
    assert findings == []  # verifying while others write gives no false alarm
    assert Head.objects.get(partition=PARTITION).sequence == THREADS * EACH
    assert verify() == []


def test_two_workers_publish_one_checkpoint(committed_db: None) -> None:
    def publish(_: int) -> bool:
        try:
            return publish_checkpoint(AT.date())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(publish, range(4))) == [False, False, False, True]
    assert verify() == []


def test_anyone_can_check_a_published_checkpoint_with_the_public_key(db: None) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    happen(2)
    publish_checkpoint(AT.date())
    (published,) = checkpoints()
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(checkpoint_key()))
    text = checkpoint_text(published.day, published.moment, published.heads)
    key.verify(bytes.fromhex(published.signature), text)  # raises when it does not hold
    heads = json.loads(published.heads)
    assert heads[str(PARTITION)][0] == 2
    assert len(heads) == 64


def test_a_history_holds_what_happened_to_a_thing_and_by_whom(db: None) -> None:
    mother, daughter, mandate = uuid4(), uuid4(), uuid4()
    by_daughter = Actor(ActorKind.PERSON, daughter)
    record(EventKind.MANDATE_ACTIVATED, actor=by_daughter, subject_id=mother, object_id=mandate, moment=AT)
    later = AT + timedelta(days=1)
    record(
        EventKind.MANDATE_ENDED,
        actor=SYSTEM,
        subject_id=mother,
        object_id=mandate,
        data={"reason": "expired"},
        moment=later,
    )
    happen(3)
    kinds = [EventKind.MANDATE_ACTIVATED, EventKind.MANDATE_ENDED]
    assert [event.kind for event in history_of(mandate)] == kinds
    assert [event.kind for event in history_about(mother)] == kinds
    assert [event.actor for event in history_about(daughter)] == [by_daughter]
    assert history_of(mandate)[1].data == {"reason": "expired"}


def test_a_history_never_goes_against_its_chain_when_somebody_waited_for_a_turn(db: None) -> None:
    mother, request = uuid4(), uuid4()
    for kind, moment in (
        (EventKind.CODE_TRY_FAILED, AT),
        (EventKind.CODE_TRY_FAILED, AT + timedelta(seconds=2)),
        (EventKind.CODE_LOCKED, AT + timedelta(seconds=1)),  # read the clock, and then waited for its turn
        (EventKind.CODE_REPLACED, AT + timedelta(seconds=3)),
    ):
        record(kind, actor=SYSTEM, subject_id=mother, object_id=request, moment=moment)
    expected = [
        EventKind.CODE_TRY_FAILED,
        EventKind.CODE_TRY_FAILED,
        EventKind.CODE_LOCKED,
        EventKind.CODE_REPLACED,
    ]
    assert [event.kind for event in history_of(request)] == expected
    assert [event.kind for event in history_about(mother)] == expected


def test_data_of_an_event_about_a_person_that_has_no_words_is_not_recorded(db: None) -> None:
    """DM-44: who downloads everything about themselves must be able to read it."""
    for kind in set(EventKind) - NOT_ABOUT_PEOPLE:
        with pytest.raises(ValueError, match="holds something without words"):
            record(kind, actor=SYSTEM, subject_id=uuid4(), data={"new": "x"})
    assert not Event.objects.exists()
