"""An organisation proves itself with eHerkenning, and takes over what a stranger signed up: in a browser, over SAML."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Browsing
from tests.journeys.officials import Official
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
PROOF = "Toon aan dat u voor uw organisatie werkt"
REGION = {
    "soort": "aanbieder",
    "oin": "00000009000100025000",
    "kvk_number": "99992026",
    "alb_name": "Veiligheidsregio Verzonnen",
    "public_task": "Rampenbestrijding",
    "legal_basis": "Wet veiligheidsregio’s",
    "tekent": "on",
}
HEALTH = {
    **REGION,
    "oin": "00000009000100026000",
    "kvk_number": "99992027",
    "alb_name": "GGD Verzonnen",
    "public_task": "Publieke gezondheid",
    "legal_basis": "Wet publieke gezondheid",
}


def at_eherkenning(window: Browsing, name: str, level: str = "hoogste") -> None:
    """Log in there as somebody."""
    window.clicks("#eherkenning")
    window.is_at("Inloggen met eHerkenning (nagemaakt)")
    window.page.locator("#zoek").fill(name)
    with window.arriving():
        window.page.get_by_role("button", name="Zoeken").click()
    window.page.get_by_label(name).first.check()
    window.page.locator(f"#niveau-{level}").check()
    window.clicks("#inloggen")
    window.is_at(PROOF)


def test_an_organisation_proves_itself_with_eherkenning(
    open_window: Callable[..., Browsing], site: Site
) -> None:
    coen = Official(site, open_window())
    coen.makes_an_account("coen@veiligheid.example", "Coen Blauwhof")
    coen.signs_up(REGION)

    coen.window.clicks("#eherkenning")
    coen.window.clicks("#annuleren")
    coen.sees("U bent gestopt met inloggen")
    at_eherkenning(coen.window, "Samira Bouzid")
    coen.sees("U logde in voor een andere organisatie")
    at_eherkenning(coen.window, "Coen Blauwhof", "20")
    coen.sees("U logde in met een te laag niveau")
    coen.window.page.reload()
    coen.does_not_see("te laag niveau")
    at_eherkenning(coen.window, "Coen Blauwhof")
    coen.sees("Dit is aangetoond.")

    coen.goes_to("/organisatie/")
    coen.sees("Veiligheidsregio Verzonnen")
    coen.does_not_see("Bewijs eerst dat u bij deze organisatie hoort")
    coen.goes_to("/mijn/machtigingen/")
    coen.window.is_at("Inloggen")  # the proof was no log-in for citizens


def test_what_a_stranger_signed_up_becomes_that_of_who_proves_it(
    open_window: Callable[..., Browsing], site: Site
) -> None:
    stranger, samira = (Official(site, open_window()) for _ in range(2))
    stranger.makes_an_account("eerder@elders.example", "Erik Eerder")
    stranger.signs_up({**HEALTH, "public_task": "Verzonnen door Erik"})
    number = stranger.starts_an_application()

    samira.makes_an_account("samira@ggd.example", "Samira Bouzid")
    samira.signs_up(HEALTH)
    samira.sees("Iemand anders heeft deze organisatie aangemeld")
    samira.does_not_see("Erik")
    at_eherkenning(samira.window, "Samira Bouzid")
    samira.sees("Dit is aangetoond.")
    samira.goes_to("/organisatie/medewerkers/")
    samira.sees("Samira Bouzid")
    samira.does_not_see("Erik")
    samira.goes_to("/organisatie/")
    samira.does_not_see(number)
    samira.starts_an_application()

    stranger.goes_to(f"/organisatie/dossiers/{number}/")
    stranger.does_not_see(number)
    stranger.goes_to("/account/")
    stranger.sees("U werkt nog niet voor een organisatie.")
    mail = stranger.gets_mail("eerder@elders.example", "werkt hier niet meer")
    assert "GGD Verzonnen" in mail
    assert "Samira" not in mail
