"""A code that is entered on the way to Gemeente Voorbeeld, until the page that says for whom one acts (FL-08)."""

import pytest

from tests.journeys.conftest import Come
from tests.journeys.vocabulary import Visitor

pytestmark = pytest.mark.browser
SERVICE, OTHER_SERVICE = "Gemeentelijke belastingen", "Parkeervergunning"


def with_a_code(
    come: Come, service: str = SERVICE, *, with_scripts: bool = True
) -> tuple[Visitor, Visitor, str]:
    """Somebody who helps and did nothing with the code yet, and who gave it."""
    mother, daughter = come(), come(with_scripts=with_scripts)
    mother.has_logged_in()
    return mother, daughter, mother.mandates(service)


@pytest.mark.parametrize("with_scripts", [True, False])
def test_who_gets_a_code_enters_it_while_logging_in_and_acts_at_once(come: Come, with_scripts: bool) -> None:
    mother, daughter, code = with_a_code(come, with_scripts=with_scripts)

    daughter.logs_in_at_the_municipality()
    daughter.sees("Niemand heeft u nu gemachtigd voor Gemeentelijke belastingen.")
    daughter.browser.follows("Voer de code in")
    daughter.browser.is_at("Code invoeren")
    daughter.types(code[:-1], mother.bsn)
    daughter.must_be_told("Een code heeft 12 letters en cijfers. U vulde 11 tekens in.")
    daughter.types(code, mother.bsn)
    daughter.browser.is_at("Klopt dit? Neem de machtiging aan")
    daughter.sees(mother.name, "Dan gaat u meteen verder naar Gemeente Voorbeeld.")
    daughter.browser.presses("Ja, ik neem deze machtiging aan en ga verder")

    daughter.browser.is_at(SERVICE)
    assert daughter.browser.page.url.startswith(daughter.site.provider_address)
    daughter.sees(f"U bent {daughter.name}. U regelt dit voor {mother.name}.")
    mother.goes_to("/mijn/gebruik/")
    mother.sees(f"{daughter.name}, voor u")


def test_a_code_for_another_service_is_accepted_and_does_not_open_this_one(come: Come) -> None:
    mother, daughter, code = with_a_code(come, OTHER_SERVICE)

    daughter.logs_in_at_the_municipality()
    daughter.browser.follows("Voer de code in")
    daughter.types(code, mother.bsn)
    daughter.must_be_told(
        "Deze code is niet voor Gemeentelijke belastingen. U kunt de machtiging aannemen. "
        "Maar u kunt er nu niet mee inloggen bij Gemeente Voorbeeld."
    )
    daughter.browser.presses("Ja, ik neem deze machtiging aan")

    daughter.browser.is_at("U bent gemachtigd")
    daughter.sees(OTHER_SERVICE, "U bent nog niet ingelogd bij Gemeente Voorbeeld")
    daughter.browser.presses("Stoppen en terug naar Gemeente Voorbeeld")
    daughter.browser.is_at("U bent niet ingelogd")
    daughter.has_logged_in()
    daughter.opens_the_mandate(OTHER_SERVICE, received=True)
    daughter.sees(mother.name)


def test_the_way_is_the_same_in_english(come: Come) -> None:
    mother, daughter = come(), come(language="en")
    mother.has_logged_in()
    code = mother.has_mandated(SERVICE)

    daughter.logs_in_at_the_municipality()
    daughter.browser.follows("Enter the code")
    daughter.types(code, mother.bsn)
    daughter.browser.is_at("Is this right? Accept the mandate")
    daughter.browser.presses("Yes, I accept this mandate and go on")

    assert daughter.browser.page.url.startswith(daughter.site.provider_address)
    daughter.sees(daughter.name, mother.name)
