"""Metadata of a change as both sides see them: what is wrong, what would break, and for which environment it is."""

from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from tests.portals.organisation import walking
from tests.portals.staff.desk import an_employee
from volmacht.onboarding.models import Case
from volmacht.protocols.saml.keys import OwnKey
from volmacht.rules.roles import StaffRole

Keys = dict[str, OwnKey]


@pytest.fixture
def keys(member: Client, organisation: UUID, authority: Path) -> Keys:
    """Those that count in pre-production: the organisation has come to the end of its application."""
    number = walking.start(member)
    walking.first_form(member, number)
    service = walking.add_service(member, number)
    connection = {"connection_kind": "own", "entity_id": walking.entity_id()}
    walking.good(walking.fill_in(member, number, "preproduction", "connection", connection), number)
    found = walking.all_keys(member, number)
    walking.give_metadata(member, number, walking.metadata(found, service))
    walking.sign(member, number)
    walking.hand_in(member, number)
    Case.objects.filter(number=number).update(state="active")
    return found


@pytest.fixture
def assessor() -> Client:
    """Somebody who judges."""
    return an_employee(StaffRole.ASSESSOR)[0]


def begun(member: Client) -> str:
    """The number of a change of metadata that is filled in."""
    made = member.post("/organisatie/wijziging/", {"change_of": "metadata"})
    number = str(made["Location"]).rstrip("/").rpartition("/")[2]
    answers = {"change_of": "metadata", "reason": "Nieuwe sleutels."}
    walking.good(walking.fill_in(member, number, "change", "change", answers, version=1), number)
    return number


def handed_in(member: Client, document: bytes) -> str:
    """The same with a document, at the desk."""
    number = begun(member)
    walking.give_metadata(member, number, document)
    walking.hand_in(member, number)
    assert state(number) == "review"
    return number


def state(number: str) -> str:
    return Case.objects.get(number=number).state


@pytest.mark.parametrize("page", ["", "goedkeuren/"])
def test_who_judges_a_change_reads_which_keys_it_leaves_out(
    member: Client, keys: Keys, assessor: Client, page: str
) -> None:
    number = handed_in(member, walking.metadata(walking.all_keys(member, begun(member))))
    told = assessor.get(f"/bureau/dossier/{number}/{page}").text
    assert "De metadata zijn goed." in told
    assert "Er ontbreekt een sleutel die nu geldt" in told
    for one in keys.values():
        assert one.name in told
    assert walking.entity_id() in told


@pytest.mark.parametrize("page", ["", "goedkeuren/"])
def test_who_judges_a_change_reads_what_is_wrong_with_its_document(
    member: Client, keys: Keys, assessor: Client, page: str
) -> None:
    number = handed_in(member, walking.metadata(keys, index=9002))
    told = assessor.get(f"/bureau/dossier/{number}/{page}").text
    assert "De metadata zijn nog niet goed." in told
    assert "Het entityID is een ander dan u opgaf." in told
    assert "Er ontbreekt een sleutel die nu geldt" not in told


def test_who_judges_a_change_without_a_document_reads_that_there_is_none(
    member: Client, keys: Keys, assessor: Client
) -> None:
    number = begun(member)
    walking.hand_in(member, number)
    assert "Er zijn nog geen metadata gegeven." in assessor.get(f"/bureau/dossier/{number}/").text


def test_where_one_employee_is_enough_the_pages_say_so_and_nobody_waits_for_a_second(
    member: Client, keys: Keys, assessor: Client
) -> None:
    colleague, _ = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    number = handed_in(member, walking.metadata(walking.all_keys(member, begun(member))))
    address = f"/bureau/dossier/{number}/"
    assert "Keur goed" in assessor.get(address).text
    before = assessor.get(f"{address}goedkeuren/").text
    assert "één beoordelaar genoeg" in before
    assert "meteen uitgevoerd" in before
    told = walking.shown(assessor, assessor.post(f"{address}goedkeuren/"))
    assert state(number) == "done"
    assert "U hebt de wijziging goedgekeurd. Zij is uitgevoerd." in told
    for page in (told, colleague.get(address).text, member.get(f"/organisatie/dossiers/{number}/").text):
        assert "Goedgekeurd en uitgevoerd" in page
        assert "voorgesteld" not in page
        assert "moet het bevestigen" not in page
