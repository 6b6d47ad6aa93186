"""Who is called away comes back to what they were doing."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.conftest import Come
from tests.journeys.vocabulary import Visitor

pytestmark = pytest.mark.browser
COOKIE = "__Host-volmacht"
MINUTES_AGO = Path(__file__).parent / "minutes_ago.py"


def leaves_for(minutes: int, visitor: Visitor) -> None:
    """What the installation remembers of the last visit moves back."""
    cookies = visitor.browser.context.cookies(visitor.site.address)
    key = next(str(cookie.get("value")) for cookie in cookies if cookie.get("name") == COOKIE)
    moved = subprocess.run(
        (sys.executable, MINUTES_AGO, str(minutes)),
        input=key,
        env=visitor.site.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert moved.returncode == 0, moved.stderr


def test_what_was_typed_comes_back_after_logging_in_again(come: Come) -> None:
    mother = come()
    mother.has_logged_in()
    mother.looks_at("Gemeentelijke belastingen")
    mother.browser.presses("Kies deze dienst")
    mother.browser.presses("Verder")
    mother.says_how_long(months="year")
    mother.browser.fills_in("E-mailadres", "moeder@voorbeeld.example")

    leaves_for(20, mother)
    mother.browser.presses("Gebruik dit e-mailadres")
    mother.browser.is_at("Inloggen")
    mother.sees("Log eerst in. Daarna gaat u verder waar u was.")
    mother.browser.presses("Inloggen met DigiD")
    mother.says_who_they_are()

    mother.browser.is_at("Wilt u e-mail van ons krijgen?")
    assert mother.browser.page.locator("#id_email").input_value() == "moeder@voorbeeld.example"
    mother.browser.presses("Gebruik dit e-mailadres")
    mother.browser.is_at("Kijk alles na")


def test_another_person_at_the_same_computer_finds_nothing(come: Come) -> None:
    mother, stranger = come(), come()
    mother.has_logged_in()
    mother.looks_at("Gemeentelijke belastingen")
    mother.browser.presses("Kies deze dienst")

    leaves_for(20, mother)
    mother.goes_to("/machtigen/gemachtigde/")
    mother.browser.presses("Inloggen met DigiD")
    at_the_same_computer = Visitor(stranger.person, mother.site, mother.browser)
    at_the_same_computer.says_who_they_are()

    at_the_same_computer.goes_to("/machtigen/gemachtigde/")
    at_the_same_computer.browser.is_at("Waarvoor mag iemand u helpen?")


@pytest.mark.parametrize("minutes", [15, 20])
def test_who_leaves_a_log_in_for_a_provider_begins_again_there(come: Come, minutes: int) -> None:
    """TM-07, TM-08: nobody's name is on the screen then."""
    mother, daughter = come(), come()
    mother.has_logged_in()
    daughter.has_logged_in()
    daughter.has_activated(mother.has_mandated("Gemeentelijke belastingen"), mother)
    daughter.goes_to("/mijn/machtigingen/")
    daughter.browser.presses("Uitloggen", within="header")
    daughter.logs_in_at_the_municipality()
    daughter.sees(mother.name)

    leaves_for(minutes, daughter)
    daughter.browser.clicks("#persoon-1")
    daughter.browser.is_at("Dit inloggen is voorbij")
    daughter.sees("Ga terug naar de website waar u wilde inloggen. Begin daar opnieuw.")
    daughter.browser.does_not_see(mother.name)

    daughter.logs_in_at_the_municipality()
    daughter.acts_for(mother)
    daughter.sees(f"U bent {daughter.name}. U regelt dit voor {mother.name}.")


def test_who_takes_long_to_choose_but_is_there_goes_on(come: Come) -> None:
    mother, daughter = come(), come()
    mother.has_logged_in()
    daughter.has_logged_in()
    daughter.has_activated(mother.has_mandated("Gemeentelijke belastingen"), mother)
    daughter.logs_in_at_the_municipality()

    leaves_for(10, daughter)
    daughter.acts_for(mother)

    daughter.sees(f"U bent {daughter.name}. U regelt dit voor {mother.name}.")
