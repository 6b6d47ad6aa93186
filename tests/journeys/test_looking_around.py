"""Pages that people read without changing anything: each is free of barriers, wide and narrow."""

import pytest

from tests.journeys.conftest import Come
from tests.journeys.people import character
from tests.journeys.vocabulary import Visitor

pytestmark = pytest.mark.browser
PAGES = {
    "/mijn/machtigingen/?toon=later": "Mijn machtigingen",
    "/mijn/machtigingen/?toon=gestopt": "Mijn machtigingen",
    "/mijn/machtigingen/?kant=ontvangen": "Mijn machtigingen",
    "/mijn/machtigingen/?zoek=niemand": "Mijn machtigingen",
    "/mijn/aanvragen/niet-doorgegaan/": "Aanvragen die niet doorgingen",
    "/mijn/gebruik/": "Wanneer is er ingelogd?",
    "/mijn/gebruik/?toon=geweigerd": "Wanneer is er ingelogd?",
    "/mijn/gegevens/": "Mijn gegevens",
    "/mijn/gegevens/alles/": "Alles wat wij van u bewaren",
    "/mijn/gegevens/e-mail/": "E-mailadres geven",
    "/code/": "Code invoeren",
    "/hulp/": "Hulp",
    "/uitloggen/": "Uitloggen",
    "/bestaat-niet/": "Deze pagina is er niet",
}


def reads_each(visitor: Visitor, links: str) -> None:
    """Open every page that these links lead to."""
    page = visitor.browser.page
    for address in page.locator(links).evaluate_all("links => links.map(link => link.href)"):
        visitor.browser.opens(address)


def test_a_mother_reads_everything_there_is(come: Come) -> None:
    mother = come(character("mother"))
    mother.has_logged_in()

    for path, heading in PAGES.items():
        mother.goes_to(path)
        mother.browser.is_at(heading)

    for path in ("/mijn/machtigingen/", "/mijn/machtigingen/?toon=gestopt"):
        mother.goes_to(path)
        reads_each(mother, ".card h3 a")
    mother.opens_the_mandate("Gemeentelijke belastingen")
    reads_each(mother, ".actions a")


def test_who_has_no_mandates_yet_reads_where_to_begin(come: Come) -> None:
    somebody = come()

    somebody.logs_in()

    somebody.browser.is_at("Mijn machtigingen")
    somebody.sees("U hebt nog geen machtigingen. Wat wilt u doen?")


def test_anybody_can_read_about_helping_and_trying_out(come: Come) -> None:
    anybody = come()

    for path in ("/hulpblad/", "/privacy/", "/toegankelijkheid/", "/cookies/", "/proef/", "/proef/post/"):
        anybody.goes_to(path)
        anybody.browser.follows("English", within="header")

    assert anybody.browser.page.url.endswith("/en/proef/post/")
