"""Erasing a person: only when the register keeps nothing about them, and never by one employee (DM-44, DM-64)."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from volmacht.audit.kinds import Actor, ActorKind, EventKind
from volmacht.audit.queries import history_about
from volmacht.audit.verification import verify
from volmacht.mandates.operations import (
    Kept,
    KeptKind,
    announce_ended,
    answer_provider,
    apply_retention,
    end_mandate,
    erase_unless_kept,
)
from volmacht.parties import queries as parties
from volmacht.rules.environment import Environment

SEVEN_YEARS = timedelta(days=7 * 365)


def erase(person: Someone, staff: tuple[UUID, UUID]) -> tuple[Kept, ...]:
    return erase_unless_kept(person=person.id, proposed_by=staff[0], approved_by=staff[1])


def test_somebody_nothing_is_kept_about_is_erased_and_it_stands_who_did_it(
    mother: Someone, two_staff: tuple[UUID, UUID]
) -> None:
    for _ in range(2):
        assert erase(mother, two_staff) == ()
    gone = parties.party(mother.id)
    assert gone
    assert (gone.name, parties.party_with_bsn(mother.bsn)) == ("", None)
    (event,) = (event for event in history_about(mother.id) if event.kind is EventKind.PERSON_ERASED)
    assert event.actor == Actor(ActorKind.STAFF, two_staff[1])
    assert event.data == {"proposed_by": str(two_staff[0])}
    assert verify() == []


def test_what_must_be_kept_stands_in_the_way_of_both_people(
    mother: Someone, daughter: Someone, two_staff: tuple[UUID, UUID]
) -> None:
    scene.mandate(mother, daughter)
    scene.request(mother, scene.PENSION)
    answer_provider(scene.asked(mother, daughter))
    mandates = Kept(KeptKind.MANDATES, 1, date(2029, 11, 22) + SEVEN_YEARS)
    uses = Kept(KeptKind.USES, 1, NOON.date() + SEVEN_YEARS)
    requests = Kept(KeptKind.REQUESTS, 1, NOON.date() + timedelta(days=121 + 365))
    assert erase(mother, two_staff) == (mandates, requests, uses)
    assert erase(daughter, two_staff) == (mandates, uses)
    known = parties.party(mother.id)
    assert known
    assert known.name == mother.name


def test_after_the_last_term_the_person_can_be_erased(
    clock_at: Clock, mother: Someone, daughter: Someone, two_staff: tuple[UUID, UUID]
) -> None:
    end_mandate(mandate_id=scene.mandate(mother, daughter), by=mother.id, environment=Environment.PRODUCTION)
    (kept,) = erase(mother, two_staff)
    assert kept == Kept(KeptKind.MANDATES, 1, NOON.date() + SEVEN_YEARS)
    clock_at(NOON + SEVEN_YEARS + timedelta(days=400))
    announce_ended()
    for _ in range(2):  # the mandate first, then the request that it came from
        apply_retention()
    assert erase(mother, two_staff) == ()


def test_one_employee_erases_nobody(mother: Someone, two_staff: tuple[UUID, UUID]) -> None:
    with pytest.raises(ValueError, match="somebody else must approve"):
        erase(mother, (two_staff[0], two_staff[0]))
