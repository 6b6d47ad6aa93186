"""From the start of an application to testing in pre-production, through the pages (CN-1, CN-2)."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.test import Client
from pytest_django import Settings

from tests.portals.organisation import walking
from volmacht.catalogue import queries as catalogue
from volmacht.config.options import Profile
from volmacht.mandates.models import Mandate
from volmacht.onboarding.models import Case
from volmacht.rules.environment import Environment
from volmacht.rules.services import LookUpStatus


def test_an_application_goes_from_start_to_testing_without_anybody_at_the_desk(
    member: Client, organisation: UUID, authority: Path
) -> None:
    number = walking.start(member)
    walking.first_form(member, number)
    page = walking.second_form(member, number)
    assert "Zelf testen" in page
    assert Case.objects.get(number=number).state == "testing"
    (service,) = catalogue.all_services(Environment.PREPRODUCTION)
    assert service.name == "Parkeervergunning"
    assert catalogue.status(service.id) is LookUpStatus.STATUS_OK
    assert catalogue.peer(Environment.PREPRODUCTION, walking.entity_id())
    data = member.get(f"/organisatie/dossiers/{number}/gegevens/preproductie/").content.decode()
    assert str(service.service_uuid) in data
    assert walking.entity_id() in data
    assert "Machtiging geldt" in data
    assert "Zoë Martina, met BSN 999920522" in data, "a log-in shows people by name"
    assert "Inloggen kan hier nog niet" in data, "no authentication service is known here"
    assert Mandate.objects.filter(service_id=service.id).count() > 5


def test_what_was_said_at_sign_up_is_not_asked_again(member: Client, organisation: UUID) -> None:
    number = walking.start(member)
    page = member.get(f"/organisatie/dossiers/{number}/formulier/application/organisation/").text
    assert "Burgerzaken" in page
    assert "Gemeentewet" in page


def test_the_settings_of_the_sample_service_are_linked_beside_what_runs(
    member: Client, organisation: UUID, authority: Path, settings: Settings
) -> None:
    number = walking.start(member)
    walking.first_form(member, number)
    walking.second_form(member, number)
    page = f"/organisatie/dossiers/{number}/gegevens/preproductie/"
    link = f"/organisatie/dossiers/{number}/metadata/service.toml"
    assert f'href="{link}"' in member.get(page).text
    assert walking.entity_id() in member.get(link).text
    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.STANDARD)
    assert "service.toml" not in member.get(page).text
    assert member.get(link).status_code == 404, "metadata of localhost count in the demo only"


def test_the_sample_service_is_offered_where_its_addresses_are_believed_only(
    member: Client, organisation: UUID, settings: Settings
) -> None:
    number = walking.start(member)
    walking.first_form(member, number)
    connection = {"connection_kind": "own", "entity_id": walking.entity_id()}
    walking.good(walking.fill_in(member, number, "preproduction", "connection", connection), number)
    address = f"/organisatie/dossiers/{number}/metadata/"
    for profile, offered in ((Profile.DEMO, True), (Profile.STANDARD, False)):
        settings.VOLMACHT = replace(settings.VOLMACHT, profile=profile)
        assert ("service.toml" in member.get(address).text) is offered, profile
