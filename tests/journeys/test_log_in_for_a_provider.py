"""Logging in at Gemeente Voorbeeld, for oneself and for others; and stopping on the way."""

import pytest

from tests.journeys.conftest import Come
from tests.journeys.people import character
from tests.journeys.vocabulary import HELP_AT_HOME, TAXES, Visitor
from volmacht.rules.assurance import LevelOfAssurance

pytestmark = pytest.mark.browser
SERVICE = "Gemeentelijke belastingen"


def helping(come: Come, number: int) -> tuple[Visitor, list[Visitor]]:
    """Somebody who helps so many others with their taxes."""
    helper, helped = come(), [come() for _ in range(number)]
    helper.has_logged_in()
    for person in helped:
        person.has_logged_in()
        helper.has_activated(person.has_mandated(SERVICE), person)
    return helper, helped


def test_people_log_in_for_themselves(come: Come) -> None:
    somebody = come()

    somebody.begins_at_the_municipality(TAXES, for_whom="mijzelf")
    somebody.browser.is_at("Inloggen bij Gemeente Voorbeeld")
    somebody.sees("Log in met uw eigen DigiD.")
    somebody.browser.presses("Inloggen met DigiD")
    somebody.says_who_they_are()

    somebody.browser.is_at(SERVICE)
    somebody.sees(f"U bent {somebody.name}. U regelt dit voor uzelf.")


def test_acting_for_one_and_then_for_another_mixes_nothing_up(come: Come) -> None:
    helper, (first, second) = helping(come, 2)

    helper.logs_in_at_the_municipality()
    helper.sees(first.name, second.name)
    helper.acts_for(first)
    helper.sees(f"U bent {helper.name}. U regelt dit voor {first.name}.")
    helper.browser.does_not_see(second.name)
    file_of_the_first = helper.browser.page.url

    helper.logs_in_at_the_municipality()
    helper.acts_for(second)
    helper.sees(f"U bent {helper.name}. U regelt dit voor {second.name}.")
    helper.browser.does_not_see(first.name)

    helper.browser.opens(file_of_the_first)
    helper.browser.does_not_see(first.name)
    helper.browser.presses("Uitloggen", within="#ingelogd")
    helper.browser.opens(file_of_the_first)
    helper.browser.is_at("Wat wilt u regelen?")

    first.goes_to("/mijn/gebruik/")
    first.sees(f"{helper.name}, voor u")
    second.goes_to("/mijn/gebruik/")
    second.sees(f"{helper.name}, voor u")
    second.browser.does_not_see(first.name)


def test_who_stops_at_digid_is_back_at_the_municipality(come: Come) -> None:
    somebody = come()
    somebody.begins_at_the_municipality()
    somebody.browser.presses("Inloggen met DigiD")

    somebody.browser.presses("Annuleren")

    assert somebody.browser.page.url.startswith(somebody.site.provider_address)
    somebody.browser.is_at("U bent niet ingelogd")
    somebody.sees("U bent gestopt met inloggen. Er is niets veranderd.")


def test_who_stops_at_choosing_is_back_at_the_municipality(come: Come) -> None:
    helper = come(character("neighbour"))
    helper.logs_in_at_the_municipality()

    helper.browser.presses("Stoppen en terug naar Gemeente Voorbeeld")

    assert helper.browser.page.url.startswith(helper.site.provider_address)
    helper.sees("U bent gestopt met inloggen. Er is niets veranderd.")
    helper.browser.follows("Terug naar de diensten")
    helper.browser.is_at("Wat wilt u regelen?")


def test_a_log_in_that_is_over_cannot_be_taken_up_again(come: Come) -> None:
    helper = come(character("neighbour"))
    helper.logs_in_at_the_municipality()
    choosing = helper.browser.page.url
    helper.browser.clicks("#persoon-1")
    helper.browser.is_at(SERVICE)

    helper.browser.opens(choosing)

    helper.browser.is_at("Dit inloggen is voorbij")
    helper.sees("Ga terug naar de website waar u wilde inloggen. Begin daar opnieuw.")


def test_another_browser_cannot_use_somebodys_log_in(come: Come) -> None:
    helper, thief = come(character("neighbour")), come()
    helper.logs_in_at_the_municipality()

    thief.browser.opens(helper.browser.page.url)

    thief.browser.is_at("Dit inloggen is voorbij")


def test_who_is_mandated_by_nobody_reads_what_to_do(come: Come) -> None:
    somebody = come()

    somebody.logs_in_at_the_municipality()

    somebody.must_be_told("Niemand heeft u nu gemachtigd voor Gemeentelijke belastingen.")
    somebody.browser.follows("Lees hoe dat gaat")
    somebody.browser.is_at("U gaat iemand helpen")


def test_a_bookkeeper_finds_one_of_many_by_name(come: Come) -> None:
    bookkeeper = come(character("bookkeeper"))
    page = bookkeeper.browser.page

    bookkeeper.logs_in_at_the_municipality(level=LevelOfAssurance.SUBSTANTIAL)
    names = [text.partition(",")[0] for text in page.locator("main li button").all_inner_texts()]
    assert len(names) == 10
    bookkeeper.browser.follows("Volgende")
    on_the_second_page = page.locator("main li button").all_inner_texts()
    assert on_the_second_page
    wanted = on_the_second_page[0].partition(",")[0]
    assert wanted not in names

    bookkeeper.browser.fills_in("Zoek op naam", wanted)
    bookkeeper.browser.presses("Zoeken")
    assert page.locator("main li button").count() < 10
    bookkeeper.browser.fills_in("Zoek op naam", "Nooitvangehoord")
    bookkeeper.browser.presses("Zoeken")
    bookkeeper.sees("Wij vinden niemand met de naam “Nooitvangehoord”.")
    bookkeeper.browser.follows("Toon iedereen")
    bookkeeper.browser.fills_in("Zoek op naam", wanted.lower())
    bookkeeper.browser.presses("Zoeken")
    with bookkeeper.browser.arriving():
        page.locator("main li button").first.click()
    bookkeeper.sees(f"U regelt dit voor {wanted}.")


def test_a_mandate_that_is_revoked_while_somebody_chooses_is_refused_at_once(come: Come) -> None:
    helper, (mother, _other) = helping(come, 2)
    helper.logs_in_at_the_municipality()
    helper.sees(mother.name)

    mother.opens_the_mandate(SERVICE)
    mother.browser.follows("Intrekken")
    mother.browser.presses("Ja, trek de machtiging in")
    helper.acts_for(mother)

    assert helper.browser.page.url.startswith(helper.site.address)
    helper.must_be_told("De machtiging is gestopt", "Vraag om een nieuwe machtiging als u nog wilt helpen.")
    mother.goes_to("/mijn/gebruik/")
    mother.sees("Geweigerd: de machtiging was gestopt")


def test_help_at_home_asks_for_a_surer_way_to_log_in(come: Come) -> None:
    somebody = come()

    somebody.logs_in_at_the_municipality(HELP_AT_HOME, level=LevelOfAssurance.MIDDLE)

    somebody.sees("Dit niveau is te laag voor deze dienst. Kies een hoger niveau of iemand anders.")
    somebody.browser.presses("Annuleren")
    somebody.sees("U bent gestopt met inloggen.")


def test_who_logs_out_is_logged_out_at_digid_as_well(come: Come) -> None:
    somebody = come()
    somebody.begins_at_the_municipality(TAXES, for_whom="mijzelf")
    somebody.browser.presses("Inloggen met DigiD")
    somebody.says_who_they_are()
    somebody.browser.is_at(SERVICE)
    file = somebody.browser.page.url

    somebody.browser.presses("Uitloggen", within="#ingelogd")

    somebody.browser.is_at("U bent uitgelogd")
    somebody.sees("U bent hier uitgelogd, en ook bij DigiD.")
    somebody.browser.opens(file)
    somebody.browser.is_at("Wat wilt u regelen?")
