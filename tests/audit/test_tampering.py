"""Whatever is done to any event of any chain, in whatever order, `verify` says that something is wrong."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.audit.attacking import PARTITION, change, disarm, happen, remove, rewrite, run
from volmacht.audit.models import Event, Head
from volmacht.audit.operations import publish_checkpoint
from volmacht.audit.verification import verify

LENGTH = 8
TEXTS = {"kind", "actor_kind", "data"}
COLUMNS = sorted(TEXTS | {"hash", "previous_hash", "moment", "sequence"})


@dataclass(frozen=True, slots=True)
class Attack:
    """One thing done to the events at these places."""

    what: str
    place: int
    other: int
    column: str
    text: str
    number: int


attacks = st.builds(
    Attack,
    what=st.sampled_from(["change", "remove", "swap", "cut off", "empty", "move the head"]),
    place=st.integers(0, LENGTH - 1),
    other=st.integers(0, LENGTH - 1),
    column=st.sampled_from(COLUMNS),
    text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=20),
    number=st.integers(1, 1_000_000),
)


def new_value(event: Event, attack: Attack) -> object:
    """A value for this column that differs from the one that is there."""
    if attack.column in TEXTS:
        return getattr(event, attack.column)[:9] + attack.text
    if attack.column == "sequence":
        return LENGTH + attack.number
    if attack.column == "moment":
        moment = event.moment.replace(microsecond=(event.moment.microsecond + attack.number) % 1_000_000)
        return None if moment == event.moment else Event._meta.get_field("moment").get_prep_value(moment)
    digest = bytes(getattr(event, attack.column))
    return bytes([digest[0] ^ (attack.number % 255 + 1)]) + digest[1:]


def carry_out(attack: Attack) -> bool:
    """Do it; False when there was nothing to do it to."""
    events = list(Event.objects.filter(partition=PARTITION).order_by("sequence"))
    if not events:
        return False
    one, two = events[attack.place % len(events)], events[attack.other % len(events)]
    match attack.what:
        case "change":
            value = new_value(one, attack)
            if value is None:
                return False
            if attack.column == "moment":
                Event.objects.filter(id=one.id).update(moment=value)
            else:
                change(one.id, attack.column, value)
        case "remove":
            remove(one.id)
        case "swap" if one.id == two.id:
            return False
        case "swap":
            change(one.id, "sequence", 10_000_000)
            change(two.id, "sequence", one.sequence)
            change(one.id, "sequence", two.sequence)
        case "cut off":
            run("DELETE FROM audit_event WHERE partition = %s AND sequence >= %s", PARTITION, one.sequence)
        case "empty":
            run("DELETE FROM audit_event WHERE partition = %s", PARTITION)
        case _:
            return bool(Head.objects.filter(partition=PARTITION).update(sequence=attack.number + LENGTH))
    return True


@pytest.fixture
def chain(db: None) -> None:
    """A chain under a checkpoint, and some events after it."""
    happen(LENGTH - 2)
    happen(2, PARTITION + 1)
    publish_checkpoint(date(2026, 11, 23))
    happen(2)
    disarm()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attack=attacks)
def test_one_attack_is_always_found(chain: None, attack: Attack) -> None:
    with transaction.atomic():
        done = carry_out(attack)
        assert bool(verify()) is done, attack
        transaction.set_rollback(True)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    series=st.lists(attacks.filter(lambda attack: attack.what != "swap"), min_size=1, max_size=4, unique=True)
)
def test_several_attacks_do_not_hide_one_another(chain: None, series: list[Attack]) -> None:
    with transaction.atomic():
        before = snapshot()
        for attack in series:
            carry_out(attack)
        assert bool(verify()) is (snapshot() != before), series
        transaction.set_rollback(True)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attack=attacks.filter(lambda attack: attack.what in {"remove", "change", "swap"}))
def test_making_the_chain_whole_again_is_betrayed_by_the_checkpoint(chain: None, attack: Attack) -> None:
    with transaction.atomic():
        covered = set(
            Event.objects.filter(partition=PARTITION, sequence__lte=LENGTH - 2).values_list("id", flat=True)
        )
        before = contents(covered)
        carry_out(attack)
        rewrite()
        assert bool(verify()) is (contents(covered) != before), attack
        transaction.set_rollback(True)


def snapshot() -> list[tuple[object, ...]]:
    """Everything there is."""
    heads = list(Head.objects.order_by("partition").values_list("partition", "sequence"))
    rows = Event.objects.order_by("partition", "sequence").values_list(
        *[f.attname for f in Event._meta.concrete_fields]
    )
    return [*heads, *(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in rows)]


def contents(ids: set[UUID]) -> list[tuple[object, ...]]:
    """What these events say, in their order; hashes aside."""
    fields = ("id", "sequence", "moment", "kind", "actor_kind", "data")
    rows = Event.objects.filter(id__in=ids).order_by("sequence").values_list(*fields)
    return list(rows)
