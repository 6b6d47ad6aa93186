"""An employee at the desk: every page is free of barriers, wide and narrow, in both languages (CN-10)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.accounts import PASSWORD, code_of
from tests.journeys.browsing import Browsing, open_browsing
from tests.journeys.inspecting import Inspection
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
PAGES = {
    "": "queue",
    "?welke=alles&zoek=nergens": "queue-empty",
    "dossier/{judged}/": "case",
    "dossier/{judged}/antwoorden/preproduction/": "answers",
    "dossier/{judged}/teruggeven/": "return",
    "dossier/{judged}/teruggeven/redenen/?veld=preproduction/services/1000.name": "reasons",
    "dossier/{judged}/afwijzen/": "refuse",
    "dossier/{judged}/bevestigen/": "not-now",
    "dossier/{judged}/bericht/": "message",
    "dossier/{judged}/toewijzen/": "assign",
    "dossier/{tested}/rapport/": "report",
    "dossier/{tested}/rapport/M/": "family",
    "organisaties/": "organisations",
    "organisaties/{organisation}/": "organisation",
    "organisaties/{organisation}/bewijs/": "prove",
    "medewerkers/": "employees",
    "medewerkers/nieuw/": "employee",
    "zinnen/": "sentences",
    "zinnen/nieuw/": "sentence",
    "tarieven/": "tariffs",
    "tarieven/nieuw/": "tariff",
    "gebruik/": "usage",
    "inzage/": "readings",
}


def logged_in(
    browser: Browser, site: Site, seeded: dict[str, str], inspection: Inspection | None
) -> Browsing:
    """Anna, with password and app."""
    window = open_browsing(browser, inspection)
    window.opens(f"{site.address}/account/inloggen/?verder=/bureau/")
    window.page.fill("[name=email]", seeded["email"])
    window.page.fill("[name=wachtwoord]", PASSWORD)
    with window.arriving():
        window.page.press("[name=wachtwoord]", "Enter")
    window.page.fill("[name=inlogcode]", code_of(seeded["secret"]))
    with window.arriving():
        window.page.press("[name=inlogcode]", "Enter")
    return window


def seeded(site: Site) -> dict[str, str]:
    """What the desk of this installation has."""
    done = subprocess.run(
        (sys.executable, "-m", "tests.journeys.desk_seed"),
        env=site.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, str] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def picture(window: Browsing, name: str) -> None:
    """For who looks at the pages: kept only where a folder is named."""
    folder = os.environ.get("DESK_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for width in (1280, 320):
            window.page.set_viewport_size({"width": width, "height": 800})
            window.page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_an_employee_judges_a_case_and_every_page_is_free_of_barriers(
    browser: Browser, own_site: Site, tmp_path: Path
) -> None:
    desk = seeded(own_site)
    (tmp_path / "seen").mkdir()
    window = logged_in(browser, own_site, desk, Inspection(tmp_path / "seen"))
    for prefix in ("", "/en"):
        for path, name in PAGES.items():
            window.opens(f"{own_site.address}{prefix}/bureau/{path.format(**desk)}")
            picture(window, f"{name}{prefix.replace('/', '-')}")

    window.opens(f"{own_site.address}/bureau/dossier/{desk['judged']}/")
    window.sees("Wij hebben de naam veranderd.", "interne notitie")
    window.follows("Stel goedkeuring voor")
    window.presses("Stel goedkeuring voor")
    window.sees("De goedkeuring is voorgesteld.", "U stelde dit zelf voor")
