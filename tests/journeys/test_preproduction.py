"""A provider tests its service in pre-production: grant, enter the code, log in; production shows nothing of it."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.commands import eventually
from tests.journeys.conftest import Come
from tests.journeys.site import STOP_SECONDS, Site
from tests.journeys.vocabulary import Visitor
from volmacht.cli import ports

pytestmark = pytest.mark.browser
SERVICE = "Gemeentelijke belastingen"
OIN, ENTITY_ID = "00000001002220647000", "urn:nl-eid-gdi:1.0:DV:00000001002220647000:entities:0001"
MARK = "Testomgeving (preproductie): hier gelden machtigingen alleen voor testen."


@dataclass
class TestEnvironment(Site):
    """The same installation, at its pages of pre-production and at a provider that is connected there."""

    __test__ = False
    provider_port: int = 0

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"{super().address}/preprod"

    @property
    def provider_address(self) -> str:
        """Where the provider tests."""
        return f"http://localhost:{self.provider_port}"


def issued(site: Site, folder: Path) -> None:
    """Keys of the provider, from the authority of pre-production, as its program wants them."""
    done = site.volmacht(
        "pki", "issue", "Gemeente Voorbeeld", OIN, "--environment", "preproduction",
        "--for", "signing,encryption,tls-client", "--out", str(folder),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("signing", "encryption", "tls-client"):
        for kind in ("key", "crt"):
            (folder / f"{name}.{kind}").rename(folder / f"{name.removesuffix('-client')}.{kind}.pem")


@pytest.fixture
def testing(own_site: Site, tmp_path: Path) -> Iterator[TestEnvironment]:
    """Gemeente Voorbeeld, connected to pre-production."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path / "provider"
    issued(own_site, folder)
    running = subprocess.Popen(
        (
            sys.executable, "-m", "volmacht.standins.sample_provider", "--port", str(port),
            "--volmacht", own_site.address, "--environment", "preproduction", "--keys", str(folder),
            "--anchors", str(own_site.data / "pki" / "preproduction"),
        ),
    )  # fmt: skip
    try:
        assert eventually(lambda: ports.answers(port, "/saml/metadata"), 30)
        taken = own_site.volmacht(
            "metadata", "import", f"http://localhost:{port}/saml/metadata",
            "--environment", "preproduction", "--entity-id", ENTITY_ID, "--by", "ruben@volmacht.example",
        )  # fmt: skip
        assert taken.returncode == 0, taken.stdout + taken.stderr
        yield TestEnvironment(own_site.data, own_site.environment, own_site.process, port)
    finally:
        running.terminate()
        running.wait(STOP_SECONDS)


def test_a_mandate_is_tried_out_and_production_shows_nothing_of_it(
    come: Come, own_site: Site, testing: TestEnvironment
) -> None:
    mother, daughter = come(at=testing), come(at=testing)
    mother.logs_in()
    assert mother.browser.page.url == f"{testing.address}/mijn/machtigingen/"
    assert mother.browser.page.get_by_text(MARK).is_visible()
    code = mother.mandates(SERVICE)

    daughter.logs_in()
    daughter.activates(code, mother)
    daughter.logs_in_at_the_municipality()
    assert daughter.browser.page.get_by_text(MARK).is_visible()
    daughter.acts_for(mother)
    assert daughter.browser.page.url.startswith(testing.provider_address)
    daughter.sees(f"U bent {daughter.name}. U regelt dit voor {mother.name}.")

    mother.goes_to("/mijn/gebruik/")
    mother.sees(f"{daughter.name}, voor u")

    production = Visitor(mother.person, own_site, mother.browser, "nl")
    production.goes_to("/mijn/machtigingen/")
    production.browser.is_at("Inloggen")  # who is logged in here is not logged in there
    production.logs_in()
    production.browser.does_not_see(SERVICE)
    production.browser.does_not_see(daughter.name)
    assert not production.browser.page.get_by_text(MARK).count()
    production.goes_to("/mijn/gebruik/")
    production.browser.does_not_see(daughter.name)


def test_the_mark_fits_a_narrow_screen(come: Come, testing: TestEnvironment) -> None:
    for language in ("nl", "en"):
        somebody = come(at=testing, language=language)
        somebody.browser.page.set_viewport_size({"width": 320, "height": 640})
        somebody.goes_to("/")
        banner = somebody.browser.page.locator(".test-banner")
        assert banner.is_visible()
        wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert somebody.browser.page.evaluate(wide)
