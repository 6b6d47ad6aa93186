"""What people of organisations that connect, and employees at the desk, do in a browser, in their words.

The steps lean on names of fields and stable ids. What a page says is for the journey itself to look at.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.accounts import PASSWORD, code_of
from tests.cli.commands import eventually
from tests.journeys.browsing import Browsing
from tests.journeys.site import Site
from volmacht.checks import Family, checks
from volmacht.rules.environment import Environment

MAIL_SECONDS = 30
NUMBER = re.compile(r"/dossiers/([A-Z]-\d{4}-\d+)/")


@dataclass
class Official:
    """Somebody with an account, at a computer."""

    site: Site
    window: Browsing
    email: str = ""

    def goes_to(self, path: str) -> None:
        """Open a page of Volmacht."""
        self.window.opens(f"{self.site.address}{path}")

    def sees(self, *texts: str) -> None:
        """All of this stands on the page."""
        self.window.sees(*texts)

    def answers(self, answers: Mapping[str, str]) -> None:
        """Fill in what is asked, by the names of the fields."""
        for name, text in answers.items():
            box = self.window.main.locator(f"[name='{name}']").first
            kind = box.evaluate("box => box.type")
            if kind == "checkbox":
                box.check()
            elif kind == "radio":
                self.window.main.locator(f"[name='{name}'][value='{text}']").check()
            elif kind == "select-one":
                box.select_option(text)
            else:
                box.fill(text)

    def becomes(self, name: str) -> None:
        """Be somebody of the demo, in one click."""
        self.goes_to("/proef/")
        button = self.window.main.get_by_role("button", name=re.compile(rf"^Word {re.escape(name)}"))
        with self.window.arriving():
            button.first.click()

    # --- an account and an organisation ---

    def makes_an_account(self, email: str, name: str) -> None:
        """By a link in a mail, with a password and an app."""
        self.email = email
        self.goes_to("/account/nieuw/")
        self.answers({"email": email})
        self.window.clicks("#sturen")
        self.follows_a_mail(email)
        self.answers({"name": name, "wachtwoord": PASSWORD})
        self.window.clicks("#verder")
        key = self.window.page.locator("#sleutel").inner_text().replace(" ", "")
        self.answers({"inlogcode": code_of(key)})
        self.window.clicks("#app")
        assert self.window.page.locator("#herstelcodes li").count() == 10
        self.window.clicks("#verder")

    def follows_a_mail(self, email: str) -> None:
        """The link of the newest mail to this address."""
        mail = self.window.page.locator("article.mail").filter(has_text=email).first

        def came() -> bool:
            self.goes_to("/proef/post/")
            return mail.count() > 0

        assert eventually(came, MAIL_SECONDS), f"no mail came for {email}"
        link = re.search(r"http\S+/account/\S+", mail.inner_text())
        assert link, mail.inner_text()
        self.window.opens(link[0])

    def signs_up(self, answers: Mapping[str, str]) -> None:
        """An organisation, of which one is the signatory."""
        self.goes_to("/account/organisatie/")
        self.answers(answers)
        self.window.clicks("#aanmelden")
        assert "/bewijs/" in self.window.page.url, self.window.main.inner_text()

    def lets_work_for_it(self, supplier: str) -> None:
        """A supplier, by its OIN."""
        self.goes_to("/organisatie/leverancier/")
        self.answers({"supplier_oin": supplier})
        self.window.clicks("#toelaten")

    # --- a case of an organisation ---

    def starts_an_application(self) -> str:
        """Its number."""
        self.goes_to("/organisatie/aanvraag/")
        self.window.clicks("#begin")
        return self.number()

    def number(self) -> str:
        """Of the case whose page is open."""
        found = NUMBER.search(self.window.page.url)
        assert found, self.window.page.url
        return found[1]

    def fills_in(self, number: str, form: str, page: str, answers: Mapping[str, str]) -> None:
        """One page of a form; comes back at the case."""
        self.goes_to(f"/organisatie/dossiers/{number}/formulier/{form}/{page}/")
        self.answers(answers)
        self.window.clicks("#opslaan")
        assert self.window.page.url.endswith(f"/dossiers/{number}/"), self.window.main.inner_text()

    def adds_a_service(self, number: str, form: str, answers: Mapping[str, str]) -> None:
        """To the list of a form."""
        self.goes_to(f"/organisatie/dossiers/{number}/formulier/{form}/services/lijst/")
        self.window.clicks("#toevoegen")
        self.answers(answers)
        self.window.clicks("#opslaan")

    def hands_in(self, number: str) -> None:
        """After looking everything over."""
        self.goes_to(f"/organisatie/dossiers/{number}/nakijken/")
        self.window.clicks("#indienen")

    def signs(self, number: str) -> None:
        """Conditions and answers; comes out where it can be handed in."""
        self.goes_to(f"/organisatie/dossiers/{number}/nakijken/")
        self.window.clicks("#tekenen")
        self.answers({"name": "Tess Tekent", "function": "Secretaris", "agreed": "on"})
        self.window.clicks("#teken")

    def certificate_for(self, number: str, environment: str, purpose: str, request: Path) -> bytes:
        """What the portal gives for a request."""
        self.goes_to(f"/organisatie/dossiers/{number}/certificaat/{environment}/")
        self.answers({"purpose": purpose})
        self.window.page.set_input_files("[name=request]", request)
        with self.window.page.expect_download() as download:
            self.window.page.locator("#aanvragen").click()
        return Path(download.value.path()).read_bytes()

    def settings_for_the_sample(self, number: str) -> bytes:
        """The file that says to `volmacht sample` whose service it is."""
        self.goes_to(f"/organisatie/dossiers/{number}/metadata/")
        self.window.page.locator("details.sample summary").click()
        return self.window.downloads("service.toml").read_bytes()

    def gives_metadata(self, number: str, document: Path) -> None:
        """Comes out at what was found in it."""
        self.goes_to(f"/organisatie/dossiers/{number}/metadata/")
        self.window.page.set_input_files("[name=document]", document)
        self.window.clicks("#nakijken")

    def moves(self, number: str, task: str) -> None:
        """Offer, withdraw, reopen."""
        self.goes_to(f"/organisatie/dossiers/{number}/doen/{task}/")
        self.window.clicks("#doen")

    # --- at the desk ---

    def proves(self, organisation: str, signatory: str) -> None:
        """Record that an organisation is who it says, and who signs for it."""
        self.goes_to(f"/bureau/organisaties/?zoek={organisation}")
        self.window.follows(organisation)
        here = self.window.page.url
        for link in self._proofs_to_record():
            self.window.opens(link)
            self.window.main.locator("[name=hoe]").first.check()
            self.window.clicks("#doe-het")
        self.window.opens(here)
        self.sees(signatory)

    def _proofs_to_record(self) -> Iterable[str]:
        links = self.window.main.locator("a[href*='/bewijs/']")
        return [str(link.evaluate("link => link.href")) for link in links.all()]

    def opens_case(self, number: str) -> None:
        """At the desk."""
        self.goes_to(f"/bureau/dossier/{number}/")

    def does(self, number: str, task: str, answers: Mapping[str, str] | None = None) -> None:
        """A task of its own page."""
        self.goes_to(f"/bureau/dossier/{number}/{task}/")
        self.answers(answers or {})
        self.window.clicks("#doe-het")

    def writes_the_report(self, number: str, environment: Environment) -> None:
        """Everything passes."""
        for family in Family:
            asked = checks(environment, family)
            if asked:
                self.goes_to(f"/bureau/dossier/{number}/rapport/{family.value}/")
                self.answers({f"oordeel-{one.id}": "pass" for one in asked})
                self.window.clicks("#doe-het")
        self.does(number, "rapport")
