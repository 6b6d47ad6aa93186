"""How long the steps really took, told from enough cases only."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.portals.public.test_pages import text_of
from volmacht.onboarding.models import Case, CaseEvent
from volmacht.portals.public.lead_times import KEPT
from volmacht.rules.onboarding.cases import CaseKind, CaseState, step_of
from volmacht.rules.onboarding.plan import Step

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
STATES = {step: next(state for state in CaseState if step_of(state) is step) for step in Step}


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """No figures of another test."""
    cache.delete(KEPT)


def connected(number: int, days: int) -> None:
    """An application that took this many days for its first step, and then began the second."""
    case = Case.objects.create(
        number=f"A-{number}", kind=CaseKind.APPLICATION, state=STATES[Step.PREPRODUCTION],
        since=MONDAY, created_at=MONDAY,
    )  # fmt: skip
    moments = (MONDAY, MONDAY + timedelta(days=days))
    for moment, step in zip(moments, (Step.PREPARE, Step.PREPRODUCTION), strict=True):
        CaseEvent.objects.create(
            case=case, moment=moment, side="provider", action="open", to_state=STATES[step]
        )


def test_nothing_is_told_of_one_or_two_organisations(client: Client) -> None:
    connected(1, 2)
    connected(2, 3)
    assert "echte-doorlooptijd" not in client.get("/aansluiten/").text


def test_the_median_of_enough_cases_is_told_in_working_days(client: Client) -> None:
    for number, days in enumerate((1, 3, 4), start=1):
        connected(number, days)
    words = text_of(client, "/aansluiten/")
    assert "1. Voorbereiden 3 3" in words
    assert "Deze tabel telt vanaf het begin van de aanvraag." in words
    assert "2. Aansluiten op preproductie" not in words


@pytest.mark.parametrize(("prefix", "written"), [("", "2,5"), ("/en", "2.5")])
def test_a_median_between_two_days_is_written_as_people_do(client: Client, prefix: str, written: str) -> None:
    for number, days in enumerate((1, 2, 3, 4), start=1):
        connected(number, days)
    assert f" {written} 4" in text_of(client, f"{prefix}/aansluiten/")


def test_the_cases_are_not_looked_through_for_every_visitor(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/aansluiten/")
    with django_assert_num_queries(0):
        client.get("/aansluiten/")
