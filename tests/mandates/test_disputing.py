"""*This is not right* about what is over already (DM-39a): recorded once, changes nothing, only by whom it is about."""

from uuid import UUID

from tests.mandates import scene
from tests.mandates.messages import kinds_to, with_email
from tests.mandates.scene import Someone
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.mandates.models import Mandate
from volmacht.mandates.operations import (
    answer_provider,
    dispute_mandate,
    dispute_refused_use,
    end_mandate,
)
from volmacht.mandates.queries import list_uses, mandate_for
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal, Refused


def kinds(about: UUID) -> list[EventKind]:
    """What happened to it."""
    return [happening.kind for happening in history_of(about)]


def test_a_mandate_that_goes_on_ends(mother: Someone, daughter: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    for _ in range(2):
        assert (
            dispute_mandate(mandate_id=mandate_id, by=mother.id, environment=Environment.PRODUCTION) is None
        )
    entry = mandate_for(mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert entry.end_reason is EndReason.DISPUTED
    assert kinds(mandate_id).count(EventKind.MANDATE_ENDED) == 1
    assert EventKind.MANDATE_DISPUTED not in kinds(mandate_id)


def test_of_a_mandate_that_had_ended_it_is_noted_once_and_the_mandate_stays_as_it_was(
    mother: Someone, daughter: Someone
) -> None:
    with_email(mother, daughter)
    mandate_id = scene.mandate(mother, daughter)
    end_mandate(mandate_id=mandate_id, by=daughter.id, environment=Environment.PRODUCTION)
    before, told = Mandate.objects.filter(id=mandate_id).values().get(), kinds_to(daughter)
    for _ in range(2):
        assert (
            dispute_mandate(mandate_id=mandate_id, by=mother.id, environment=Environment.PRODUCTION) is None
        )
    assert kinds(mandate_id).count(EventKind.MANDATE_DISPUTED) == 1
    assert Mandate.objects.filter(id=mandate_id).values().get() == before
    assert kinds_to(daughter) == told


def test_only_who_gave_a_mandate_can_say_so(mother: Someone, daughter: Someone, neighbour: Someone) -> None:
    mandate_id = scene.mandate(mother, daughter)
    for ended in (False, True):
        if ended:
            end_mandate(mandate_id=mandate_id, by=mother.id, environment=Environment.PRODUCTION)
        for other in (daughter, neighbour):
            assert dispute_mandate(
                mandate_id=mandate_id, by=other.id, environment=Environment.PRODUCTION
            ) == Refused(Refusal.NOT_YOURS)
    assert EventKind.MANDATE_DISPUTED not in kinds(mandate_id)
    entry = mandate_for(mandate_id, mother.id, environment=Environment.PRODUCTION)
    assert entry
    assert entry.end_reason is EndReason.REVOKED


def test_of_a_refused_attempt_it_is_noted_once_and_only_by_whom_it_was_about(
    mother: Someone, neighbour: Someone
) -> None:
    answer_provider(scene.asked(mother, neighbour))
    (use,) = list_uses(mother.id, environment=Environment.PRODUCTION).entries
    assert dispute_refused_use(use_id=use.id, by=neighbour.id, environment=Environment.PRODUCTION) == Refused(
        Refusal.NOT_YOURS
    )
    for _ in range(2):
        assert dispute_refused_use(use_id=use.id, by=mother.id, environment=Environment.PRODUCTION) is None
    assert kinds(use.id) == [EventKind.USE_DISPUTED]


def test_of_a_use_that_was_allowed_the_mandate_is_not_right(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    answer_provider(scene.asked(mother, daughter))
    (use,) = list_uses(mother.id, environment=Environment.PRODUCTION).entries
    assert dispute_refused_use(use_id=use.id, by=mother.id, environment=Environment.PRODUCTION) == Refused(
        Refusal.NOT_YOURS
    )
    assert kinds(use.id) == []
