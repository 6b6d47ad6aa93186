"""The warning before a log-in ends, in a real browser and with seconds for minutes; axe looks at every page."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.portals.shared.example_site import ANNA
from tools.chromium import chromium

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
WARNING = "Bent u er nog?"


@pytest.fixture
def site(committed_db: None, settings: Settings) -> Iterator[str]:
    """The example site, served; a log-in lasts twelve seconds and warns after six."""
    settings.SESSION_IDLE_END = timedelta(seconds=12)
    settings.SESSION_IDLE_WARNING = timedelta(seconds=6)
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture
def open_page(site: str) -> Iterator[Callable[[str], Page]]:
    """Open pages of the site in tabs of one browser."""
    with chromium() as browser:
        tabs = browser.new_context(viewport={"width": 320, "height": 700})
        mistakes: list[str] = []

        def open_tab(path: str) -> Page:
            tab = tabs.new_page()
            tab.on("pageerror", lambda error: mistakes.append(str(error)))
            tab.on("console", lambda line: mistakes.append(line.text) if line.type == "error" else None)
            tab.goto(site + path)
            return tab

        yield open_tab
    assert mistakes == []


def barriers(page: Page) -> list[str]:
    """What axe finds on a page."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "axe.run().then(result => result.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    )
    return [str(barrier) for barrier in found]


def test_who_is_warned_can_stay_and_loses_nothing(open_page: Callable[[str], Page]) -> None:
    page = open_page(f"/inloggen/?als={ANNA.int}")
    page.fill("#id_wish", "een lang verhaal")

    expect(page.get_by_role("dialog", name=WARNING)).to_be_visible(timeout=15_000)
    assert barriers(page) == []
    stay = page.get_by_role("dialog").get_by_role("button", name="Blijf ingelogd")
    expect(stay).to_be_focused()
    stay.click()

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#id_wish")).to_have_value("een lang verhaal")


def test_who_comes_back_too_late_finds_everything_after_logging_in(open_page: Callable[[str], Page]) -> None:
    page = open_page(f"/inloggen/?als={ANNA.int}")
    page.fill("#id_wish", "een lang verhaal")

    ended = page.get_by_role("dialog", name="U bent uitgelogd")
    expect(ended).to_be_visible(timeout=20_000)
    assert barriers(page) == []
    ended.get_by_role("button", name="Log opnieuw in").click()
    expect(page).to_have_url(re.compile(r"/inloggen/\?verder=%2Fformulier%2F"))
    page.goto(page.url.partition("/inloggen/")[0] + f"/inloggen/?als={ANNA.int}")

    expect(page.locator("#id_wish")).to_have_value("een lang verhaal")


def test_another_tab_that_is_used_keeps_this_one_quiet(open_page: Callable[[str], Page]) -> None:
    page = open_page(f"/inloggen/?als={ANNA.int}")
    page.wait_for_timeout(3000)
    open_page("/hulp/")
    page.wait_for_timeout(4000)

    expect(page.get_by_role("dialog")).to_be_hidden()


def test_shared_pages_have_no_barriers_and_fit_a_narrow_screen(open_page: Callable[[str], Page]) -> None:
    for path in ("/hulp/", "/en/privacy/", "/toegankelijkheid/", "/cookies/", "/en/uitloggen/"):
        page = open_page(path)
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
