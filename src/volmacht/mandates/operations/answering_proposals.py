"""How a proposal of renewal is closed: the represented person renews or says no, or nobody answers in time (DM-34)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import Actor, ActorKind, EventKind, told_apart
from volmacht.audit.operations import record
from volmacht.mandates.filters import waiting_proposals
from volmacht.mandates.models import Mandate, RenewalProposal
from volmacht.rules.environment import Environment
from volmacht.rules.living import ProposalOutcome
from volmacht.rules.periods import Period
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.validity import Phase, phase

BATCH = 200


def close_proposals(mandate_id: UUID, outcome: ProposalOutcome, moment: datetime) -> int:
    """Close what is open about a mandate; in the transaction that holds its row. How many were closed."""
    return RenewalProposal.objects.filter(mandate_id=mandate_id, closed_at=None).update(
        closed_at=moment, outcome=outcome
    )


@transaction.atomic
def decline_renewal(*, environment: Environment, mandate_id: UUID, by: UUID) -> Refused | None:
    """The represented person does not want to renew; nothing happens when no proposal waits for an answer.

    The mandate itself stays as it is, and may still be renewed. Refused: NOT_YOURS (also for the
    representative, and in another environment), ALREADY_ENDED.
    """
    moment = clock.now()
    mandate = (
        Mandate.objects.select_for_update(no_key=True)
        .filter(id=mandate_id, represented_id=by, environment=environment)
        .first()
    )
    if mandate is None:
        return Refused(Refusal.NOT_YOURS)
    if phase(Period(mandate.first_day, mandate.last_day), mandate.ended_at, moment) is Phase.ENDED:
        return Refused(Refusal.ALREADY_ENDED)
    if mandate.proposals.filter(waiting_proposals(moment)).exists():
        close_proposals(mandate.id, ProposalOutcome.DECLINED, moment)
        record(
            EventKind.RENEWAL_DECLINED,
            actor=Actor(ActorKind.PERSON, by),
            subject_id=by,
            object_id=mandate.id,
            data=told_apart(environment),
            moment=moment,
        )
    return None


def close_unanswered() -> int:
    """Close proposals that nobody can or need answer any more; how many.

    Not recorded in the audit chain: it follows from the end of the mandate, or from the age of the proposal.
    """
    moment, closed = clock.now(), 0
    late = RenewalProposal.objects.filter(closed_at=None).exclude(
        id__in=RenewalProposal.objects.filter(waiting_proposals(moment)).values("id")
    )
    while ids := list(late.values_list("id", flat=True)[:BATCH]):
        # Asked of the rows themselves once more: an answer that comes in the meantime counts.
        still_open = RenewalProposal.objects.filter(id__in=ids, closed_at=None)
        closed += still_open.filter(mandate_id__in=_going_on(ids, moment)).update(
            closed_at=moment, outcome=ProposalOutcome.UNANSWERED
        )
        closed += still_open.update(closed_at=moment, outcome=ProposalOutcome.ENDED)
    return closed


def _going_on(proposals: list[UUID], moment: datetime) -> list[UUID]:
    """Of which of these the mandate has not ended."""
    mandates = Mandate.objects.filter(proposals__in=proposals)
    return [
        mandate.id
        for mandate in mandates
        if phase(Period(mandate.first_day, mandate.last_day), mandate.ended_at, moment) is not Phase.ENDED
    ]
