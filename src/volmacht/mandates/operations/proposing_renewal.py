"""The representative asks to renew mandates, one or many at once; only the represented person renews (DM-34).

One transaction for each mandate: log-ins of the people concerned do not wait for one another's.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import Actor, EventKind, told_apart
from volmacht.audit.operations import record
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.models import Mandate, RenewalProposal
from volmacht.mandates.operations.answering_proposals import close_proposals
from volmacht.notifications.kinds import MessageKind, Side
from volmacht.notifications.operations import send
from volmacht.parties.queries import acting, party
from volmacht.rules.environment import Environment
from volmacht.rules.granting import check_represented
from volmacht.rules.living import PROPOSAL_TERM, ProposalOutcome, check_proposal
from volmacht.rules.periods import Period
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.services import refusal_for
from volmacht.rules.validity import Phase, phase


@dataclass(frozen=True, slots=True)
class ProposalAnswer:
    """What came of the question about one mandate: it waits for an answer, or it was refused."""

    mandate_id: UUID
    refused: Refused | None


def propose_renewal(
    *, environment: Environment, mandate_ids: Collection[UUID], by: UUID, employee: str = ""
) -> tuple[ProposalAnswer, ...]:
    """Ask the represented people to renew these mandates; what waits for an answer already is not asked again.

    `employee` acts for an organisation (DM-02).

    Refused, each for itself: NOT_YOURS (also for the represented person), ALREADY_ENDED, NOT_YET_VALID,
    RENEWAL_DECLINED, RENEWAL_TOO_EARLY with the day, every reason of the person and the service.
    """
    return tuple(
        ProposalAnswer(id_, _propose(id_, by, employee, environment)) for id_ in dict.fromkeys(mandate_ids)
    )


@transaction.atomic
def _propose(mandate_id: UUID, by: UUID, employee: str, environment: Environment) -> Refused | None:
    moment = clock.now()
    mandate = (
        Mandate.objects.select_for_update(no_key=True)
        .filter(id=mandate_id, representative_id=by, environment=environment)
        .first()
    )
    service = catalogue.service(mandate.service_id, fresh=True) if mandate else None
    if mandate is None or service is None:
        return Refused(Refusal.NOT_YOURS)
    refused = _judge(mandate, service, moment)
    if refused:
        return refused
    if mandate.proposals.filter(closed_at=None, made_at__gt=moment - PROPOSAL_TERM).exists():
        return None
    close_proposals(mandate.id, ProposalOutcome.UNANSWERED, moment)
    _write(mandate, service, moment, acting(by, employee))
    return None


def _judge(mandate: Mandate, service: ServiceEntry, moment: datetime) -> Refused | None:
    """The mandate, the service and the person as they are known here: as for renewing, without asking a neighbour."""
    period, today = Period(mandate.first_day, mandate.last_day), clock.today()
    if phase(period, mandate.ended_at, moment) is Phase.ENDED:
        return Refused(Refusal.ALREADY_ENDED)
    declined = mandate.proposals.filter(
        outcome=ProposalOutcome.DECLINED, last_day__gte=mandate.last_day
    ).exists()
    refused = check_proposal(period, today=today, longest_months=service.longest_months, declined=declined)
    if refused:
        return refused
    refusal = refusal_for(catalogue.status(service.id))
    represented = party(mandate.represented_id)
    if represented is not None and refusal is None:
        refusal = check_represented(represented.facts(), minimum_age=service.minimum_age, today=today)
    return Refused(refusal) if refusal else None


def _write(mandate: Mandate, service: ServiceEntry, moment: datetime, actor: Actor) -> None:
    proposal = RenewalProposal.objects.create(
        mandate_id=mandate.id, last_day=mandate.last_day, made_at=moment
    )
    record(
        EventKind.RENEWAL_PROPOSED,
        actor=actor,
        subject_id=mandate.represented_id,
        object_id=mandate.id,
        data={"last_day": f"{mandate.last_day}", **told_apart(service.environment)},
        moment=moment,
    )
    send(
        MessageKind.RENEWAL_PROPOSED,
        environment=service.environment,
        recipient=mandate.represented_id,
        values={
            "service": service.name,
            "service_en": service.name_in("en"),
            "last_day": f"{mandate.last_day}",
        },
        once=f"renewal-proposed:{proposal.id}",
        side=Side.REPRESENTED,
    )
