"""What a representative can still do for somebody: the mandates between them that are active or to come (DM-39a).

Who says *this is not right* of something that is over must hear of them, and be able to stop them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.filters import in_phase, with_parties
from volmacht.mandates.models import Mandate
from volmacht.mandates.queries.overview import MandateEntry, as_entry
from volmacht.notifications.kinds import Side
from volmacht.rules.environment import Environment
from volmacht.rules.validity import Phase


@dataclass(frozen=True, slots=True)
class Standing:
    """A mandate that goes on, and one service that it covers."""

    id: UUID
    representative_id: UUID
    service_id: UUID
    environment: Environment

    def opens(self, representative: UUID, service_id: UUID, environment: str) -> bool:
        """Whether this representative can log in by it at this service."""
        mine = (self.representative_id, self.service_id, self.environment.value)
        return mine == (representative, service_id, environment)


def standing(
    represented: UUID, representatives: Collection[UUID], services: Collection[UUID]
) -> list[Standing]:
    """What this person gave to these, for these services, and goes on; the last to end comes first. One query.

    A set counts for what it covers, as in the one decision: frozen at activation, and still in the set (DM-35).
    """
    moment = clock.now()
    rows = (
        Mandate.objects.filter(
            in_phase(Phase.ACTIVE, moment) | in_phase(Phase.TO_COME, moment),
            represented_id=represented,
            representative_id__in=representatives,
            coverage__service_id__in=services,
            coverage__removed_at__isnull=True,
        )
        .order_by("-last_day", "-id")
        .values_list("id", "representative_id", "coverage__service_id", "environment", "service_id")
    )
    return [
        Standing(id_, representative, covered, Environment(environment))
        for id_, representative, covered, environment, granted_for in rows
        if granted_for == covered or catalogue.covers(granted_for, covered)
    ]


def standing_beside(entry: MandateEntry) -> tuple[MandateEntry, ...]:
    """The mandates of the same two that go on, for anything that this one is or was for; as its represented person
    sees them."""
    services = {entry.service.id, *entry.covered, *entry.removed}
    found = standing(entry.represented_id, [entry.representative_id], services)
    ids = [one.id for one in found if one.environment is entry.service.environment and one.id != entry.id]
    return _entries(ids, entry.represented_id)


def successor(entry: MandateEntry) -> MandateEntry | None:
    """The mandate that took the place of this one, as the same party sees it; it may have ended since."""
    me = entry.represented_id if entry.side is Side.REPRESENTED else entry.representative_id
    row = with_parties(Mandate.objects.filter(previous_id=entry.id)).first()
    return as_entry(row, me, clock.now()) if row else None


def mandate_that_stands(mandate_id: UUID, represented: UUID) -> tuple[MandateEntry, ...]:
    """One of them, for its represented person; nothing when it ended meanwhile."""
    return tuple(entry for entry in _entries([mandate_id], represented) if entry.phase is not Phase.ENDED)


def _entries(ids: Collection[UUID], represented: UUID) -> tuple[MandateEntry, ...]:
    if not ids:
        return ()
    rows = with_parties(Mandate.objects.filter(id__in=ids, represented_id=represented)).order_by(
        "-last_day", "-id"
    )
    moment = clock.now()
    return tuple(entry for row in rows if (entry := as_entry(row, represented, moment)))
