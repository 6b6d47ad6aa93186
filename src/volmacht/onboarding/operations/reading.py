"""Every look of an employee at a case or an organisation is recorded, with its purpose, once an hour."""

from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import INSTALLATION, EventKind
from volmacht.audit.operations import record
from volmacht.audit.queries import was_recorded
from volmacht.onboarding.actors import CaseActor, audit_actor
from volmacht.rules.reading import ONCE_IN, ReadPurpose


@transaction.atomic
def note_reading(
    *, about: UUID, organisation_id: UUID | None, purpose: ReadPurpose, thing: str, actor: CaseActor
) -> bool:
    """Record that an employee sees this now; False when that was recorded in the last hour.

    `about` is the id of the case or organisation, `thing` which of the two. What they saw is not recorded.
    """
    if actor.id is None:
        raise ValueError("only employees read at the desk")
    since = clock.now() - ONCE_IN
    if was_recorded(EventKind.STAFF_READ, by=actor.id, object_id=about, since=since):
        return False
    record(
        EventKind.STAFF_READ,
        actor=audit_actor(actor),
        subject_id=organisation_id or INSTALLATION,
        object_id=about,
        data={"purpose": purpose.value, "thing": thing},
    )
    return True
