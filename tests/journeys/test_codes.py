"""A code that is lost, guessed at, or mistyped."""

import secrets

import pytest

from tests.journeys.conftest import Come
from tests.journeys.people import Crowd
from volmacht.rules.codes import ALPHABET, AuthorisationCode

pytestmark = pytest.mark.browser
SERVICE = "Gemeentelijke belastingen"


def test_a_lost_code_is_replaced_in_one_click_and_the_old_one_dies(come: Come) -> None:
    mother, daughter = come(), come()
    mother.has_logged_in()
    lost = mother.mandates(SERVICE)

    mother.goes_to("/mijn/machtigingen/")
    mother.browser.follows(SERVICE)
    mother.sees("Code kwijt?")
    mother.browser.presses("Maak een nieuwe code")
    found = mother.code_on_the_page()
    assert found != lost

    daughter.has_logged_in()
    daughter.enters(lost, mother.bsn)
    daughter.must_be_told("Er is een nieuwere code", "De oude werkt niet meer.")
    daughter.activates(found, mother)
    daughter.sees(f"U mag dit nu regelen voor {mother.name}")


def test_the_code_is_shown_until_who_made_it_logs_out(come: Come) -> None:
    mother = come()
    mother.has_logged_in()
    code = mother.mandates(SERVICE)
    page = mother.browser.page.url

    mother.goes_to("/")
    mother.browser.opens(page)
    mother.sees(code)

    mother.browser.presses("Uitloggen", within="header")
    mother.has_logged_in()
    mother.browser.opens(page)
    mother.browser.does_not_see(code)
    mother.sees("Wij laten de code niet meer zien")


def test_five_wrong_numbers_lock_the_code_and_the_mother_reads_it_in_her_mail(
    come: Come, crowd: Crowd
) -> None:
    mother, stranger = come(), come()
    address = "moeder@post.example"
    mother.has_logged_in()

    # She gives an e-mail address, and confirms it with the link in the mail.
    mother.goes_to("/mijn/gegevens/")
    mother.browser.follows("E-mailadres geven")
    mother.browser.fills_in("E-mailadres", address)
    mother.browser.presses("Stuur mij de e-mail")
    mother.sees("Kijk in uw e-mail")
    mother.confirms(address)
    mother.browser.is_at("Uw e-mailadres is bevestigd")
    code = mother.has_mandated(SERVICE)

    # A stranger has the code, but not her number.
    stranger.has_logged_in()
    for person in crowd.some(5):
        stranger.enters(code, person.bsn.value)
        stranger.must_be_told("Deze gegevens horen niet bij elkaar")
    stranger.enters(code, mother.bsn)
    stranger.must_be_told("Deze code zit op slot")

    # She reads that it is locked, in her mail and on the site.
    mail = mother.reads_mail(address, f"Machtigingscode geblokkeerd: {SERVICE}")
    assert stranger.name not in mail
    mother.goes_to("/mijn/machtigingen/")
    mother.browser.follows(SERVICE)
    mother.sees("Iemand vulde een paar keer verkeerde gegevens in.", "Een nieuwe code")


def test_a_typing_error_is_named_and_costs_nothing(come: Come) -> None:
    mother, daughter = come(), come()
    mother.has_logged_in()
    code = mother.has_mandated(SERVICE)
    daughter.has_logged_in()

    for sign in ALPHABET.replace(code[-1], "")[:6]:
        daughter.enters(code[:-1] + sign, mother.bsn)
        daughter.browser.is_at("Code invoeren")
        daughter.must_be_told("typfout")
    daughter.enters(code, mother.bsn[:-1])
    daughter.must_be_told("Een BSN heeft 9 cijfers. U vulde 8 cijfers in.")
    assert daughter.browser.page.locator("#id_code").input_value().replace("-", "") == code.replace("-", "")

    daughter.activates(code, mother)
    daughter.browser.is_at("U bent gemachtigd")


def test_who_guesses_codes_may_enter_none_for_a_day(come: Come) -> None:
    mother, guesser = come(), come()
    guesser.has_logged_in()

    for _ in range(9):
        guesser.enters(AuthorisationCode.generate(secrets.choice).display, mother.bsn)
        guesser.must_be_told("Deze gegevens horen niet bij elkaar")
    guesser.enters(AuthorisationCode.generate(secrets.choice).display, mother.bsn)

    guesser.must_be_told("U kunt nu geen code invoeren", "kunt u het weer proberen")
    assert guesser.browser.page.locator("#id_code").count() == 0
