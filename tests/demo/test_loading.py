"""Loading the demo scenario: at any moment, all or nothing, and again after it failed."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.population_register import PopulationRegisterControl
from volmacht import clock
from volmacht.audit.verification import verify
from volmacht.catalogue import queries as catalogue
from volmacht.demo import scenario
from volmacht.demo.replaying import ScenarioProblem
from volmacht.installation.operations import mark
from volmacht.installation.queries import scenario_is_loaded
from volmacht.parties.models import Party
from volmacht.protocols.saml.entity_ids import Role
from volmacht.rules.environment import Environment
from volmacht.rules.granting import PersonFacts, check_represented
from volmacht.rules.refusals import Refusal
from volmacht.standins.population_register.people import load_people, main_characters

Register = PopulationRegisterControl


def test_without_a_demo_nothing_is_added(db: None) -> None:
    scenario.add_what_is_new()
    assert catalogue.pinned_peers(Environment.PRODUCTION, Role.AD) == ()


MOMENTS = [
    datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 7, 59, tzinfo=UTC),
    datetime(2034, 12, 2, 12, tzinfo=UTC),
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On PostgreSQL at one moment: what a day means does not depend on the database, and loading takes long."""
    if "now" in metafunc.fixturenames:
        on_postgresql = metafunc.config.getoption("database") == "postgresql"
        metafunc.parametrize("now", MOMENTS[:1] if on_postgresql else MOMENTS, ids=str)


def test_it_loads_whenever_somebody_tries_it(
    db: None,
    demo_authority: None,
    clock_at: Callable[[datetime], None],
    now: datetime,
    population_register: Register,
) -> None:
    clock_at(now)
    mark("demo")
    scenario.load()
    assert scenario_is_loaded()
    assert Party.objects.count() > 40
    assert verify() == []
    minor = main_characters(load_people())["minor"]
    assert minor.born.whole
    facts = PersonFacts(birth_date=minor.born.whole, died_on=None, under_guardianship=False)
    youngest = min(entry.minimum_age for entry in catalogue.offered(Environment.PRODUCTION))
    refusal = check_represented(facts, minimum_age=youngest, today=clock.today())
    assert refusal is Refusal.REPRESENTED_TOO_YOUNG  # somebody in the demo always is


def test_when_a_line_fails_nothing_is_loaded_and_it_can_be_tried_again(
    committed_db: None, demo_authority: None, population_register: Register
) -> None:
    mark("demo")
    population_register.fail()
    with pytest.raises(ScenarioProblem, match="register_unavailable"):
        scenario.load()
    assert not scenario_is_loaded()
    assert catalogue.all_services(Environment.PRODUCTION) == []
    assert not Party.objects.exists()
    assert verify() == []
    population_register.reset()
    scenario.load()
    assert scenario_is_loaded()
    assert verify() == []
