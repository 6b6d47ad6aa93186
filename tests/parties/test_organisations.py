"""Organisations as parties: known by KvK number, once, whoever of them comes (DM-02, AD-16)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

from django.db import connection

from volmacht.audit.kinds import Actor, ActorKind, EventKind
from volmacht.audit.queries import history_about
from volmacht.audit.verification import verify
from volmacht.parties.models import Organisation, Party
from volmacht.parties.operations import know_organisation, refresh_party
from volmacht.parties.queries import bsn_of, kvk_of, party
from volmacht.rules.identifiers import KvkNumber
from volmacht.rules.kinds import PartyKind
from volmacht.rules.refusals import Refused

OFFICE = KvkNumber("99990012")


def test_an_organisation_is_added_once_and_found_again(db: None) -> None:
    office = know_organisation(OFFICE)
    assert know_organisation(OFFICE) == office
    assert know_organisation(KvkNumber("99990023")) != office
    assert (kvk_of(office), bsn_of(office)) == (OFFICE, None)
    assert [event.kind for event in history_about(office)] == [EventKind.ORGANISATION_REGISTERED]


def test_its_number_is_its_name_and_no_register_is_asked(db: None) -> None:
    known = refresh_party(know_organisation(OFFICE))
    assert not isinstance(known, Refused)
    assert (known.kind, known.name) == (PartyKind.ORGANISATION, "KvK 99990012")


def test_colleagues_who_log_in_first_at_the_same_moment_are_one_organisation(committed_db: None) -> None:
    together = Barrier(5)

    def come(_: int) -> UUID:
        try:
            together.wait(10)
            return know_organisation(OFFICE)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        ids = set(pool.map(come, range(5)))
    assert ids == set(Party.objects.values_list("id", flat=True))
    assert Organisation.objects.count() == len(ids) == 1
    assert verify() == []


def test_an_organisation_and_its_employee_stand_in_the_trail_and_no_employee_is_printed(db: None) -> None:
    known = party(know_organisation(OFFICE))
    assert known
    actor = known.acting("P1")
    assert actor == Actor(ActorKind.ORGANISATION, known.id, "P1")
    assert "P1" not in repr(actor)
