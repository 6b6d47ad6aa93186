"""Requests that came to nothing: the newest beside what has ended, all of them on a page of their own."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from tests.portals.citizen.mandates.browsing import text_of
from volmacht.mandates.operations import withdraw_request
from volmacht.mandates.queries import closed_requests
from volmacht.rules.environment import Environment

PAGE, ENDED = "/mijn/aanvragen/niet-doorgegaan/", "/mijn/machtigingen/?kant=gegeven&toon=gestopt"


def withdrawn(mother: Someone, clock_at: Clock, number: int) -> None:
    """So many requests, a minute apart, each withdrawn."""
    for minute in range(number):
        clock_at(NOON + timedelta(minutes=minute))
        withdraw_request(
            request_id=scene.request(mother, scene.PENSION).id,
            represented=mother.id,
            environment=Environment.PRODUCTION,
        )


def test_with_what_has_ended_stand_the_newest_and_a_link_to_all(
    mothers: Client, mother: Someone, clock_at: Clock
) -> None:
    withdrawn(mother, clock_at, 5)
    assert PAGE not in mothers.get(ENDED).text
    withdrawn(mother, clock_at, 1)
    response = mothers.get(ENDED)
    assert "Aanvragen die niet doorgingen (6)" in text_of(response)
    assert response.text.count('class="card"') == 5
    assert f'href="{PAGE}"' in response.text


def test_every_closed_request_can_be_reached_page_by_page(
    mothers: Client, mother: Someone, clock_at: Clock
) -> None:
    withdrawn(mother, clock_at, 53)
    waiting = scene.request(mother, scene.PENSION)
    pages = [mothers.get(PAGE, {"pagina": number}) for number in (1, 2, 3)]
    assert [page.text.count('class="card"') for page in pages] == [20, 20, 13]
    assert "Alle aanvragen (53)" in text_of(pages[0])
    assert "Pagina 2 van 3" in text_of(pages[1])
    assert text_of(mothers.get(PAGE, {"pagina": "99"})) == text_of(pages[2])
    assert all(str(waiting.id) not in page.text for page in pages)
    assert "All requests (53)" in text_of(mothers.get(f"/en{PAGE}"))


def test_a_request_whose_term_has_passed_is_closed_though_nobody_closed_it(
    mother: Someone, clock_at: Clock
) -> None:
    made = scene.request(mother)
    assert closed_requests(mother.id, environment=Environment.PRODUCTION).total == 0
    clock_at(NOON + timedelta(days=91))
    assert [entry.id for entry in closed_requests(mother.id, environment=Environment.PRODUCTION).entries] == [
        made.id
    ]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (PAGE, "U hebt geen aanvragen die niet doorgingen."),
        (f"/en{PAGE}", "You have no requests that came to nothing."),
    ],
)
def test_who_has_none_reads_that(mothers: Client, address: str, said: str) -> None:
    assert said in text_of(mothers.get(address))


def test_somebody_else_sees_only_their_own(daughters: Client, mother: Someone, clock_at: Clock) -> None:
    withdrawn(mother, clock_at, 1)
    assert "U hebt geen aanvragen" in text_of(daughters.get(PAGE))
