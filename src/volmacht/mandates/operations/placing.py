"""Putting a mandate in its place: the shared last step of activating and of granting directly.

Keeps DM-36: at most one mandate active or to come for the same people, service and environment. Called inside
the transaction of an operation of this package; by nobody else.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from volmacht.audit.kinds import Actor, EventKind, told_apart
from volmacht.audit.operations import record
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.models import Coverage, Mandate, Request
from volmacht.parties.operations import hold
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.granting import check_existing
from volmacht.rules.periods import Period, day_of
from volmacht.rules.refusals import Refused
from volmacht.rules.routes import Route


@dataclass(frozen=True, slots=True)
class Placing:
    """What the new mandate is; `once` makes a repeated order harmless."""

    represented: UUID
    representative: UUID
    service: ServiceEntry
    period: Period
    route: Route
    level_granted: LevelOfAssurance
    level_activated: LevelOfAssurance
    actor: Actor
    moment: datetime
    request: Request | None = None
    once: UUID | None = None


def _in_place(representative: UUID, represented: UUID, service: ServiceEntry) -> QuerySet[Mandate]:
    return Mandate.objects.filter(
        representative_id=representative,
        represented_id=represented,
        service_id=service.id,
        environment=service.environment,
        holds_place=True,
    ).order_by("id")


def periods_in_place(representative: UUID, represented: UUID, service: ServiceEntry) -> list[Period]:
    """The periods of what a new mandate would meet: to say so before it is granted."""
    return [
        Period(mandate.first_day, mandate.last_day)
        for mandate in _in_place(representative, represented, service)
    ]


def make_way(mandate: Mandate, placing: Placing) -> bool:
    """Let the place go. Whether the old mandate was still active or to come, and so is replaced."""
    mandate.holds_place = False
    still_lives = mandate.last_day >= day_of(placing.moment)
    if still_lives:
        mandate.ended_at, mandate.end_reason, mandate.end_announced = placing.moment, EndReason.REPLACED, True
        record(
            EventKind.MANDATE_ENDED,
            actor=placing.actor,
            subject_id=mandate.represented_id,
            object_id=mandate.id,
            data={"reason": EndReason.REPLACED, **told_apart(placing.service.environment)},
            moment=placing.moment,
        )
    mandate.save()
    return still_lives


def replaced_until(mandate: Mandate) -> dict[str, str]:
    """For the message about a new mandate: until when the one that it took the place of would have lasted."""
    return {"replaced_last_day": f"{mandate.previous.last_day}"} if mandate.previous else {}


def place(placing: Placing) -> tuple[Mandate, bool] | Refused:
    """Write the mandate, for all services of a set (DM-24) as they are now (DM-35), and end the one it replaces.

    Returns the mandate and whether it replaced another. Refused: MANDATE_EXISTS with the last day of the one
    that exists.
    """
    hold(placing.represented)
    existing = list(
        _in_place(placing.representative, placing.represented, placing.service).select_for_update(no_key=True)
    )
    today = day_of(placing.moment)
    refusal = check_existing(
        placing.period.first_day, [Period(old.first_day, old.last_day) for old in existing], today
    )
    if refusal:
        return Refused(refusal, max(old.last_day for old in existing))
    replaced = [old for old in existing if make_way(old, placing)]
    mandate = Mandate.objects.create(
        environment=placing.service.environment,
        represented_id=placing.represented,
        representative_id=placing.representative,
        service_id=placing.service.id,
        first_day=placing.period.first_day,
        last_day=placing.period.last_day,
        route=placing.route,
        level_granted=placing.level_granted,
        level_activated=placing.level_activated,
        registered_by_kind=placing.actor.kind,
        registered_by=placing.actor.id,
        registered_at=placing.moment,
        request=placing.request,
        previous=replaced[0] if replaced else None,
        once=placing.once,
    )
    covered = placing.service.members if placing.service.is_set else (placing.service.id,)
    Coverage.objects.bulk_create(Coverage(mandate=mandate, service_id=service) for service in covered)
    return mandate, bool(replaced)
