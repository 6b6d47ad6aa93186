"""An active connection at which nobody can log in does not say that nothing is to be done (CN-6, CN-10)."""

import pytest
from django.test import Client

from tests.accounts import log_in
from tests.onboarding.filled_in import activating, connected
from tests.portals.staff.desk import a_town, an_employee
from volmacht.onboarding.models import Case
from volmacht.rules.roles import StaffRole

pytestmark = pytest.mark.usefixtures("db")
NOT_YET = "De aansluiting is actief, maar niemand kan nog inloggen:"


@pytest.mark.parametrize("active", [True, False])
def test_what_is_missing_in_production_is_told_once_the_connection_is_active(*, active: bool) -> None:
    _, judge = an_employee(StaffRole.ASSESSOR)
    _, other = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    body, signatory, somebody = a_town()
    case_id = (connected if active else activating)(body, signatory, (judge, other))
    client = Client()
    log_in(client, somebody)
    page = client.get(f"/organisatie/dossiers/{Case.objects.get(id=case_id).number}/").text
    for words in (
        NOT_YET,
        "Uw metadata voor productie ontbreekt.",
        "Productie is nog niet verbonden met DigiD.",
    ):
        assert (words in page) is active
    assert "Er hoeft nu niets te gebeuren." not in page
