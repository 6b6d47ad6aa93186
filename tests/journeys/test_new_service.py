"""An organisation that is connected adds a service, and burghers may mandate for it (CN-20)."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Browsing
from tests.journeys.conftest import Come
from tests.journeys.employees import Employee
from tests.journeys.officials import Official
from tests.journeys.own_service import in_preproduction
from tests.journeys.site import Site
from tests.portals.organisation.walking import SERVICE
from volmacht.rules.environment import Environment

pytestmark = pytest.mark.browser
DIKE = {**SERVICE, "name": "Schapen op de dijk", "minimum_age": "16"}


def test_a_new_service_is_tried_out_and_then_offered_to_everybody(
    come: Come, open_window: Callable[..., Browsing], site: Site
) -> None:
    gerrit = Official(site, open_window())
    nadia, thijs = (Employee(site, open_window()) for _ in range(2))
    gerrit.becomes("Gerrit Wolters")
    number = gerrit.begins_with("nieuwe-dienst")
    gerrit.adds_a_service(number, "new_service", DIKE)
    gerrit.signs(number)
    gerrit.hands_in(number)
    gerrit.sees("Het is ingediend.", "Zelf testen")

    tester = come(at=in_preproduction(site))
    tester.logs_in()
    tester.mandates(DIKE["name"])

    gerrit.moves(number, "aanbieden")
    nadia.becomes("Nadia Vermeer")
    nadia.writes_the_report(number, Environment.PREPRODUCTION)
    nadia.may_not(f"/bureau/dossier/{number}/bevestigen/")
    thijs.becomes("Thijs Okafor")
    thijs.does(number, "bevestigen")

    gerrit.goes_to(f"/organisatie/dossiers/{number}/")
    gerrit.sees("Actief")
    mother = come()
    mother.logs_in()
    mother.mandates(DIKE["name"])
