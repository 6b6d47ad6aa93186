"""People at the same moment, with real commits: exactly one wins, nothing happens twice (DM-16a, DM-33, DM-36)."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from typing import TypeVar
from uuid import uuid4

import pytest
from django.db import connections, transaction

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.messages import kinds_to, with_email
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from volmacht import clock
from volmacht.audit.verification import verify
from volmacht.mandates.models import Block, Mandate, Try
from volmacht.mandates.operations import (
    ActivationDone,
    CodeMade,
    MandateMade,
    RequestMade,
    announce_ended,
    answer_provider,
    end_mandate,
    renew_mandate,
    replace_code,
    request_mandate,
    restrict_mandate,
    withdraw_request,
)
from volmacht.mandates.queries import (
    MandateFilter,
    blocked_until,
    count_requests,
    list_mandates,
    list_requests,
    list_uses,
    mandate_for,
)
from volmacht.notifications.kinds import MessageKind, Side
from volmacht.rules.activating import RequestState
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.representation import Allowed
from volmacht.rules.validity import Phase

Result = TypeVar("Result")
pytestmark = pytest.mark.usefixtures("committed_db")
WRONG = Refused(Refusal.CODE_NOT_RECOGNISED)


def at_once(*orders: Callable[[], Result]) -> list[Result]:
    """Carry out several orders at the same moment, each in a thread with a connection of its own."""
    barrier = threading.Barrier(len(orders))

    def carry_out(order: Callable[[], Result]) -> Result:
        try:
            barrier.wait()
            return order()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(orders)) as pool:
        return list(pool.map(carry_out, orders))


def kinds_of(results: Sequence[object]) -> Counter[str]:
    """How many got what: a refusal by name, anything else by type."""
    return Counter(
        result.refusal.name if isinstance(result, Refused) else type(result).__name__ for result in results
    )


def received(person: Someone, phase: Phase = Phase.ACTIVE) -> int:
    """How many mandates of a phase a person has."""
    return list_mandates(
        person.id, MandateFilter(Side.REPRESENTATIVE, phase), environment=Environment.PRODUCTION
    ).total


def test_of_two_people_with_one_code_exactly_one_gets_the_mandate(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    for name in (scene.MUNICIPAL_TAXES, scene.PENSION, scene.INCOME_TAX):
        made = scene.request(mother, name)
        results = at_once(
            partial(scene.activate, daughter, mother, made.code),
            partial(scene.activate, neighbour, mother, made.code),
        )
        assert kinds_of(results) == {"ActivationDone": 1, "CODE_USED": 1}
    assert received(daughter) + received(neighbour) == 3
    assert verify() == []


def test_one_person_clicking_twice_gets_one_mandate(mother: Someone, daughter: Someone) -> None:
    made = scene.request(mother)
    first, second = at_once(*[lambda: scene.activate(daughter, mother, made.code)] * 2)
    assert isinstance(first, ActivationDone)
    assert first == second
    assert received(daughter) == 1


def test_two_codes_for_the_same_service_leave_one_mandate_in_place(
    mother: Someone, daughter: Someone
) -> None:
    codes = [scene.request(mother).code for _ in range(2)]
    results = at_once(*[partial(scene.activate, daughter, mother, code) for code in codes])
    assert kinds_of(results) == {"ActivationDone": 2}
    assert (received(daughter), received(daughter, Phase.ENDED)) == (1, 1)


def test_ten_wrong_tries_at_once_are_not_each_the_first(mother: Someone, daughter: Someone) -> None:
    codes = [scene.wrong_code() for _ in range(12)]
    results = at_once(*[partial(scene.try_code, daughter, mother.bsn, code) for code in codes])
    assert kinds_of(results) == {"CODE_NOT_RECOGNISED": 10, "ACTIVATION_BLOCKED": 2}
    assert blocked_until(daughter.id, environment=Environment.PRODUCTION) == NOON + timedelta(hours=24)


def test_a_code_is_locked_once_however_many_try_at_once(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    with_email(mother)
    made = scene.request(mother)
    helpers = [daughter, *scene.crowd(7)]
    results = at_once(*[partial(scene.try_code, who, neighbour.bsn, made.code) for who in helpers])
    assert kinds_of(results) == {"CODE_NOT_RECOGNISED": 8}
    assert scene.try_code(daughter, mother.bsn, made.code) == Refused(Refusal.CODE_LOCKED)
    assert kinds_to(mother).count(MessageKind.CODE_LOCKED) == 1


def test_people_who_guess_at_each_others_codes_are_blocked_without_waiting_for_each_other(
    neighbour: Someone,
) -> None:
    people = scene.crowd(8)
    made = [scene.request(person, scene.INCOME_TAX) for person in people]
    other = [place ^ 1 for place in range(len(people))]  # two by two
    for _ in range(3):
        Block.objects.all().delete()
        Try.objects.all().delete()
        Try.objects.bulk_create(
            Try(representative_id=person.id, moment=clock.now()) for person in people for _ in range(9)
        )
        tries = [
            partial(scene.try_code, person, neighbour.bsn, made[other[place]].code)
            for place, person in enumerate(people)
        ]
        assert kinds_of(at_once(*tries)) == {"CODE_NOT_RECOGNISED": len(people)}
        assert Block.objects.count() == len(people)
    assert verify() == []


def test_the_same_order_twice_at_once_makes_one_request(mother: Someone) -> None:
    once, service_id = uuid4(), scene.service(scene.MUNICIPAL_TAXES).id

    def order() -> RequestMade | Refused:
        return request_mandate(
            represented=mother.id,
            level=scene.LEVEL,
            service_id=service_id,
            first_day=date(2026, 11, 23),
            last_day=date(2027, 11, 22),
            once=once,
            environment=Environment.PRODUCTION,
        )

    results = [result for result in at_once(order, order, order) if isinstance(result, RequestMade)]
    assert len(results) == 3
    assert len({result.request_id for result in results}) == 1
    assert [bool(result.code) for result in results].count(True) == 1
    assert len(list_requests(mother.id, environment=Environment.PRODUCTION)) == 1


def test_the_same_direct_order_twice_at_once_makes_one_mandate(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    once = uuid4()
    results = at_once(*[lambda: scene.grant_directly(mother, daughter, once=once)] * 3)
    assert kinds_of(results) == {"MandateMade": 3}
    assert len({result.mandate_id for result in results if isinstance(result, MandateMade)}) == 1
    assert received(daughter) == 2


def test_withdrawing_and_activating_at_once_do_not_both_happen(mother: Someone, daughter: Someone) -> None:
    made = scene.request(mother)
    activated, withdrawn = at_once(
        lambda: scene.activate(daughter, mother, made.code),
        lambda: withdraw_request(
            request_id=made.id, represented=mother.id, environment=Environment.PRODUCTION
        ),
    )
    assert (activated, withdrawn) in [
        (Refused(Refusal.CODE_WITHDRAWN), None),
        (activated, Refused(Refusal.CODE_USED)),
    ]
    assert received(daughter) == int(isinstance(activated, ActivationDone))


def test_a_code_that_is_replaced_while_it_is_tried_opens_nothing(mother: Someone, daughter: Someone) -> None:
    for name in (scene.MUNICIPAL_TAXES, scene.PENSION, scene.INCOME_TAX):
        made = scene.request(mother, name)
        activated, replaced = at_once(
            partial(scene.activate, daughter, mother, made.code),
            partial(
                replace_code, request_id=made.id, represented=mother.id, environment=Environment.PRODUCTION
            ),
        )
        if isinstance(activated, ActivationDone):
            assert replaced == Refused(Refusal.CODE_USED)
        else:
            assert activated == Refused(Refusal.CODE_REPLACED)
            assert isinstance(replaced, CodeMade)
            assert isinstance(scene.activate(daughter, mother, replaced.code), ActivationDone)


def test_new_codes_for_two_locked_requests_at_once_do_not_both_take_the_last_place(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    locked = [scene.request(mother) for _ in range(2)]
    for made, helper in zip(locked, (daughter, neighbour), strict=True):
        for _ in range(5):
            scene.try_code(helper, scene.main_character("grandfather").bsn, made.code)
    for _ in range(19):
        scene.request(mother)
    results = at_once(
        *[
            partial(
                replace_code, request_id=one.id, represented=mother.id, environment=Environment.PRODUCTION
            )
            for one in locked
        ]
    )
    assert kinds_of(results) == {"CodeMade": 1, "TOO_MANY_OPEN_REQUESTS": 1}
    assert count_requests(mother.id, (RequestState.OPEN,), environment=Environment.PRODUCTION) == 20


def test_a_new_code_for_a_locked_request_and_a_new_request_do_not_both_take_the_last_place(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    locked, service = scene.request(mother), scene.service(scene.PENSION)
    for _ in range(5):
        scene.try_code(daughter, neighbour.bsn, locked.code)
    for _ in range(19):
        scene.request(mother)
    results = at_once(
        partial(
            replace_code, request_id=locked.id, represented=mother.id, environment=Environment.PRODUCTION
        ),
        partial(
            request_mandate,
            represented=mother.id,
            level=scene.LEVEL,
            service_id=service.id,
            first_day=clock.today(),
            last_day=clock.today(),
            once=uuid4(),
            environment=Environment.PRODUCTION,
        ),
    )
    assert kinds_of(results)["TOO_MANY_OPEN_REQUESTS"] == 1
    assert count_requests(mother.id, (RequestState.OPEN,), environment=Environment.PRODUCTION) == 20


def test_both_parties_ending_at_once_end_it_once(mother: Someone, daughter: Someone) -> None:
    with_email(mother)
    mandate_id = scene.mandate(mother, daughter)
    results = at_once(
        lambda: end_mandate(mandate_id=mandate_id, by=mother.id, environment=Environment.PRODUCTION),
        lambda: end_mandate(mandate_id=mandate_id, by=daughter.id, environment=Environment.PRODUCTION),
    )
    assert kinds_of(results) == {"NoneType": 1, "ALREADY_ENDED": 1}
    ends = {MessageKind.MANDATE_REVOKED, MessageKind.MANDATE_GIVEN_UP}
    assert len([kind for kind in kinds_to(mother) if kind in ends]) == 1


def test_revoking_wins_from_renewing_and_restricting(mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2027, 6, 30))
    at_once(
        lambda: end_mandate(mandate_id=mandate_id, by=mother.id, environment=Environment.PRODUCTION),
        lambda: renew_mandate(
            mandate_id=mandate_id,
            represented=mother.id,
            level=scene.LEVEL,
            last_day=date(2028, 1, 1),
            environment=Environment.PRODUCTION,
        ),
        lambda: restrict_mandate(
            mandate_id=mandate_id,
            by=daughter.id,
            last_day=date(2027, 1, 1),
            environment=Environment.PRODUCTION,
        ),
    )
    entry = mandate_for(mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert entry.phase is Phase.ENDED
    assert scene.refused(scene.asked(mother, daughter)) is Refusal.MANDATE_ENDED


def test_once_revoking_is_done_no_answer_allows_and_every_answer_is_recorded(
    mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter)
    question, revoked = scene.asked(mother, daughter), threading.Event()

    def ask() -> list[bool]:
        answers = []
        for _ in range(15):
            after = revoked.is_set()
            allowed = isinstance(answer_provider(question), Allowed)
            assert not (after and allowed), "allowed after the revocation was done"
            answers.append(allowed)
        return answers

    def revoke() -> list[bool]:
        time.sleep(0.05)
        assert end_mandate(mandate_id=mandate_id, by=mother.id, environment=Environment.PRODUCTION) is None
        revoked.set()
        return []

    results = at_once(ask, ask, revoke)
    answers = [allowed for result in results for allowed in result]
    assert len(answers) == 30
    assert list_uses(mother.id, allowed=True, environment=Environment.PRODUCTION).total == answers.count(True)
    assert list_uses(mother.id, allowed=False, environment=Environment.PRODUCTION).total == answers.count(
        False
    )
    assert not isinstance(answer_provider(question), Allowed)
    assert verify() == []


def test_people_who_mandate_each_other_at_once_do_not_wait_for_each_other(
    mother: Someone, daughter: Someone
) -> None:
    for name in (scene.MUNICIPAL_TAXES, scene.PENSION, scene.INCOME_TAX):
        given, taken = scene.request(mother, name), scene.request(daughter, name)
        results = at_once(
            partial(scene.activate, daughter, mother, given.code),
            partial(scene.activate, mother, daughter, taken.code),
        )
        assert kinds_of(results) == {"ActivationDone": 2}


def test_logging_in_goes_on_while_mandates_are_granted(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    question = scene.asked(mother, daughter)

    def ask() -> int:
        return sum(isinstance(answer_provider(question), Allowed) for _ in range(25))

    def grant() -> int:
        return sum(isinstance(scene.grant_directly(mother, daughter), MandateMade) for _ in range(8))

    assert at_once(ask, ask, grant) == [25, 25, 8]


def test_a_mandate_that_is_renewed_at_midnight_is_not_announced_as_ended(
    clock_at: Clock, mother: Someone, daughter: Someone
) -> None:
    with_email(mother)
    mandate_id = scene.mandate(mother, daughter, last_day=date(2026, 11, 30))
    clock_at(NOON + timedelta(days=7, hours=11, minutes=59))
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            renewed = renew_mandate(
                mandate_id=mandate_id,
                represented=mother.id,
                level=scene.LEVEL,
                last_day=date(2027, 6, 30),
                environment=Environment.PRODUCTION,
            )
            assert renewed is None
            clock_at(NOON + timedelta(days=7, hours=12))
            announced = pool.submit(at_once, announce_ended)  # lists it as it was, and waits for its row
            time.sleep(0.3)
        assert announced.result() == [0]
    assert MessageKind.MANDATE_ENDED not in kinds_to(mother)
    assert scene.allowed(scene.asked(mother, daughter)) == mandate_id
    assert Mandate.objects.filter(holds_place=True, ended_at=None).count() == 1


def test_two_workers_announce_an_end_once(clock_at: Clock, mother: Someone, daughter: Someone) -> None:
    with_email(mother)
    for name in (scene.MUNICIPAL_TAXES, scene.PENSION, scene.INCOME_TAX):
        scene.mandate(mother, daughter, name, last_day=date(2026, 11, 30))
    clock_at(NOON + timedelta(days=8))
    assert clock.today() == date(2026, 12, 1)
    assert sum(at_once(announce_ended, announce_ended)) == 3
    assert kinds_to(mother).count(MessageKind.MANDATE_ENDED) == 3
