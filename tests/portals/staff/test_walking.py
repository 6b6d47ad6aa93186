"""The whole way of a case at the desk, through its pages: queue, returning, four eyes, report, activating, stopping."""

from uuid import UUID

import pytest
from django.test import Client

from tests.onboarding.filled_in import SERVICE, fill_in, handed_in, prepared, sign, state
from tests.portals.staff.desk import a_town, an_employee
from volmacht.checks import Family, checks
from volmacht.onboarding import operations, queries
from volmacht.onboarding.models import Case
from volmacht.onboarding.operations import FileKind
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import ROW
from volmacht.rules.onboarding.cases import CaseState
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.roles import StaffRole

pytestmark = pytest.mark.usefixtures("db")


def number_of(case_id: UUID) -> str:
    return Case.objects.get(id=case_id).number


def fill_report(client: Client, address: str, environment: Environment) -> None:
    """Every check passes, family by family."""
    for family in Family:
        asked = checks(environment, family)
        if asked:
            data = {f"oordeel-{one.id}": "pass" for one in asked}
            answer = client.post(f"{address}rapport/{family.value}/", data)
            assert answer["Location"].endswith("/rapport/"), answer["Location"]


def approve_by_two(one: Client, other: Client, case_id: UUID, address: str) -> None:
    """One proposes, and cannot confirm; the other reads who proposed, and confirms."""
    assert one.post(f"{address}goedkeuren/").status_code == 302
    assert state(case_id) is CaseState.PREPRODUCTION_CONFIRM

    own = one.get(f"{address}bevestigen/")
    assert "U hebt dit zelf voorgesteld" in own.text
    assert 'id="doe-het"' not in own.text
    assert one.post(f"{address}bevestigen/").status_code == 303
    assert state(case_id) is CaseState.PREPRODUCTION_CONFIRM
    assert "Anna Beoordelaar" in other.get(f"{address}bevestigen/").text
    assert other.post(f"{address}bevestigen/").status_code == 302
    assert state(case_id) is CaseState.TESTING


def test_a_case_goes_from_handing_in_to_activation_and_stops_again() -> None:
    one, _ = an_employee(StaffRole.ASSESSOR)
    other, _ = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    body, signatory, _somebody = a_town()
    case_id = handed_in(body, signatory)
    number = number_of(case_id)
    address = f"/bureau/dossier/{number}/"

    queue = one.get("/bureau/").text
    assert f"{number} · Gemeente Dorp" in queue
    page = one.get(address).text
    for text in (
        "Volmacht beoordeelt het formulier",
        "Stel goedkeuring voor",
        "SHA-256",
        "Waarom dit niet automatisch",
    ):
        assert text in page
    approve_by_two(one, other, case_id, address)

    assert operations.offer_for_test(case_id=case_id, actor=signatory) is CaseState.ACCEPTANCE
    fill_report(one, address, Environment.PREPRODUCTION)
    assert "Rond af: voldoet" in one.get(f"{address}rapport/").text
    assert one.post(f"{address}rapport/", {"tekst": "Netjes."}).status_code == 302
    assert state(case_id) is CaseState.ACCEPTANCE_CONFIRM
    assert other.post(f"{address}bevestigen/").status_code == 302
    assert state(case_id) is CaseState.PRODUCTION_FORM
    file_id = Case.objects.get(id=case_id).reports.get(passed=True).file_id
    assert file_id is not None
    theirs = queries.file_content(file_id, signatory)
    assert theirs is not None, "both sides can download it"
    report = one.get(f"{address}bestand/{file_id}/")
    assert report.content == theirs[1]
    assert report.content.startswith(b"%PDF-")
    assert report["Content-Disposition"].startswith("attachment")

    fill_in(case_id, FormKey.PRODUCTION, signatory)
    sign(case_id, signatory, FormKey.PRODUCTION)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PRODUCTION_REVIEW
    fill_report(other, address, Environment.PRODUCTION)
    assert other.post(f"{address}rapport/").status_code == 302
    assert one.post(f"{address}bevestigen/").status_code == 302
    assert state(case_id) is CaseState.ACTIVATING
    page = one.get(f"{address}activeren/").text
    assert "Deze omgeving is nog niet verbonden met DigiD." in page, "nobody could log in yet, and it says so"
    assert "Er is geen goede metadata voor productie." in page
    assert one.post(f"{address}activeren/", {"eerder": "on"}).status_code == 302
    assert state(case_id) is CaseState.ACTIVE

    assert one.post(f"{address}uitzetten/", {"tekst": "Sleutel gelekt."}).status_code == 302
    assert one.post(f"{address}bevestigen/").status_code == 303, "not by who proposed it"
    assert state(case_id) is CaseState.DEACTIVATING
    assert "Sleutel gelekt." in other.get(f"{address}bevestigen/").text
    assert other.post(f"{address}bevestigen/").status_code == 302
    assert state(case_id) is CaseState.DEACTIVATED


def test_a_form_goes_back_with_reasons_and_shows_afterwards_what_changed() -> None:
    one, _ = an_employee(StaffRole.ASSESSOR)
    body, signatory, _somebody = a_town()
    case_id = handed_in(body, signatory)
    address = f"/bureau/dossier/{number_of(case_id)}/"
    page = one.get(f"{address}teruggeven/")
    assert page.status_code == 200
    assert "preproduction/services/1000.name" in page.text
    assert one.get(f"{address}teruggeven/redenen/")["Location"].endswith("?verder=1"), "nothing was ticked"

    fields = "?veld=preproduction/services/1000.name&veld=application/organisation/website"
    reasons = f"{address}teruggeven/redenen/{fields}"
    assert "Parkeervergunning" in one.get(reasons).text
    again = one.post(reasons, {"preproduction/services/1000.name": "Te algemeen."})
    assert again.status_code == 303
    shown = one.get(again["Location"])
    assert shown.status_code == 400
    assert "Te algemeen." in shown.text, "what was typed stays"
    done = one.post(
        reasons,
        {
            "preproduction/services/1000.name": "Te algemeen.",
            "application/organisation/website": "Werkt niet.",
        },
    )
    assert done.status_code == 302
    assert state(case_id) is CaseState.PREPRODUCTION_FORM

    answers = f"{address}antwoorden/preproduction/"
    assert "Teruggegeven omdat" in one.get(answers).text
    fill_in(
        case_id,
        FormKey.PREPRODUCTION,
        signatory,
        services=[{**SERVICE, ROW: 1000, "name": "Parkeren voor bewoners"}],
    )
    changed = one.get(answers).text
    assert "Veranderd" in changed
    assert "<del>Parkeervergunning</del>" in changed
    assert "Parkeren voor bewoners" in changed


def test_who_judges_again_sees_the_reason_what_stood_there_and_what_stands_there_now() -> None:
    _one, first = an_employee(StaffRole.ASSESSOR)
    other, _ = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    auditor, _ = an_employee(StaffRole.AUDITOR, name="Cor Controleur")
    body, signatory, _somebody = a_town()
    case_id = handed_in(body, signatory)
    reasons = {
        (FormKey.PREPRODUCTION, PageKey.SERVICES): {"1000.name": "Te algemeen.", "1000.description": "Kort."}
    }
    operations.return_with_reasons(case_id=case_id, reasons=reasons, actor=first)
    fill_in(case_id, FormKey.PREPRODUCTION, signatory, services=[{**SERVICE, ROW: 1000, "name": "Bewoners"}])
    sign(case_id, signatory)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PREPRODUCTION_REVIEW

    address = f"/bureau/dossier/{number_of(case_id)}/"
    for reader in (other, auditor):
        for page in (f"{address}antwoorden/preproduction/", address):
            told = returned(reader.get(page).text)
            assert len(told) == 2, page
            for text in ("Te algemeen.", "Parkeervergunning", "Opnieuw ingediend", "Bewoners"):
                assert text in told[0], page
            assert "Kort." in told[1], page
            assert "niet veranderd" in told[1], page
    assert "Anna Beoordelaar" in other.get(f"{address}antwoorden/preproduction/").text
    assert returned(other.get(f"{address}antwoorden/application/").text) == [], "of another form"


def returned(page: str) -> list[str]:
    """What a page says of each answer that was returned."""
    return [str(part.partition("</li>")[0]) for part in page.split('<li class="returned__answer">')[1:]]


def test_metadata_of_a_step_that_is_over_is_not_called_looked_at_today() -> None:
    client, judge = an_employee(StaffRole.ASSESSOR)
    _other, second = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    body, signatory, _somebody = a_town()
    case_id = prepared(body, signatory)
    fill_in(case_id, FormKey.PREPRODUCTION, signatory)
    operations.add_file(
        case_id=case_id, kind=FileKind.METADATA, name="m.xml", content=b"<a/>", actor=signatory
    )
    sign(case_id, signatory)
    operations.hand_in(case_id=case_id, actor=signatory)
    address = f"/bureau/dossier/{number_of(case_id)}/"
    assert "<h2>Metadata, vandaag nagekeken</h2>" in client.get(address).text
    operations.propose_approval(case_id=case_id, actor=judge)
    assert operations.confirm_approval(case_id=case_id, actor=second) is CaseState.TESTING
    page = client.get(address).text
    assert "<h2>Metadata</h2>\n<p>Dit bestand hoort bij een stap die voorbij is.</p>" in page
    assert "vandaag nagekeken" not in page


def test_refusing_asks_a_reason() -> None:
    one, _ = an_employee(StaffRole.ASSESSOR)
    body, signatory, _somebody = a_town()
    case_id = handed_in(body, signatory)
    address = f"/bureau/dossier/{number_of(case_id)}/afwijzen/"
    again = one.post(address, {"tekst": "  "})
    assert one.get(again["Location"]).status_code == 400
    assert state(case_id) is CaseState.PREPRODUCTION_REVIEW
    assert one.post(address, {"tekst": "Geen publieke taak."}).status_code == 302
    assert state(case_id) is CaseState.REFUSED


def test_the_second_person_may_send_it_back_with_why() -> None:
    one, first = an_employee(StaffRole.ASSESSOR)
    other, _ = an_employee(StaffRole.ASSESSOR, name="Bert Beoordelaar")
    body, signatory, _somebody = a_town()
    case_id = handed_in(body, signatory)
    operations.propose_approval(case_id=case_id, actor=first)
    address = f"/bureau/dossier/{number_of(case_id)}/"
    assert other.post(f"{address}naar-beoordelaar/", {"tekst": "Kijk naar de wet."}).status_code == 302
    assert state(case_id) is CaseState.PREPRODUCTION_REVIEW
    assert "Kijk naar de wet." in one.get(address).text
