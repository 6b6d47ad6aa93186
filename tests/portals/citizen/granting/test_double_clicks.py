"""Two halves of a double click at the same moment, with real commits: one result, and the code is not lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client

from tests.portals.citizen.granting import people
from tests.portals.citizen.granting.example_catalogue import CARE, TAX, Services
from tests.portals.citizen.granting.journey import Journey, code_in, mandate_somebody
from volmacht.mandates.queries import MandateFilter, list_mandates, list_requests
from volmacht.notifications.kinds import Side
from volmacht.parties.queries import email_addresses
from volmacht.rules.environment import Environment
from volmacht.rules.validity import Phase

ROUNDS = 5
pytestmark = pytest.mark.usefixtures("committed_db")


def all_at_once(client: Client, forms: list[tuple[str, dict[str, str]]]) -> list[str]:
    """Send forms of one browser, each in a thread; where each leads."""
    start = Barrier(len(forms))

    def send(address: str, form: dict[str, str]) -> str:
        half = Client()
        half.cookies = client.cookies
        start.wait()
        try:
            response = half.post(address, form)
            assert response.status_code == 302, response.text
            return response["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(forms)) as halves:
        return [half.result() for half in [halves.submit(send, *form) for form in forms]]


def both_at_once(client: Client, address: str, form: dict[str, str]) -> list[str]:
    """Send a form twice."""
    return all_at_once(client, [(address, form)] * 2)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_giving_twice_at_once_makes_one_request_and_shows_its_code(
    journey: Journey, mother: UUID, attempt: int
) -> None:
    agreement = journey.agreement(journey.up_to_check())

    first, second = both_at_once(journey.client, "/machtigen/controleren/", agreement)

    assert first == second
    assert len(list_requests(mother, environment=Environment.PRODUCTION)) == 1
    assert code_in(journey.client.get(first).text)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_the_code_stays_visible_whatever_the_browser_sends_at_the_same_time(
    journey: Journey, mother: UUID, attempt: int
) -> None:
    """DM-21: it is shown during this log-in only, so nothing of this log-in may write over it."""
    agreement = journey.agreement(journey.up_to_check())
    give = ("/machtigen/controleren/", agreement)
    other = ("/sessie/verlengen/", {"verder": "/hulp/"})

    led = all_at_once(journey.client, [give, other, give, other, give, other])

    assert len({address for address in led if address != "/hulp/"}) == 1
    assert len(list_requests(mother, environment=Environment.PRODUCTION)) == 1
    assert code_in(journey.client.get(led[0]).text)


def test_giving_directly_twice_at_once_makes_one_mandate(
    journey: Journey, mother: UUID, daughter: UUID, services: Services
) -> None:
    mandate_somebody(mother, people.MOTHER, daughter, services, TAX)
    agreement = journey.agreement(journey.up_to_check(CARE, str(daughter)))

    first, second = both_at_once(journey.client, "/machtigen/controleren/", agreement)

    assert first == second
    assert (
        list_mandates(
            mother, MandateFilter(Side.REPRESENTED, Phase.ACTIVE), environment=Environment.PRODUCTION
        ).total
        == 2
    )


def test_giving_an_address_twice_at_once_keeps_one(journey: Journey, mother: UUID) -> None:
    journey.service()
    journey.representative()
    journey.period()

    both_at_once(journey.client, "/machtigen/e-mail/", {"email": "maria@voorbeeld.example"})

    assert len(email_addresses(mother)) == 1


def test_stopping_twice_at_once_says_the_same(journey: Journey, mother: UUID) -> None:
    journey.up_to_check()
    request_id = journey.give()["Location"].rstrip("/").rpartition("/")[2]

    first, second = both_at_once(journey.client, f"/mijn/aanvragen/{request_id}/intrekken/", {})

    assert first == second == f"/mijn/aanvragen/{request_id}/"
    assert "De aanvraag is ingetrokken" in journey.client.get(first).text
