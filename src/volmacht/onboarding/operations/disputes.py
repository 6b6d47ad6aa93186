"""*This is not right* (DM-39a) puts a case on the desk: read from the audit chain by the worker, so that none is lost.

Every door that takes such a word writes the event in the transaction of its cause; a chain has no gaps. How far it was
read is stored with the cases that came of it.
"""

from typing import Final

from django.db import transaction

from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import Happening, happened_after, reached
from volmacht.onboarding.actors import THE_SYSTEM
from volmacht.onboarding.models import Case, DisputesRead
from volmacht.onboarding.moving import open_case
from volmacht.rules.ends import EndReason
from volmacht.rules.onboarding.cases import CaseKind

AT_A_TIME: Final = 1000  # events of one chain
_SUBJECTS: Final = {
    EventKind.MANDATE_DISPUTED: "mandate",
    EventKind.MANDATE_ENDED: "mandate",
    EventKind.USE_DISPUTED: "use",
    EventKind.REQUEST_DISPUTED: "request",
}


def open_disputes() -> int:
    """A case for everything that somebody said of that it is not right, once for each thing; how many were opened."""
    known = dict(DisputesRead.objects.values_list("partition", "sequence"))
    return sum(
        _read(partition) for partition, sequence in reached().items() if sequence > known.get(partition, 0)
    )


@transaction.atomic
def _read(partition: int) -> int:
    DisputesRead.objects.get_or_create(partition=partition)
    place = DisputesRead.objects.select_for_update().get(partition=partition)
    happenings, place.sequence = happened_after(partition, place.sequence, tuple(_SUBJECTS), most=AT_A_TIME)
    opened = sum(_open(happening) for happening in happenings if _is_dispute(happening))
    place.save()
    return opened


def _is_dispute(happening: Happening) -> bool:
    return happening.kind is not EventKind.MANDATE_ENDED or happening.data.get("reason") == EndReason.DISPUTED


def _open(happening: Happening) -> bool:
    about = happening.object_id
    if about is None or Case.objects.filter(kind=CaseKind.DISPUTE, about_id=about).exists():
        return False
    open_case(
        CaseKind.DISPUTE,
        by=THE_SYSTEM,
        organisation_id=None,
        subject=_SUBJECTS[happening.kind],
        about_id=about,
    )
    return True
