"""Giving a mandate in a browser, page by page, and the shortest way to things that tests begin with."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.test import Client

from tests.portals.citizen.granting.example_catalogue import TAX, Services
from volmacht.mandates.operations import ActivationDone, RequestMade, activate, request_mandate
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

LEVEL = LevelOfAssurance.MIDDLE
TODAY, YEAR_LATER = date(2026, 11, 23), date(2027, 11, 22)


def day_fields(name: str, day: date | None) -> dict[str, str]:
    """A date as the three boxes send it."""
    parts = (str(day.day), str(day.month), str(day.year)) if day else ("", "", "")
    return {f"{name}_{box}": part for box, part in zip(("day", "month", "year"), parts, strict=True)}


def period_fields(end: str = "year", *, start: date = TODAY, own: date | None = None) -> dict[str, str]:
    """The form of the period page."""
    return {**day_fields("begin", start), "einde": end, **day_fields("einddatum", own)}


def code_in(text: str) -> str | None:
    """The authorisation code that a page shows."""
    found = re.search(r"code-display__code[^>]*>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})<", text)
    return found.group(1) if found else None


def hidden(text: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found, name
    return found.group(1)


def without_key(text: str) -> str:
    """A page or address without the keys that tell windows apart."""
    return re.sub(r"\?(?=[\"']|$)", "", re.sub(r"aanvraag=[0-9a-f]{8}(&amp;|&)?", "", text))


def path_of(response: "Response") -> str:
    """Where a redirect leads, without the key of the window."""
    return without_key(response["Location"])


class Journey:
    """The pages of giving a mandate, in one browser."""

    def __init__(self, client: Client, services: Services, prefix: str = "") -> None:
        self.client = client
        self.services = services
        self.prefix = f"{prefix}/machtigen"

    def answers(self, address: str, fields: dict[str, str]) -> "Response":
        """Send a form: where it leads, or the page itself when it shows the form again."""
        response = self.client.post(address, fields)
        return self.client.get(response["Location"]) if response.status_code == 303 else response

    def service(self, name: str = TAX) -> "Response":
        """Choose a service."""
        return self.client.post(f"{self.prefix}/dienst/{self.services[name].id}/")

    @property
    def window(self) -> str:
        """The key of the window that was changed last."""
        return str(list(self.client.session["granting"])[-1])

    def service_instead(self, name: str) -> "Response":
        """Choose another service, coming from the overview."""
        address = f"{self.prefix}/dienst/{self.services[name].id}/"
        return self.client.post(f"{address}?aanvraag={self.window}&wijzig=1")

    def representative(self, who: str = "nieuw") -> "Response":
        """Choose who."""
        return self.answers(f"{self.prefix}/gemachtigde/", {"gemachtigde": who})

    def period(self, end: str = "year", **fields: Any) -> "Response":
        """Choose how long."""
        return self.answers(f"{self.prefix}/periode/", period_fields(end, **fields))

    def no_email(self) -> "Response":
        """Go on without e-mail."""
        return self.client.post(f"{self.prefix}/e-mail/", {"overslaan": "1"})

    def up_to_check(self, name: str = TAX, who: str = "nieuw", **period: Any) -> "Response":
        """Everything before the last page; the last page itself."""
        self.service(name)
        self.representative(who)
        self.period(**period)
        self.no_email()
        return self.client.get(f"{self.prefix}/controleren/")

    def agreement(self, page: "Response") -> dict[str, str]:
        """The form of the last page, as this page would send it."""
        return {
            "opdracht": hidden(page.text, "opdracht"),
            "overzicht": hidden(page.text, "overzicht"),
            "toestemming": "on",
        }

    def give(self, page: "Response | None" = None) -> "Response":
        """Agree on the last page (as it is now, or as it was)."""
        agreement = self.agreement(page or self.client.get(f"{self.prefix}/controleren/"))
        return self.answers(f"{self.prefix}/controleren/", agreement)


def make_request(represented: UUID, services: Services, name: str = TAX) -> tuple[UUID, AuthorisationCode]:
    """A request of somebody for a year from today, and its code."""
    made = request_mandate(
        represented=represented,
        level=LEVEL,
        service_id=services[name].id,
        first_day=TODAY,
        last_day=YEAR_LATER if services[name].longest_months > 1 else date(2026, 12, 22),
        once=uuid4(),
        environment=Environment.PRODUCTION,
    )
    assert isinstance(made, RequestMade)
    assert made.code
    return made.request_id, made.code


def mandate_somebody(
    represented: UUID, bsn: str, representative: UUID, services: Services, name: str = TAX
) -> UUID:
    """A mandate for a year from today, given with a code."""
    _, code = make_request(represented, services, name)
    done = activate(
        representative=representative,
        level=LEVEL,
        code=code,
        bsn=Bsn.parse(bsn),
        environment=Environment.PRODUCTION,
    )
    assert isinstance(done, ActivationDone)
    return done.mandate_id
