"""Granting: what every route asks of an order, and route C, directly to a known representative (DM-12).

The population register is asked live first (DM-04), outside the transaction that decides and writes.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import Actor, ActorKind, EventKind, told_apart
from volmacht.audit.operations import record
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.models import Mandate
from volmacht.mandates.operations.placing import Placing, place, replaced_until
from volmacht.notifications.kinds import MessageKind, Side
from volmacht.notifications.operations import send
from volmacht.parties.operations import hold, refresh_person
from volmacht.parties.queries import KnownParty
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.granting import (
    check_different,
    check_representative,
    check_represented,
    check_service_for_grant,
)
from volmacht.rules.kinds import PartyKind
from volmacht.rules.periods import Period, check_period
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.routes import Route


@dataclass(frozen=True, slots=True)
class MandateMade:
    """A mandate granted directly, and whether it took the place of another."""

    mandate_id: UUID
    replaced: bool


def judge_order(
    represented: KnownParty,
    environment: Environment,
    service_id: UUID,
    level: LevelOfAssurance,
    first_day: date,
    last_day: date,
    representative_kind: PartyKind | None,
) -> ServiceEntry | Refused:
    """What both routes ask of represented person, service and period.

    `representative_kind` is None for whoever will enter the code (DM-16a): then somebody must be able to (DM-02).
    """
    service = catalogue.service(service_id, fresh=True)
    if service is None or service.environment is not environment:
        return Refused(Refusal.SERVICE_UNKNOWN)
    today = clock.today()
    refusal = (
        check_service_for_grant(
            catalogue.status(service_id),
            service.representative_kind,
            representative_kind,
            level=level,
            minimum_level=service.minimum_level,
            that_log_in=settings.REPRESENTATIVES_THAT_LOG_IN,
        )
        or check_represented(represented.facts(), minimum_age=service.minimum_age, today=today)
        or check_period(first_day, last_day, today=today, longest_months=service.longest_months)
    )
    if not refusal and service.is_set and not service.members:
        refusal = Refusal.SERVICE_INACTIVE
    return Refused(refusal) if refusal else service


def _as_now(represented: UUID, representative: UUID) -> tuple[KnownParty, KnownParty] | Refused:
    """Both people as the population register knows them now (DM-04)."""
    person, other = refresh_person(represented), refresh_person(representative)
    if isinstance(person, Refused):
        return person
    return other if isinstance(other, Refused) else (person, other)


def grant_directly(
    *,
    environment: Environment,
    represented: UUID,
    level: LevelOfAssurance,
    service_id: UUID,
    representative: UUID,
    first_day: date,
    last_day: date,
    once: UUID,
) -> MandateMade | Refused:
    """Route C: mandate somebody mandated before, at once and without a code (DM-12).

    `once` as in `request_mandate`. Refused: every reason of granting, NOT_KNOWN_REPRESENTATIVE, MANDATE_EXISTS.
    """
    both = _as_now(represented, representative)
    if isinstance(both, Refused):
        return both
    person, other = both
    with transaction.atomic():
        if not hold(represented):  # erased while the register was asked
            return Refused(Refusal.PERSON_UNKNOWN)
        earlier = Mandate.objects.filter(
            once=once, represented_id=represented, environment=environment
        ).first()
        if earlier:
            return MandateMade(earlier.id, earlier.previous_id is not None)
        service = judge_order(person, environment, service_id, level, first_day, last_day, other.kind)
        if isinstance(service, Refused):
            return service
        refusal = _judge_known_representative(represented, other, service)
        if refusal:
            return Refused(refusal)
        return _place_directly(represented, other.id, service, Period(first_day, last_day), level, once)


def _judge_known_representative(
    represented: UUID, representative: KnownParty, service: ServiceEntry
) -> Refusal | None:
    """Somebody else, alive, old enough, and mandated before in this environment."""
    refusal = check_different(represented, representative.id) or check_representative(
        representative.facts(), today=clock.today(), minimum_age=settings.REPRESENTATIVE_AGE
    )
    if refusal:
        return refusal
    known = Mandate.objects.filter(
        represented_id=represented, representative_id=representative.id, environment=service.environment
    ).exists()
    return None if known else Refusal.NOT_KNOWN_REPRESENTATIVE


def _place_directly(
    represented: UUID,
    representative: UUID,
    service: ServiceEntry,
    period: Period,
    level: LevelOfAssurance,
    once: UUID,
) -> MandateMade | Refused:
    actor = Actor(ActorKind.PERSON, represented)
    moment = clock.now()
    placed = place(
        Placing(
            represented=represented,
            representative=representative,
            service=service,
            period=period,
            route=Route.DIRECT,
            level_granted=level,
            level_activated=level,
            actor=actor,
            moment=moment,
            once=once,
        )
    )
    if isinstance(placed, Refused):
        return placed
    mandate, replaced = placed
    record(
        EventKind.MANDATE_GRANTED_DIRECTLY,
        actor=actor,
        subject_id=represented,
        object_id=mandate.id,
        data={
            "service": service.id.hex,
            "representative": representative.hex,
            "to": f"{period.last_day}",
            **told_apart(service.environment),
        },
        moment=moment,
    )
    for recipient, side in ((represented, Side.REPRESENTED), (representative, Side.REPRESENTATIVE)):
        send(
            MessageKind.DIRECT_GRANT,
            environment=service.environment,
            recipient=recipient,
            values={
                "service": service.name,
                "service_en": service.name_in("en"),
                "first_day": f"{mandate.first_day}",
                "last_day": f"{mandate.last_day}",
                **replaced_until(mandate),
            },
            once=f"direct-grant:{mandate.id}:{side}",
            side=side,
        )
    return MandateMade(mandate.id, replaced)
