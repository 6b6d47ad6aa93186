"""A page asks the database as often for three hundred mandates as for three."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.portals.choosing.visit import Visit
from volmacht.mandates.operations import answer_provider

PAGES = [
    "mine",
    "propose-renewals",
    "mine-csv",
    "mine-pdf",
    "uses",
    "closed-requests",
    "my-data",
    "my-data-json",
    "my-data-print",
]


def queries(browser: Client, address: str) -> int:
    """How often a page asks the database; whether the catalogue changed is asked once a second, by who comes first."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len([query for query in asked if "catalogue_" not in query["sql"]])


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_a_person_ask_as_often_for_many(daughters: Client, daughter: Someone, name: str) -> None:
    helped = scene.crowd(29)
    address = reverse(f"mandates:{name}")
    scene.bulk([helped[number].id for number in (0, 0, 1)], [daughter.id] * 3)  # one of them has ended
    few = queries(daughters, address)
    scene.bulk([person.id for person in helped[2:29]] * 11, [daughter.id] * 297)
    assert queries(daughters, address) == few
    assert few <= 20


def test_choosing_for_whom_to_log_in_asks_as_often_for_many(daughter: Someone) -> None:
    helped = scene.crowd(30)
    scene.bulk([person.id for person in helped[:2]], [daughter.id] * 2)
    scene.bulk([helped[2].id], [daughter.id], scene.PENSION)  # not for this service
    visit = Visit(Client())
    address = visit.choosing(daughter)
    few = queries(visit.client, address)
    scene.bulk([person.id for person in helped[3:15]], [daughter.id] * 12)
    scene.bulk([person.id for person in helped[15:]] * 5, [daughter.id] * 75, scene.PENSION)
    assert queries(visit.client, address) == few
    assert few <= 12


def test_the_page_of_a_mandate_asks_as_often_for_many_uses(
    mothers: Client, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    address = reverse("mandates:mandate", args=[mandate_id])
    for _ in range(3):
        answer_provider(scene.asked(mother, daughter))
    few = queries(mothers, address)
    for _ in range(60):
        answer_provider(scene.asked(mother, daughter))
    assert queries(mothers, address) == few
    assert queries(mothers, reverse("mandates:uses")) <= 20
