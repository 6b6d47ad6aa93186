"""For whom may this representative not act at this service now, though there is or was a mandate - and why.

Shown at a log-in beside the choices. Only people who mandated this representative themselves, so that nobody
learns of a death or a guardianship who had nothing to do with it.
"""

from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db.models import Max

from volmacht.catalogue import queries as catalogue
from volmacht.mandates.models import Mandate
from volmacht.mandates.queries.deciding import AskedOfMany, decide_for_many
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.representation import Denied

MOST = 10
LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Unusable:
    """Somebody who cannot be represented now, and the one decision about it."""

    represented: UUID
    name: str
    denied: Denied


def unusable(
    representative: UUID, service_id: UUID, connection_id: UUID, level: LevelOfAssurance
) -> tuple[Unusable, ...]:
    """At most ten people of the forty with the latest mandates; each asked of the one decision."""
    entry = catalogue.service(service_id)
    if entry is None:
        return ()
    people = (
        Mandate.objects.filter(representative_id=representative, environment=entry.environment)
        .exclude(represented__name="")
        .values("represented_id", "represented__name")
        .annotate(last=Max("last_day"))
        .order_by("-last", "represented_id")
    )
    names = {person["represented_id"]: person["represented__name"] for person in people[:LOOKED_AT]}
    decisions = decide_for_many(AskedOfMany(representative, names, service_id, connection_id, level))
    found = (
        Unusable(one, name, decision)
        for one, name in names.items()
        if isinstance(decision := decisions[one], Denied)
    )
    return tuple(islice(found, MOST))
