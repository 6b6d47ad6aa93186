"""A browser on its way from a provider through Volmacht and back, page by page, and what the provider then hears.

Where it logs in is another site, of which `tests/interfaces/saml` proves the visit; here it is done by `said_who`.
"""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING
from uuid import UUID

from django.test import Client

from tests.logins.provider import Heard, heard, let_pass, said_who, started
from tests.mandates.scene import Someone
from volmacht.logins.operations import Started
from volmacht.logins.queries import LoginInProgress, login_in_progress
from volmacht.portals.choosing.list_keys import list_key, represented_by
from volmacht.portals.choosing.own_login import SEEN
from volmacht.protocols.saml.handling.requests import Way

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response


def text_of(response: "Response") -> str:
    """What the main part of a page says; spaces are single."""
    main = response.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main))).strip()


def choices_on(response: "Response") -> list[str]:
    """The ids of the people whom the page offers."""
    html = response.content.decode()
    keys = re.findall(r'name="persoon" value="([^"]+)"', html)
    return [str(represented_by(login_at(html), key)) for key in keys]


def id_in(address: str) -> UUID:
    """Which log-in the pages at this address are about."""
    found = re.search(r"/inloggen/voor/([0-9a-f-]{36})/", address)
    assert found, address
    return UUID(found[1])


def login_at(address: str) -> LoginInProgress:
    """The log-in that the pages at this address are about."""
    login = login_in_progress(id_in(address))
    assert login, address
    return login


def key_for(address: str, represented: UUID) -> str:
    """What the list at this address would hold for somebody, on it or not."""
    return list_key(login_at(address), represented)


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

    def is_away(self, time: timedelta) -> None:
        """Nobody touches this browser for so long."""
        session = self.client.session
        session[SEEN] = {
            login: (datetime.fromisoformat(moment) - time).isoformat()
            for login, moment in session[SEEN].items()
        }
        session.save()
        let_pass(time)

    def choose(self, address: str, person: Someone) -> "Response":
        """Press the button of somebody in the list."""
        return self.post(address, persoon=key_for(address, person.id))

    def begin(self, way: Way = Way.MANDATORY, *, language: str = "nl") -> str:
        """From the provider to the first page; its address."""
        return self.enter(started(way), language=language)

    def enter(self, waiting: Started, *, language: str = "nl") -> str:
        """Where the entrance sends the browser, to the first page; its address."""
        prefix = "" if language == "nl" else f"/{language}"
        address = f"{prefix}/inloggen/voor/begin/{waiting.handle}/"
        while (answer := self.get(address)).status_code == 302:
            address = answer["Location"]
        assert answer.status_code == 200, answer.status_code
        return address

    def choosing(self, person: Someone, *, language: str = "nl") -> str:
        """From the provider up to the page on which to choose for whom; its address."""
        begin = self.begin(language=language)
        said_who(id_in(begin), person)
        return f"{begin}wie/"

    def hears(self, returned: "Response") -> Heard:
        """What the provider is going to hear, of the browser that is sent back to it."""
        assert returned.status_code == 303, returned.status_code
        return heard(returned["Location"])
