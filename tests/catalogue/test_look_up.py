"""Looking up a service: order of DM-62, in force, announced levels, own services (DM-43), sets (DM-35)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.catalogue.building import Building
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import ChangeKind
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import RepresentativeKind
from volmacht.rules.services import LookUpStatus

ClockAt = Callable[[datetime], None]
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)

# What is wrong, in the order of DM-62: with this and everything after it wrong, this is the answer.
OBSTACLES = [
    LookUpStatus.CONNECTION_INACTIVE,
    LookUpStatus.ORGANIZATION_INACTIVE,
    LookUpStatus.ORGANIZATION_ROLE_INACTIVE,
    LookUpStatus.SERVICE_INACTIVE,
    LookUpStatus.SERVICE_NOT_MANDATABLE,
]


def put_in_the_way(building: Building, obstacle: LookUpStatus, ids: dict[str, UUID]) -> None:
    changes = {
        LookUpStatus.CONNECTION_INACTIVE: (ChangeKind.SWITCH_CONNECTION, "connection", {"active": False}),
        LookUpStatus.ORGANIZATION_INACTIVE: (ChangeKind.SWITCH_PROVIDER, "provider", {"active": False}),
        LookUpStatus.ORGANIZATION_ROLE_INACTIVE: (
            ChangeKind.SWITCH_PROVIDER,
            "provider",
            {"role_active": False},
        ),
        LookUpStatus.SERVICE_INACTIVE: (ChangeKind.SWITCH_SERVICE, "service", {"active": False}),
        LookUpStatus.SERVICE_NOT_MANDATABLE: (ChangeKind.CHANGE_SERVICE, "service", {"mandatable": False}),
    }
    kind, thing, content = changes[obstacle]
    building.change(kind, id=ids[thing], **content)


@pytest.mark.parametrize("first", range(len(OBSTACLES) + 1))
def test_the_first_obstacle_in_the_order_of_the_table_is_the_answer(building: Building, first: int) -> None:
    provider = building.provider()
    connection = building.connection(provider)
    ids = {"provider": provider, "connection": connection, "service": building.service(provider, connection)}
    for obstacle in OBSTACLES[first:]:
        put_in_the_way(building, obstacle, ids)
    expected = OBSTACLES[first] if first < len(OBSTACLES) else LookUpStatus.STATUS_OK
    assert queries.status(ids["service"]) is expected
    assert queries.status(ids["service"], connection) is expected


def test_what_does_not_exist_is_not_found(building: Building) -> None:
    provider = building.provider()
    connection = building.connection(provider)
    service = building.service(provider, connection)
    assert queries.status(uuid4()) is LookUpStatus.SERVICE_NOT_FOUND
    assert queries.status(uuid4(), connection) is LookUpStatus.SERVICE_NOT_FOUND
    assert queries.status(service, uuid4()) is LookUpStatus.CONNECTION_NOT_FOUND
    assert queries.service(uuid4()) is None


def test_an_inactive_connection_hides_whether_a_service_exists(building: Building) -> None:
    connection = building.connection(building.provider())
    building.change(ChangeKind.SWITCH_CONNECTION, id=connection, active=False)
    assert queries.status(uuid4(), connection) is LookUpStatus.CONNECTION_INACTIVE


def test_another_provider_s_service_is_not_found_as_if_it_did_not_exist(building: Building) -> None:
    theirs = building.service()
    mine = building.connection(building.provider())
    assert queries.status(theirs, mine) is LookUpStatus.SERVICE_NOT_FOUND
    assert not queries.is_own_service(theirs, mine)
    assert not queries.is_own_service(theirs, uuid4())


def test_a_service_of_two_providers_is_own_over_either_connection(building: Building) -> None:
    first, second = building.provider(), building.provider()
    connections = [building.connection(first), building.connection(second)]
    service = building.service(first, connections[0], providers=[first, second])
    assert [queries.status(service, link) for link in connections] == [LookUpStatus.STATUS_OK] * 2
    assert all(queries.is_own_service(service, link) for link in connections)


def test_environments_do_not_cross(building: Building, two_staff: tuple[UUID, UUID]) -> None:
    service_uuid = uuid4()
    real = building.service(service_uuid=service_uuid)
    test = Building(*two_staff, environment=Environment.PREPRODUCTION).service(service_uuid=service_uuid)
    found = [queries.service_by_uuid(environment, service_uuid) for environment in Environment]
    assert [entry.id for entry in found if entry] == [test, real]
    assert [entry.id for entry in queries.offered(Environment.PRODUCTION)] == [real]


def test_a_kind_nobody_may_be_is_not_mandatable(building: Building) -> None:
    service = building.service(representative_kind="niet")
    assert queries.status(service) is LookUpStatus.SERVICE_NOT_MANDATABLE
    assert queries.offered(Environment.PRODUCTION) == []


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (NOON - timedelta(microseconds=1), LookUpStatus.SERVICE_INACTIVE),
        (NOON, LookUpStatus.STATUS_OK),
        (NOON + timedelta(hours=1, microseconds=-1), LookUpStatus.STATUS_OK),
        (NOON + timedelta(hours=1), LookUpStatus.SERVICE_INACTIVE),
    ],
)
def test_a_service_comes_in_force_and_ends_by_the_clock_alone(
    building: Building, clock_at: ClockAt, moment: datetime, expected: LookUpStatus
) -> None:
    clock_at(NOON)
    service = building.service(active_from=NOON, active_until=NOON + timedelta(hours=1))
    assert queries.status(service) is LookUpStatus.STATUS_OK
    clock_at(moment)
    assert queries.status(service) is expected
    assert bool(queries.offered(Environment.PRODUCTION)) is (expected is LookUpStatus.STATUS_OK)


def test_an_announced_level_counts_from_midnight_of_its_day_in_amsterdam(
    building: Building, clock_at: ClockAt
) -> None:
    service = building.service(announced_level=25, announced_on=date(2027, 7, 1), announced_message="Let op")
    midnight = datetime(2027, 6, 30, 22, 0, tzinfo=UTC)  # summer time

    def entry() -> queries.ServiceEntry:
        found = queries.service(service)
        assert found
        return found

    clock_at(midnight - timedelta(seconds=1))
    assert entry().minimum_level is LevelOfAssurance.MIDDLE
    clock_at(midnight)
    assert entry().minimum_level is LevelOfAssurance.SUBSTANTIAL
    assert entry().announced == (LevelOfAssurance.SUBSTANTIAL, date(2027, 7, 1), "Let op")
    clock_at(midnight - timedelta(days=1))
    assert entry().minimum_level is LevelOfAssurance.MIDDLE


def test_a_set_is_as_strict_as_its_strictest_member(building: Building) -> None:
    one = building.service(
        minimum_level=25,
        longest_months=6,
        minimum_age=18,
        representative_kind="burger_en_organisatie",
        code_at_login=True,
    )
    other = building.service(request_days=10, representative_kind="burger", counter_allowed=True)
    found = queries.service(
        building.service_set(one, other, representative_kind="burger_en_organisatie", counter_allowed=True)
    )
    assert found
    assert (found.minimum_level, found.longest_months, found.minimum_age, found.request_days) == (
        25,
        6,
        18,
        10,
    )
    assert found.representative_kind is RepresentativeKind.PERSON
    assert not found.counter_allowed
    assert not found.code_at_login
    assert len(found.provider_ids) == len(found.provider_names) == 2


def test_a_set_names_only_organisations_of_services_that_it_holds(building: Building) -> None:
    providers = [building.provider(name=name) for name in ("Gemeente", "Waterschap", "Rijk")]
    links = [building.connection(provider) for provider in providers]
    town, water, _ = (
        building.service(provider, link) for provider, link in zip(providers, links, strict=True)
    )
    set_id = building.service_set(town, water, providers=providers)  # whatever it says of itself
    assert entry_of(set_id).provider_names == ("Gemeente", "Waterschap")
    for leaves, stay in ((water, ("Gemeente",)), (town, ())):
        building.change(
            ChangeKind.CHANGE_RELATION, kind="service_set", source=set_id, target=leaves, active=False
        )
        assert entry_of(set_id).provider_names == stay
        assert len(entry_of(set_id).provider_ids) == len(stay)
    assert not any(queries.is_own_service(set_id, link) for link in links)  # DM-43


def entry_of(service_id: UUID) -> queries.ServiceEntry:
    """A service or set that is there."""
    entry = queries.service(service_id)
    assert entry
    return entry


def test_a_set_of_services_that_nobody_can_have_in_common_is_not_mandatable(building: Building) -> None:
    persons = building.service(representative_kind="burger")
    organisations = building.service(representative_kind="organisatie")
    set_id = building.service_set(persons, organisations, representative_kind="burger_en_organisatie")
    assert queries.status(set_id) is LookUpStatus.SERVICE_NOT_MANDATABLE


def test_a_set_without_a_service_that_can_be_used_is_inactive(building: Building) -> None:
    one, other = building.service(), building.service()
    set_id = building.service_set(one, other)
    assert queries.status(set_id) is LookUpStatus.STATUS_OK
    building.change(ChangeKind.SWITCH_SERVICE, id=one, active=False)
    assert queries.status(set_id) is LookUpStatus.STATUS_OK
    found = queries.service(set_id)
    assert found
    assert [member.id for member in queries.members(found)] == [other]
    building.change(ChangeKind.SWITCH_SERVICE, id=other, active=False)
    assert queries.status(set_id) is LookUpStatus.SERVICE_INACTIVE
    assert queries.status(building.service_set()) is LookUpStatus.SERVICE_INACTIVE


def test_members_stand_in_order_of_position(building: Building) -> None:
    last, first = building.service(position=9), building.service(position=1)
    found = queries.service(building.service_set(last, first))
    assert found
    assert found.members == (first, last)
    single = queries.service(first)
    assert single
    assert queries.members(single) == []


def test_a_set_covers_a_service_while_their_relation_is_in_force(
    building: Building, clock_at: ClockAt
) -> None:
    clock_at(NOON)
    member, leaving, stranger = building.service(), building.service(), building.service()
    set_id = building.service_set(member)
    building.relation(set_id, leaving, active_until=NOON + timedelta(hours=1))
    assert queries.covers(set_id, member)
    assert queries.covers(set_id, leaving)
    assert queries.covers(member, member)
    assert not queries.covers(set_id, stranger)
    assert not queries.covers(member, set_id)
    assert queries.sets_with(leaving) == [set_id]
    clock_at(NOON + timedelta(hours=1))
    assert not queries.covers(set_id, leaving)
    assert queries.sets_with(leaving) == []


def test_switching_a_member_off_leaves_the_relation(building: Building) -> None:
    member, other = building.service(), building.service()
    set_id = building.service_set(member, other)
    building.change(ChangeKind.SWITCH_SERVICE, id=member, active=False)
    assert queries.covers(set_id, member), "whether the service can be used is asked apart"
