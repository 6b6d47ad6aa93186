"""The name of an organisation that connects, after a change of it was approved (CN-21)."""

from uuid import UUID

from django.db import transaction

from volmacht.audit.kinds import Actor, EventKind
from volmacht.audit.operations import record
from volmacht.parties.models import ConnectingOrganisation, Party


@transaction.atomic
def rename_organisation(*, organisation_id: UUID, name: str, by: Actor) -> None:
    """Give it another name; nothing when it has that name already, or does not connect.

    Its name in the ALB list stays: that is what the list says, and is looked up again when somebody proves it.
    """
    known = ConnectingOrganisation.objects.filter(party_id=organisation_id)
    changed = known.exists() and Party.objects.filter(id=organisation_id).exclude(name=name).update(name=name)
    if changed:
        record(
            EventKind.ORGANISATION_RENAMED,
            actor=by,
            subject_id=organisation_id,
            object_id=organisation_id,
            data={},
        )
