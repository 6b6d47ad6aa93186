"""Passing on a change through the pages: each kind asks what it needs, and no more (CN-21)."""

from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from tests.portals.organisation import walking
from volmacht.catalogue import queries as catalogue
from volmacht.onboarding.models import Case
from volmacht.rules.environment import Environment


@pytest.fixture
def connected(member: Client, organisation: UUID, authority: Path) -> Client:
    """A member of an organisation whose application came to its end."""
    number = walking.start(member)
    walking.first_form(member, number)
    walking.second_form(member, number)
    Case.objects.filter(number=number).update(state="active")
    return member


def begun(client: Client, kind: str) -> str:
    """The number of a new change."""
    made = client.post("/organisatie/wijziging/", {"change_of": kind})
    assert made.status_code == 302, made.content[:2000]
    return str(made["Location"]).rstrip("/").rpartition("/")[2]


def asked(client: Client, number: str) -> str:
    page = client.get(f"/organisatie/dossiers/{number}/formulier/change/change/")
    assert page.status_code == 200
    return str(page.content.decode())


def names(page: str, *fields: str) -> list[bool]:
    return [f'name="{field}' in page for field in fields]


def test_each_kind_of_change_asks_what_it_needs_and_no_more(connected: Client) -> None:
    certificate = asked(connected, begun(connected, "certificate"))
    assert names(certificate, "reason", "from_day", "service", "new_name", "contact") == [
        True,
        False,
        False,
        False,
        False,
    ]
    stop = asked(connected, begun(connected, "stop_service"))
    assert names(stop, "reason", "from_day", "service", "new_name") == [True, True, True, False]
    contact = asked(connected, begun(connected, "contacts"))
    assert names(contact, "contact", "contact_name", "from_day", "new_level") == [True, True, False, False]


def test_new_metadata_count_when_they_are_handed_in(connected: Client) -> None:
    number = begun(connected, "certificate")
    before = catalogue.peer(Environment.PREPRODUCTION, walking.entity_id())
    assert before is not None
    answers = {"change_of": "certificate", "reason": "Het oude certificaat eindigt."}
    walking.good(walking.fill_in(connected, number, "change", "change", answers, version=1), number)
    page = connected.get(f"/organisatie/dossiers/{number}/metadata/").content.decode()
    assert walking.entity_id() in page
    new = walking.all_keys(connected, number)
    walking.give_metadata(connected, number, walking.metadata(new))
    check = connected.get(f"/organisatie/dossiers/{number}/nakijken/").content.decode()
    assert 'id="indienen"' in check
    walking.hand_in(connected, number)
    # it lists none of the keys that count now: somebody at the desk looks first
    assert Case.objects.get(number=number).state == "review"


def test_a_change_offers_no_settings_for_the_sample_service(connected: Client) -> None:
    """They would name no service; the application has them."""
    number = begun(connected, "certificate")
    page = connected.get(f"/organisatie/dossiers/{number}/metadata/")
    assert page.status_code == 200
    assert "service.toml" not in page.content.decode()
    assert connected.get(f"/organisatie/dossiers/{number}/metadata/service.toml").status_code == 404
    application = Case.objects.get(kind="application").number
    settings = connected.get(f"/organisatie/dossiers/{application}/metadata/service.toml")
    assert "[[service]]" in settings.content.decode()
