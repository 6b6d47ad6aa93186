"""A dispute at the desk: what it is about, for who handles it, with names and days and never a BSN (DM-39a)."""

import pytest

from tests.mandates import scene
from tests.portals.staff.desk import an_employee
from volmacht.audit.kinds import EventKind
from volmacht.audit.models import Event
from volmacht.mandates.operations import answer_provider, dispute_mandate, dispute_refused_use
from volmacht.mandates.queries import list_uses
from volmacht.onboarding.models import Case
from volmacht.onboarding.operations import open_disputes
from volmacht.rules.environment import Environment
from volmacht.rules.roles import StaffRole

pytestmark = pytest.mark.usefixtures("demo_catalogue")


def test_who_handles_a_disputed_mandate_reads_whose_it_is_and_why_it_ended() -> None:
    mother, daughter = scene.main_character("mother"), scene.main_character("daughter")
    mandate_id = scene.mandate(mother, daughter)
    assert dispute_mandate(mandate_id=mandate_id, by=mother.id, environment=Environment.PRODUCTION) is None
    assert open_disputes() == 1
    client, _ = an_employee(StaffRole.HELPDESK)
    page = client.get(f"/bureau/dossier/{Case.objects.get().number}/").text
    for text in (mother.name, daughter.name, scene.MUNICIPAL_TAXES, "Gestopt", str(mandate_id)):
        assert text in page
    assert mother.bsn.value not in page
    (event,) = Event.objects.filter(kind=EventKind.STAFF_READ)
    assert '"purpose":"dispute"' in event.data


def test_of_a_refused_attempt_the_answer_is_shown() -> None:
    mother, neighbour = scene.main_character("mother"), scene.main_character("neighbour")
    answer_provider(scene.asked(mother, neighbour))
    (use,) = list_uses(mother.id, environment=Environment.PRODUCTION).entries
    assert dispute_refused_use(use_id=use.id, by=mother.id, environment=Environment.PRODUCTION) is None
    assert open_disputes() == 1
    client, _ = an_employee(StaffRole.HELPDESK)
    page = client.get(f"/bureau/dossier/{Case.objects.get().number}/").text
    assert "Antwoord" in page
    assert neighbour.name in page
