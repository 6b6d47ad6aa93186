"""Asking for a mandate (DM-10), replacing a lost code, withdrawing, and mandating directly (DM-12, DM-25, DM-51)."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.messages import kinds_to, with_email
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from tests.population_register import PopulationRegisterControl
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.catalogue.kinds import ChangeKind
from volmacht.mandates.models import Mandate
from volmacht.mandates.operations import (
    ActivationDone,
    CodeMade,
    MandateMade,
    RequestMade,
    end_mandate,
    replace_code,
    request_mandate,
    withdraw_request,
)
from volmacht.mandates.queries import (
    has_room,
    known_representatives,
    list_requests,
    mandate_for,
    request_for,
)
from volmacht.notifications.kinds import MessageKind
from volmacht.rules.activating import RequestState
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.routes import Route

OPEN_OR_LOCKED = (RequestState.OPEN, RequestState.LOCKED)
FIRST, LAST = date(2026, 11, 23), date(2027, 11, 22)


def order(
    person: Someone,
    name: str = scene.MUNICIPAL_TAXES,
    *,
    first_day: date = FIRST,
    last_day: date = LAST,
    level: LevelOfAssurance = scene.LEVEL,
    service_id: UUID | None = None,
) -> RequestMade | Refused:
    """One order of a mandate."""
    return request_mandate(
        represented=person.id,
        level=level,
        service_id=service_id or scene.service(name).id,
        first_day=first_day,
        last_day=last_day,
        once=uuid4(),
        environment=Environment.PRODUCTION,
    )


def test_a_request_waits_as_long_as_its_service_says(clock_at: Clock, mother: Someone) -> None:
    with_email(mother)
    made = scene.request(mother, scene.VEHICLE)  # 14 days
    entry = request_for(made.id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert (entry.state, entry.last_usable_day) == (RequestState.OPEN, date(2026, 12, 7))
    assert kinds_to(mother) == [MessageKind.REQUEST_RECEIVED]
    clock_at(NOON + timedelta(days=14, hours=11, minutes=59))
    entry = request_for(made.id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert entry.state is RequestState.OPEN
    clock_at(NOON + timedelta(days=14, hours=12))
    later = request_for(made.id, mother.id, environment=Environment.PRODUCTION)
    assert later
    assert later.state is RequestState.EXPIRED


def test_the_same_order_twice_is_one_request_and_shows_its_code_once(mother: Someone) -> None:
    entry = scene.service(scene.MUNICIPAL_TAXES)
    once = uuid4()
    first, second = (
        request_mandate(
            represented=mother.id,
            level=scene.LEVEL,
            service_id=entry.id,
            first_day=FIRST,
            last_day=LAST,
            once=once,
            environment=Environment.PRODUCTION,
        )
        for _ in range(2)
    )
    assert isinstance(first, RequestMade)
    assert second == RequestMade(first.request_id, None)
    assert first.code
    assert len(list_requests(mother.id, environment=Environment.PRODUCTION)) == 1


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (lambda person: order(person, service_id=uuid4()), Refusal.SERVICE_UNKNOWN),
        (lambda person: order(person, "Hondenbelasting"), Refusal.SERVICE_INACTIVE),
        (lambda person: order(person, "Rijbewijs vernieuwen"), Refusal.SERVICE_NOT_MANDATABLE),
        (lambda person: order(person, scene.HIGH_LEVEL), Refusal.LEVEL_TOO_LOW),
        (lambda person: order(person, first_day=date(2026, 11, 22)), Refusal.START_IN_PAST),
        (lambda person: order(person, first_day=date(2027, 11, 24)), Refusal.START_TOO_FAR),
        (lambda person: order(person, first_day=LAST, last_day=FIRST), Refusal.END_BEFORE_START),
        (lambda person: order(person, last_day=date(2029, 11, 23)), Refusal.PERIOD_TOO_LONG),
    ],
)
def test_what_cannot_be_asked_for_is_refused_and_leaves_nothing(
    mother: Someone, asked: Callable[[Someone], object], refusal: Refusal
) -> None:
    assert asked(mother) == Refused(refusal)
    assert list_requests(mother.id, environment=Environment.PRODUCTION) == []


def test_the_register_is_asked_live_who_gives_the_mandate(
    mother: Someone, population_register: PopulationRegisterControl
) -> None:
    population_register.fail()
    assert order(mother) == Refused(Refusal.REGISTER_UNAVAILABLE)
    population_register.reset()
    population_register.place_under_guardianship(mother.bsn.value)
    assert order(mother) == Refused(Refusal.UNDER_GUARDIANSHIP)
    population_register.die(mother.bsn.value, date(2026, 11, 22))
    assert order(mother) == Refused(Refusal.REPRESENTED_DECEASED)


def test_who_is_too_young_for_a_service_cannot_ask(
    at_noon: None, population_register: PopulationRegisterControl
) -> None:
    young = scene.someone(population_register.with_case("turns_16_on_24_november_2026").bsn)
    grown = scene.someone(population_register.with_case("turns_16_on_23_november_2026").bsn)
    assert order(young) == Refused(Refusal.REPRESENTED_TOO_YOUNG)
    assert isinstance(order(grown), RequestMade)
    assert order(grown, scene.PENSION) == Refused(Refusal.REPRESENTED_TOO_YOUNG)


def test_twenty_requests_may_be_open_at_once(clock_at: Clock, mother: Someone) -> None:
    made = [scene.request(mother) for _ in range(20)]
    assert order(mother) == Refused(Refusal.TOO_MANY_OPEN_REQUESTS)
    withdraw_request(request_id=made[0].id, represented=mother.id, environment=Environment.PRODUCTION)
    assert isinstance(order(mother), RequestMade)
    clock_at(NOON + timedelta(days=91))
    assert isinstance(order(mother, first_day=date(2027, 3, 1), last_day=date(2027, 3, 2)), RequestMade)


def _lock(made: scene.OpenRequest, helper: Someone, wrong: Someone) -> None:
    for _ in range(5):
        assert scene.try_code(helper, wrong.bsn, made.code) == Refused(Refusal.CODE_NOT_RECOGNISED)


def test_a_locked_request_opens_again_only_where_there_is_room(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    made = [scene.request(mother) for _ in range(20)]
    _lock(made[0], daughter, neighbour)
    scene.request(mother)
    assert not has_room(mother.id, environment=Environment.PRODUCTION)
    again = replace_code(request_id=made[0].id, represented=mother.id, environment=Environment.PRODUCTION)
    assert again == Refused(Refusal.TOO_MANY_OPEN_REQUESTS)
    found = request_for(made[0].id, mother.id, environment=Environment.PRODUCTION)
    assert found
    assert found.state is RequestState.LOCKED
    # an open one is counted already: its code can always be replaced
    assert isinstance(
        replace_code(request_id=made[1].id, represented=mother.id, environment=Environment.PRODUCTION),
        CodeMade,
    )
    withdraw_request(request_id=made[1].id, represented=mother.id, environment=Environment.PRODUCTION)
    assert has_room(mother.id, environment=Environment.PRODUCTION)
    assert isinstance(
        replace_code(request_id=made[0].id, represented=mother.id, environment=Environment.PRODUCTION),
        CodeMade,
    )
    assert len(list_requests(mother.id, only=(RequestState.OPEN,), environment=Environment.PRODUCTION)) == 20


def test_a_new_code_takes_the_place_of_the_old_one(mother: Someone, daughter: Someone) -> None:
    with_email(mother)
    made = scene.request(mother)
    again = replace_code(request_id=made.id, represented=mother.id, environment=Environment.PRODUCTION)
    assert isinstance(again, CodeMade)
    assert again.code != made.code
    assert scene.activate(daughter, mother, made.code) == Refused(Refusal.CODE_REPLACED)
    assert isinstance(scene.activate(daughter, mother, again.code), ActivationDone)
    assert MessageKind.CODE_REPLACED in kinds_to(mother)


def test_only_who_made_a_request_can_do_something_with_it(mother: Someone, daughter: Someone) -> None:
    made = scene.request(mother)
    for request_id in (made.id, uuid4()):
        assert replace_code(
            request_id=request_id, represented=daughter.id, environment=Environment.PRODUCTION
        ) == Refused(Refusal.NOT_YOURS)
        assert withdraw_request(
            request_id=request_id, represented=daughter.id, environment=Environment.PRODUCTION
        ) == Refused(Refusal.NOT_YOURS)
        assert request_for(request_id, daughter.id, environment=Environment.PRODUCTION) is None


def test_a_request_that_is_over_stays_over(clock_at: Clock, mother: Someone, daughter: Someone) -> None:
    used, withdrawn, expired = (scene.request(mother, name) for name in (scene.MUNICIPAL_TAXES,) * 3)
    scene.activate(daughter, mother, used.code)
    assert (
        withdraw_request(
            request_id=withdrawn.id, represented=mother.id, disputed=True, environment=Environment.PRODUCTION
        )
        is None
    )
    clock_at(NOON + timedelta(days=91))
    for made, refusal in (
        (used, Refusal.CODE_USED),
        (withdrawn, Refusal.CODE_WITHDRAWN),
        (expired, Refusal.CODE_EXPIRED),
    ):
        assert replace_code(
            request_id=made.id, represented=mother.id, environment=Environment.PRODUCTION
        ) == Refused(refusal)
        assert withdraw_request(
            request_id=made.id, represented=mother.id, environment=Environment.PRODUCTION
        ) == Refused(refusal)


@pytest.mark.parametrize(
    ("disputed", "kind"), [(False, EventKind.REQUEST_WITHDRAWN), (True, EventKind.REQUEST_DISPUTED)]
)
def test_withdrawing_says_in_the_chain_whether_it_was_not_right(
    mother: Someone, disputed: bool, kind: EventKind
) -> None:
    made = scene.request(mother)
    withdraw_request(
        request_id=made.id, represented=mother.id, disputed=disputed, environment=Environment.PRODUCTION
    )
    assert history_of(made.id)[-1].kind is kind
    assert list_requests(mother.id, only=OPEN_OR_LOCKED, environment=Environment.PRODUCTION) == []
    assert [entry.state for entry in list_requests(mother.id, environment=Environment.PRODUCTION)] == [
        RequestState.WITHDRAWN
    ]


def test_open_requests_are_found_among_many_closed_ones(mother: Someone) -> None:
    open_one = scene.request(mother, scene.PENSION)
    for _ in range(3):
        withdraw_request(
            request_id=scene.request(mother).id, represented=mother.id, environment=Environment.PRODUCTION
        )
    assert [
        entry.id
        for entry in list_requests(
            mother.id, limit=1, only=OPEN_OR_LOCKED, environment=Environment.PRODUCTION
        )
    ] == [open_one.id]


def test_who_was_mandated_before_can_be_mandated_at_once(mother: Someone, daughter: Someone) -> None:
    with_email(mother, daughter)
    scene.mandate(mother, daughter)
    made = scene.grant_directly(mother, daughter)
    assert isinstance(made, MandateMade)
    entry = mandate_for(made.mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert (entry.route, entry.request_id) == (Route.DIRECT, None)
    assert scene.allowed(scene.asked(mother, daughter, scene.INCOME_TAX)) == made.mandate_id
    assert MessageKind.DIRECT_GRANT in kinds_to(mother)
    assert MessageKind.DIRECT_GRANT in kinds_to(daughter)


def test_what_only_organisations_can_use_is_not_requested_while_they_cannot_log_in(
    mother: Someone, settings: Settings
) -> None:
    """DM-02: the page says so beforehand; whoever comes past the page is refused just the same."""
    settings.REPRESENTATIVES_THAT_LOG_IN = frozenset({PartyKind.PERSON})
    assert order(mother, scene.ONLY_ORGANISATIONS) == Refused(Refusal.REPRESENTATIVE_CANNOT_LOG_IN)
    assert list_requests(mother.id, environment=Environment.PRODUCTION) == []
    settings.REPRESENTATIVES_THAT_LOG_IN = frozenset(PartyKind)
    assert isinstance(order(mother, scene.ONLY_ORGANISATIONS), RequestMade)


def test_what_only_organisations_can_use_is_not_given_directly_to_a_person(
    mother: Someone, daughter: Someone, settings: Settings
) -> None:
    """DM-02, DM-12: whether organisations can log in or not."""
    scene.mandate(mother, daughter)
    for kinds in ({PartyKind.PERSON}, set(PartyKind)):
        settings.REPRESENTATIVES_THAT_LOG_IN = frozenset(kinds)
        refused = scene.grant_directly(mother, daughter, scene.ONLY_ORGANISATIONS)
        assert refused == Refused(Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED)
    assert Mandate.objects.filter(represented_id=mother.id).count() == 1


def test_also_who_was_mandated_long_ago_is_known(mother: Someone, daughter: Someone) -> None:
    end_mandate(mandate_id=scene.mandate(mother, daughter), by=mother.id, environment=Environment.PRODUCTION)
    assert [known.id for known in known_representatives(mother.id, environment=Environment.PRODUCTION)] == [
        daughter.id
    ]
    assert isinstance(scene.grant_directly(mother, daughter), MandateMade)


def test_a_stranger_cannot_be_mandated_without_a_code(mother: Someone, neighbour: Someone) -> None:
    assert scene.grant_directly(mother, neighbour) == Refused(Refusal.NOT_KNOWN_REPRESENTATIVE)
    assert scene.grant_directly(mother, mother) == Refused(Refusal.SAME_PERSON)
    scene.mandate(neighbour, mother)  # the other way round does not count
    assert scene.grant_directly(mother, neighbour) == Refused(Refusal.NOT_KNOWN_REPRESENTATIVE)


def test_granting_directly_twice_with_one_order_is_one_mandate(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    once = uuid4()
    first, second = (scene.grant_directly(mother, daughter, once=once) for _ in range(2))
    assert first == second


def test_granting_directly_asks_about_both_people_and_the_service(
    mother: Someone, daughter: Someone, population_register: PopulationRegisterControl
) -> None:
    scene.mandate(mother, daughter)
    assert scene.grant_directly(mother, daughter, scene.ONLY_ORGANISATIONS) == Refused(
        Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED
    )
    scene.change_catalogue(ChangeKind.SWITCH_SERVICE, id=scene.service(scene.PENSION).id, active=False)
    assert scene.grant_directly(mother, daughter, scene.PENSION) == Refused(Refusal.SERVICE_INACTIVE)
    assert scene.grant_directly(
        mother, daughter, scene.MUNICIPAL_TAXES, first_day=date(2027, 1, 1)
    ) == Refused(Refusal.MANDATE_EXISTS, date(2029, 11, 22))
    population_register.die(daughter.bsn.value)
    assert scene.grant_directly(mother, daughter) == Refused(Refusal.REPRESENTATIVE_DECEASED)
    population_register.fail()
    assert scene.grant_directly(mother, daughter) == Refused(Refusal.REGISTER_UNAVAILABLE)


def test_the_dead_and_the_nameless_are_not_offered(
    mother: Someone, daughter: Someone, neighbour: Someone, population_register: PopulationRegisterControl
) -> None:
    from volmacht.parties.operations import erase_person

    for person in (daughter, neighbour):
        scene.mandate(mother, person)
    population_register.die(daughter.bsn.value)
    scene.grant_directly(mother, daughter)
    erase_person(neighbour.id)
    assert known_representatives(mother.id, environment=Environment.PRODUCTION) == []
