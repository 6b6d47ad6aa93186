"""What people of organisations that connect do in a browser, in their words; employees: employees.py.

The steps lean on names of fields and stable ids. What a page says is for the journey itself to look at.
"""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tests.accounts import PASSWORD, code_of
from tests.cli.commands import eventually
from tests.journeys.browsing import Browsing
from tests.journeys.site import Site

MAIL_SECONDS = 30
REFUSED = (403, 404, 409)
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

    def does_not_see(self, *texts: str) -> None:
        """None of this stands on the page."""
        self.window.does_not_see(*texts)

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

    def becomes(self, name: str, organisation: str = "") -> None:
        """Be somebody of the demo, in one click; of who works for several organisations, for this one."""
        self.goes_to("/proef/")
        button = self.window.main.get_by_role("button", name=re.compile(rf"^Word {re.escape(name)}"))
        with self.window.arriving():
            button.first.click()
        if organisation:
            self.goes_to("/account/kiezen/")
            self.window.presses(organisation)

    def may_not(self, path: str, **typed: str) -> None:
        """Who posts to a page without its button is refused: nothing is done."""
        key = self.window.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        answer = self.window.context.request.post(
            f"{self.site.address}{path}",
            form={"csrfmiddlewaretoken": key, **typed},
            headers={"Referer": self.window.page.url},
        )
        assert answer.status in REFUSED, f"{path}: {answer.status}"

    def moves_the_clock(self, days: int) -> None:
        """As far as a button of the page for trying out goes."""
        self.goes_to("/proef/")
        self.window.clicks(f"[name=stap][value='{days}']")
        self.sees("De klok is verzet.")

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

    def gets_mail(self, email: str, about: str = "") -> str:
        """The newest mail to this address with these words."""
        mails = self.window.page.locator("article.mail").filter(has_text=email)
        mail = mails.filter(has_text=about).first

        def came() -> bool:
            self.goes_to("/proef/post/")
            return mail.count() > 0

        assert eventually(came, MAIL_SECONDS), f"no mail came for {email}"
        return mail.inner_text()

    def follows_a_mail(self, email: str, about: str = "") -> None:
        """The link in it."""
        mail = self.gets_mail(email, about)
        link = re.search(r"http\S+/account/\S+", mail)
        assert link, mail
        self.window.opens(link[0])

    def signs_up(self, answers: Mapping[str, str]) -> None:
        """An organisation, of which one is the signatory."""
        self.goes_to("/account/organisatie/")
        self.answers(answers)
        self.window.clicks("#aanmelden")
        assert "/bewijs/" in self.window.page.url, self.window.main.inner_text()

    def proves_by_certificate(self, folder: Path) -> None:
        """With a certificate made by the command that the page gives, and a text signed with its key."""
        self.goes_to("/account/organisatie/bewijs/")
        command = self.window.main.locator("code", has_text="pki issue").inner_text()
        _program, *words = shlex.split(command)
        made = self.site.volmacht(*words[: words.index("--out")], "--out", str(folder))
        assert made.returncode == 0, made.stderr
        self.window.clicks("#tekst")
        with self.window.page.expect_download() as download:
            self.window.main.get_by_role("link", name="Download de tekst").click()
        key = load_pem_private_key((folder / "signing.key").read_bytes(), None)
        assert isinstance(key, RSAPrivateKey)
        signature = folder / "challenge.sig"
        signature.write_bytes(key.sign(Path(download.value.path()).read_bytes(), PKCS1v15(), SHA256()))
        self.window.page.set_input_files("[name=handtekening]", signature)
        self.window.page.set_input_files("[name=certificaat]", folder / "signing.crt")
        self.window.clicks("#controleren")
        self.sees("Dit is aangetoond.")

    def lets_work_for_it(self, supplier: str) -> None:
        """A supplier, by its OIN."""
        self.goes_to("/organisatie/leverancier/")
        self.answers({"supplier_oin": supplier})
        self.window.clicks("#toelaten")

    # --- a case of an organisation ---

    def starts_an_application(self) -> str:
        """Its number."""
        return self.begins_with("aanvraag")

    def number(self) -> str:
        """Of the case whose page is open."""
        found = NUMBER.search(self.window.page.url)
        assert found, self.window.page.url
        return found[1]

    def opens_own_case(self, kind: str = "Aanvraag") -> str:
        """The newest of this kind, by the overview of the organisation; its number."""
        self.goes_to("/organisatie/")
        link = self.window.main.locator("ul.cases a").filter(has_text=kind).first
        with self.window.arriving():
            link.click()
        return self.number()

    def begins_with(self, what: str) -> str:
        """A new service, or what the address is called otherwise; its number."""
        self.goes_to(f"/organisatie/{what}/")
        self.window.clicks("#begin")
        return self.number()

    def opens_page(self, number: str, form: str, page: str) -> None:
        """One page of a form."""
        self.goes_to(f"/organisatie/dossiers/{number}/formulier/{form}/{page}/")

    def fills_in(self, number: str, form: str, page: str, answers: Mapping[str, str]) -> None:
        """One page of a form; comes back at the case."""
        self.opens_page(number, form, page)
        self.answers(answers)
        self.window.clicks("#opslaan")
        assert self.window.page.url.endswith(f"/dossiers/{number}/"), self.window.main.inner_text()

    def adds_a_service(self, number: str, form: str, answers: Mapping[str, str]) -> None:
        """To the list of a form."""
        self.opens_page(number, form, "services")
        self.window.clicks("#toevoegen")
        self.answers(answers)
        self.window.clicks("#opslaan")

    def changes_a_service(self, number: str, form: str, name: str, answers: Mapping[str, str]) -> None:
        """One of the list of a form."""
        self.opens_page(number, form, "services")
        self.window.follows(f"Wijzig {name}")
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
        self.answers({"function": "Secretaris", "agreed": "on"})
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

    def settings_of_what_runs(self, application: str) -> bytes:
        """The same file, of an application that came to its end."""
        self.goes_to(f"/organisatie/dossiers/{application}/gegevens/productie/")
        return self.window.downloads("service.toml").read_bytes()

    def passes_on(self, change: str, reason: str) -> str:
        """A change of what runs; the number of its case."""
        self.goes_to("/organisatie/wijziging/")
        self.answers({"change_of": change})
        self.window.clicks("#begin")
        number = self.number()
        self.fills_in(number, "change", "change", {"reason": reason})
        return number

    def gives_metadata(self, number: str, document: Path) -> None:
        """Comes out at what was found in it."""
        self.goes_to(f"/organisatie/dossiers/{number}/metadata/")
        self.window.page.set_input_files("[name=document]", document)
        self.window.clicks("#nakijken")

    def invites(self, email: str, role: str) -> None:
        """A colleague, by mail."""
        self.goes_to("/organisatie/medewerkers/uitnodigen/")
        self.answers({"email": email})
        self.window.main.locator(f"[name=roles][value={role}]").check()
        self.window.clicks("#uitnodigen")

    def stops_with(self, supplier: str) -> None:
        """It works for the organisation no more."""
        self.goes_to("/organisatie/medewerkers/")
        self.window.follows(f"Stop dit {supplier}")
        self.window.clicks("#stop")

    def moves(self, number: str, task: str) -> None:
        """Offer, withdraw, reopen."""
        self.goes_to(f"/organisatie/dossiers/{number}/doen/{task}/")
        self.window.clicks("#doen")
