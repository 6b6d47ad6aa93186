"""For whom may this representative not act at this service now, though they might think so - and why.

Shown at a log-in beside the choices. Only people who mandated this representative for this very service and not
too long ago, so that the list helps and nobody learns of a death or a guardianship that is no concern of theirs
(decision 0028).
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from uuid import UUID

from django.db.models import Max, Q

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.models import Mandate
from volmacht.mandates.queries.deciding import AskedOfMany, decide_for_many
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.refusals import Refusal
from volmacht.rules.representation import Denied

MOST = 10
LOOKED_AT = 40
# Much of what is arranged comes back once a year, such as an assessment of taxes: whoever comes back after a year
# may not know that the mandate is over. Who has not needed it for longer is not helped by a name in a list.
REMEMBERED = timedelta(days=366)
NO_CONCERN = (Refusal.NO_MANDATE, Refusal.SERVICE_NOT_COVERED)


@dataclass(frozen=True, slots=True)
class Unusable:
    """Somebody who cannot be represented now, and the one decision about it."""

    represented: UUID
    name: str
    denied: Denied


def unusable(
    representative: UUID,
    service_id: UUID,
    connection_id: UUID,
    level: LevelOfAssurance,
    *,
    dv_entity_id: str = "",
) -> tuple[Unusable, ...]:
    """At most ten people of the forty with the latest mandates for this service; each asked of the one decision."""
    entry = catalogue.service(service_id)
    if entry is None:
        return ()
    people = (
        Mandate.objects.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gte=clock.now() - REMEMBERED),
            representative_id=representative,
            environment=entry.environment,
            last_day__gte=clock.today() - REMEMBERED,
            coverage__service_id=service_id,
            coverage__removed_at__isnull=True,
        )
        .exclude(represented__name="")
        .values("represented_id", "represented__name")
        .annotate(last=Max("last_day"))
        .order_by("-last", "represented_id")
    )
    names = {person["represented_id"]: person["represented__name"] for person in people[:LOOKED_AT]}
    asked = AskedOfMany(representative, names, service_id, connection_id, level, dv_entity_id)
    decisions = decide_for_many(asked)
    found = (
        Unusable(one, name, decision)
        for one, name in names.items()
        if isinstance(decision := decisions[one], Denied) and decision.refusal not in NO_CONCERN
    )
    return tuple(islice(found, MOST))
