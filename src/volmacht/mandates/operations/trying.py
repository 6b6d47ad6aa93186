"""One try with an authorisation code and a BSN: find, judge, and pay what it costs (DM-17, DM-20, DM-22).

A wrong code and a wrong BSN get the same answer after the same work. Used by `activating` only, inside a
transaction that is committed even when the try was wrong.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import F, QuerySet

from volmacht.audit.kinds import Actor, EventKind, told_apart
from volmacht.audit.operations import line_up, record
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.models import Block, Code, EmployeeBlock, PreproductionBlock, Request, Try
from volmacht.mandates.queries.blocks import blocked_until
from volmacht.notifications.kinds import MessageKind, Side
from volmacht.notifications.operations import send
from volmacht.parties import queries as parties
from volmacht.parties.operations import hold
from volmacht.rules.activating import Accepted, RequestFacts, RequestState, Wrong, judge_try
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn
from volmacht.rules.periods import day_of
from volmacht.rules.refusals import Refused
from volmacht.sealing import code_hash


@dataclass(frozen=True, slots=True)
class Trier:
    """Who tries, and where: wrong tries count on a person, or on an employee of an organisation (DM-22, DM-25), in
    each environment for itself; a code of the other environment does not exist."""

    representative: UUID
    employee: str
    environment: Environment

    @property
    def actor(self) -> Actor:
        """In the audit trail."""
        return parties.acting(self.representative, self.employee)


def match(trier: Trier, code: AuthorisationCode, bsn: Bsn, moment: datetime) -> Request | Refused:
    """The request that code and BSN open together, its row locked; or the refusal, its cost paid."""
    found = _find(code, trier.environment)
    facts = _facts(found, parties.party_with_bsn(bsn))
    verdict = _judge(trier, facts, moment)
    if isinstance(verdict, Wrong) and verdict.count_on_representative:
        hold(trier.representative)  # one wrong try at a time: ten at once must not each be the first
        verdict = _judge(trier, facts, moment)
    if isinstance(verdict, Wrong):
        _pay(verdict, trier, found.request if found else None, moment)
        until = None if verdict.count_on_representative else _blocked_until(trier, moment)
        return Refused(verdict.refusal, day_of(until) if until else None)
    if found is None:
        raise RuntimeError("a try without a code was accepted")
    return found.request


def _find(code: AuthorisationCode, environment: Environment) -> Code | None:
    """The code by its HMAC, with its request's row locked. The same queries whether it exists or not."""
    same = Code.objects.filter(hash=code_hash(code.symbols), request__environment=environment)
    request_id = same.values_list("request_id", flat=True).first()
    request = Request.objects.select_for_update(no_key=True).filter(id=request_id or uuid4()).first()
    found = same.first()  # read under the lock: it may have been replaced while we waited
    if found is None or request is None:
        return None
    found.request = request
    return found


def _facts(code: Code | None, bsn_owner: UUID | None) -> RequestFacts | None:
    if code is None:
        return None
    request = code.request
    return RequestFacts(
        state=RequestState(request.state),
        expires_at=request.expires_at,
        first_day=request.first_day,
        last_day=request.last_day,
        represented_matches=request.represented_id == bsn_owner,
        code_current=code.current,
        wrong_tries=request.wrong_tries,
    )


def _recent_tries(trier: Trier, moment: datetime) -> QuerySet[Try]:
    return Try.objects.filter(
        representative_id=trier.representative,
        employee=trier.employee,
        environment=trier.environment,
        moment__gt=moment - settings.ACTIVATION_LIMITS.window,
    )


def _blocked_until(trier: Trier, moment: datetime) -> datetime | None:
    return blocked_until(trier.representative, moment, environment=trier.environment, employee=trier.employee)


def _judge(trier: Trier, facts: RequestFacts | None, moment: datetime) -> Accepted | Wrong:
    return judge_try(
        facts,
        representative_wrong_tries=_recent_tries(trier, moment).count(),
        blocked_until=_blocked_until(trier, moment),
        moment=moment,
        limits=settings.ACTIVATION_LIMITS,
    )


def _pay(verdict: Wrong, trier: Trier, request: Request | None, moment: datetime) -> None:
    """Count what the rule says must be counted; lock, block, and tell the represented person (DM-22).

    `request` is the one that the code belongs to, if there is one. The same statements for a wrong BSN and for a
    wrong code, so that time does not tell them apart (DM-17).
    """
    if not verdict.count_on_representative:
        return
    representative = trier.representative
    Try.objects.create(
        representative_id=representative,
        employee=trier.employee,
        environment=trier.environment,
        request=request,
        moment=moment,
    )
    counted = request.id if request and verdict.count_on_code else uuid4()
    Request.objects.filter(id=counted).update(
        wrong_tries=F("wrong_tries") + 1, state=RequestState.LOCKED if verdict.locks_code else F("state")
    )
    subject = request.represented_id if request else representative
    if verdict.blocks_representative:
        line_up(subject, representative)
    event = record(
        EventKind.CODE_LOCKED if verdict.locks_code else EventKind.CODE_TRY_FAILED,
        actor=trier.actor,
        subject_id=subject,
        object_id=request.id if request else None,
        data=told_apart(trier.environment),
        moment=moment,
    )
    if request and verdict.locks_code:
        _tell(MessageKind.CODE_LOCKED, request, f"code-locked:{event}")
    else:
        parties.confirmed_address(representative)  # what telling somebody reads
    if verdict.blocks_representative:
        _block(trier, moment)


def _block(trier: Trier, moment: datetime) -> None:
    """Block, and tell everybody whose code was among the tries that led to it, once each."""
    until = {"until": moment + settings.ACTIVATION_LIMITS.block}
    if trier.environment is Environment.PREPRODUCTION:
        PreproductionBlock.objects.update_or_create(
            representative_id=trier.representative, employee=trier.employee, defaults=until
        )
    elif trier.employee:
        EmployeeBlock.objects.update_or_create(
            organisation_id=trier.representative, employee=trier.employee, defaults=until
        )
    else:
        Block.objects.update_or_create(representative_id=trier.representative, defaults=until)
    event = record(
        EventKind.REPRESENTATIVE_BLOCKED,
        actor=trier.actor,
        subject_id=trier.representative,
        data=told_apart(trier.environment),
    )
    tries = _recent_tries(trier, moment).select_related("request").order_by("moment", "id")
    last_tried = {row.request.represented_id: row.request for row in tries if row.request}
    for represented, request in last_tried.items():
        _tell(MessageKind.ACTIVATION_BLOCKED, request, f"activation-blocked:{event}:{represented}")


def _tell(kind: MessageKind, request: Request, once: str) -> None:
    service = catalogue.service(request.service_id)
    name, name_en = (service.name, service.name_in("en")) if service else ("", "")
    send(
        kind,
        environment=Environment(request.environment),
        recipient=request.represented_id,
        values={"service": name, "service_en": name_en},
        once=once,
        side=Side.REPRESENTED,
    )
