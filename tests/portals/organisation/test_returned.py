"""What was returned stays readable for the organisation, after it handed in again too (CN-11)."""

import pytest
from django.test import Client

from tests.accounts import join, log_in, make_account
from tests.onboarding.filled_in import SERVICE, fill_in, handed_in, sign
from tests.portals.staff.desk import a_town, an_employee
from volmacht.onboarding import operations
from volmacht.onboarding.models import Case
from volmacht.rules.onboarding.answers import ROW
from volmacht.rules.onboarding.cases import CaseState
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.roles import MemberRole, StaffRole

pytestmark = pytest.mark.usefixtures("db")


def test_a_reader_of_the_organisation_sees_what_was_asked_and_answered_without_who_judged() -> None:
    _desk, judge = an_employee(StaffRole.ASSESSOR)
    body, signatory, somebody = a_town()
    case_id = handed_in(body, signatory)
    reasons = {(FormKey.PREPRODUCTION, PageKey.SERVICES): {"1000.name": "Te algemeen.\nVoor wie?"}}
    operations.return_with_reasons(case_id=case_id, reasons=reasons, actor=judge, note="Bijna goed.")
    reader = make_account("lees@dorp.example", "Lea Leest")
    join(reader, body, MemberRole.READER, by=somebody)
    client = Client()
    log_in(client, reader)
    address = f"/organisatie/dossiers/{Case.objects.get(id=case_id).number}/"

    asked = client.get(address).text.partition('id="geschiedenis"')[2]
    assert "Te algemeen.<br>Voor wie?" in asked
    assert "nog niet opnieuw ingediend" in asked

    fill_in(case_id, FormKey.PREPRODUCTION, signatory, services=[{**SERVICE, ROW: 1000, "name": "Bewoners"}])
    sign(case_id, signatory)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PREPRODUCTION_REVIEW
    answered = client.get(address).text.partition('id="geschiedenis"')[2]
    for text in ("Te algemeen.", "Parkeervergunning", "Opnieuw ingediend", "Bewoners", "Bijna goed."):
        assert text in answered
    assert "Anna Beoordelaar" not in answered


def test_a_member_of_another_organisation_finds_no_such_case() -> None:
    _desk, judge = an_employee(StaffRole.ASSESSOR)
    body, signatory, _somebody = a_town()
    case_id = handed_in(body, signatory)
    reasons = {(FormKey.PREPRODUCTION, PageKey.SERVICES): {"1000.name": "Te algemeen."}}
    operations.return_with_reasons(case_id=case_id, reasons=reasons, actor=judge)
    _other, _actor, outsider = a_town("Gemeente Elders", "00000001777700000000", "teken@elders.example")
    client = Client()
    log_in(client, outsider)
    answer = client.get(f"/organisatie/dossiers/{Case.objects.get(id=case_id).number}/")
    assert answer.status_code == 404
    assert "Te algemeen" not in answer.text


def test_a_returned_answer_is_not_handed_in_unchanged_without_a_warning() -> None:
    _desk, judge = an_employee(StaffRole.ASSESSOR)
    body, signatory, somebody = a_town()
    case_id = handed_in(body, signatory)
    reasons = {(FormKey.PREPRODUCTION, PageKey.SERVICES): {"1000.name": "Te algemeen."}}
    operations.return_with_reasons(case_id=case_id, reasons=reasons, actor=judge)
    sign(case_id, signatory)
    client = Client()
    log_in(client, somebody)
    address = f"/organisatie/dossiers/{Case.objects.get(id=case_id).number}/"
    check = client.get(f"{address}nakijken/").text
    for text in ("Nog niet veranderd: Parkeervergunning: Naam", "Te algemeen.", "Lever het toch zo in"):
        assert text in check

    answer = client.post(f"{address}indienen/")
    assert answer["Location"].endswith("/nakijken/")
    assert Case.objects.get(id=case_id).state == CaseState.PREPRODUCTION_FORM, "an old page hands nothing in"

    fill_in(case_id, FormKey.PREPRODUCTION, signatory, services=[{**SERVICE, ROW: 1000, "name": "Bewoners"}])
    sign(case_id, signatory)
    changed = client.get(f"{address}nakijken/").text
    assert ("Nog niet veranderd" in changed, "Lever het in" in changed) == (False, True)
    client.post(f"{address}indienen/")
    assert Case.objects.get(id=case_id).state == CaseState.PREPRODUCTION_REVIEW


def test_who_was_warned_may_hand_it_in_as_it_was() -> None:
    _desk, judge = an_employee(StaffRole.ASSESSOR)
    body, signatory, somebody = a_town()
    case_id = handed_in(body, signatory)
    reasons = {(FormKey.PREPRODUCTION, PageKey.CONNECTION): {"entity_id": "Klopt dit volgnummer?"}}
    operations.return_with_reasons(case_id=case_id, reasons=reasons, actor=judge)
    sign(case_id, signatory)
    client = Client()
    log_in(client, somebody)
    address = f"/organisatie/dossiers/{Case.objects.get(id=case_id).number}/"
    client.post(f"{address}indienen/", {"toch": "1"})
    assert Case.objects.get(id=case_id).state == CaseState.PREPRODUCTION_REVIEW
