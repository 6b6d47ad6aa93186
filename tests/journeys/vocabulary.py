"""What people of the journeys do, in their words: log in, mandate somebody, use a code, act for another.

A `Visitor` is one person at one computer. The steps work in both languages, for they lean on stable ids only;
what a page says is for the journey itself to look at. What people *have done* before a journey begins (`has_logged_in`,
`has_mandated`, `has_activated`) happened at the same pages, but over HTTP: that takes a tenth of the time.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import expect

from tests.cli.commands import eventually
from tests.foreign_clients import citizens
from tests.foreign_clients.web_browser import Browser
from tests.journeys.browsing import Browsing
from tests.journeys.site import Site
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.standins.population_register.person import Person

CODE = re.compile(r"[2-9B-DF-HJ-NP-TV-XZ]{4}(?:-[2-9B-DF-HJ-NP-TV-XZ]{4}){2}")
MAIL_SECONDS = 30
NOWHERE = "http://nowhere.invalid"
TAXES, HELP_AT_HOME = "belastingen", "hulp-thuis"  # what Gemeente Voorbeeld offers
BOTH_TAXES = "Lokale belastingen: gemeente en waterschap"  # a set


@dataclass
class Visitor:
    """A person of the story at a computer."""

    person: Person
    site: Site
    browser: Browsing
    language: str = "nl"

    def __post_init__(self) -> None:
        self.browser.secrets.append(self.bsn)

    @property
    def name(self) -> str:
        """As others see it."""
        return self.person.used_name

    @property
    def bsn(self) -> str:
        """The number, for who helps."""
        return self.person.bsn.value

    def goes_to(self, path: str) -> None:
        """Open a page of Volmacht, in the visitor's language."""
        prefix = "/en" if self.language == "en" else ""
        self.browser.opens(f"{self.site.address}{prefix}{path}")

    def sees(self, *texts: str) -> None:
        """All of this stands on the page."""
        self.browser.sees(*texts)

    # --- before the journey ---

    @contextmanager
    def _without_window(self) -> Iterator[Browser]:
        """The same browser, as its cookies make it; pages are not shown."""
        context = self.browser.context
        with Browser(self.bsn, stops=NOWHERE) as browser:
            browser.takes({cookie["name"]: cookie["value"] for cookie in context.cookies()})
            yield browser
            for name, value in browser.cookies.items():
                context.add_cookies(
                    [
                        {
                            "name": name,
                            "value": value,
                            "url": "https://localhost",
                            "secure": True,
                            "sameSite": "Lax",
                        }
                    ]
                )

    def has_logged_in(self) -> None:
        """At the highest level they have."""
        with self._without_window() as browser:
            citizens.log_in(browser, self.site.address)

    def has_mandated(self, service: str, months: str = "year") -> str:
        """Somebody new, from today; the code."""
        with self._without_window() as browser:
            return citizens.mandate(browser, self.site.address, service, months)

    def has_activated(self, code: str, represented: "Visitor") -> None:
        """With the BSN of who is helped."""
        self.browser.secrets.append(represented.bsn)
        with self._without_window() as browser:
            citizens.accept(browser, self.site.address, code, represented.bsn)

    # --- logging in ---

    def logs_in(self, level: LevelOfAssurance | None = None) -> None:
        """Log in to Volmacht; comes out at My mandates."""
        self.goes_to("/inloggen/")
        self.browser.clicks("#inloggen-met-digid")
        self.says_who_they_are(level)

    def says_who_they_are(self, level: LevelOfAssurance | None = None) -> None:
        """At the stand-in for DigiD: find oneself, and choose how to log in."""
        page = self.browser.page
        page.locator("#zoek").fill(self.name)
        with self.browser.arriving():
            page.locator("#zoek").press("Enter")
        page.locator(f"input[name=persoon][value='{self.bsn}']").check()
        if level is not None:
            page.locator(f"#niveau-{int(level)}").check()
        self.browser.clicks("#inloggen")

    # --- giving a mandate ---

    def mandates(
        self,
        service: str,
        *,
        somebody: "Visitor | None" = None,
        first: date | None = None,
        months: str = "year",
    ) -> str:
        """Give a mandate for a service, without e-mail: to who uses the code that comes back, or to somebody known.

        `months` is month, year or maximum.
        """
        self.looks_at(service)
        self.browser.clicks("#kiezen")
        self.says_who_may_help(somebody)
        self.says_how_long(first, months)
        if self.browser.page.locator("#overslaan").count():
            self.browser.clicks("#overslaan")
        self.browser.page.locator("#id_toestemming").check()
        self.browser.clicks("#geven")
        return self.code_on_the_page() if somebody is None else ""

    def searches(self, words: str) -> None:
        """Among everything for which one can mandate."""
        self.goes_to("/machtigen/dienst/")
        self.browser.page.locator("#zoek").fill(words)
        self.browser.clicks("#zoeken")

    def looks_at(self, service: str) -> None:
        """Search a service and read about it."""
        self.searches(service)
        self.browser.follows(service)

    def says_who_may_help(self, somebody: "Visitor | None") -> None:
        """Somebody new, or somebody mandated before."""
        main = self.browser.main
        if somebody is not None:
            main.get_by_label(somebody.name).check()
        elif main.locator("input[type=radio][value=nieuw]").count():
            main.locator("input[value=nieuw]").check()
        self.browser.clicks("#verder")

    def says_how_long(self, first: date | None = None, months: str = "year") -> None:
        """From today or later."""
        if first is not None:
            for part, number in (("day", first.day), ("month", first.month), ("year", first.year)):
                self.browser.page.locator(f"#id_begin_{part}").fill(str(number))
        self.browser.page.locator(f"input[name=einde][value={months}]").check()
        self.browser.clicks("#verder")

    def code_on_the_page(self) -> str:
        """The code as it is shown."""
        text = self.browser.page.locator(".code-display__code").inner_text()
        assert CODE.fullmatch(text), f"this is no code: {text}"
        return text

    # --- helping ---

    def enters(self, code: str, bsn: str) -> None:
        """Type a code and the BSN of who is helped, and go on."""
        self.goes_to("/code/")
        self.types(code, bsn)

    def types(self, code: str, bsn: str) -> None:
        """Fill in the page that asks for a code and a BSN, wherever it stands, and go on."""
        if len(bsn) == len(self.bsn):
            self.browser.secrets.append(bsn)
        self.browser.page.locator("#id_code").fill(code)
        self.browser.page.locator("#id_bsn").fill(bsn)
        self.browser.clicks("#verder")

    def activates(self, code: str, represented: "Visitor") -> None:
        """Enter a code and accept what it brings."""
        self.enters(code, represented.bsn)
        self.browser.clicks("#ja")

    def opens_the_mandate(self, service: str, *, received: bool = False) -> None:
        """Find a mandate that holds now among one's own, and read it."""
        self.goes_to("/mijn/machtigingen/?kant=ontvangen" if received else "/mijn/machtigingen/?kant=gegeven")
        with self.browser.arriving():
            of_somebody = re.compile(rf"^{re.escape(service)} \(")  # the link names the other person too
            self.browser.page.locator("main").get_by_role("link", name=of_somebody).click()

    # --- at Gemeente Voorbeeld ---

    def begins_at_the_municipality(self, service: str = TAXES, *, for_whom: str = "iemand-anders") -> None:
        """Ask Gemeente Voorbeeld for a service; comes out where Volmacht explains logging in."""
        self.browser.opens(f"{self.site.provider_address}/")
        self.browser.clicks(f"#{service}-{for_whom}")

    def logs_in_at_the_municipality(
        self,
        service: str = TAXES,
        *,
        for_whom: str = "iemand-anders",
        level: LevelOfAssurance | None = None,
    ) -> None:
        """The same, and log in; for somebody else it comes out at choosing for whom."""
        self.begins_at_the_municipality(service, for_whom=for_whom)
        self.browser.clicks("#inloggen-met-digid")
        self.says_who_they_are(level)

    def acts_for(self, represented: "Visitor") -> None:
        """Choose for whom; comes out at Gemeente Voorbeeld."""
        with self.browser.arriving():
            self.browser.main.get_by_role("button", name=re.compile(re.escape(represented.name))).click()

    # --- e-mail ---

    def reads_mail(self, address: str, subject: str) -> str:
        """Look in the mail of this installation until it is there; its text."""
        page = self.browser.page
        mail = page.locator("article.mail").filter(has_text=address).filter(has_text=subject).first

        def came() -> bool:
            self.goes_to("/proef/post/")
            return mail.count() > 0

        assert eventually(came, MAIL_SECONDS), f"no mail '{subject}' came"
        return mail.inner_text()

    def confirms(self, address: str) -> None:
        """Follow the link in the mail that asks to confirm an address, and say yes."""
        mail = self.reads_mail(address, "Bevestig uw e-mailadres" if self.language == "nl" else "Confirm")
        link = re.search(r"http\S+/e-mail/bevestigen/\S+", mail)
        assert link, mail
        self.browser.opens(link[0])
        self.browser.clicks("#bevestigen")

    def must_be_told(self, *texts: str) -> None:
        """A refusal is in sight, in these words."""
        for text in texts:
            expect(self.browser.main.get_by_text(text).first).to_be_visible()
