"""Pictures of Volmacht as it runs: four for the README, or with `--all FOLDER` every main page.

`python -m tools.screenshots [--all FOLDER]`, from the root. Starts an installation of its own, with the demo scenario.
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.account_pages import EMPLOYEES, HOLDERS, become, pages_by_links
from tests.journeys.browsing import open_browsing
from tests.journeys.people import character
from tests.journeys.site import Site, installed
from tests.journeys.vocabulary import TAXES, Visitor
from tools.chromium import chromium
from volmacht.rules.assurance import LevelOfAssurance

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WIDTHS = (1280, 320)
HEIGHT = 800
MOST_BYTES = 150_000
PLAN = (
    "/aansluiten/plan/resultaat/?verantwoordelijk=team&diensten=2&moment=vooraf&maanden=12&berichtenbox=nee"
    "&nabestaanden=nee&leverancier=ja&start_day=4&start_month=1&start_year=2027"
)
PUBLIC = {
    "home": "/",
    "help": "/hulp/",
    "privacy": "/privacy/",
    "accessibility": "/toegankelijkheid/",
    "cookies": "/cookies/",
    "helper-sheet": "/hulpblad/",
    "log-in": "/inloggen/",
    "connecting": "/aansluiten/",
    "steps": "/aansluiten/stappen/",
    "costs": "/aansluiten/kosten/?jaar=2022&gebruik=1000",
    "documentation": "/aansluiten/documentatie/",
    "guide": "/aansluiten/documentatie/handleiding/",
    "conditions": "/aansluiten/documentatie/voorwaarden-productie/",
    "form": "/aansluiten/documentatie/wijzigingsformulier/",
    "checklist": "/aansluiten/documentatie/checklist/",
    "kit": "/aansluiten/documentatie/communicatieset/",
    "interface": "/aansluiten/documentatie/koppelvlak/rest/",
    "contact": "/aansluiten/contact/",
    "questions": "/aansluiten/plan/",
    "questions-wrong": "/aansluiten/plan/resultaat/?diensten=veel",
    "plan": PLAN,
    "trying-out": "/proef/",
    "mail": "/proef/post/",
    "not-found": "/bestaat-niet/",
}
MINE = {
    "mine": "/mijn/machtigingen/",
    "mine-later": "/mijn/machtigingen/?toon=later",
    "mine-ended": "/mijn/machtigingen/?toon=gestopt",
    "mine-received": "/mijn/machtigingen/?kant=ontvangen",
    "uses": "/mijn/gebruik/",
    "my-data": "/mijn/gegevens/",
    "my-data-all": "/mijn/gegevens/alles/",
    "email-give": "/mijn/gegevens/e-mail/",
    "code": "/code/",
}
NAMES = {  # of services, in both languages
    "nl": ("Gemeentelijke belastingen", "Parkeervergunning", "Waterschapsbelasting"),
    "en": ("Municipal taxes", "Parking permit", "Water board tax"),
}


@dataclass(frozen=True, slots=True)
class Studio:
    """Where pictures are taken: a browser before an installation, in one language."""

    browser: Browser
    site: Site
    folder: Path
    language: str

    def somebody(self, handle: str) -> Visitor:
        """One of the main characters, at a computer."""
        window = open_browsing(self.browser, None, language=self.language)
        return Visitor(character(handle), self.site, window, self.language)

    def takes(self, name: str, visitor: Visitor, widths: tuple[int, ...] = WIDTHS) -> None:
        """The page as it is open, whole."""
        for width in widths:
            visitor.browser.page.set_viewport_size({"width": width, "height": HEIGHT})
            path = self.folder / f"{name}-{self.language}-{width}.png"
            visitor.browser.page.screenshot(path=path, full_page=True)

    def takes_each(self, pages: dict[str, str], visitor: Visitor) -> None:
        """Pages by address."""
        for name, path in pages.items():
            visitor.goes_to(path)
            self.takes(name, visitor)


def _granting(studio: Studio, mother: Visitor) -> str:
    """Every step of giving a mandate; the code at the end."""
    taxes, _parking, water = NAMES[studio.language]
    page = mother.browser.page
    mother.goes_to("/machtigen/dienst/")
    studio.takes("grant-1-services", mother)
    mother.looks_at(water if studio.language == "nl" else taxes)
    studio.takes("grant-1-service", mother)
    mother.browser.clicks("#kiezen")
    mother.browser.clicks("#verder")
    studio.takes("grant-2-wrong", mother)
    page.locator("input[value=nieuw]").check()
    mother.browser.clicks("#verder")
    studio.takes("grant-3-period", mother)
    mother.says_how_long(months="year")
    studio.takes("grant-4-email", mother)
    mother.browser.clicks("#overslaan")
    studio.takes("grant-5-check", mother)
    page.locator("#id_toestemming").check()
    mother.browser.clicks("#geven")
    studio.takes("grant-6-code", mother)
    return mother.code_on_the_page()


def _helping(studio: Studio, daughter: Visitor, mother: Visitor, code: str) -> None:
    """Entering a code, wrong and right."""
    daughter.enters(code, "999990019")
    studio.takes("code-wrong", daughter)
    daughter.enters("BCDF", "12")
    studio.takes("code-mistyped", daughter)
    daughter.enters(code, mother.bsn)
    studio.takes("code-accept", daughter)
    daughter.browser.clicks("#ja")
    studio.takes("code-done", daughter)


def _living(studio: Studio, mother: Visitor) -> None:
    """A mandate and what can be done with it."""
    mother.opens_the_mandate(NAMES[studio.language][0])
    studio.takes("mandate", mother)
    address = mother.browser.page.url
    for name, path in {"restrict": "beperken/", "renew": "verlengen/", "end": "stoppen/"}.items():
        mother.browser.opens(address + path)
        studio.takes(f"mandate-{name}", mother)
    mother.goes_to("/mijn/machtigingen/?toon=gestopt")
    mother.browser.clicks(".card h3 a >> nth=0")
    studio.takes("mandate-ended", mother)


def _at_the_municipality(studio: Studio) -> None:
    """Logging in at Gemeente Voorbeeld."""
    bookkeeper = studio.somebody("bookkeeper")
    page = bookkeeper.browser.page
    bookkeeper.browser.opens(f"{studio.site.provider_address}/")
    if page.locator(f"button[name=taal][value={studio.language}]").count():
        bookkeeper.browser.clicks("button[name=taal]")
    studio.takes("sample-home", bookkeeper)
    bookkeeper.browser.clicks(f"#{TAXES}-iemand-anders")
    if studio.language == "en":
        bookkeeper.browser.follows("English", within="header")
    studio.takes("sample-explain", bookkeeper)
    bookkeeper.browser.clicks("#inloggen-met-digid")
    studio.takes("digid", bookkeeper)
    bookkeeper.says_who_they_are()
    studio.takes("choose-person", bookkeeper)
    bookkeeper.browser.clicks("#persoon-1")
    studio.takes("sample", bookkeeper)
    mother = studio.somebody("mother")
    mother.logs_in_at_the_municipality(level=LevelOfAssurance.BASIC)
    studio.takes("digid-refused", mother)
    mother.browser.clicks("#annuleren")
    studio.takes("sample-cancelled", mother)
    widow = studio.somebody("widow")
    widow.logs_in_at_the_municipality()
    studio.takes("choose-nobody", widow)


def _with_accounts(studio: Studio) -> None:
    """The portals of accounts, organisations and employees, found by their links."""
    for person, organisation in (*HOLDERS, *EMPLOYEES):
        visitor = studio.somebody("mother")
        become(visitor.browser, studio.site.address, person, organisation, language=studio.language)
        for name in pages_by_links(visitor.browser):
            studio.takes(f"{person.split()[0].lower()}-{name}", visitor)


def take_all(browser: Browser, site: Site, folder: Path) -> None:
    """Every main page, in both languages and at both widths."""
    for language in ("nl", "en"):
        studio = Studio(browser, site, folder, language)
        mother, daughter = studio.somebody("mother"), studio.somebody("daughter")
        studio.takes_each(PUBLIC, mother)
        mother.logs_in()
        daughter.logs_in()
        code = _granting(studio, mother)
        studio.takes_each(MINE, mother)
        mother.browser.opens(f"{site.address}{'/en' if language == 'en' else ''}/mijn/machtigingen/")
        mother.browser.clicks(".waiting .card h3 a >> nth=0")
        studio.takes("request", mother)
        _helping(studio, daughter, mother, code)
        _living(studio, mother)
        _at_the_municipality(studio)
        _with_accounts(studio)
        nobody = studio.somebody("secret-address" if language == "nl" else "minor")
        nobody.logs_in()
        studio.takes("begin", nobody)


def take_for_readme(browser: Browser, site: Site) -> None:
    """The four pictures of the README: what fits on a screen, not the whole page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    dutch = Studio(browser, site, PICTURES, "nl")
    english = Studio(browser, site, PICTURES, "en")
    mother, daughter, official = (
        dutch.somebody("mother"),
        dutch.somebody("daughter"),
        english.somebody("widow"),
    )
    mother.goes_to("/")
    _on_screen(mother, "home-nl", 1280, 800)
    mother.logs_in()
    _on_screen(mother, "mine-nl", 320, 900)
    daughter.logs_in_at_the_municipality()
    daughter.acts_for(mother)
    _on_screen(daughter, "sample-nl", 1280, 560)
    official.goes_to(PLAN + "#machtigingsproces")
    _on_screen(official, "plan-en", 1280, 800)


def _on_screen(visitor: Visitor, name: str, width: int, height: int) -> None:
    visitor.browser.page.set_viewport_size({"width": width, "height": height})
    path = PICTURES / f"{name}-{width}.png"
    visitor.browser.page.screenshot(path=path)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}  {size // 1000} kB{'  TOO BIG' if size > MOST_BYTES else ''}")


def main() -> int:
    """Start, take, stop."""
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="take every main page, into this folder")
    folder: Path | None = parser.parse_args().all
    with tempfile.TemporaryDirectory() as data, installed(Path(data)) as site, chromium() as browser:
        take_for_readme(browser, site)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            take_all(browser, site, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
