"""Requesting: route A, a request with an authorisation code, and what its maker can still do about it.

The population register is asked live first (DM-04), outside the transaction that decides and writes.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import Actor, ActorKind, EventKind, told_apart
from volmacht.audit.operations import record
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.models import Code, Request
from volmacht.mandates.operations.granting import judge_order
from volmacht.notifications.kinds import MessageKind, Side
from volmacht.notifications.operations import send
from volmacht.parties.operations import hold, refresh_person
from volmacht.rules.activating import RequestState, expiry_of_request
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.environment import Environment
from volmacht.rules.granting import check_open_requests
from volmacht.rules.periods import Period
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.routes import Route
from volmacht.sealing import code_hash


@dataclass(frozen=True, slots=True)
class RequestMade:
    """A request and its code: the only moment at which the register gives the code away (DM-21).

    `code` is None when the same order came twice (double click): the first answer had it.
    """

    request_id: UUID
    code: AuthorisationCode | None


@dataclass(frozen=True, slots=True)
class CodeMade:
    """The code that replaces a lost one."""

    code: AuthorisationCode


def _new_code(request: Request, moment: datetime) -> AuthorisationCode:
    code = AuthorisationCode.generate(secrets.choice)
    Code.objects.create(request=request, hash=code_hash(code.symbols), made_at=moment)
    return code


def open_requests(represented: UUID, environment: Environment, moment: datetime) -> int:
    """How many requests of this person can still be activated."""
    return Request.objects.filter(
        environment=environment, represented_id=represented, state=RequestState.OPEN, expires_at__gt=moment
    ).count()


def _no_room(represented: UUID, environment: Environment, moment: datetime) -> Refusal | None:
    """Whether one more open request is one too many (DM-25); asked while this person is held."""
    return check_open_requests(open_requests(represented, environment, moment), limit=settings.OPEN_REQUESTS)


def request_mandate(
    *,
    environment: Environment,
    represented: UUID,
    level: LevelOfAssurance,
    service_id: UUID,
    first_day: date,
    last_day: date,
    once: UUID,
) -> RequestMade | Refused:
    """Route A: make a request; the first valid code + BSN binds the representative (DM-10, DM-16a, DM-23).

    `once` identifies this order: the same one twice makes one request. Refused: every reason of granting, or
    REGISTER_UNAVAILABLE, PERSON_UNKNOWN.
    """
    person = refresh_person(represented)
    if isinstance(person, Refused):
        return person
    moment = clock.now()
    with transaction.atomic():
        if not hold(represented):  # erased while the register was asked
            return Refused(Refusal.PERSON_UNKNOWN)
        earlier = Request.objects.filter(
            once=once, represented_id=represented, environment=environment
        ).first()
        if earlier:
            return RequestMade(earlier.id, None)
        service = judge_order(person, environment, service_id, level, first_day, last_day, None)
        if isinstance(service, Refused):
            return service
        refusal = _no_room(represented, environment, moment)
        if refusal:
            return Refused(refusal)
        request = _write(represented, service, Period(first_day, last_day), level, moment, once=once)
        _tell(MessageKind.REQUEST_RECEIVED, request, f"request-received:{request.id}")
        return RequestMade(request.id, _new_code(request, moment))


def new_request(
    represented: UUID,
    service: ServiceEntry,
    period: Period,
    level: LevelOfAssurance,
    moment: datetime,
    *,
    by: Actor,
) -> tuple[Request, AuthorisationCode]:
    """An open request that nobody ordered, with its code; for operations of this package."""
    request = _write(represented, service, period, level, moment, once=uuid4(), by=by)
    return request, _new_code(request, moment)


def _write(
    represented: UUID,
    service: ServiceEntry,
    period: Period,
    level: LevelOfAssurance,
    moment: datetime,
    *,
    once: UUID,
    by: Actor | None = None,
) -> Request:
    """`by`: somebody else than the represented person."""
    request = Request.objects.create(
        environment=service.environment,
        represented_id=represented,
        service_id=service.id,
        first_day=period.first_day,
        last_day=period.last_day,
        route=Route.ONLINE_REPRESENTED,
        level=level,
        state=RequestState.OPEN,
        made_at=moment,
        expires_at=expiry_of_request(moment, service.request_days),
        once=once,
    )
    record(
        EventKind.REQUEST_MADE,
        actor=by or Actor(ActorKind.PERSON, represented),
        subject_id=represented,
        object_id=request.id,
        data={
            "service": service.id.hex,
            "route": request.route,
            "from": f"{period.first_day}",
            "to": f"{period.last_day}",
            **told_apart(service.environment),
        },
        moment=moment,
    )
    return request


def _tell(kind: MessageKind, request: Request, once: str) -> None:
    service = catalogue.service(request.service_id)
    send(
        kind,
        environment=Environment(request.environment),
        recipient=request.represented_id,
        values={"service": service.name, "service_en": service.name_in("en")} if service else {},
        once=once,
        side=Side.REPRESENTED,
    )


def _own_request(request_id: UUID, represented: UUID, environment: Environment) -> Request | None:
    return (
        Request.objects.select_for_update(no_key=True)
        .filter(id=request_id, represented_id=represented, environment=environment)
        .first()
    )


def _not_open(request: Request | None, moment: datetime) -> Refusal | None:
    """Why nothing can be done with a request any more; a locked one can still be helped or withdrawn."""
    if request is None:
        return Refusal.NOT_YOURS
    if request.state == RequestState.ACTIVATED:
        return Refusal.CODE_USED
    if request.state == RequestState.WITHDRAWN:
        return Refusal.CODE_WITHDRAWN
    return Refusal.CODE_EXPIRED if request.expires_at <= moment else None


@transaction.atomic
def replace_code(*, environment: Environment, request_id: UUID, represented: UUID) -> CodeMade | Refused:
    """A lost (or locked) code is replaced: the new one lives, the old one dies (DM-16a).

    A locked request opens again, and so needs room (DM-25). The request is locked before the person is held, as a try
    with its code does. Refused: NOT_YOURS, CODE_USED, CODE_WITHDRAWN, CODE_EXPIRED, TOO_MANY_OPEN_REQUESTS.
    """
    moment = clock.now()
    request = _own_request(request_id, represented, environment)
    refusal = _not_open(request, moment)
    if refusal or request is None:
        return Refused(refusal or Refusal.NOT_YOURS)
    if request.state == RequestState.LOCKED:
        hold(represented)
        refusal = _no_room(represented, environment, moment)
        if refusal:
            return Refused(refusal)
    request.codes.filter(current=True).update(current=False)
    request.state, request.wrong_tries = RequestState.OPEN, 0
    request.save()
    code = _new_code(request, moment)
    event = record(
        EventKind.CODE_REPLACED,
        actor=Actor(ActorKind.PERSON, represented),
        subject_id=represented,
        object_id=request.id,
        data=told_apart(environment),
        moment=moment,
    )
    _tell(MessageKind.CODE_REPLACED, request, f"code-replaced:{event}")
    return CodeMade(code)


@transaction.atomic
def withdraw_request(
    *, environment: Environment, request_id: UUID, represented: UUID, disputed: bool = False
) -> Refused | None:
    """Withdraw a request before it is activated, or say that it is not right (DM-39a).

    Refused: NOT_YOURS, CODE_USED, CODE_WITHDRAWN, CODE_EXPIRED.
    """
    moment = clock.now()
    request = _own_request(request_id, represented, environment)
    refusal = _not_open(request, moment)
    if refusal or request is None:
        return Refused(refusal or Refusal.NOT_YOURS)
    request.state, request.closed_at = RequestState.WITHDRAWN, moment
    request.save()
    record(
        EventKind.REQUEST_DISPUTED if disputed else EventKind.REQUEST_WITHDRAWN,
        actor=Actor(ActorKind.PERSON, represented),
        subject_id=represented,
        object_id=request.id,
        data=told_apart(environment),
        moment=moment,
    )
    if disputed:
        _tell(MessageKind.REQUEST_DISPUTED, request, f"request-disputed:{request.id}")
    return None
