"""A member of one organisation sees nothing of another, and a reader changes nothing: every page and form is tried."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.accounts import Somebody, join, log_in, make_account, make_organisation
from tests.portals.organisation import walking
from volmacht.onboarding.models import Case, CaseEvent, FormAnswers, StoredFile
from volmacht.parties import operations
from volmacht.portals.organisation.urls import urlpatterns
from volmacht.rules.roles import MemberRole

ARGUMENTS = {
    "form": "preproduction",
    "page": "services",
    "row_number": "1000",
    "environment": "preproductie",
    "task": "intrekken",
}
SIGNATORY_ONLY = {"consent", "end-consent", "sign"}


def addresses(number: str, file_id: UUID, account_id: UUID) -> list[tuple[str, str]]:
    """Every page of the portal that is about something, with the things of this case."""
    found = []
    organisation_id = Case.objects.get(number=number).organisation_id
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        if "<" not in route:
            continue
        for name, value in {
            **ARGUMENTS,
            "number": number,
            "file_id": str(file_id),
            "account_id": str(account_id),
            "invitation_id": str(uuid4()),
            "supplier_id": str(uuid4()),
            "plan_id": str(uuid4()),
            "organisation_id": str(organisation_id),
        }.items():
            for kind in ("str", "uuid", "int"):
                route = route.replace(f"<{kind}:{name}>", value)
        assert "<" not in route, route
        found.append((str(pattern.name), f"/{route}"))
    return found


@pytest.fixture
def walked(member: Client, authority: Path) -> str:
    """A case with everything in it."""
    number = walking.start(member)
    walking.first_form(member, number)
    walking.second_form(member, number)
    return number


@pytest.fixture
def outsider(db: None) -> Client:
    """The signatory of another municipality."""
    other = make_account("teken@elders.example", "Els Elders")
    make_organisation(other, oin="00000003900000020000", name="Gemeente Elders", kvk="90000002")
    client = Client()
    log_in(client, other)
    return client


def rows() -> list[object]:
    """Everything that could have changed."""
    return [
        list(Case.objects.values_list("state", "assigned_to")),
        list(FormAnswers.objects.values_list("version", "answers")),
        CaseEvent.objects.count(),
        StoredFile.objects.count(),
    ]


def test_an_outsider_finds_nothing_and_changes_nothing(
    walked: str, outsider: Client, signatory: Somebody
) -> None:
    file_id = StoredFile.objects.order_by("uploaded_at").values_list("id", flat=True)[0]
    before = rows()
    for name, address in addresses(walked, file_id, signatory.id):
        for answer in (outsider.get(address), outsider.post(address, {"versie": "1", "text": "x"})):
            assert answer.status_code in {404, 405, 302}, (name, address, answer.status_code)
            text = answer.content.decode()
            assert "Parkeervergunning" not in text, address
            assert "Testdam" not in text, address
    assert rows() == before
    assert outsider.get("/organisatie/").status_code == 200


def test_the_case_of_another_and_one_that_does_not_exist_look_the_same(walked: str, outsider: Client) -> None:
    there = outsider.get(f"/organisatie/dossiers/{walked}/")
    nowhere = outsider.get("/organisatie/dossiers/A-2020-9999/")
    assert there.status_code == nowhere.status_code == 404


def test_a_reader_sees_everything_and_changes_nothing(
    walked: str, signatory: Somebody, organisation: UUID
) -> None:
    reader = make_account("lees@testdam.example", "Lea Leest")
    join(reader, organisation, MemberRole.READER, by=signatory)
    client = Client()
    log_in(client, reader)
    assert client.get(f"/organisatie/dossiers/{walked}/").status_code == 200
    file_id = StoredFile.objects.values_list("id", flat=True)[0]
    before = rows()
    for name, address in addresses(walked, file_id, signatory.id):
        answer = client.post(address, {"versie": "1", "text": "x"})
        assert answer.status_code in {302, 303, 400, 403, 404, 405, 409}, (name, answer.status_code)
    assert rows() == before


def test_a_supplier_works_for_its_client_until_consent_ends(
    walked: str, signatory: Somebody, organisation: UUID
) -> None:
    tech = make_account("tess@leverancier.example", "Tess Techniek")
    supplier = make_organisation(
        tech, oin="00000003900000030000", name="Leverancier BV", kvk="90000003", is_supplier=True
    )
    client = Client()
    log_in(client, tech)
    case = f"/organisatie/dossiers/{walked}/"
    assert client.get(case).status_code == 404
    given = operations.give_supplier_consent(
        by=signatory.id, provider_id=organisation, supplier_oin="00000003900000030000"
    )
    assert given == supplier
    assert "Gemeente Testdam" in client.get("/organisatie/").content.decode()
    assert client.get(case).status_code == 200
    assert client.get(f"{case}tekenen/").status_code == 404, "a supplier does not sign"
    operations.end_supplier_consent(by=signatory.id, provider_id=organisation, supplier_id=supplier)
    assert client.get(case).status_code == 404
    assert "Testdam" not in client.get("/organisatie/").content.decode()


def test_nobody_who_is_not_logged_in_gets_further_than_logging_in(walked: str, signatory: Somebody) -> None:
    for _name, address in addresses(walked, uuid4(), signatory.id):
        assert Client().get(address)["Location"].startswith("/account/inloggen/")
