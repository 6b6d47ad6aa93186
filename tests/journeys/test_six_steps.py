"""From signing up to a log-in in production: an organisation, its supplier, two who judge (CN-1 to CN-6)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.browsing import Browsing
from tests.journeys.conftest import Come
from tests.journeys.employees import Employee
from tests.journeys.officials import Official
from tests.journeys.own_service import OwnService, folder
from tests.journeys.site import Site
from tests.portals.organisation.walking import CHOICES, CONTACTS, ORGANISATION, SERVICE
from volmacht.rules.environment import Environment

pytestmark = pytest.mark.browser
PROVINCE, OIN, KVK = "Provincie Westerland", "00000009000100016000", "99992017"
SUPPLIER = "00000009000100028000"
BERTH = {**SERVICE, "name": "Ligplaats in de haven"}
SLUG = "ligplaats-in-de-haven-1"  # as the sample service makes it
SIGN_UP = {
    "soort": "aanbieder",
    "oin": OIN,
    "kvk_number": KVK,
    "alb_name": PROVINCE,
    "public_task": "Vergunningen om te parkeren.",
    "legal_basis": "Provinciewet, artikel 105",
    "tekent": "on",
}


def entity_id(index: str) -> str:
    """Of the province, in pre-production from 9000 on."""
    return f"urn:nl-eid-gdi:1.0:DV:{OIN}:entities:{index}"


LAST_FORM = {
    "connection": {"connection_kind": "own", "entity_id": entity_id("0001")},
    "security": {
        "assessed_on_day": "1",
        "assessed_on_month": "10",
        "assessed_on_year": "2026",
        "assessed_by": "Auditor",
    },
    "going_live": {
        "live_on_day": "4",
        "live_on_month": "1",
        "live_on_year": "2027",
        "questions_phone": "088 123 45 67",
    },
}


def somebody_is_helped(come: Come, service: OwnService) -> None:
    """A mother mandates her daughter for the service of the province, and the daughter logs in to it."""
    mother, daughter = come(at=service), come(at=service)
    mother.logs_in()
    code = mother.mandates(BERTH["name"])
    daughter.logs_in()
    daughter.activates(code, mother)
    daughter.logs_in_at_the_municipality(SLUG)
    daughter.acts_for(mother)
    daughter.sees(f"U bent {daughter.name}. U regelt dit voor {mother.name}.")
    assert daughter.browser.page.url.startswith(service.provider_address)


def prepares(tess: Official) -> str:
    """Step 1: the answers about the organisation, handed in; the number of its case."""
    number = tess.starts_an_application()
    tess.fills_in(number, "application", "choices", CHOICES)
    tess.fills_in(number, "application", "organisation", ORGANISATION)
    tess.fills_in(number, "application", "contacts", CONTACTS)
    tess.hands_in(number)
    tess.lets_work_for_it(SUPPLIER)
    return number


def test_an_organisation_goes_from_signing_up_to_production(
    come: Come, open_window: Callable[..., Browsing], own_site: Site, tmp_path: Path
) -> None:
    tess, sam = (Official(own_site, open_window()) for _ in range(2))
    nadia, thijs = (Employee(own_site, open_window()) for _ in range(2))
    tess.makes_an_account("tess@westerland.example", "Tess Tekent")
    tess.signs_up(SIGN_UP)
    tess.proves_by_certificate(tmp_path / "proof")
    nadia.becomes("Nadia Vermeer")
    nadia.proves(PROVINCE, "Tess Tekent")

    # 1. Prepare
    number = prepares(tess)

    # 2. Pre-production: the supplier fills in, the signatory signs
    sam.becomes("Sam Oosterhuis")
    sam.goes_to("/organisatie/")
    sam.sees(PROVINCE)
    sam.adds_a_service(number, "preproduction", BERTH)
    connection = {"connection_kind": "own", "entity_id": entity_id("9001")}
    sam.fills_in(number, "preproduction", "connection", connection)
    tests = folder(own_site, tmp_path, Environment.PREPRODUCTION)
    sam.gives_metadata(number, tests.make(sam, number, OIN))
    sam.sees("Dit document is goed")
    tess.signs(number)
    tess.hands_in(number)
    tess.sees("Zelf testen")

    # 3. Test yourself
    with tests.running() as service:
        somebody_is_helped(come, service)

    # 4. Acceptance test: who writes the report cannot approve it
    tess.moves(number, "aanbieden")
    nadia.writes_the_report(number, Environment.PREPRODUCTION)
    nadia.goes_to(f"/bureau/dossier/{number}/bevestigen/")
    nadia.sees("U hebt dit zelf voorgesteld")
    thijs.becomes("Thijs Okafor")
    thijs.does(number, "bevestigen")

    # 5. Production
    for page, answers in LAST_FORM.items():
        sam.fills_in(number, "production", page, answers)
    live = folder(own_site, tmp_path, Environment.PRODUCTION)
    sam.gives_metadata(number, live.make(sam, number, OIN))
    sam.sees("Dit document is goed")
    tess.signs(number)
    tess.hands_in(number)

    # 6. Activation
    thijs.writes_the_report(number, Environment.PRODUCTION)
    nadia.does(number, "bevestigen")
    nadia.does(number, "activeren", {"eerder": "on"})
    tess.goes_to(f"/organisatie/dossiers/{number}/")
    tess.sees("Aansluitgegevens van productie")
    with live.running() as service:
        somebody_is_helped(come, service)
