"""What the worker does: say once that a mandate ended, and keep nothing longer than its term (DM-44, DM-51)."""

from datetime import date, timedelta

from django.conf import settings

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.messages import kinds_to, with_email
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.audit.verification import verify
from volmacht.mandates.models import Block, Mandate, Request, Try, Use
from volmacht.mandates.operations import (
    announce_ended,
    answer_provider,
    apply_retention,
    end_mandate,
    renew_mandate,
    withdraw_request,
)
from volmacht.notifications.kinds import MessageKind
from volmacht.rules.environment import Environment


def test_both_hear_once_that_a_mandate_is_over(clock_at: Clock, mother: Someone, daughter: Someone) -> None:
    with_email(mother, daughter)
    mandate_id = scene.mandate(mother, daughter, last_day=date(2026, 11, 30))
    clock_at(NOON + timedelta(days=7))  # the last day itself
    assert announce_ended() == 0
    clock_at(NOON + timedelta(days=8))
    assert [announce_ended(), announce_ended()] == [1, 0]
    for person in (mother, daughter):
        assert kinds_to(person).count(MessageKind.MANDATE_ENDED) == 1
    ends = [event for event in history_of(mandate_id) if event.kind is EventKind.MANDATE_ENDED]
    assert [event.data for event in ends] == [{"reason": "expired"}]


def test_what_was_ended_or_replaced_before_is_not_said_again(
    clock_at: Clock, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    with_email(mother)
    end_mandate(
        mandate_id=scene.mandate(mother, neighbour, last_day=date(2026, 11, 30)),
        by=mother.id,
        environment=Environment.PRODUCTION,
    )
    scene.mandate(mother, daughter, last_day=date(2026, 11, 30))
    scene.mandate(mother, daughter, last_day=date(2027, 11, 30))
    clock_at(NOON + timedelta(days=8))
    assert announce_ended() == 0
    assert MessageKind.MANDATE_ENDED not in kinds_to(mother)


def test_a_renewed_mandate_is_announced_at_its_new_end(
    clock_at: Clock, mother: Someone, daughter: Someone
) -> None:
    mandate_id = scene.mandate(mother, daughter, last_day=date(2026, 11, 30))
    until = date(2026, 12, 31)
    renew_mandate(
        mandate_id=mandate_id,
        represented=mother.id,
        level=scene.LEVEL,
        last_day=until,
        environment=Environment.PRODUCTION,
    )
    clock_at(NOON + timedelta(days=8))
    assert announce_ended() == 0
    clock_at(NOON + timedelta(days=39))
    assert announce_ended() == 1


def test_after_an_end_the_place_is_free_whether_it_was_announced_or_not(
    clock_at: Clock, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter, last_day=date(2026, 11, 30))
    clock_at(NOON + timedelta(days=8))
    scene.mandate(mother, daughter, last_day=date(2026, 12, 31))
    assert announce_ended() == 1  # the first one is still announced
    clock_at(NOON + timedelta(days=40))
    announce_ended()
    scene.mandate(mother, daughter)
    assert Mandate.objects.filter(holds_place=True).count() == 1


def test_many_ends_are_announced_in_one_go(clock_at: Clock, daughter: Someone) -> None:
    helped = scene.crowd(30)
    scene.bulk([person.id for person in helped], [daughter.id] * 30)
    Mandate.objects.update(last_day=date(2026, 11, 30))
    clock_at(NOON + timedelta(days=8))
    assert announce_ended() == 30
    assert verify() == []


def test_each_kind_of_record_goes_after_its_own_term(
    clock_at: Clock, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    terms = {kind: timedelta(days=days) for kind, days in settings.RETENTION.items()}
    scene.mandate(mother, daughter, last_day=date(2026, 11, 30))
    answer_provider(scene.asked(mother, daughter))
    scene.request(mother, scene.PENSION)
    for _ in range(10):
        scene.try_code(neighbour, mother.bsn, scene.wrong_code())
    assert apply_retention() == 0

    clock_at(NOON + terms["tries"] + timedelta(days=1, seconds=1))
    assert apply_retention() == 11
    assert (Try.objects.count(), Block.objects.count()) == (0, 0)

    expired = NOON + timedelta(days=120, hours=12)  # at the end of the day
    clock_at(expired + terms["requests"])
    announce_ended()
    apply_retention()
    assert Request.objects.filter(mandate__isnull=True).count() == 1
    clock_at(expired + timedelta(seconds=1) + terms["requests"])
    apply_retention()
    assert Request.objects.filter(mandate__isnull=True).count() == 0
    assert Mandate.objects.count() == Use.objects.count() == 1

    clock_at(NOON + timedelta(days=9) + terms["mandates"])
    apply_retention()
    assert (Mandate.objects.count(), Use.objects.count()) == (0, 0)
    clock_at(NOON + timedelta(days=10) + terms["mandates"])
    apply_retention()
    assert Request.objects.count() == 0
    assert verify() == []


def test_the_term_of_what_was_ended_early_runs_from_its_end(
    clock_at: Clock, mother: Someone, daughter: Someone
) -> None:
    end_mandate(
        mandate_id=scene.mandate(mother, daughter), by=mother.id, environment=Environment.PRODUCTION
    )  # would have lasted three years
    withdraw_request(
        request_id=scene.request(mother, scene.PENSION).id,
        represented=mother.id,
        environment=Environment.PRODUCTION,
    )
    clock_at(NOON + timedelta(days=settings.RETENTION["requests"]))
    apply_retention()
    assert Request.objects.count() == 2
    clock_at(NOON + timedelta(days=settings.RETENTION["requests"], seconds=1))
    apply_retention()
    assert Request.objects.filter(mandate__isnull=True).count() == 0
    clock_at(NOON + timedelta(days=settings.RETENTION["mandates"], seconds=1))
    apply_retention()
    assert Mandate.objects.count() == 0


def test_a_living_mandate_is_never_removed(clock_at: Clock, mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    Mandate.objects.update(last_day=date(2040, 1, 1))
    clock_at(NOON + timedelta(days=365 * 10))
    apply_retention()
    assert scene.allowed(scene.asked(mother, daughter)) == mandate_id
