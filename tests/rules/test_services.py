"""What the catalogue's facts mean: order of obstacles, "in force", today's level (DM-60 to DM-62)."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.refusals import Refusal
from volmacht.rules.services import (
    LookUpStatus,
    ServiceFacts,
    in_force,
    level_required,
    look_up,
    refusal_for,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
FACTS = [field.name for field in fields(ServiceFacts)]
STATUSES = list(LookUpStatus)


def test_the_answers_stand_in_the_order_of_the_rule() -> None:
    assert [str(status) for status in LookUpStatus] == [
        "STATUS_OK",
        "CONNECTION_NOT_FOUND",
        "CONNECTION_INACTIVE",
        "ORGANIZATION_INACTIVE",
        "ORGANIZATION_ROLE_INACTIVE",
        "SERVICE_NOT_FOUND",
        "SERVICE_INACTIVE",
        "SERVICE_NOT_MANDATABLE",
    ]


@given(st.lists(st.booleans(), min_size=7, max_size=7))
def test_the_first_obstacle_in_that_order_is_the_answer(values: list[bool]) -> None:
    found = look_up(ServiceFacts(**dict(zip(FACTS, values, strict=True))))
    assert found is (STATUSES[values.index(False) + 1] if False in values else LookUpStatus.STATUS_OK)


def test_every_answer_but_ok_is_a_refusal_for_people() -> None:
    assert refusal_for(LookUpStatus.STATUS_OK) is None
    assert {status: refusal_for(status) for status in STATUSES[1:]} == {
        LookUpStatus.CONNECTION_NOT_FOUND: Refusal.CONNECTION_INACTIVE,
        LookUpStatus.CONNECTION_INACTIVE: Refusal.CONNECTION_INACTIVE,
        LookUpStatus.ORGANIZATION_INACTIVE: Refusal.ORGANISATION_INACTIVE,
        LookUpStatus.ORGANIZATION_ROLE_INACTIVE: Refusal.ORGANISATION_INACTIVE,
        LookUpStatus.SERVICE_NOT_FOUND: Refusal.SERVICE_UNKNOWN,
        LookUpStatus.SERVICE_INACTIVE: Refusal.SERVICE_INACTIVE,
        LookUpStatus.SERVICE_NOT_MANDATABLE: Refusal.SERVICE_NOT_MANDATABLE,
    }


@pytest.mark.parametrize(
    ("active", "from_", "until", "expected"),
    [
        (True, None, None, True),
        (False, None, None, False),
        (True, NOW, None, True),
        (True, NOW + INSTANT, None, False),
        (True, None, NOW + INSTANT, True),
        (True, None, NOW, False),
        (True, NOW, NOW + INSTANT, True),
        (True, NOW, NOW, False),
        (False, NOW, NOW + INSTANT, False),
    ],
)
def test_in_force_means_active_and_from_its_begin_up_to_its_end(
    active: bool, from_: datetime | None, until: datetime | None, expected: bool
) -> None:
    assert in_force(active, from_, until, NOW) is expected


@pytest.mark.parametrize(
    ("announced", "on", "expected"),
    [
        (None, None, LevelOfAssurance.MIDDLE),
        (LevelOfAssurance.HIGH, None, LevelOfAssurance.MIDDLE),
        (None, date(2026, 11, 23), LevelOfAssurance.MIDDLE),
        (LevelOfAssurance.HIGH, date(2026, 11, 24), LevelOfAssurance.MIDDLE),
        (LevelOfAssurance.HIGH, date(2026, 11, 23), LevelOfAssurance.HIGH),
        (LevelOfAssurance.BASIC, date(2026, 11, 22), LevelOfAssurance.BASIC),
    ],
)
def test_an_announced_level_counts_from_its_date_on(
    announced: LevelOfAssurance | None, on: date | None, expected: LevelOfAssurance
) -> None:
    assert level_required(LevelOfAssurance.MIDDLE, announced, on, date(2026, 11, 23)) is expected
