"""The same for many clients of a supplier: each is an act of its own, in its own transaction, with its own rights.

So there is no transaction around them: what one client does not allow any more stops none of the others, and who asks
again with the same `once` goes on where it was broken off, and does nothing twice.
"""

from collections.abc import Collection
from uuid import UUID, uuid5

from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.operations.starting import start_change
from volmacht.onboarding.operations.writing import answer
from volmacht.rules.onboarding.cases import Objection
from volmacht.rules.onboarding.changes import ChangeOf

Outcomes = dict[UUID, UUID | Objection]


def write_in_each(*, case_ids: Collection[UUID], text: str, actor: CaseActor, once: UUID) -> Outcomes:
    """One message in each of these cases: by case the id of the message, or why there is none (see `answer`)."""
    return {
        case_id: answer(case_id=case_id, text=text, actor=actor, once=uuid5(once, str(case_id)))
        for case_id in dict.fromkeys(case_ids)
    }


def start_change_for_each(
    *, organisation_ids: Collection[UUID], change: ChangeOf, reason: str, actor: CaseActor, once: UUID
) -> Outcomes:
    """One change for each of these clients: by client the id of its case, or why there is none (see `start_change`)."""
    return {
        client: start_change(
            organisation_id=client,
            actor=actor,
            change=change,
            reason=reason,
            once=uuid5(once, str(client)),
        )
        for client in dict.fromkeys(organisation_ids)
    }
