"""Every page of the desk as each role, as an outsider, and as a member of the organisation it is about (RO roles)."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import resolve, reverse

from tests.accounts import log_in, make_account, make_organisation
from tests.onboarding.filled_in import handed_in, state
from tests.portals.staff.desk import a_town, an_employee
from volmacht.audience import Audience, audience_of, permission_of
from volmacht.onboarding import operations
from volmacht.onboarding.models import Case, StoredFile
from volmacht.onboarding.operations import open_disputes
from volmacht.parties.models import StaffChange
from volmacht.portals.staff.urls import urlpatterns
from volmacht.rules.onboarding.cases import CaseState
from volmacht.rules.roles import Permission, StaffRole, permissions_of

pytestmark = pytest.mark.usefixtures("db")


@dataclass(frozen=True)
class Place:
    """What the addresses of the desk are about in these tests."""

    case_id: UUID
    number: str
    organisation_id: UUID
    account_id: UUID
    file_id: UUID
    staff_id: UUID
    sentence_id: UUID
    change_id: UUID

    def address(self, name: str) -> str:
        """Of a page."""
        pattern = next(str(one.pattern) for one in urlpatterns if one.name == name)
        values = {
            "number": self.number,
            "form": "preproduction",
            "file_id": self.file_id,
            "letter": "M",
            "organisation_id": self.organisation_id,
            "account_id": self.account_id,
            "staff_id": self.staff_id,
            "change_id": self.change_id,
            "sentence_id": self.sentence_id,
            "year": 2022,
            "entry_id": uuid4(),
            "proposal_id": uuid4(),
            "import_id": uuid4(),
            "kind": "services",
            "environment": "production",
            "answer": "goed",
        }
        kwargs = {part: value for part, value in values.items() if f":{part}>" in pattern}
        return reverse(f"staff:{name}", kwargs=kwargs)


NAMES = [str(one.name) for one in urlpatterns]


@pytest.fixture
def place() -> Place:
    """A case that waits for the desk, with everything that the pages are about."""
    body, signatory, somebody = a_town()
    case_id = handed_in(body, signatory)
    _, manager = an_employee(StaffRole.SERVICE_MANAGER, name="Mia Manager")
    sentence = operations.keep_sentence(title="Groet", text_nl="Dag.", text_en="", actor=manager)
    assert isinstance(sentence, UUID)
    assert manager.id is not None
    return Place(
        case_id,
        Case.objects.get(id=case_id).number,
        body,
        somebody.id,
        StoredFile.objects.get(case_id=case_id).id,
        manager.id,
        sentence,
        uuid4(),
    )


@pytest.mark.parametrize("role", StaffRole)
def test_each_role_opens_what_its_permissions_allow_and_nothing_else(place: Place, role: StaffRole) -> None:
    client, _ = an_employee(role)
    for name in NAMES:
        address = place.address(name)
        view = resolve(address).func
        needed = permission_of(view)
        status = client.get(address).status_code
        if needed is None or needed in permissions_of([role]):
            assert status in {200, 302, 404, 405}, (name, status)
        else:
            assert status == 403, (name, status)
            assert client.post(address, {"tekst": "x", "wie": "mij"}).status_code == 403, name


def test_every_page_is_for_employees_only() -> None:
    assert [one.name for one in urlpatterns if audience_of(one.callback) is not Audience.STAFF] == []


@pytest.mark.parametrize("name", NAMES)
def test_who_is_not_logged_in_sees_nothing(place: Place, name: str) -> None:
    answer = Client().get(place.address(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/inloggen/")


def test_a_member_of_the_organisation_sees_nothing_of_the_desk(place: Place) -> None:
    outsider = make_account("buiten@elders.example", "Otto Outsider")
    make_organisation(outsider, oin="00000003900000020000", name="Gemeente Elders", kvk="90000002")
    client = Client()
    log_in(client, outsider)
    for name in NAMES:
        answer = client.get(place.address(name))
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/account/kiezen/"), name
        assert client.post(place.address(name)).status_code == 302, name
    assert state(place.case_id) is CaseState.PREPRODUCTION_REVIEW


@pytest.mark.parametrize("lost", [{"roles": []}, {"active": False}], ids=["no role", "not active"])
def test_who_stops_working_here_sees_nothing_any_more(place: Place, lost: dict[str, object]) -> None:
    from volmacht.parties.models import StaffMember

    client, _ = an_employee(StaffRole.ASSESSOR)
    assert client.get(place.address("case")).status_code == 200
    StaffMember.objects.filter(email="anna@volmacht.example").update(**lost)
    assert client.get(place.address("case")).status_code == 302


def test_an_employee_who_belongs_to_the_organisation_cannot_judge_it(place: Place) -> None:
    client, _ = an_employee(StaffRole.ASSESSOR, name="Tekla Tekenaar", email="tekla@volmacht.example")
    from volmacht.parties.models import Account, StaffMember

    StaffMember.objects.filter(email="tekla@volmacht.example").update(email="secretaris@dorp.example")
    assert Account.objects.filter(email="secretaris@dorp.example").exists()
    assert "U hoort zelf bij deze organisatie" in client.get(place.address("case")).text
    client.post(place.address("propose"))
    client.post(place.address("refuse"), {"tekst": "Nee."})
    assert state(place.case_id) is CaseState.PREPRODUCTION_REVIEW


@pytest.mark.parametrize("role", [StaffRole.AUDITOR, StaffRole.CATALOGUE_MANAGER, StaffRole.SERVICE_MANAGER])
def test_who_only_looks_changes_nothing(place: Place, role: StaffRole) -> None:
    client, _ = an_employee(role)
    for name, data in (
        ("note", {"tekst": "Hallo."}),
        ("assign", {"wie": "niemand"}),
        ("close", {"tekst": ""}),
    ):
        answer = client.post(place.address(name), data)
        assert answer.status_code == 303, name
        assert client.get(answer["Location"]).status_code == 409, name
    case = Case.objects.get(id=place.case_id)
    assert not case.messages.exists()
    assert case.state == CaseState.PREPRODUCTION_REVIEW


def test_a_dispute_is_seen_by_who_handles_disputes_only(place: Place) -> None:
    from volmacht.onboarding.actors import THE_SYSTEM
    from volmacht.onboarding.moving import open_case
    from volmacht.rules.onboarding.cases import CaseKind

    dispute = open_case(
        CaseKind.DISPUTE, by=THE_SYSTEM, organisation_id=None, subject="mandate", about_id=uuid4()
    )
    helper, _ = an_employee(StaffRole.HELPDESK, name="Hanna Helpdesk")
    judge, _ = an_employee(StaffRole.ASSESSOR)
    address = f"/bureau/dossier/{dispute.number}/"
    assert dispute.number in helper.get("/bureau/").text
    assert helper.get(address).status_code == 200
    assert dispute.number not in judge.get("/bureau/?welke=alles").text
    assert judge.get(address).status_code == 404
    assert judge.get("/bureau/dossier/M-2026-9999/").status_code == 404
    assert helper.post(f"{address}sluiten/", {"tekst": "Uitgezocht."}).status_code == 302
    dispute.refresh_from_db()
    assert dispute.state == CaseState.CLOSED
    assert open_disputes() == 0


def test_a_file_of_another_case_is_not_there(place: Place) -> None:
    client, _ = an_employee(StaffRole.ASSESSOR)
    body, signatory, _somebody = a_town("Gemeente Elders", "00000001777700000000", "b@elders.example")
    other = operations.start_application(organisation_id=body, actor=signatory)
    number = Case.objects.get(id=other).number
    assert client.get(f"/bureau/dossier/{number}/bestand/{place.file_id}/").status_code == 404


def test_nobody_approves_their_own_proposal_about_an_employee() -> None:
    one, first = an_employee(StaffRole.SERVICE_MANAGER)
    other, _ = an_employee(StaffRole.SERVICE_MANAGER, name="Bert Beheerder")
    data = {"naam": "Nina Nieuw", "email": "nina@volmacht.example", "rollen": ["assessor"], "blijft": "on"}
    assert one.post("/bureau/medewerkers/nieuw/", data).status_code == 302
    change = StaffChange.objects.get()
    address = f"/bureau/medewerkers/voorstel/{change.id}/goed/"
    assert one.post(address).status_code == 409
    own = {"naam": first.name, "email": "anna@volmacht.example", "rollen": ["auditor"], "blijft": "on"}
    assert one.post(f"/bureau/medewerkers/{first.id}/", own).status_code == 303, "not about oneself"
    assert StaffChange.objects.count() == 1
    page = one.get("/bureau/medewerkers/").text
    assert "U stelde dit zelf voor" in page
    assert other.post(address).status_code == 302
    from volmacht.notifications.models import Message
    from volmacht.parties.models import StaffMember

    assert StaffMember.objects.get(email="nina@volmacht.example").roles == ["assessor"]
    assert Message.objects.filter(kind="account_link").count() == 1, "with an invitation"


def test_the_permissions_that_pages_ask_are_all_given_to_somebody() -> None:
    asked = {permission_of(one.callback) for one in urlpatterns} - {None}
    assert asked <= set(Permission)


def test_an_invitation_is_sent_again_to_who_works_here_only() -> None:
    from volmacht.notifications.models import Message
    from volmacht.parties.models import StaffMember

    manager, _ = an_employee(StaffRole.SERVICE_MANAGER)
    _, other = an_employee(StaffRole.AUDITOR, name="Ada Auditor")
    address = f"/bureau/medewerkers/{other.id}/uitnodigen/"
    assert manager.get(address).status_code == 405
    assert manager.post(address).status_code == 302
    StaffMember.objects.filter(email="ada@volmacht.example").update(active=False)
    assert manager.post(address).status_code == 409
    assert Message.objects.filter(kind="account_link").count() == 1
    assert manager.post(f"/bureau/medewerkers/{uuid4()}/uitnodigen/").status_code == 404


def test_a_proposal_is_not_carried_out_twice_or_after_it_was_rejected() -> None:
    one, _ = an_employee(StaffRole.SERVICE_MANAGER)
    other, _ = an_employee(StaffRole.SERVICE_MANAGER, name="Bert Beheerder")
    data = {"naam": "Nina Nieuw", "email": "nina@volmacht.example", "rollen": ["assessor"], "blijft": "on"}
    one.post("/bureau/medewerkers/nieuw/", data)
    address = f"/bureau/medewerkers/voorstel/{StaffChange.objects.get().id}/"
    assert other.post(f"{address}niet/").status_code == 302
    refused = other.post(f"{address}goed/")
    assert refused.status_code == 409
    assert "Over dit voorstel is al beslist" in refused.text
