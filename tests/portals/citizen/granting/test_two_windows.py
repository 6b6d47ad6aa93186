"""Two windows of one person: each goes on with its own service, and the number of steps stays what it was."""

import re
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.test import Client

from tests.portals.citizen.granting import people
from tests.portals.citizen.granting.example_catalogue import CARE, TAX, Services
from tests.portals.citizen.granting.journey import Journey, mandate_somebody, period_fields
from volmacht.mandates.queries import list_requests
from volmacht.parties.operations import confirm_email_address, give_email_address
from volmacht.rules.environment import Environment

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response


class Window:
    """One window: follows links and sends forms to the addresses that its own page has."""

    def __init__(self, client: Client, service: UUID) -> None:
        self.client = client
        self.service = service
        self.page = client.get("/machtigen/dienst/", follow=True)

    @property
    def here(self) -> str:
        """The address of the page that is open."""
        request = self.page.request
        return f"{request['PATH_INFO']}?{request['QUERY_STRING']}"

    def follow(self, href: str) -> None:
        """Follow the link that begins so."""
        found = re.search(rf'href="({href}[^"]*)"', self.page.text)
        assert found, href
        self.page = self.client.get(found[1].replace("&amp;", "&"), follow=True)

    def send(self, fields: dict[str, str] | None = None) -> "Response":
        """Send the form of this page to where it says."""
        found = re.search(r'<form method="post" action="(\?[^"]*)"', self.page.text)
        assert found
        address = self.here.partition("?")[0] + found[1].replace("&amp;", "&")
        self.page = self.client.post(address, fields or {}, follow=True)
        return self.page

    def choose(self) -> None:
        """Choose the service."""
        self.follow(f"/machtigen/dienst/{self.service}/")
        self.send()


@pytest.fixture
def windows(mothers: Client, services: Services) -> tuple[Window, Window]:
    """Two windows, each with a service chosen; turn by turn."""
    one, other = Window(mothers, services[TAX].id), Window(mothers, services[CARE].id)
    one.choose()
    other.choose()
    return one, other


def test_every_step_names_its_own_service(windows: tuple[Window, Window]) -> None:
    for answer in ({"gemachtigde": "nieuw"}, period_fields("month"), {"overslaan": "1"}):
        for window, own, others in ((windows[0], TAX, CARE), (windows[1], CARE, TAX)):
            assert f">{own}</strong>" in window.page.text
            assert others not in window.page.text
            window.send(answer)
    assert [window.page.request["PATH_INFO"] for window in windows] == ["/machtigen/controleren/"] * 2


def test_each_window_gives_a_mandate_for_its_own_service(
    windows: tuple[Window, Window], mother: UUID
) -> None:
    for answer in ({"gemachtigde": "nieuw"}, period_fields("month"), {"overslaan": "1"}):
        for window in windows:
            window.send(answer)
    for window, name in zip(windows, (TAX, CARE), strict=True):
        hidden = dict(re.findall(r'name="(opdracht|overzicht)" value="([^"]*)"', window.page.text))
        window.send({**hidden, "toestemming": "on"})
        assert f">{name}</strong>" in window.page.text

    assert sorted(
        entry.service.name for entry in list_requests(mother, environment=Environment.PRODUCTION)
    ) == sorted([TAX, CARE])


def test_an_error_in_one_window_is_not_seen_in_the_other(windows: tuple[Window, Window]) -> None:
    for window in windows:
        window.send({"gemachtigde": "nieuw"})
    assert windows[0].send({}).status_code == 400

    assert "Kies hoe lang de machtiging duurt." not in windows[1].client.get(windows[1].here).text
    assert "Kies hoe lang de machtiging duurt." in windows[0].client.get(windows[0].here).text


def test_who_helps_is_named_on_the_steps_after_choosing(
    journey: Journey, mother: UUID, daughter: UUID, services: Services
) -> None:
    mandate_somebody(mother, people.MOTHER, daughter, services)
    journey.service(CARE)
    journey.representative(str(daughter))

    page = journey.client.get("/machtigen/periode/").text

    assert "Wie helpt: <strong>Annelies de Vries</strong>" in page
    assert f'Machtiging voor: <strong lang="nl">{CARE}</strong>' in page


def test_going_back_to_the_service_changes_the_draft_of_this_window(windows: tuple[Window, Window]) -> None:
    one, other = windows
    one.send({"gemachtigde": "nieuw"})
    one.send(period_fields("month"))
    one.follow("/machtigen/periode/")
    one.follow("/machtigen/gemachtigde/")
    one.follow(f"/machtigen/dienst/{one.service}/")
    one.send()

    assert len(one.client.session["granting"]) == 2
    assert 'value="nieuw"' in one.page.text
    assert f">{CARE}</strong>" in one.client.get(other.here).text


def test_the_number_of_steps_stays_the_same_when_an_address_is_confirmed_meanwhile(
    windows: tuple[Window, Window], mother: UUID
) -> None:
    one, _ = windows
    assert "Stap 2 van 5" in one.page.text
    _, secret = give_email_address(mother, "maria@voorbeeld.example", "nl")
    confirm_email_address(secret)

    assert "Stap 3 van 5" in one.send({"gemachtigde": "nieuw"}).text
    assert "Stap 4 van 5" in one.send(period_fields("month")).text
    one.follow("/machtigen/periode/")
    assert "Stap 3 van 5" in one.page.text


def test_only_the_last_few_windows_are_remembered(mothers: Client, services: Services) -> None:
    for _ in range(8):
        Window(mothers, services[TAX].id).choose()

    assert len(mothers.session["granting"]) == 5
