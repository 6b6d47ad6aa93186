"""A signatory that an employee is to establish: asked for in one step, and seen at the desk (CK-D3)."""

import re

import pytest
from django.test import Client

from tests.accounts import log_in
from tests.portals.staff.desk import a_town, an_employee
from volmacht.parties.models import Membership
from volmacht.rules.roles import StaffRole

pytestmark = pytest.mark.usefixtures("db")
WAITS = "Wacht op bewijs van de tekenbevoegde"


def test_the_link_for_an_appointment_opens_a_question_that_is_begun() -> None:
    _body, _, somebody = a_town()
    Membership.objects.update(proven_at=None)
    client = Client()
    log_in(client, somebody)
    link = re.search(
        r'href="(/organisatie/vraag/[^"]*)">Maak daarvoor een afspraak', client.get("/organisatie/").text
    )
    assert link
    page = client.get(link[1]).text
    assert 'value="Afspraak om vast te stellen wie tekent"' in page
    assert "Stel met ons vast wie onze tekenbevoegde is." in page
    assert "Afspraak om" not in client.get("/organisatie/vraag/").text


def test_the_queue_names_who_waits_until_the_proof_is_recorded() -> None:
    assessor, _ = an_employee(StaffRole.ASSESSOR)
    auditor, _ = an_employee(StaffRole.AUDITOR, name="Ada Auditor")
    body, _, _somebody = a_town()
    assert WAITS not in assessor.get("/bureau/").text
    Membership.objects.update(proven_at=None)
    page = assessor.get("/bureau/").text
    assert WAITS in page
    assert f"/bureau/organisaties/{body}/" in page
    assert WAITS not in auditor.get("/bureau/").text
