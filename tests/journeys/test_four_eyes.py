"""Two people judge, neither of them of the organisation; a supplier sees what its client lets it see (DM-64)."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Browsing
from tests.journeys.employees import Employee
from tests.journeys.officials import Official
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
OPERATOR = "De beheerder van deze site"
SUPPLIER = "Zaaksysteem Verzonnen BV"


def test_who_proposed_does_not_confirm(open_window: Callable[..., Browsing], site: Site) -> None:
    wieke = Official(site, open_window())
    nadia, thijs = (Employee(site, open_window()) for _ in range(2))
    wieke.becomes("Wieke Adema", "Gemeente Esdoornburg")
    number = wieke.opens_own_case()
    confirm = f"/bureau/dossier/{number}/bevestigen/"

    nadia.becomes("Nadia Vermeer")
    nadia.opens_case(number)
    nadia.sees("U stelde dit zelf voor. Een collega moet het bevestigen.")
    nadia.does_not_see("Bevestig als tweede beoordelaar")
    nadia.goes_to(confirm)
    nadia.sees("U hebt dit zelf voorgesteld.")
    assert not nadia.window.page.locator("#doe-het").count()
    nadia.may_not(confirm)
    wieke.opens_own_case()
    wieke.sees("Tweede beoordelaar kijkt naar preproductie")

    thijs.becomes("Thijs Okafor")
    thijs.does(number, "bevestigen")
    wieke.opens_own_case()
    wieke.sees("Zelf testen")


def test_who_works_for_an_organisation_does_not_judge_it(
    open_window: Callable[..., Browsing], own_site: Site
) -> None:
    jurre, nadia = Official(own_site, open_window()), Employee(own_site, open_window())
    jurre.becomes("Jurre Bosman", "Gemeente Meidoornwijk")
    number = jurre.opens_own_case()
    nadia.becomes("Nadia Vermeer")
    nadia.opens_case(number)
    nadia.sees("Vul het testrapport in", "Wijs af")
    jurre.invites("nadia@volmacht.example", "reader")
    nadia.follows_a_mail("nadia@volmacht.example", "Gemeente Meidoornwijk")
    nadia.window.clicks("#aannemen")

    nadia.becomes("Nadia Vermeer", OPERATOR)
    nadia.opens_case(number)
    nadia.sees("U hoort zelf bij deze organisatie of haar leverancier.")
    nadia.does_not_see("Vul het testrapport in", "Wijs af", "Geef terug om te verbeteren")
    nadia.may_not(f"/bureau/dossier/{number}/afwijzen/", tekst="Daarom niet.")
    jurre.opens_own_case()
    jurre.sees("Productie wordt beoordeeld")


def test_a_supplier_whose_client_stops_gets_nothing(open_window: Callable[..., Browsing], site: Site) -> None:
    bente, noor = (Official(site, open_window()) for _ in range(2))
    noor.becomes("Noor Terpstra")
    noor.goes_to("/organisatie/")
    noor.sees("Gemeente Elzendam")
    bente.becomes("Bente Aarts")
    number = bente.opens_own_case()
    noor.goes_to(f"/organisatie/dossiers/{number}/")
    noor.sees("Gemeente Elzendam")

    bente.stops_with(SUPPLIER)
    bente.sees("De leverancier kan er niet meer bij.")
    noor.goes_to("/organisatie/")
    noor.does_not_see("Gemeente Elzendam")
    for page in ("", "metadata/", "gegevens/preproductie/", "nakijken/"):
        noor.goes_to(f"/organisatie/dossiers/{number}/{page}")
        noor.sees("Deze pagina is er niet")
    noor.may_not(f"/organisatie/dossiers/{number}/doen/aanbieden/")
