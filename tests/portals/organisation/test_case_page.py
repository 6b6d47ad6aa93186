"""What the page of a case says to a member."""

import pytest
from django.test import Client

from tests.accounts import log_in
from tests.onboarding.filled_in import fill_in, handed_in, prepared, sign
from tests.portals.staff.desk import a_town, an_employee
from volmacht.onboarding import operations
from volmacht.onboarding.models import Case
from volmacht.onboarding.operations import FileKind
from volmacht.onboarding.queries import function_given_before
from volmacht.rules.onboarding.forms import FormKey
from volmacht.rules.roles import StaffRole

pytestmark = pytest.mark.usefixtures("db")


def test_documents_are_listed_by_what_they_are_on_both_sides() -> None:
    body, signatory, somebody = a_town()
    case_id = handed_in(body, signatory)
    operations.add_file(
        case_id=case_id, kind=FileKind.ATTACHMENT, name="x.pdf", content=b"%PDF-1.7", actor=signatory
    )
    number = Case.objects.get(id=case_id).number
    member, (desk, _judge) = Client(), an_employee(StaffRole.ASSESSOR)
    log_in(member, somebody)
    for reader, place in ((member, "organisatie/dossiers"), (desk, "bureau/dossier")):
        page = reader.get(f"/{place}/{number}/").text
        assert f">Ondertekend formulier met voorwaarden: {number}-formulier-preproductie.pdf</a>" in page
        assert page.index(">Bijlage: x.pdf</a>") < page.index(">Ondertekend formulier met")
        assert ">Signed form with conditions: " in reader.get(f"/en/{place}/{number}/").text


def test_the_function_of_who_signs_is_the_one_that_they_gave_before_and_never_a_role() -> None:
    body, signatory, somebody = a_town()
    case_id = prepared(body, signatory)
    fill_in(case_id, FormKey.PREPRODUCTION, signatory)
    client = Client()
    log_in(client, somebody)
    address = f"/organisatie/dossiers/{Case.objects.get(id=case_id).number}/tekenen/"
    assert client.get(address).context["form"]["function"].value() == ""
    sign(case_id, signatory)
    assert client.get(address).context["form"]["function"].value() == "Gemeentesecretaris"
    other_body, other, _somebody = a_town("Gemeente Elders", "00000001777700000000", "teken@elders.example")
    elsewhere = prepared(other_body, other)
    fill_in(elsewhere, FormKey.PREPRODUCTION, other)
    assert function_given_before(other_body, other) == "", "of another organisation and person"
