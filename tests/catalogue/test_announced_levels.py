"""An announced level counts from its day on, everywhere, without anybody doing anything (DM-60)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.catalogue.building import Building
from tests.catalogue.test_look_up import ClockAt
from volmacht.catalogue import queries
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

ANNOUNCED: dict[str, Any] = {"announced_level": 25, "announced_message": "Straks met een ID-check."}


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2027-07-01", datetime(2027, 6, 30, 21, 59, 59, tzinfo=UTC), datetime(2027, 6, 30, 22, tzinfo=UTC)),
        (
            "2027-01-01",
            datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC),
            datetime(2026, 12, 31, 23, tzinfo=UTC),
        ),
        ("2027-03-28", datetime(2027, 3, 27, 22, 59, 59, tzinfo=UTC), datetime(2027, 3, 27, 23, tzinfo=UTC)),
    ],
    ids=["summer", "winter", "day of the clock change"],
)
def test_the_level_turns_with_the_day_in_amsterdam(
    building: Building, clock_at: ClockAt, day: str, before: datetime, after: datetime
) -> None:
    service = building.service(announced_on=day, **ANNOUNCED)
    holder = building.service_set(service)
    other = building.service()
    for moment, level in ((before, LevelOfAssurance.MIDDLE), (after, LevelOfAssurance.SUBSTANTIAL)):
        clock_at(moment)
        for entry_id in (service, holder):
            found = queries.service(entry_id)
            assert found
            assert found.minimum_level is level
        offered = {entry.id: entry.minimum_level for entry in queries.offered(Environment.PRODUCTION)}
        assert offered == {service: level, holder: level, other: LevelOfAssurance.MIDDLE}


def test_over_each_interface_the_level_of_today_is_asked(building: Building, clock_at: ClockAt) -> None:
    provider = building.provider(oin="00000001234567890000")
    link = building.connection(provider, entity_id="urn:test:level")
    service = building.service(provider, link, announced_on="2027-07-01", **ANNOUNCED)
    entry = queries.service(service)
    assert entry
    for moment, level in (
        (datetime(2027, 6, 30, 21, tzinfo=UTC), LevelOfAssurance.MIDDLE),
        (datetime(2027, 6, 30, 22, tzinfo=UTC), LevelOfAssurance.SUBSTANTIAL),
    ):
        clock_at(moment)
        offer = queries.rest_offer(Environment.PRODUCTION, "00000001234567890000", entry.service_uuid)
        assert offer
        assert offer.level is level
