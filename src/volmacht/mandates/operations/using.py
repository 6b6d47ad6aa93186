"""Answering a provider: decide and record the answer as a use, in one transaction (DM-40, DM-42, DM-43).

An allowed answer is recorded when it is delivered, a refused one when it is decided: whoever delivers calls
`answer_provider` at that moment, and nothing is delivered that is not recorded.
"""

from uuid import UUID, uuid4

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import Actor, ActorKind, EventKind, told_apart
from volmacht.audit.operations import record
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.models import Use
from volmacht.mandates.queries.deciding import Asked, decide_for
from volmacht.parties.queries import party
from volmacht.rules.refusals import Refusal
from volmacht.rules.representation import Allowed, Decision, Denied
from volmacht.statements import Insertion


def answer_provider(asked: Asked, *, employee: str = "", provider_id: UUID | None = None) -> Decision:
    """Decide now and record the answer. A question about another provider's or an unknown service is refused
    and recorded with the asker's provider; a question over an unknown connection is not recorded at all.

    `employee` is the pseudonym of an organisation's employee (DM-02). `provider_id`: who is answered, when that is
    not whose connection it is (a cluster connection, BV-18).
    """
    with transaction.atomic():
        moment = clock.now()
        decision = decide_for(asked, moment)
        asking = catalogue.connection(asked.connection_id)
        service = catalogue.service(asked.service_id)
        if asking is None or service is None:
            return Denied(Refusal.NOT_OWN_SERVICE)
        answered = provider_id or asking.provider_id
        allowed = isinstance(decision, Allowed)
        known = allowed or party(asked.represented) is not None
        use_id = uuid4()
        use = {
            "id": use_id,
            "moment": moment,
            "environment": service.environment,
            "provider_id": answered,
            "service_id": asked.service_id,
            "represented_id": asked.represented if known else None,
            "representative_id": asked.representative,
            "employee": employee,
            "level": int(asked.level),
            "mandate_id": decision.mandate_id if isinstance(decision, Allowed) else None,
            "refusal": "" if isinstance(decision, Allowed) else decision.refusal.value,
        }
        record(
            EventKind.MANDATE_USED if allowed else EventKind.USE_REFUSED,
            actor=Actor(ActorKind.PROVIDER, answered),
            subject_id=asked.represented if known else asked.representative,
            object_id=decision.mandate_id if isinstance(decision, Allowed) else None,
            data={**_proof(asked, use_id, decision), **told_apart(service.environment)},
            moment=moment,
            beside=Insertion.into(Use, use),
        )
    return decision


def _proof(asked: Asked, use_id: UUID, decision: Decision) -> dict[str, str | int | bool | None]:
    """What the chain keeps of a use: enough to prove each column of its row."""
    return {
        "use": use_id.hex,
        "service": asked.service_id.hex,
        "representative": asked.representative.hex,
        "level": int(asked.level),
        "refusal": decision.refusal if isinstance(decision, Denied) else None,
    }
