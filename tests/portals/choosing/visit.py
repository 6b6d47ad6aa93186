"""A browser on its way from a provider through Volmacht and back, page by page, and what the provider then hears."""

import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.test import Client

from tests.demo_catalogue import DEMO, ENTITY_ID
from tests.mandates.scene import LEVEL, MUNICIPAL_TAXES, Someone, service
from volmacht.logins.operations import login_authenticated
from volmacht.rules.assurance import LevelOfAssurance

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

RETURN = "http://localhost:8002/terug"


def text_of(response: "Response") -> str:
    """What the main part of a page says; spaces are single."""
    main = response.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main))).strip()


def choices_on(response: "Response") -> list[str]:
    """The ids of the people whom the page offers."""
    return re.findall(r'name="persoon" value="([^"]+)"', response.content.decode())


def id_in(address: str) -> UUID:
    """Which log-in the pages at this address are about."""
    found = re.search(r"/inloggen/voor/([0-9a-f-]{36})/", address)
    assert found, address
    return UUID(found[1])


class Visit:
    """One browser; `addresses` are all that it went to."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.addresses: list[str] = []

    def get(self, address: str) -> "Response":
        """Go to a page."""
        self.addresses.append(address)
        return self.client.get(address)

    def post(self, address: str, **fields: str) -> "Response":
        """Send a form."""
        self.addresses.append(address)
        return self.client.post(address, fields)

    def answers(self, address: str, **fields: str) -> "Response":
        """Send a form that is not accepted: its own page says why, asked for so that going back works."""
        sent = self.post(address, **fields)
        assert sent.status_code == 303, sent.status_code
        assert sent["Location"].partition("?")[0] == address.partition("?")[0]
        page = self.get(sent["Location"])
        assert text_of(self.get(sent["Location"])) == text_of(page)  # reloading sends nothing
        return page

    def ask(
        self, representation: str = "mandatory", *, name: str = MUNICIPAL_TAXES, **more: str
    ) -> "Response":
        """The provider sends the browser here."""
        question = {
            "aansluiting": ENTITY_ID,
            "dienst": str(service(name).service_uuid),
            "vertegenwoordiging": representation,
            "kenmerk": "kenmerk-1",
            **more,
        }
        self.addresses.append("/direct/inloggen")
        return self.client.get("/direct/inloggen", question)

    def begin(self, representation: str = "mandatory", **more: str) -> str:
        """Up to the page that explains; its address."""
        return self.ask(representation, **more)["Location"]

    def log_in(
        self, person: Someone, representation: str = "mandatory", level: int = LEVEL, **more: str
    ) -> str:
        """From the provider up to and including logging in; the address of the log-in's pages.

        Where this browser logs in is another matter: see `tests/interfaces/saml`. Here it is done.
        """
        begin = self.begin(representation, **more)
        refused = login_authenticated(id_in(begin), person=person.id, level=LevelOfAssurance(level))
        assert refused is None, refused
        return begin

    def choosing(self, person: Someone, **more: Any) -> str:
        """The address of the page on which to choose for whom."""
        page = "kiezen/" if more.get("representation") == "optional" else "wie/"
        return f"{self.log_in(person, **more)}{page}"

    def fetch(self, returned: "Response") -> dict[str, Any]:
        """What the provider's server gets for the artifact with which the browser came back."""
        assert returned.status_code == 302, returned.status_code
        parts = urlsplit(returned["Location"])
        assert returned["Location"].startswith(f"{RETURN}?artifact="), returned["Location"]
        (artifact,) = parse_qs(parts.query)["artifact"]
        answer = Client().post(
            "/direct/antwoord",
            {"artifact": artifact},
            content_type="application/json",
            headers={"Authorization": f"Bearer {DEMO.key}"},
        )
        body: dict[str, Any] = answer.json()
        return body
