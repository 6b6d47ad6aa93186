"""The pages on which an organisation is signed up and proven."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.accounts import log_in, make_account
from volmacht import clock
from volmacht.config.options import Profile
from volmacht.parties import queries
from volmacht.parties.models import ConnectingOrganisation
from volmacht.standins.organisation_register.app import OrganisationRegisterStandIn

pytestmark = pytest.mark.usefixtures("db")
PAGE, PROOF = "/account/organisatie/", "/account/organisatie/bewijs/"
GOOD = {
    "soort": "aanbieder",
    "oin": "00000009000100001000",
    "kvk_number": "99992002",
    "alb_name": "Gemeente Elzendam",
    "public_task": "Zorg",
    "legal_basis": "Gemeentewet",
    "tekent": "on",
}


@pytest.fixture
def there(client: Client) -> Client:
    log_in(client, make_account("teken@elzendam.example", "Tess Tekent"))
    return client


def test_signing_up_leads_to_the_proof(there: Client) -> None:
    assert there.post(PAGE, GOOD)["Location"] == PROOF
    page = there.get(PROOF)
    assert "Gemeente Elzendam" in page.text
    assert "openssl" not in page.text, "first a text"
    there.post(f"{PROOF}tekst/")
    assert "openssl dgst -sha256 -sign" in there.get(PROOF).text
    text = there.get(f"{PROOF}challenge.txt")
    assert "00000009000100001000" in text.text
    assert "attachment" in text["Content-Disposition"]


def test_who_begins_an_application_without_an_organisation_signs_one_up_first(there: Client) -> None:
    page = there.get("/organisatie/aanvraag/", follow=True)
    assert page.redirect_chain[-1][0] == PAGE
    assert there.get("/account/kiezen/")["Location"] == "/account/", (
        "who only looks at their account stays there"
    )


def test_the_organisation_that_is_offered_for_trying_out_can_sign_up(
    there: Client, settings: Settings
) -> None:
    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.DEMO)
    named = re.search(r"Provincie Westerland, OIN (\d{20}), KvK (\d{8})", there.get(PAGE).text)
    assert named
    numbers = {"oin": named[1], "kvk_number": named[2], "alb_name": "Provincie Westerland"}
    assert there.post(PAGE, {**GOOD, **numbers})["Location"] == PROOF
    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.STANDARD)
    assert "Westerland" not in there.get(PAGE).text


def test_a_fault_is_told_and_nothing_typed_is_lost(there: Client) -> None:
    answer = there.post(PAGE, {**GOOD, "kvk_number": "99992003"})
    page = there.get(answer["Location"])
    assert page.status_code == 409
    assert "hoort niet bij het OIN" in page.text
    assert "99992002" not in page.text, "the right number is not told"
    assert "Gemeente Elzendam" in page.text


def test_who_may_not_sign_signs_nothing_up(there: Client) -> None:
    answer = there.post(PAGE, {key: value for key, value in GOOD.items() if key != "tekent"})
    assert "Alleen wie mag tekenen" in there.get(answer["Location"]).text


def test_which_certificates_prove_it_is_told(there: Client, settings: Settings) -> None:
    there.post(PAGE, GOOD)
    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.STANDARD)
    assert "Het certificaat is van PKIoverheid" in there.get(PROOF).text
    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.DEMO)
    assert "Het certificaat is van PKIoverheid" not in there.get(PROOF).text


def test_everything_that_is_wrong_with_the_form_is_told_at_once(there: Client) -> None:
    wrong = {
        **GOOD,
        "oin": "123",
        "kvk_number": "9999200",
        "alb_name": " ",
        "public_task": "",
        "legal_basis": "",
    }
    del wrong["tekent"]
    page = there.get(there.post(PAGE, wrong)["Location"]).text
    for words in (
        "Een OIN heeft 20 cijfers.",
        "Een KvK-nummer heeft 8 cijfers.",
        "Vul de naam uit de ALB-lijst in.",
        "Vul de publieke taak in.",
        "Vul de wet in.",
        "Alleen wie mag tekenen, meldt een organisatie aan.",
    ):
        assert words in page
    supplier = there.post(PAGE, {**wrong, "soort": "leverancier"})
    assert "Vul de naam uit" not in there.get(supplier["Location"]).text


def test_what_an_organisation_with_a_public_task_must_say_is_not_called_optional(there: Client) -> None:
    page = there.get(PAGE).text
    assert "niet verplicht" not in page
    assert page.count("Nodig") == 3


def test_who_may_not_sign_reads_what_to_do_first(client: Client) -> None:
    page = client.get("/account/nieuw/").text
    assert "Vraag dan aan wie mag tekenen" in page
    assert 'href="/aansluiten/plan/"' in page


def test_a_register_that_is_away_is_told(
    there: Client, organisation_register: OrganisationRegisterStandIn
) -> None:
    organisation_register.away = True
    page = there.get(there.post(PAGE, GOOD)["Location"])
    assert page.status_code == 503
    assert "nu niet nakijken" in page.text


def test_one_that_is_proven_names_nobody(there: Client) -> None:
    there.post(PAGE, GOOD)
    ConnectingOrganisation.objects.update(proven_at=clock.now())
    other = Client()
    log_in(other, make_account("ander@elzendam.example", "Anna Ander"))
    page = other.get(other.post(PAGE, GOOD)["Location"])
    assert page.status_code == 409
    assert "al aangemeld" in page.text
    assert "Tess" not in page.text
    assert "teken@" not in page.text


@pytest.mark.parametrize("content", [b"", b"x" * 100, b"\x00\xff", b"x" * 70_000])
def test_files_that_are_nothing_prove_nothing(there: Client, content: bytes) -> None:
    there.post(PAGE, GOOD)
    there.post(f"{PROOF}tekst/")
    files = {name: SimpleUploadedFile(name, content) for name in ("handtekening", "certificaat")}
    page = there.get(there.post(PROOF, files)["Location"])
    assert page.status_code in {400, 409}
    assert "niet lezen" in page.text
    account = queries.account_with_email("teken@elzendam.example")
    assert account is not None
    assert not queries.organisations_of(account.id)[0].proven
