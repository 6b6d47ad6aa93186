"""A verdict on each row of organisations beside what stands, and the changes that it takes (DM-63). Only looks.

The role of an organisation has no kind and no dates here: a connection's entity id says which role, and the role is on
or off. A service is offered or not, without dates. What a file says otherwise with effect is a fault, never dropped.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from volmacht.catalogue.differences import FieldChange
from volmacht.catalogue.importing.cells import Cells, Item, Moment
from volmacht.catalogue.importing.document import Row
from volmacht.catalogue.importing.plan import (
    Judged,
    OfferStep,
    Step,
    differing,
    each_named_once,
    verdict_on,
)
from volmacht.catalogue.importing.standing import Standing
from volmacht.catalogue.importing.verdicts import RowFault, RowNote
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.models import Provider
from volmacht.rules.services import in_force

ROLES: Final = ("0", "1", "2", "3")
SERVICES: Final = 10


def judge_organisations(rows: Sequence[Row], standing: Standing, now: datetime) -> list[Judged]:
    """What becomes of each row."""
    read = [Cells(row) for row in rows]
    oins = [cells.oin(0) for cells in read]
    each_named_once([(cells, oin, 0) for cells, oin in zip(read, oins, strict=True)])
    judging = _Judging(standing, now)
    return [judging.judge(cells, oin) for cells, oin in zip(read, oins, strict=True)]


class _Judging:
    """One file of organisations beside what stands now."""

    def __init__(self, standing: Standing, now: datetime) -> None:
        self._standing = standing
        self._now = now

    def judge(self, cells: Cells, oin: str) -> Judged:
        """A verdict on one row."""
        stands = self._standing.providers.get(oin)
        shown, content = differing(_said(cells, self._now), stands)
        links, steps = self._links(cells, stands, oin)
        if stands is None:
            identity = {"environment": self._standing.environment, "oin": oin}
            steps = [Step(ChangeKind.ADD_PROVIDER, {**content, **identity}), *steps]
        elif content:
            steps = [Step(ChangeKind.CHANGE_PROVIDER, {"id": stands.id, **content}), *steps]
        verdict = verdict_on(cells, cells.raw(0), cells.raw(1), stands is None, [*shown, *links])
        return Judged(verdict, [] if cells.faults else steps)

    def _links(
        self, cells: Cells, stands: Provider | None, oin: str
    ) -> tuple[list[FieldChange], list[Step | OfferStep]]:
        """The services that the organisation offers from now on, or no longer."""
        shown: list[FieldChange] = []
        steps: list[Step | OfferStep] = []
        for item in cells.items(SERVICES, with_kind=False):
            service = self._standing.services.get(item.service_uuid)
            if service is None:
                cells.fault(SERVICES, RowFault.SERVICE_UNKNOWN)
                continue
            offers = self._offers(cells, item)
            own = self._standing.offered_by.get(service.id, frozenset())
            offered = stands is not None and stands.id in own
            if offered == offers:
                continue
            if not offers and stands and self._is_own(stands, service.connection_id):
                cells.fault(SERVICES, RowFault.OFFERS_OVER_OWN_CONNECTION)
            shown.append(FieldChange(f"service.{item.service_uuid}", offered, offers))
            steps.append(OfferStep(service.id, oin, offers))
        return shown, steps

    def _offers(self, cells: Cells, item: Item) -> bool:
        """Whether it counts now; what would change by the clock alone cannot be kept."""
        turns = [moment.at for moment in (item.from_, item.until) if moment.at]
        if item.active and any(turn > self._now for turn in turns):
            cells.fault(SERVICES, RowFault.LINK_TERM_NOT_KEPT)
        return in_force(item.active, item.from_.at, item.until.at, self._now)

    def _is_own(self, stands: Provider, connection_id: UUID | None) -> bool:
        entity_id = self._standing.entity_ids.get(connection_id) if connection_id else None
        return bool(entity_id and self._standing.connections[entity_id].provider_id == stands.id)


def _said(cells: Cells, now: datetime) -> dict[str, object]:
    said: dict[str, object] = {
        "name": cells.text(1, 255, needed=True),
        "description": cells.text(2, 300),
    }
    own = cells.term(3, 4, 5)
    said["active"], said["active_from"], said["active_until"] = own
    said["role_active"] = _role_active(cells, own[1], own[2], now)
    return said


def _role_active(cells: Cells, own_from: Moment, own_until: Moment, now: datetime) -> bool:
    """The role is on or off now: dates of its own that will make a difference are a fault."""
    role = cells.raw(6)
    if role not in ROLES:
        cells.fault(6, RowFault.ROLE_UNKNOWN if role else RowFault.VALUE_MISSING)
    elif role != "0":
        cells.note(RowNote.ROLE_FOLLOWS_CONNECTION)
    active, from_, until = cells.term(7, 8, 9)
    if active and from_.at and from_.at > now and not (own_from.at and from_.at <= own_from.at):
        cells.fault(8, RowFault.ROLE_TERM_NOT_KEPT)
    if active and until.at and until.at > now and not (own_until.at and until.at >= own_until.at):
        cells.fault(9, RowFault.ROLE_TERM_NOT_KEPT)
    return active and not (until.at and until.at <= now)
