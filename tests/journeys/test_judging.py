"""What an application may come to before it runs: returned and corrected, refused, withdrawn (CN-11, CN-13, CN-14)."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Browsing
from tests.journeys.conftest import Come
from tests.journeys.employees import Employee
from tests.journeys.officials import Official
from tests.journeys.own_service import in_preproduction
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
UNCLEAR = "Schrijf op wat iemand hier kan regelen."
BETTER = "Bijzondere bijstand aanvragen en de brieven daarover lezen."
OF_WILGENMEER = "Gemeente Wilgenmeer"
ONLY_COMPANIES = "De dienst is alleen voor bedrijven."


def test_what_is_returned_is_corrected_and_the_desk_sees_what_changed(
    open_window: Callable[..., Browsing], site: Site
) -> None:
    wieke, nadia = Official(site, open_window()), Employee(site, open_window())
    wieke.becomes("Wieke Adema", "Gemeente Kastanjewoude")
    number = wieke.opens_own_case()
    nadia.becomes("Nadia Vermeer")
    nadia.returns(number, {".description": UNCLEAR})
    nadia.sees("Het formulier is teruggegeven.")

    wieke.opens_own_case()
    wieke.sees("Formulier voor preproductie invullen", "1 ding om te verbeteren")
    wieke.opens_page(number, "preproduction", "services")
    wieke.sees("Dit moet anders", UNCLEAR)
    service = wieke.window.main.locator("ul.cases .cases__name").inner_text()
    wieke.window.follows(f"Wijzig {service}")
    before = wieke.window.main.locator("[name=description]").input_value()
    wieke.changes_a_service(number, "preproduction", service, {"description": BETTER})
    wieke.signs(number)
    wieke.hands_in(number)
    wieke.sees("Het is ingediend.")

    nadia.reads_the_answers(number, "preproduction")
    nadia.sees("1 antwoord is anders dan toen het werd teruggegeven.", BETTER, f"Was: {before}")


def test_who_is_refused_reads_why_and_can_do_no_more(
    open_window: Callable[..., Browsing], site: Site
) -> None:
    hanneke, nadia = Official(site, open_window()), Employee(site, open_window())
    hanneke.becomes("Hanneke Duursma")
    number = hanneke.opens_own_case()
    nadia.becomes("Nadia Vermeer")
    nadia.does(number, "afwijzen", {"tekst": ONLY_COMPANIES})
    nadia.sees("Het dossier is afgewezen.")

    hanneke.opens_own_case()
    hanneke.sees("Afgewezen", ONLY_COMPANIES)
    hanneke.does_not_see("Alles nakijken en verder", "Trek dit dossier in")
    hanneke.may_not(f"/organisatie/dossiers/{number}/indienen/")


def test_who_withdraws_is_asked_first_and_then_nothing_of_it_runs(
    come: Come, open_window: Callable[..., Browsing], site: Site
) -> None:
    citizen, jurre = come(at=in_preproduction(site)), Official(site, open_window())
    citizen.logs_in()
    citizen.searches(OF_WILGENMEER)
    citizen.sees(OF_WILGENMEER)
    jurre.becomes("Jurre Bosman", OF_WILGENMEER)
    number = jurre.opens_own_case()
    jurre.window.follows("Trek dit dossier in")
    jurre.sees("U stopt met dit dossier.")
    jurre.window.clicks("#doen")
    jurre.sees("Het dossier is ingetrokken.", "Ingetrokken")

    citizen.searches(OF_WILGENMEER)
    citizen.sees("Wij vinden geen dienst")
    thijs = Employee(site, open_window())
    thijs.becomes("Thijs Okafor")
    thijs.opens_case(number)
    thijs.sees("Ingetrokken")
    thijs.does_not_see("Vul het testrapport in")
