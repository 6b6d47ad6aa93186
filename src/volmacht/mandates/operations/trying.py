"""One try with an authorisation code and a BSN: find, judge, and pay what it costs (DM-17, DM-20, DM-22).

A wrong code and a wrong BSN get the same answer after the same work. Used by `activating` only, inside a
transaction that is committed even when the try was wrong.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import F

from volmacht.audit.kinds import Actor, ActorKind, EventKind
from volmacht.audit.operations import record
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.models import Block, Code, Request, Try
from volmacht.mandates.queries.blocks import blocked_until
from volmacht.notifications.kinds import MessageKind, Side
from volmacht.notifications.operations import send
from volmacht.parties import queries as parties
from volmacht.parties.operations import hold
from volmacht.rules.activating import Accepted, RequestFacts, RequestState, Wrong, judge_try
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.identifiers import Bsn
from volmacht.rules.periods import day_of
from volmacht.rules.refusals import Refused
from volmacht.sealing import code_hash


def match(representative: UUID, code: AuthorisationCode, bsn: Bsn, moment: datetime) -> Request | Refused:
    """The request that code and BSN open together, its row locked; or the refusal, its cost paid."""
    found = _find(code)
    facts = _facts(found, parties.party_with_bsn(bsn))
    verdict = _judge(representative, facts, moment)
    if isinstance(verdict, Wrong) and verdict.count_on_representative:
        hold(representative)  # one wrong try at a time: ten at once must not each be the first
        verdict = _judge(representative, facts, moment)
    if isinstance(verdict, Wrong):
        _pay(verdict, representative, found.request if found else None, moment)
        until = None if verdict.count_on_representative else blocked_until(representative, moment)
        return Refused(verdict.refusal, day_of(until) if until else None)
    if found is None:
        raise RuntimeError("a try without a code was accepted")
    return found.request


def _find(code: AuthorisationCode) -> Code | None:
    """The code by its HMAC, with its request's row locked. The same queries whether it exists or not."""
    same = Code.objects.filter(hash=code_hash(code.symbols))
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


def _judge(representative: UUID, facts: RequestFacts | None, moment: datetime) -> Accepted | Wrong:
    limits = settings.ACTIVATION_LIMITS
    recent = Try.objects.filter(representative_id=representative, moment__gt=moment - limits.window)
    return judge_try(
        facts,
        representative_wrong_tries=recent.count(),
        blocked_until=blocked_until(representative, moment),
        moment=moment,
        limits=limits,
    )


def _pay(verdict: Wrong, representative: UUID, request: Request | None, moment: datetime) -> None:
    """Count what the rule says must be counted; lock, block, and tell the represented person (DM-22)."""
    if not verdict.count_on_representative:
        return
    actor = Actor(ActorKind.PERSON, representative)
    counted = request if verdict.count_on_code else None
    # The same three writes for a wrong BSN and a wrong code, so that time does not tell them apart (DM-17).
    Try.objects.create(representative_id=representative, moment=moment)
    Request.objects.filter(id=counted.id if counted else uuid4()).update(wrong_tries=F("wrong_tries") + 1)
    record(
        EventKind.CODE_TRY_FAILED,
        actor=actor,
        subject_id=counted.represented_id if counted else representative,
        object_id=counted.id if counted else None,
        moment=moment,
    )
    if counted and verdict.locks_code:
        _lock(counted, actor)
    if verdict.blocks_representative:
        _block(representative, request, moment)


def _lock(request: Request, actor: Actor) -> None:
    Request.objects.filter(id=request.id).update(state=RequestState.LOCKED)
    record(EventKind.CODE_LOCKED, actor=actor, subject_id=request.represented_id, object_id=request.id)
    count = request.codes.count()  # a replaced code can be locked again, and that is news again
    _tell(MessageKind.CODE_LOCKED, request, f"code-locked:{request.id}:{count}")


def _block(representative: UUID, request: Request | None, moment: datetime) -> None:
    """`request` is the one whose code was tried just now, if there is one: its represented person is told."""
    Block.objects.update_or_create(
        representative_id=representative, defaults={"until": moment + settings.ACTIVATION_LIMITS.block}
    )
    record(
        EventKind.REPRESENTATIVE_BLOCKED,
        actor=Actor(ActorKind.PERSON, representative),
        subject_id=representative,
    )
    if request:
        once = f"activation-blocked:{request.id}:{moment.timestamp()}"
        _tell(MessageKind.ACTIVATION_BLOCKED, request, once)


def _tell(kind: MessageKind, request: Request, once: str) -> None:
    service = catalogue.service(request.service_id)
    name, name_en = (service.name, service.name_in("en")) if service else ("", "")
    send(
        kind,
        recipient=request.represented_id,
        values={"service": name, "service_en": name_en},
        once=once,
        side=Side.REPRESENTED,
    )
