"""The representative asks to renew, for many at once; only the represented person renews or says no (DM-34, DM-53)."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.messages import kinds_to, with_email
from tests.mandates.scene import Someone
from tests.mandates.test_trying import Clock
from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.audit.verification import verify
from volmacht.catalogue.kinds import ChangeKind
from volmacht.mandates.models import Mandate, RenewalProposal
from volmacht.mandates.operations import (
    apply_retention,
    close_unanswered,
    decline_renewal,
    end_mandate,
    propose_renewal,
    renew_mandate,
    restrict_mandate,
)
from volmacht.mandates.queries import (
    Proposal,
    ending_soon,
    everything_about,
    mandate_for,
    proposal_about,
    proposals_to_answer,
    received,
)
from volmacht.notifications.kinds import MessageKind
from volmacht.parties.models import Party
from volmacht.rules.environment import Environment
from volmacht.rules.living import PROPOSAL_TERM, ProposalOutcome
from volmacht.rules.refusals import Refusal, Refused

SOON = date(2026, 12, 31)
LATER = date(2027, 11, 22)


def propose(mandate_id: UUID, by: Someone) -> Refused | None:
    """Ask about one mandate."""
    (answer,) = propose_renewal(mandate_ids=[mandate_id], by=by.id, environment=Environment.PRODUCTION)
    assert answer.mandate_id == mandate_id
    return answer.refused


def renew(mandate_id: UUID, mother: Someone, last_day: date = LATER) -> None:
    """The mother makes it longer."""
    assert (
        renew_mandate(
            mandate_id=mandate_id,
            represented=mother.id,
            level=scene.LEVEL,
            last_day=last_day,
            environment=Environment.PRODUCTION,
        )
        is None
    )


def counting(mandate_id: UUID, person: Someone) -> Proposal | None:
    """The proposal that counts now, as a party of the mandate sees it."""
    entry = mandate_for(mandate_id, person.id, environment=Environment.PRODUCTION)
    assert entry
    return proposal_about(entry)


def outcomes() -> list[str]:
    """How each proposal ended, the oldest first; an open one is empty."""
    return list(RenewalProposal.objects.order_by("made_at", "id").values_list("outcome", flat=True))


@pytest.fixture
def ending(mother: Someone, daughter: Someone) -> UUID:
    """A mandate of mother and daughter that ends soon."""
    return scene.mandate(mother, daughter, last_day=SOON)


def test_a_proposal_is_recorded_told_once_and_waits_for_an_answer(
    ending: UUID, mother: Someone, daughter: Someone
) -> None:
    with_email(mother, daughter)
    assert [propose(ending, daughter) for _ in range(3)] == [None] * 3
    assert counting(ending, mother) == counting(ending, daughter) == Proposal(NOON, declined=False)
    assert kinds_to(mother).count(MessageKind.RENEWAL_PROPOSED) == 1
    assert MessageKind.RENEWAL_PROPOSED not in kinds_to(daughter)
    events = [event for event in history_of(ending) if event.kind is EventKind.RENEWAL_PROPOSED]
    assert [(event.actor.id, event.data) for event in events] == [(daughter.id, {"last_day": "2026-12-31"})]
    assert verify() == []


def test_a_proposal_changes_nothing_about_the_mandate(
    ending: UUID, mother: Someone, daughter: Someone
) -> None:
    before = mandate_for(ending, mother.id, environment=Environment.PRODUCTION)
    propose(ending, daughter)
    assert mandate_for(ending, mother.id, environment=Environment.PRODUCTION) == before


def test_many_are_asked_at_once_and_each_gets_its_own_answer(
    ending: UUID, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    long = scene.mandate(mother, daughter, scene.PENSION, last_day=date(2027, 11, 1))
    to_come = scene.mandate(
        mother, daughter, scene.INCOME_TAX, first_day=date(2026, 12, 1), last_day=date(2026, 12, 20)
    )
    over = scene.mandate(mother, daughter, scene.BENEFITS, last_day=SOON)
    end_mandate(mandate_id=over, by=mother.id, environment=Environment.PRODUCTION)
    others, unknown = scene.mandate(mother, neighbour, last_day=SOON), uuid4()
    answers = propose_renewal(
        mandate_ids=[ending, long, to_come, over, others, unknown, ending],
        by=daughter.id,
        environment=Environment.PRODUCTION,
    )
    assert {answer.mandate_id: answer.refused for answer in answers} == {
        ending: None,
        long: Refused(Refusal.RENEWAL_TOO_EARLY, date(2027, 8, 3)),
        to_come: Refused(Refusal.NOT_YET_VALID),
        over: Refused(Refusal.ALREADY_ENDED),
        others: Refused(Refusal.NOT_YOURS),
        unknown: Refused(Refusal.NOT_YOURS),
    }
    assert RenewalProposal.objects.count() == 1


def test_the_represented_person_does_not_propose_and_the_representative_does_not_decline(
    ending: UUID, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    assert propose(ending, mother) == Refused(Refusal.NOT_YOURS)
    propose(ending, daughter)
    for somebody in (daughter, neighbour):
        refused = decline_renewal(mandate_id=ending, by=somebody.id, environment=Environment.PRODUCTION)
        assert (
            refused
            == decline_renewal(mandate_id=uuid4(), by=somebody.id, environment=Environment.PRODUCTION)
            == Refused(Refusal.NOT_YOURS)
        )
    assert outcomes() == [""]


def test_what_cannot_be_renewed_is_not_asked(ending: UUID, mother: Someone, daughter: Someone) -> None:
    with_email(mother)
    Party.objects.filter(id=mother.id).update(under_guardianship=True)
    assert propose(ending, daughter) == Refused(Refusal.UNDER_GUARDIANSHIP)
    Party.objects.filter(id=mother.id).update(under_guardianship=False)
    scene.change_catalogue(
        ChangeKind.SWITCH_SERVICE, id=scene.service(scene.MUNICIPAL_TAXES).id, active=False
    )
    assert propose(ending, daughter) == Refused(Refusal.SERVICE_INACTIVE)
    assert MessageKind.RENEWAL_PROPOSED not in kinds_to(mother)


def test_a_no_is_recorded_once_and_counts_until_the_mandate_is_made_longer(
    ending: UUID, mother: Someone, daughter: Someone
) -> None:
    propose(ending, daughter)
    assert [
        decline_renewal(mandate_id=ending, by=mother.id, environment=Environment.PRODUCTION) for _ in range(2)
    ] == [None, None]
    assert [event.kind for event in history_of(ending)].count(EventKind.RENEWAL_DECLINED) == 1
    assert counting(ending, daughter) == Proposal(NOON, declined=True)
    declined = Refused(Refusal.RENEWAL_DECLINED)
    assert propose(ending, daughter) == declined
    restrict_mandate(
        mandate_id=ending, by=daughter.id, last_day=date(2026, 12, 30), environment=Environment.PRODUCTION
    )
    assert propose(ending, daughter) == declined, "making it shorter is no way to ask again"
    renew(ending, mother, date(2027, 1, 15))
    assert counting(ending, daughter) is None
    assert propose(ending, daughter) is None
    assert sorted(outcomes()) == ["", ProposalOutcome.DECLINED]


def test_a_no_without_a_question_does_nothing(ending: UUID, mother: Someone) -> None:
    assert decline_renewal(mandate_id=ending, by=mother.id, environment=Environment.PRODUCTION) is None
    assert RenewalProposal.objects.count() == 0
    assert EventKind.RENEWAL_DECLINED not in {event.kind for event in history_of(ending)}


def test_renewing_closes_the_proposal(ending: UUID, mother: Someone, daughter: Someone) -> None:
    propose(ending, daughter)
    renew(ending, mother)
    assert outcomes() == [ProposalOutcome.RENEWED]
    assert proposals_to_answer(mother.id, environment=Environment.PRODUCTION) == ((), 0)
    assert propose(ending, daughter) == Refused(Refusal.RENEWAL_TOO_EARLY, LATER - timedelta(days=90))


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_the_end_of_the_mandate_is_the_end_of_the_question(
    clock_at: Clock, ending: UUID, mother: Someone, daughter: Someone, how: str
) -> None:
    propose(ending, daughter)
    if how == "revoked":
        end_mandate(mandate_id=ending, by=mother.id, environment=Environment.PRODUCTION)
    else:
        clock_at(NOON + timedelta(days=40))
    assert proposals_to_answer(mother.id, environment=Environment.PRODUCTION) == ((), 0), (
        "at once, without waiting for the worker"
    )
    assert counting(ending, mother) is None
    assert decline_renewal(mandate_id=ending, by=mother.id, environment=Environment.PRODUCTION) == Refused(
        Refusal.ALREADY_ENDED
    )
    assert [close_unanswered(), close_unanswered()] == [1, 0]
    assert outcomes() == [ProposalOutcome.ENDED]


def test_a_question_that_nobody_answers_is_closed_after_its_term_and_may_be_asked_again(
    clock_at: Clock, ending: UUID, mother: Someone, daughter: Someone
) -> None:
    propose(ending, daughter)
    Mandate.objects.update(last_day=date(2027, 3, 31))  # only a longer one outlives the term
    clock_at(NOON + PROPOSAL_TERM - timedelta(seconds=1))
    assert (close_unanswered(), proposals_to_answer(mother.id, environment=Environment.PRODUCTION)[1]) == (
        0,
        1,
    )
    clock_at(NOON + PROPOSAL_TERM)
    assert proposals_to_answer(mother.id, environment=Environment.PRODUCTION) == ((), 0)
    assert propose(ending, daughter) is None, "also before the worker came by"
    assert outcomes() == [ProposalOutcome.UNANSWERED, ""]
    clock_at(NOON + 2 * PROPOSAL_TERM)
    Mandate.objects.update(last_day=date(2027, 6, 30))
    assert close_unanswered() == 1
    assert outcomes() == [ProposalOutcome.UNANSWERED] * 2


def test_a_closed_proposal_is_removed_after_its_term(
    clock_at: Clock, mother: Someone, daughter: Someone
) -> None:
    first = scene.mandate(mother, daughter, last_day=SOON)
    second = scene.mandate(mother, daughter, scene.INCOME_TAX, last_day=SOON)
    propose_renewal(mandate_ids=[first, second], by=daughter.id, environment=Environment.PRODUCTION)
    decline_renewal(mandate_id=first, by=mother.id, environment=Environment.PRODUCTION)
    clock_at(NOON + timedelta(days=settings.RETENTION["requests"]))
    apply_retention()
    assert RenewalProposal.objects.count() == 2
    clock_at(NOON + timedelta(days=settings.RETENTION["requests"], seconds=1))
    apply_retention()
    assert outcomes() == [""], "an open one is closed first"


def test_the_list_to_ask_from_holds_what_ends_soon_and_what_was_asked_comes_last(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    first = scene.mandate(mother, daughter, last_day=date(2026, 12, 1))
    second = scene.mandate(neighbour, daughter, last_day=date(2026, 12, 2))
    scene.mandate(mother, daughter, scene.PENSION)
    scene.mandate(daughter, mother, last_day=SOON)
    propose(first, daughter)
    found = ending_soon(daughter.id, environment=Environment.PRODUCTION)
    assert [(row.entry.id, row.proposal is not None) for row in found.entries] == [
        (second, False),
        (first, True),
    ]
    assert [
        row.entry.id
        for row in ending_soon(daughter.id, text=mother.name, environment=Environment.PRODUCTION).entries
    ] == [first]
    assert [
        row.entry.id
        for row in ending_soon(daughter.id, page=9, size=1, environment=Environment.PRODUCTION).entries
    ] == [first]
    assert ending_soon(neighbour.id, environment=Environment.PRODUCTION).total == 0
    assert {
        entry.id
        for entry in received(daughter.id, [first, second, uuid4()], environment=Environment.PRODUCTION)
    } == {first, second}
    assert received(mother.id, [first], environment=Environment.PRODUCTION) == ()


def test_who_is_asked_sees_the_first_to_end_first_and_how_many_there_are(daughter: Someone) -> None:
    helpers = scene.crowd(12)
    ids = scene.bulk([daughter.id] * 12, [person.id for person in helpers])
    for id_, helper in zip(ids, helpers, strict=True):
        assert propose(id_, helper) in {None, Refused(Refusal.RENEWAL_TOO_EARLY)}
    entries, total = proposals_to_answer(daughter.id, environment=Environment.PRODUCTION)
    assert (len(entries), total) == (10, 12)
    assert [row.entry.last_day for row in entries] == [
        clock.today() + timedelta(days=days) for days in range(10)
    ]


def test_both_find_the_proposal_in_what_is_kept_about_them(
    ending: UUID, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    propose(ending, daughter)
    decline_renewal(mandate_id=ending, by=mother.id, environment=Environment.PRODUCTION)
    (hers,), (mine,) = (
        everything_about(person.id, environment=Environment.PRODUCTION)["renewal_proposals"]
        for person in (mother, daughter)
    )
    assert hers["outcome"] == "declined"
    assert (hers["as"], mine["as"]) == ("represented person", "representative")
    assert hers["mandate"] == str(ending)
    assert everything_about(neighbour.id, environment=Environment.PRODUCTION)["renewal_proposals"] == []
