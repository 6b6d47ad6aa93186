"""Activating a request with authorisation code and BSN: `try_code` shows what is accepted, `activate` does it.

What a try costs is counted in a transaction that is committed even when the answer is no (`trying`). Of two
people activating one code at once exactly one wins: the request's row is locked, and it has at most one mandate.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import EventKind, told_apart
from volmacht.audit.operations import record
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.models import Mandate, Request
from volmacht.mandates.operations.placing import Placing, periods_in_place, place, replaced_until
from volmacht.mandates.operations.trying import Trier, match
from volmacht.notifications.kinds import MessageKind, Side
from volmacht.notifications.operations import send
from volmacht.parties import queries as parties
from volmacht.parties.operations import refresh_party, refresh_person
from volmacht.rules.activating import RequestState, effective_period
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.environment import Environment
from volmacht.rules.granting import (
    Replacement,
    check_different,
    check_existing,
    check_representative,
    check_represented,
    check_service_for_grant,
    replacement,
)
from volmacht.rules.identifiers import Bsn
from volmacht.rules.periods import Period
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.routes import Route
from volmacht.sealing import code_hash


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the representative is about to accept. The name is shown: who has code and BSN was trusted with both.

    `replaced_last_day`: until when the mandate lasts that this one takes the place of, if there is one.
    """

    request_id: UUID
    represented: UUID
    represented_name: str
    service_id: UUID
    first_day: date
    last_day: date
    replaced_last_day: date | None


@dataclass(frozen=True, slots=True)
class ActivationDone:
    """The mandate that the code became, and whether it took the place of another."""

    mandate_id: UUID
    replaced: bool


@dataclass(frozen=True, slots=True)
class _Matched:
    request: Request
    representative: parties.KnownParty
    represented: parties.KnownParty
    service: ServiceEntry
    period: Period


def _judge_match(
    request: Request,
    representative: parties.KnownParty,
    represented: parties.KnownParty,
    level: LevelOfAssurance,
) -> _Matched | Refused:
    """Everything but code and BSN: both people, the service and the level, as they are now (DM-04)."""
    service = catalogue.service(request.service_id, fresh=True)
    if service is None:
        return Refused(Refusal.SERVICE_UNKNOWN)
    today = clock.today()
    refusal = (
        check_different(request.represented_id, representative.id)
        or check_service_for_grant(
            catalogue.status(service.id),
            service.representative_kind,
            representative.kind,
            level=level,
            minimum_level=service.minimum_level,
        )
        or check_represented(represented.facts(), minimum_age=service.minimum_age, today=today)
        or check_representative(representative.facts(), today=today, minimum_age=settings.REPRESENTATIVE_AGE)
    )
    if refusal is Refusal.LEVEL_TOO_LOW:
        return Refused(refusal, level=service.minimum_level)
    if refusal:
        return Refused(refusal)
    period = effective_period(request.first_day, request.last_day, today)
    return _Matched(request, representative, represented, service, period)


def _recognise(
    trier: Trier, level: LevelOfAssurance, code: AuthorisationCode, bsn: Bsn
) -> _Matched | Refused:
    """Judge the try, then ask the register about both people, and judge the rest; nothing stays locked.

    A wrong try gets its answer before the register is asked: how long that takes, or that the register does
    not answer, would tell whether a BSN is known here (DM-17).
    """
    with transaction.atomic():
        request = match(trier, code, bsn, clock.now())
    if isinstance(request, Refused):
        return request
    acting, represented = refresh_party(trier.representative), refresh_person(request.represented_id)
    if isinstance(acting, Refused):
        return acting
    if isinstance(represented, Refused):
        return represented
    return _judge_match(request, acting, represented, level)


def try_code(
    *,
    environment: Environment,
    representative: UUID,
    level: LevelOfAssurance,
    code: AuthorisationCode,
    bsn: Bsn,
    employee: str = "",
) -> Recognised | Refused:
    """Check code and BSN and show what would be accepted; nothing is activated yet (DM-17).

    The caller has refused typing errors already (CODE_INVALID, BSN_INVALID cost no try). Refused: every reason
    of activating, of the people and of the service; MANDATE_EXISTS with the last day of the one that exists.
    ACTIVATION_BLOCKED carries the day on which it ends.
    """
    if parties.party_with_bsn(bsn) == representative:
        return Refused(Refusal.SAME_PERSON)
    matched = _recognise(Trier(representative, employee, environment), level, code, bsn)
    if isinstance(matched, Refused):
        return matched
    existing = periods_in_place(representative, matched.represented.id, matched.service)
    today = clock.today()
    refusal = check_existing(matched.period.first_day, existing, today)
    if refusal:
        return Refused(refusal, max(period.last_day for period in existing))
    return Recognised(
        request_id=matched.request.id,
        represented=matched.represented.id,
        represented_name=matched.represented.name,
        service_id=matched.service.id,
        first_day=matched.period.first_day,
        last_day=matched.period.last_day,
        replaced_last_day=max(period.last_day for period in existing)
        if replacement(existing, today) is Replacement.REPLACE
        else None,
    )


def activate(
    *,
    environment: Environment,
    representative: UUID,
    level: LevelOfAssurance,
    code: AuthorisationCode,
    bsn: Bsn,
    employee: str = "",
) -> ActivationDone | Refused:
    """Turn the request into a mandate for this representative, once (DM-16a, DM-17, DM-35).

    Everything `try_code` checked is checked again. The same representative activating twice (double click) gets
    the same mandate. Refused: as `try_code`. `employee` acts for an organisation, and stands beside it in the
    audit trail (DM-02).
    """
    if parties.party_with_bsn(bsn) == representative:
        return Refused(Refusal.SAME_PERSON)
    trier = Trier(representative, employee, environment)
    seen = _recognise(trier, level, code, bsn)
    if isinstance(seen, Refused):
        return _same_again(seen, trier, code)
    moment = clock.now()
    with transaction.atomic():
        request = match(trier, code, bsn, moment)
        if isinstance(request, Refused):
            return _same_again(request, trier, code)
        matched = _judge_match(request, seen.representative, seen.represented, level)
        if isinstance(matched, Refused):
            return matched
        return _write(matched, level, moment, employee)


def _same_again(refused: Refused, trier: Trier, code: AuthorisationCode) -> ActivationDone | Refused:
    if refused.refusal is Refusal.CODE_USED:
        mandate = Mandate.objects.filter(
            request__codes__hash=code_hash(code.symbols),
            representative_id=trier.representative,
            environment=trier.environment,
        ).first()
        if mandate:
            return ActivationDone(mandate.id, mandate.previous_id is not None)
    return refused


def _write(
    matched: _Matched, level: LevelOfAssurance, moment: datetime, employee: str
) -> ActivationDone | Refused:
    request, service, period = matched.request, matched.service, matched.period
    representative = matched.representative.id
    actor = matched.representative.acting(employee)
    placed = place(
        Placing(
            represented=request.represented_id,
            representative=representative,
            service=service,
            period=period,
            route=Route(request.route),
            level_granted=LevelOfAssurance(request.level),
            level_activated=level,
            actor=actor,
            moment=moment,
            request=request,
        )
    )
    if isinstance(placed, Refused):
        return placed
    mandate, replaced = placed
    request.state, request.closed_at = RequestState.ACTIVATED, moment
    request.save()
    record(
        EventKind.MANDATE_ACTIVATED,
        actor=actor,
        subject_id=request.represented_id,
        object_id=mandate.id,
        data={
            "service": service.id.hex,
            "request": request.id.hex,
            "from": f"{period.first_day}",
            "to": f"{period.last_day}",
            **told_apart(service.environment),
        },
        moment=moment,
    )
    for recipient, side in (
        (request.represented_id, Side.REPRESENTED),
        (representative, Side.REPRESENTATIVE),
    ):
        send(
            MessageKind.MANDATE_ACTIVATED,
            environment=service.environment,
            recipient=recipient,
            values={
                "service": service.name,
                "service_en": service.name_in("en"),
                "first_day": f"{mandate.first_day}",
                "last_day": f"{mandate.last_day}",
                **replaced_until(mandate),
            },
            once=f"activated:{mandate.id}:{side}",
            side=side,
        )
    return ActivationDone(mandate.id, replaced)
