"""The pages in a real browser: no barriers, no scrolling sideways, and everything by keyboard without JavaScript."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings

from tests.mandates import scene
from tests.mandates.messages import with_email
from tests.mandates.scene import OpenRequest, Someone
from tests.portals.citizen.mandates.browsing import new_session
from tools.chromium import chromium
from volmacht.mandates.operations import answer_provider, end_mandate
from volmacht.portals.citizen.mandates.happened import Happened
from volmacht.portals.shared import just_done
from volmacht.rules.environment import Environment

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[4] / "node_modules" / "axe-core" / "axe.min.js"
VIOLATIONS = "axe.run().then(result => result.violations.map(v => v.id + ': ' + v.nodes[0].html))"
NARROW = 320


@dataclass(frozen=True)
class Site:
    """What is served, and what is in it. Sessions are made before the browser starts."""

    address: str
    given: UUID
    ended: UUID
    open_request: OpenRequest
    mothers_session: str
    widows_session: str


def _fill(mother: Someone, daughter: Someone, neighbour: Someone) -> tuple[UUID, UUID, OpenRequest]:
    given = scene.mandate(mother, daughter, scene.LOCAL_TAXES, last_day=date(2027, 6, 1))
    ended = scene.mandate(mother, neighbour, scene.PENSION)
    end_mandate(mandate_id=ended, by=mother.id, disputed=True, environment=Environment.PRODUCTION)
    for name in (scene.MUNICIPAL_TAXES, scene.PENSION):
        answer_provider(scene.asked(mother, daughter, name))
    scene.mandate(daughter, mother, scene.VEHICLE)
    with_email(mother)
    return given, ended, scene.request(mother, scene.LOCAL_TAXES)


@pytest.fixture
def site(
    committed_db: None, mother: Someone, daughter: Someone, neighbour: Someone, settings: Settings
) -> Iterator[Site]:
    """The real site, served; plain cookie names, because a browser takes __Host- cookies from a server only."""
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "volmacht", False
    given, ended, open_request = _fill(mother, daughter, neighbour)
    mothers = new_session(mother)
    mothers[just_done.KEY] = {str(ended): [Happened.DISPUTED]}
    mothers.save()
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield Site(
        address=f"http://localhost:{thread.port}",
        given=given,
        ended=ended,
        open_request=open_request,
        mothers_session=str(mothers.session_key),
        widows_session=str(new_session(scene.main_character("widow")).session_key),
    )
    thread.terminate()


@pytest.fixture
def browser(site: Site) -> Iterator[Browser]:
    """A browser; nothing is open in it yet."""
    with chromium() as running:
        yield running


def logged_in_page(browser: Browser, site: Site, session: str, **options: Any) -> Page:
    """A narrow page in which somebody is logged in."""
    context = browser.new_context(viewport={"width": NARROW, "height": 700}, **options)
    context.add_cookies([{"name": "volmacht", "value": session, "url": site.address}])
    return context.new_page()


def barriers(page: Page) -> list[str]:
    """What axe finds on a page, and whether it scrolls sideways."""
    page.evaluate(AXE.read_text())
    found = [f"{page.url}: {barrier}" for barrier in page.evaluate(VIOLATIONS)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return found if wide <= NARROW else [*found, f"{page.url} is {wide} wide"]


def test_no_page_has_barriers_or_scrolls_sideways(site: Site, browser: Browser, mother: Someone) -> None:
    page = logged_in_page(browser, site, site.mothers_session)
    given = f"/mijn/machtigingen/{site.given}/"
    paths = [
        "/mijn/machtigingen/",
        "/en/mijn/machtigingen/?kant=gegeven&toon=gestopt",
        "/mijn/machtigingen/?zoek=zzz",
        given,
        f"/en{given}beperken/",
        f"{given}verlengen/",
        f"/en{given}stoppen/",
        f"{given}klopt-niet/",
        f"/mijn/machtigingen/{site.ended}/",
        "/mijn/gebruik/",
        "/en/mijn/gegevens/",
        "/mijn/gegevens/alles/",
        "/mijn/gegevens/e-mail/",
        "/en/mijn/gegevens/e-mail/weghalen/",
    ]
    found = []
    for path in paths:
        page.goto(site.address + path)
        found += barriers(page)
    for path, button in ((f"{given}beperken/", "#aanpassen"), (f"{given}verlengen/", "#verlengen")):
        page.goto(site.address + path)
        page.click(button)
        found += barriers(page)
    newcomer = logged_in_page(browser, site, site.widows_session)
    for path in ("/mijn/machtigingen/", "/code/"):
        newcomer.goto(site.address + path)
        found += barriers(newcomer)
    newcomer.click("#verder")
    found += barriers(newcomer)
    newcomer.fill("#id_code", site.open_request.code.display)
    newcomer.fill("#id_bsn", mother.bsn.value)
    for button in ("#verder", "#ja"):
        newcomer.click(button)
        found += barriers(newcomer)
    assert found == []


def test_a_code_is_entered_and_accepted_by_keyboard_without_javascript(
    site: Site, browser: Browser, mother: Someone
) -> None:
    page = logged_in_page(browser, site, site.widows_session, java_script_enabled=False)
    page.goto(f"{site.address}/code/")
    page.get_by_label("Machtigingscode").focus()
    page.keyboard.type(site.open_request.code.display)
    page.keyboard.press("Tab")
    page.keyboard.type(mother.bsn.value)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Klopt dit? Neem de machtiging aan")
    page.get_by_role("button", name="Ja, ik neem deze machtiging aan").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent gemachtigd")
    page.go_back()
    assert page.url == f"{site.address}/code/"


def test_errors_lead_by_link_to_their_field(site: Site, browser: Browser) -> None:
    page = logged_in_page(browser, site, site.widows_session)
    page.goto(f"{site.address}/code/")
    page.fill("#id_code", "BCD")
    page.fill("#id_bsn", "12")
    page.click("#verder")
    expect(page.locator("#fouten")).to_be_focused()
    page.get_by_role("link", name="Een BSN heeft 9 cijfers.").click()
    expect(page.locator("#id_bsn")).to_be_focused()
    assert "id_bsn_error" in str(page.locator("#id_bsn").get_attribute("aria-describedby"))


def test_large_type_is_as_large_on_paper_as_in_the_pdf(site: Site, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{site.address}/hulpblad/")
    page.emulate_media(media="print")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.large p, .large li')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert sizes
    assert min(sizes) > 21  # 16 pt is 21.3 px
