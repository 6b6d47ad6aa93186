"""Becoming somebody in one click on the page for trying out: the stand-in is told at once who comes (AD-14)."""

import pytest
from django.test import Client

from tests.crawl.pages import Form, read
from tests.interfaces.saml.authentication_service import AuthenticationService
from tests.portals.citizen.entering.visiting import DAUGHTER, MINE, MOTHER, Visitor, employee, person
from volmacht.logins.models import Visit

pytestmark = pytest.mark.database
HANDLE = "el-amrani-karim"


def become(visitor: Visitor, **who: str) -> Form:
    """The form that posts itself to the stand-in."""
    answer = visitor.client.post(f"{visitor.prefix}/proef/word/", who)
    assert answer.status_code == 200
    return visitor.form(answer)


def test_one_click_makes_somebody(visitor: Visitor) -> None:
    for bsn, name in ((MOTHER, "Maria Johanna de Vries-Jansen"), (DAUGHTER, "Annelies de Vries")):
        form = become(visitor, persoon=bsn.value)
        assert form.fields["persoon"] == bsn.value
        assert bsn.value not in form.action
        question = visitor.service.receive(form.fields)
        assert visitor.come_back(question, person(bsn))["Location"] == MINE
        page = visitor.client.get(MINE).content.decode()
        assert f"Ingelogd als </span>{name}" in page


def test_one_click_makes_an_employee(colleague: Visitor) -> None:
    form = become(colleague, medewerker=HANDLE)
    assert form.fields["persoon"] == HANDLE
    question = colleague.service.receive(form.fields)
    assert colleague.come_back(question, employee())["Location"] == MINE
    assert "KvK 99990012" in colleague.client.get(MINE).content.decode()


def test_one_click_works_in_english_too(visitor: Visitor) -> None:
    visitor.prefix = "/en"
    question = visitor.service.receive(become(visitor, persoon=MOTHER.value).fields)
    assert visitor.come_back(question, person())["Location"] == f"/en{MINE}"


def test_the_page_between_works_without_script_and_goes_to_the_stand_in_only(visitor: Visitor) -> None:
    answer = visitor.client.post("/proef/word/", {"persoon": MOTHER.value})
    assert visitor.form(answer).action == "https://inloggen.example/saml/sso"
    assert "https://inloggen.example" in answer["Content-Security-Policy"]
    page = read(answer.content.decode())
    assert any(form.buttons for form in page.forms if form.action.startswith("https:"))
    assert MOTHER.value not in page.text


def test_a_form_of_another_site_makes_nobody(digid: AuthenticationService) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/proef/word/", {"persoon": MOTHER.value}).status_code == 403
    assert not Visit.objects.exists()
