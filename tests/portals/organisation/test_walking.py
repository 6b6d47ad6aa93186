"""From the start of an application to testing in pre-production, through the pages (CN-1, CN-2)."""

from pathlib import Path
from uuid import UUID

from django.test import Client

from tests.portals.organisation import walking
from volmacht.catalogue import queries as catalogue
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
    assert Mandate.objects.filter(service_id=service.id).count() > 5
