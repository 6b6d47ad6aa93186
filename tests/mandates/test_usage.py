"""How much is used, by month and service: each mandate once a month, each use every time, nobody by name (CN-22)."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from tests.mandates import scene
from tests.mandates.scene import Someone
from volmacht.mandates.operations import answer_provider
from volmacht.mandates.queries import usage
from volmacht.rules.environment import Environment


def uses(mother: Someone, daughter: Someone, times: int, name: str = scene.MUNICIPAL_TAXES) -> None:
    """The daughter logs in so many times on behalf of her mother."""
    for _ in range(times):
        answer_provider(scene.asked(mother, daughter, name))


def test_a_mandate_counts_once_a_month_and_each_use_counts(
    mother: Someone, daughter: Someone, neighbour: Someone, clock_at: Callable[[datetime], None]
) -> None:
    scene.mandate(mother, daughter)
    scene.mandate(mother, neighbour)
    uses(mother, daughter, 3)
    uses(mother, neighbour, 1)
    clock_at(datetime(2026, 12, 1, 11, 0, tzinfo=UTC))
    uses(mother, daughter, 2)
    november, december = usage(Environment.PRODUCTION, None, 2026)
    assert (november.month, november.used_mandates, november.uses) == (date(2026, 11, 1), 2, 4)
    assert (december.month, december.used_mandates, december.uses) == (date(2026, 12, 1), 1, 2)
    assert november.service_id == scene.service(scene.MUNICIPAL_TAXES).id


def test_what_was_refused_is_no_usage(mother: Someone, neighbour: Someone) -> None:
    uses(mother, neighbour, 1)
    assert usage(Environment.PRODUCTION, None, 2026) == ()


def test_a_month_begins_at_midnight_in_amsterdam(
    mother: Someone, daughter: Someone, clock_at: Callable[[datetime], None]
) -> None:
    scene.mandate(mother, daughter)
    clock_at(datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    uses(mother, daughter, 1)
    clock_at(datetime(2026, 12, 31, 23, 1, tzinfo=UTC))
    uses(mother, daughter, 1)
    (old,), (new,) = (usage(Environment.PRODUCTION, None, year) for year in (2026, 2027))
    assert (old.month, old.uses) == (date(2026, 12, 1), 1)
    assert (new.month, new.uses) == (date(2027, 1, 1), 1)


def test_only_the_provider_and_environment_that_were_asked(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    uses(mother, daughter, 1)
    (row,) = usage(Environment.PRODUCTION, None, 2026)
    assert usage(Environment.PRODUCTION, row.provider_id, 2026) == (row,)
    assert usage(Environment.PRODUCTION, row.service_id, 2026) == ()
    assert usage(Environment.PREPRODUCTION, None, 2026) == ()
