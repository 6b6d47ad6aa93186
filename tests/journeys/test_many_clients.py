"""A supplier on a Friday: the same for three clients at once, without a script in the page (CN-21, CN-23)."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Browsing
from tests.journeys.officials import Official
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
CLIENTS = ("Gemeente Berkenrode", "Gemeente Elzendam", "Gemeente Voorbeeld")
SUPPLIER = "Koppelwerk Verzonnen BV"
TEXT = "Volgende week vernieuwen wij het certificaat."


def ticks(marit: Official, *names: str) -> None:
    """The first case of each of these clients in the overview."""
    for name in names:
        marit.window.main.get_by_label(name).first.check()


def goes_on_with(marit: Official, task: str) -> None:
    """One of the things that can be done for several."""
    marit.answers({"wat": task})
    marit.window.clicks("#verder")


@pytest.mark.parametrize("with_scripts", [False, True], ids=["without scripts", "with scripts"])
def test_a_supplier_acts_for_three_clients_at_once(
    open_window: Callable[..., Browsing], own_site: Site, with_scripts: bool
) -> None:
    marit, floor = (
        Official(own_site, open_window(with_scripts=with_scripts)),
        Official(own_site, open_window()),
    )
    marit.becomes("Marit Dekker")
    marit.goes_to("/organisatie/")
    marit.window.clicks("#klanten")
    marit.sees(*CLIENTS)

    # the same message to the desk
    ticks(marit, *CLIENTS)
    goes_on_with(marit, "bericht")
    marit.sees("U koos 3 dossiers.")
    marit.answers({"text": TEXT})
    marit.window.clicks("#verder")
    marit.window.is_at("Kijk na wat er gebeurt")
    marit.sees(TEXT, *CLIENTS)

    # one of them lets the supplier act no more, just now
    floor.becomes("Floor van Rijn")
    floor.stops_with(SUPPLIER)
    marit.window.clicks("#doen")
    marit.sees("2 berichten verstuurd", "1 keer niet gedaan", "Misschien laat de klant u niet meer toe.")
    marit.does_not_see("Gemeente Voorbeeld")
    marit.window.page.reload()
    marit.sees("2 berichten verstuurd")
    link = marit.window.main.locator("#gedaan a").first
    with marit.window.arriving():
        link.click()
    marit.sees(TEXT)
    assert marit.window.main.get_by_text(TEXT).count() == 1
    floor.lets_work_for_it("00000009000100028000")

    # the same change
    marit.goes_to("/organisatie/klanten/")
    marit.window.clicks("#vink-alles")
    goes_on_with(marit, "wijziging")
    marit.answers({"change_of": "metadata", "reason": "Nieuwe adressen."})
    marit.window.clicks("#verder")
    marit.window.clicks("#doen")
    marit.sees("begonnen", "Gemeente Voorbeeld")
