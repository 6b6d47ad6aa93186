"""What employees at the desk do in a browser, in their words: record proof, judge, return, refuse, confirm."""

from collections.abc import Iterable, Mapping

from tests.journeys.officials import Official
from volmacht.checks import Family, checks
from volmacht.rules.environment import Environment


class Employee(Official):
    """Somebody who works for the operator, at a computer."""

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

    def returns(self, number: str, reasons: Mapping[str, str]) -> None:
        """Give a form back, with a reason for each answer that must be otherwise, by the end of its name."""
        self.goes_to(f"/bureau/dossier/{number}/teruggeven/")
        for answer in reasons:
            self.window.main.locator(f"[name=veld][value$='{answer}']").check()
        self.window.clicks("#verder")
        for answer, reason in reasons.items():
            self.window.main.locator(f"textarea[name$='{answer}']").fill(reason)
        self.window.clicks("#doe-het")

    def reads_the_answers(self, number: str, form: str) -> None:
        """A form as it stands."""
        self.goes_to(f"/bureau/dossier/{number}/antwoorden/{form}/")
