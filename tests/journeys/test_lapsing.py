"""An organisation that is silent is reminded, and after six months its application lapses (CN-11)."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Browsing
from tests.journeys.conftest import Come
from tests.journeys.officials import Official
from tests.journeys.own_service import in_preproduction
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
SILENT, OF_ELZENDAM = "bente@elzendam.example", "Gemeente Elzendam"


def quarter_passes(somebody: Official) -> None:
    """Ninety days, and the worker does what is due then."""
    somebody.moves_the_clock(90)
    done = somebody.site.volmacht("worker", "--once")
    assert done.returncode == 0, done.stdout + done.stderr


def test_six_months_of_silence_end_an_application(
    come: Come, open_window: Callable[..., Browsing], own_site: Site
) -> None:
    bente, citizen = Official(own_site, open_window()), come(at=in_preproduction(own_site))
    citizen.logs_in()
    citizen.searches(OF_ELZENDAM)
    citizen.sees(OF_ELZENDAM)
    bente.becomes("Bente Aarts")
    bente.opens_own_case()
    bente.sees("Zelf testen")

    quarter_passes(bente)
    bente.gets_mail(SILENT, "Wij hoorden al een tijd niets van u.")
    bente.becomes("Bente Aarts")
    bente.opens_own_case()
    bente.sees("Zelf testen")

    quarter_passes(bente)
    bente.becomes("Bente Aarts")
    bente.opens_own_case()
    bente.sees("Vervallen")
    bente.goes_to("/organisatie/")
    bente.sees("Er loopt nu niets.", "Start uw aanvraag")
    citizen.searches(OF_ELZENDAM)
    citizen.sees("Wij vinden geen dienst")
