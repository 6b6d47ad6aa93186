"""A mandate's life after it exists: restrict, renew, end (DM-33, DM-34, DM-39, DM-39a).

Ending is final and counts from the next check. Both parties may restrict; only the represented person renews
and revokes; the representative gives up.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import Actor, ActorKind, EventKind, told_apart
from volmacht.audit.operations import record
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.models import Mandate
from volmacht.mandates.operations.answering_proposals import close_proposals
from volmacht.notifications.kinds import MessageKind, Side
from volmacht.notifications.operations import send
from volmacht.parties import queries as parties
from volmacht.parties.operations import refresh_party, refresh_person
from volmacht.parties.queries import KnownParty
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.granting import check_representative, check_represented, check_service_for_grant
from volmacht.rules.living import ProposalOutcome, check_renewal, check_restriction
from volmacht.rules.periods import Period
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.validity import Phase, phase


def _own(mandate_id: UUID, party: UUID, environment: Environment) -> tuple[Mandate, Side] | Refused:
    """The mandate, its row locked, and on which side this party stands; the same answer for unknown, of another
    environment and not theirs.

    `no_key`: the record of a log-in refers to the row while it holds the chain, and must not wait for us.
    """
    mandate = (
        Mandate.objects.select_for_update(no_key=True).filter(id=mandate_id, environment=environment).first()
    )
    if mandate is None or party not in {mandate.represented_id, mandate.representative_id}:
        return Refused(Refusal.NOT_YOURS)
    if phase(Period(mandate.first_day, mandate.last_day), mandate.ended_at, clock.now()) is Phase.ENDED:
        return Refused(Refusal.ALREADY_ENDED)
    return mandate, Side.REPRESENTED if party == mandate.represented_id else Side.REPRESENTATIVE


def tell_both(kind: MessageKind, mandate: Mandate, once: str, sides: Collection[Side] = tuple(Side)) -> None:
    service = catalogue.service(mandate.service_id)
    names = {"service": service.name, "service_en": service.name_in("en")} if service else {}
    for side in sides:
        recipient = mandate.represented_id if side is Side.REPRESENTED else mandate.representative_id
        send(
            kind,
            environment=Environment(mandate.environment),
            recipient=recipient,
            values={**names, "last_day": f"{mandate.last_day}"},
            once=f"{once}:{side}",
            side=side,
        )


@transaction.atomic
def restrict_mandate(
    *,
    environment: Environment,
    mandate_id: UUID,
    by: UUID,
    last_day: date | None = None,
    keep: Collection[UUID] | None = None,
    employee: str = "",
) -> Refused | None:
    """Shorten the period, take services of a set away, or both; what is not given stays (DM-34).

    `keep` are the services (row ids) that stay covered; `employee` acts for an organisation (DM-02).
    Refused: NOT_YOURS, ALREADY_ENDED, NOT_SHORTER, NOTHING_LEFT, SET_CHANGED.
    """
    own = _own(mandate_id, by, environment)
    if isinstance(own, Refused):
        return own
    mandate, _ = own
    covered = frozenset(mandate.coverage.filter(removed_at__isnull=True).values_list("service_id", flat=True))
    kept = covered if keep is None else frozenset(keep)
    until = last_day or mandate.last_day
    refusal = check_restriction(
        Period(mandate.first_day, mandate.last_day), until, covered, kept, clock.today()
    )
    if refusal:
        return Refused(refusal)
    moment = clock.now()
    mandate.last_day = until
    mandate.save()
    mandate.coverage.filter(service_id__in=covered - kept).update(removed_at=moment)
    event = record(
        EventKind.MANDATE_RESTRICTED,
        actor=parties.acting(by, employee),
        subject_id=mandate.represented_id,
        object_id=mandate.id,
        data={
            "to": f"{until}",
            "removed": ",".join(sorted(service.hex for service in covered - kept)),
            **told_apart(Environment(mandate.environment)),
        },
        moment=moment,
    )
    tell_both(MessageKind.MANDATE_RESTRICTED, mandate, f"restricted:{event}")
    return None


def _judge_renewal(
    mandate: Mandate,
    person: KnownParty,
    other: KnownParty,
    level: LevelOfAssurance,
    last_day: date,
) -> Refusal | None:
    """Everything that granting asks of service and people, and what renewing asks of the days."""
    service = catalogue.service(mandate.service_id, fresh=True)
    if service is None:
        return Refusal.SERVICE_UNKNOWN
    today = clock.today()
    return (
        check_service_for_grant(
            catalogue.status(service.id),
            service.representative_kind,
            other.kind,
            level=level,
            minimum_level=service.minimum_level,
        )
        or check_represented(person.facts(), minimum_age=service.minimum_age, today=today)
        or check_representative(other.facts(), minimum_age=settings.REPRESENTATIVE_AGE, today=today)
        or check_renewal(mandate.last_day, last_day, today=today, longest_months=service.longest_months)
    )


def renew_mandate(
    *, environment: Environment, mandate_id: UUID, represented: UUID, level: LevelOfAssurance, last_day: date
) -> Refused | None:
    """Let a mandate go on until a later day, at most the service's maximum from today (DM-34).

    Refused: NOT_YOURS (also for the representative, who may only propose), ALREADY_ENDED, RENEWAL_NOT_LONGER,
    PERIOD_TOO_LONG, every reason of both people and the service, REGISTER_UNAVAILABLE.
    """
    given = Mandate.objects.filter(id=mandate_id, represented_id=represented, environment=environment)
    representative = given.values_list("representative_id", flat=True).first()
    if representative is None:
        return Refused(Refusal.NOT_YOURS)
    person, other = refresh_person(represented), refresh_party(representative)
    if isinstance(person, Refused):
        return person
    if isinstance(other, Refused):
        return other
    with transaction.atomic():
        own = _own(mandate_id, represented, environment)
        if isinstance(own, Refused):
            return own
        mandate, _ = own
        refusal = _judge_renewal(mandate, person, other, level, last_day)
        if refusal:
            return Refused(refusal)
        _renew(mandate, last_day)
    return None


def _renew(mandate: Mandate, last_day: date) -> None:
    mandate.last_day = last_day
    mandate.save()
    close_proposals(mandate.id, ProposalOutcome.RENEWED, clock.now())
    event = record(
        EventKind.MANDATE_RENEWED,
        actor=Actor(ActorKind.PERSON, mandate.represented_id),
        subject_id=mandate.represented_id,
        object_id=mandate.id,
        data={"to": f"{last_day}", **told_apart(Environment(mandate.environment))},
    )
    tell_both(MessageKind.MANDATE_RENEWED, mandate, f"renewed:{event}")


@transaction.atomic
def end_mandate(
    *, environment: Environment, mandate_id: UUID, by: UUID, disputed: bool = False, employee: str = ""
) -> Refused | None:
    """End a mandate for good: revoked by the represented person, given up by the representative (DM-33, DM-39).

    `disputed`: the represented person says *this is not right* (DM-39a); `employee` as above.
    Refused: NOT_YOURS, ALREADY_ENDED.
    """
    own = _own(mandate_id, by, environment)
    if isinstance(own, Refused):
        return own
    mandate, side = own
    if side is Side.REPRESENTATIVE:
        reason, kind = EndReason.GIVEN_UP, MessageKind.MANDATE_GIVEN_UP
    else:
        reason, kind = (EndReason.DISPUTED if disputed else EndReason.REVOKED), MessageKind.MANDATE_REVOKED
    mandate.ended_at, mandate.end_reason = clock.now(), reason
    mandate.holds_place, mandate.end_announced = False, True
    mandate.save()
    record(
        EventKind.MANDATE_ENDED,
        actor=parties.acting(by, employee),
        subject_id=mandate.represented_id,
        object_id=mandate.id,
        data={"reason": reason, **told_apart(environment)},
        moment=mandate.ended_at,
    )
    told = MessageKind.MANDATE_DISPUTED if disputed and side is Side.REPRESENTED else kind
    tell_both(told, mandate, f"ended:{mandate.id}", (Side.REPRESENTED,))
    tell_both(kind, mandate, f"ended:{mandate.id}", (Side.REPRESENTATIVE,))
    return None
