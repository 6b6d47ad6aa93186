"""The entity id: filled in from what is known of the organisation, and told exactly when it does not fit (CN-16)."""

from pathlib import Path

from django.test import Client

from tests.accounts import log_in
from tests.onboarding.filled_in import accepted
from tests.onboarding.town import OIN
from tests.portals.organisation import walking
from tests.portals.staff.desk import a_town, an_employee
from volmacht.onboarding.models import Case
from volmacht.rules.roles import StaffRole


def field(member: Client, number: str, form: str) -> str:
    """The page that asks it."""
    return member.get(f"/organisatie/dossiers/{number}/formulier/{form}/connection/").text


def test_that_of_the_test_is_filled_in(member: Client, authority: Path) -> None:
    number = walking.start(member)
    walking.first_form(member, number)
    assert f'value="{walking.entity_id(9001)}"' in field(member, number, "preproduction")


def test_that_of_production_is_filled_in_and_a_test_index_is_told(db: None) -> None:
    _, judge = an_employee(StaffRole.ASSESSOR)
    _, other = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    body, signatory, somebody = a_town()
    number = Case.objects.get(id=accepted(body, signatory, (judge, other))).number
    client = Client()
    log_in(client, somebody)
    assert f'value="{walking.entity_id(1, OIN)}"' in field(client, number, "production")
    wrong = {"connection_kind": "own", "entity_id": walking.entity_id(9001, OIN)}
    walking.fill_in(client, number, "production", "connection", wrong)
    page = field(client, number, "production")
    assert "In productie is het volgnummer lager dan 9000." in page
    assert f'value="{walking.entity_id(9001, OIN)}"' in page, "what was said is not replaced"
