"""`verify` finds whatever somebody did to the chain, and names it (DM-42)."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from tests.audit.attacking import (
    PARTITION,
    change,
    disarm,
    happen,
    happen_to_the_installation,
    link_of,
    remove,
    renumber,
    rewrite,
    run,
    subjects,
)
from volmacht.audit.chain import first_hash
from volmacht.audit.kinds import SYSTEM, EventKind
from volmacht.audit.models import Checkpoint, Event, Head
from volmacht.audit.operations import publish_checkpoint, record
from volmacht.audit.verification import Fault, Finding, verify

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
Chain = list[UUID]


@pytest.fixture
def chain() -> Chain:
    """Six events in one partition, some elsewhere, and no triggers any more."""
    happen(3, PARTITION + 1)
    ids = happen(6)
    assert verify() == []
    disarm()
    return ids


def named(id_: UUID, number: int, kind: str = "mandate.used") -> str:
    """How a finding names an event."""
    return f"event {id_} ({kind}, partition {PARTITION}, number {number})"


def test_a_chain_that_nobody_touched_is_whole() -> None:
    assert verify() == []
    happen(5)
    happen(2, 63)
    happen_to_the_installation()
    publish_checkpoint(DAY)
    happen(1)
    assert verify() == []


OTHER = UUID("00000000-0000-4000-8000-000000000001")
CHANGES: list[tuple[str, object]] = [
    ("kind", "use.refused"),
    ("actor_kind", "person"),
    ("data", '{"refusal":null}'),
    ("moment", "2020-01-01 00:00:00+00:00"),
    ("actor_id", OTHER),
    ("object_id", OTHER),
    ("object_id", None),
    ("subject_id", OTHER),
    ("hash", b"\0" * 32),
    ("hash", b""),
    ("previous_hash", b"\0" * 32),
]


@pytest.mark.parametrize(("column", "value"), CHANGES)
def test_a_changed_event_is_named(chain: Chain, column: str, value: object) -> None:
    change(chain[2], column, value.hex if isinstance(value, UUID) else value)
    assert verify() == [
        Finding(Fault.CHANGED, named(chain[2], 3, "use.refused" if column == "kind" else "mandate.used"))
    ]


UNREADABLE = [
    ("moment", "soon"),
    ("subject_id", "nobody"),
    ("data", b"\xff\xfe"),
    ("previous_hash", "text"),
    ("hash", "text"),
    ("actor_kind", 7),
]


@pytest.mark.parametrize(("column", "value"), UNREADABLE)
def test_a_value_that_no_event_can_hold_is_named_too(chain: Chain, column: str, value: object) -> None:
    if connection.vendor == "postgresql" and value in {"soon", "nobody"}:
        with pytest.raises(DatabaseError), transaction.atomic():
            change(chain[4], column, value)
        assert verify() == []
        return
    change(chain[4], column, value)
    assert [finding.fault for finding in verify()] == [Fault.CHANGED]
    assert named(chain[4], 5) in verify()[0].where


def test_text_in_a_broken_encoding_is_named_too(chain: Chain) -> None:
    broken = {"sqlite": "CAST(x'fffe' AS TEXT)", "postgresql": "convert_from('\\xfffe', 'UTF8')"}
    statement = f"UPDATE audit_event SET data = {broken[connection.vendor]} WHERE sequence = 3"  # noqa: S608 - our own
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError), transaction.atomic():
            run(statement)
        assert verify() == []
        return
    run(statement + f" AND partition = {PARTITION}")
    assert verify() == [Finding(Fault.CHANGED, named(chain[2], 3))]


def test_two_faults_in_two_partitions_are_both_named(chain: Chain) -> None:
    elsewhere = Event.objects.get(partition=PARTITION + 1, sequence=2).id
    change(chain[0], "data", "{}x")
    change(elsewhere, "data", "{}x")
    assert [finding.where for finding in verify()] == [
        named(chain[0], 1),
        f"event {elsewhere} (mandate.used, partition {PARTITION + 1}, number 2)",
    ]


def test_an_event_removed_from_the_beginning_or_the_middle_is_missed(chain: Chain) -> None:
    remove(chain[3])
    assert verify() == [
        Finding(Fault.MISSING, f"partition {PARTITION}, number 4, before {named(chain[4], 5)}")
    ]
    remove(chain[0])
    assert verify() == [
        Finding(Fault.MISSING, f"partition {PARTITION}, number 1, before {named(chain[1], 2)}")
    ]


def test_removed_events_at_the_end_are_missed(chain: Chain) -> None:
    remove(*chain[4:])
    assert verify() == [Finding(Fault.HEAD, f"partition {PARTITION}: head says number 6, last is 4")]


def test_a_partition_that_was_emptied_is_missed(chain: Chain) -> None:
    remove(*chain)
    assert verify() == [Finding(Fault.HEAD, f"partition {PARTITION}: head says number 6, last is 0")]


def test_a_gap_that_was_closed_by_counting_on_is_found(chain: Chain) -> None:
    remove(chain[2])
    for place, id_ in enumerate(chain[3:], start=3):
        renumber(id_, place)
    assert verify() == [Finding(Fault.CHANGED, named(chain[3], 3))]


def test_a_gap_whose_neighbour_was_hashed_anew_is_found(chain: Chain) -> None:
    remove(chain[2])
    follower = Event.objects.get(id=chain[3])
    link = link_of(follower, 3, bytes(follower.previous_hash))
    renumber(chain[3], 3)
    change(chain[3], "hash", link.hash())
    assert verify() == [Finding(Fault.OUT_OF_ORDER, named(chain[3], 3))]


def test_events_that_changed_places_are_found(chain: Chain) -> None:
    renumber(chain[1], 100)
    renumber(chain[2], 2)
    renumber(chain[1], 3)
    assert verify() == [Finding(Fault.CHANGED, named(chain[2], 2))]


def test_an_event_that_was_put_in_is_found(chain: Chain) -> None:
    forged = record(EventKind.MANDATE_ENDED, actor=SYSTEM, subject_id=next(subjects()))
    Head.objects.filter(partition=PARTITION).update(
        sequence=6, hash=bytes(Event.objects.get(id=chain[5]).hash)
    )
    assert verify() == [Finding(Fault.HEAD, f"partition {PARTITION}: head says number 6, last is 7")]
    for place, id_ in reversed(list(enumerate(chain[3:], start=5))):
        renumber(id_, place + 10)
    renumber(forged, 4)
    for place, id_ in enumerate(chain[3:], start=5):
        renumber(id_, place)
    assert verify() == [Finding(Fault.CHANGED, named(forged, 4, "mandate.ended"))]


def test_an_event_in_a_partition_that_is_not_its_subject_s_is_found(chain: Chain) -> None:
    run("UPDATE audit_event SET partition = 5 WHERE partition = %s", PARTITION)
    rewrite(5)
    Head.objects.filter(partition=PARTITION).update(sequence=0, hash=first_hash(PARTITION))
    first = f"event {chain[0]} (mandate.used, partition 5, number 1)"
    assert verify() == [Finding(Fault.OUT_OF_ORDER, first)]


@pytest.mark.parametrize(
    "attack",
    [
        lambda: Head.objects.filter(partition=PARTITION).update(hash=b"\0" * 32),
        lambda: Head.objects.filter(partition=PARTITION).update(sequence=5),
        lambda: Head.objects.filter(partition=PARTITION).delete(),
    ],
)
def test_a_head_that_was_changed_or_removed_is_found(chain: Chain, attack: Callable[[], object]) -> None:
    attack()
    (finding,) = verify()
    assert (finding.fault, f"partition {PARTITION}: " in finding.where) == (Fault.HEAD, True)


def test_a_chain_that_was_made_whole_again_is_betrayed_by_a_checkpoint(chain: Chain) -> None:
    publish_checkpoint(DAY)
    remove(chain[1])
    rewrite()
    broken = Finding(Fault.CHECKPOINT_BROKEN, f"checkpoint of {DAY}, partition {PARTITION}")
    assert verify() == [broken]
    happen(1)
    assert verify() == [broken]


def test_an_emptied_partition_with_a_head_like_new_is_betrayed_by_a_checkpoint(chain: Chain) -> None:
    publish_checkpoint(DAY)
    remove(*chain)
    rewrite()
    assert [finding.fault for finding in verify()] == [Fault.CHECKPOINT_BROKEN]


CHECKPOINT_CHANGES: list[tuple[str, object]] = [
    ("heads", "{}"),
    ("heads", "no json"),
    ("heads", ""),
    ("day", "2026-11-22"),
    ("moment", "2026-11-23 00:00:00.000001+00:00"),
    ("signature", b"\0" * 64),
    ("signature", b""),
]


@pytest.mark.parametrize(("column", "value"), CHECKPOINT_CHANGES)
def test_a_changed_checkpoint_is_named(chain: Chain, column: str, value: object) -> None:
    publish_checkpoint(DAY)
    run(f"UPDATE audit_checkpoint SET {column} = %s", value)  # noqa: S608 - our own names
    day = "2026-11-22" if column == "day" else DAY
    assert verify() == [Finding(Fault.CHECKPOINT_CHANGED, f"checkpoint of {day}")]


def test_one_changed_checkpoint_does_not_hide_what_another_betrays(chain: Chain) -> None:
    publish_checkpoint(date(2026, 11, 21))
    publish_checkpoint(date(2026, 11, 22))
    Checkpoint.objects.filter(day=date(2026, 11, 21)).update(heads='{"7": "all is well"}')
    remove(chain[5])
    rewrite()
    assert [finding.fault for finding in verify()] == [Fault.CHECKPOINT_CHANGED, Fault.CHECKPOINT_BROKEN]


def test_a_day_has_one_checkpoint() -> None:
    assert publish_checkpoint(DAY)
    happen(1)
    assert not publish_checkpoint(DAY)
    assert verify() == []
