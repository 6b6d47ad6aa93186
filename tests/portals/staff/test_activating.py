"""Activating a connection keeps to the day that the organisation asked for, unless earlier is meant (CN-6)."""

import pytest
from django.test import Client

from tests.onboarding.filled_in import activating, state
from tests.portals.staff.desk import a_town, an_employee
from volmacht.onboarding import operations
from volmacht.onboarding.models import Case
from volmacht.rules.onboarding.cases import CaseState, Objection
from volmacht.rules.onboarding.forms import PageKey
from volmacht.rules.roles import StaffRole

pytestmark = pytest.mark.usefixtures("db")
NOT_YET = "Die dag is nog niet geweest"


def ready(day: str) -> tuple[Client, Case]:
    """An application that waits for its activation, asked for on a day."""
    client, judge = an_employee(StaffRole.ASSESSOR)
    _, other = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    body, signatory, _somebody = a_town()
    case = Case.objects.get(id=activating(body, signatory, (judge, other)))
    asked = case.answers.get(page=PageKey.GOING_LIVE)
    asked.answers = {**asked.answers, "live_on": day}
    asked.save()
    assert operations.activate(case_id=case.id, actor=judge) in {Objection.BEFORE_ITS_DAY, CaseState.ACTIVE}
    return client, case


def test_earlier_than_was_asked_is_told_and_must_be_chosen() -> None:
    client, case = ready("2099-11-30")
    address = f"/bureau/dossier/{case.number}/activeren/"
    assert state(case.id) is CaseState.ACTIVATING
    page = client.get(address).text
    assert "De organisatie wil live gaan op 30 november 2099." in page
    assert NOT_YET in page
    refused = client.post(address)
    assert "Wacht anders tot de gevraagde dag" in client.get(refused["Location"]).text
    assert state(case.id) is CaseState.ACTIVATING
    assert client.post(address, {"eerder": "on"}).status_code == 302
    assert state(case.id) is CaseState.ACTIVE


@pytest.mark.parametrize("day", ["2020-01-06", "31 november"])
def test_on_or_after_the_day_or_without_one_nothing_is_asked(day: str) -> None:
    _client, case = ready(day)
    assert state(case.id) is CaseState.ACTIVE
