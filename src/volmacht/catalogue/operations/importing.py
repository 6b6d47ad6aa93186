"""Importing a CSV file: tried and proposed by one employee, approved by another, all or nothing (DM-63, DM-64).

What is carried out is what was tried: the stored rows are judged again under the lock of the catalogue, and when a
verdict differs from that of the dry run nothing is carried out.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import Actor, ActorKind, EventKind
from volmacht.audit.operations import record
from volmacht.catalogue.importing.document import Document, Row
from volmacht.catalogue.importing.judging import judge_rows, try_document
from volmacht.catalogue.importing.plan import Judged, OfferStep, Step, in_order
from volmacht.catalogue.importing.verdicts import DryRun, ImportKind, digest_of, stored_verdicts
from volmacht.catalogue.kinds import ChangeKind, NotJudged, Objection, ProposalState
from volmacht.catalogue.models import Provider, Service, StoredImport
from volmacht.catalogue.operations.proposing import NotStaff, approve, lock_catalogue, propose
from volmacht.catalogue.reading import InvalidContent
from volmacht.rules.environment import Environment

KEPT_TRIED = timedelta(days=1)
MOST_CHANGES = 500  # while they are made, log-ins wait to record theirs


@dataclass(frozen=True, slots=True)
class TriedImport:
    """A dry run, and under which id it is kept; None where the file could not be read to rows."""

    run: DryRun
    id: UUID | None


@dataclass(frozen=True, slots=True)
class Imported:
    """How many changes of the catalogue an import took."""

    changes: int


class _Objected(Exception):
    def __init__(self, objection: NotJudged) -> None:
        super().__init__(objection.objection)
        self.objection = objection


@transaction.atomic
def upload_import(content: bytes, *, kind: ImportKind, environment: Environment, by: UUID) -> TriedImport:
    """Read a file, judge every row, and keep it for a day, until it is proposed. Changes nothing. Raises NotStaff."""
    run, document = try_document(kind, environment, content)
    if document is None:
        return TriedImport(run, None)
    StoredImport.objects.filter(state=ProposalState.TRIED, tried_at__lt=clock.now() - KEPT_TRIED).delete()
    rows, verdicts = _stored_rows(document), stored_verdicts(run.rows)
    stored = StoredImport.objects.create(
        kind=kind,
        environment=environment,
        rows=rows,
        verdicts=verdicts,
        header=run.header,
        empty_lines=run.empty_lines,
        digest=digest_of(kind, environment, rows, verdicts),
        state=ProposalState.TRIED,
        proposed_by_id=by,
        tried_at=clock.now(),
    )
    if not StoredImport.objects.filter(id=stored.id, proposed_by__active=True).exists():
        raise NotStaff("only an active employee imports a file")
    return TriedImport(run, stored.id)


@transaction.atomic
def propose_import(import_id: UUID, *, by: UUID) -> NotJudged | None:
    """Ask another employee to approve a whole import, after its dry run; None when asked, also when it was already."""
    stored = StoredImport.objects.select_for_update().filter(id=import_id).first()
    if stored is None:
        return NotJudged(Objection.PROPOSAL_UNKNOWN)
    if stored.state == ProposalState.OPEN and stored.proposed_by_id == by:
        return None
    if objection := _not_to_propose(stored, by):
        return objection
    stored.state, stored.proposed_at = ProposalState.OPEN, clock.now()
    stored.save()
    if not StoredImport.objects.filter(id=stored.id, proposed_by__active=True).exists():
        transaction.set_rollback(True)
        return NotJudged(Objection.NOT_STAFF)
    _record(EventKind.CATALOGUE_IMPORT_PROPOSED, stored, by)
    return None


def approve_import(import_id: UUID, *, by: UUID) -> Imported | NotJudged:
    """Carry out a whole import that somebody else proposed, or nothing of it."""
    try:
        return _approved(import_id, by)
    except _Objected as error:
        return error.objection
    except InvalidContent as error:
        return NotJudged(Objection.NO_LONGER_POSSIBLE, str(error))
    except NotStaff:
        return NotJudged(Objection.NOT_STAFF)


@transaction.atomic
def _approved(import_id: UUID, by: UUID) -> Imported:
    """Raises _Objected, InvalidContent and NotStaff, each of which undoes everything."""
    lock_catalogue()
    stored = _judge(import_id, ProposalState.APPROVED, by)
    judged = _judged(stored)
    if objection := _difference(stored, judged):
        raise _Objected(objection)
    steps = in_order(judged)
    for step in steps:
        _carry_out(step, stored, by)
    _record(EventKind.CATALOGUE_IMPORT_APPROVED, stored, by)
    return Imported(len(steps))


def reject_import(import_id: UUID, *, by: UUID) -> NotJudged | None:
    """Close a proposed import without carrying it out; somebody else than who proposed it. None when done."""
    try:
        with transaction.atomic():
            _record(EventKind.CATALOGUE_IMPORT_REJECTED, _judge(import_id, ProposalState.REJECTED, by), by)
    except _Objected as error:
        return error.objection
    return None


def _judge(import_id: UUID, state: ProposalState, by: UUID) -> StoredImport:
    """The import in its new state. Raises _Objected, which undoes it."""
    stored = StoredImport.objects.select_for_update().filter(id=import_id).first()
    if stored is None:
        raise _Objected(NotJudged(Objection.PROPOSAL_UNKNOWN))
    if stored.state == ProposalState.TRIED:
        raise _Objected(NotJudged(Objection.NOT_PROPOSED))
    if stored.state != ProposalState.OPEN:
        raise _Objected(NotJudged(Objection.ALREADY_JUDGED))
    if stored.proposed_by_id == by:
        raise _Objected(NotJudged(Objection.OWN_PROPOSAL))
    stored.state, stored.judged_by_id, stored.judged_at = state, by, clock.now()
    stored.save()
    if not StoredImport.objects.filter(id=stored.id, judged_by__active=True).exists():
        raise _Objected(NotJudged(Objection.NOT_STAFF))
    return stored


def _judged(stored: StoredImport) -> list[Judged]:
    """The verdicts on the stored rows as the catalogue stands now."""
    return judge_rows(ImportKind(stored.kind), Environment(stored.environment), rows_of(stored))


def rows_of(stored: StoredImport) -> list[Row]:
    """The rows as they were read from the file."""
    return [Row(line, tuple(cells)) for line, cells in stored.rows]


def _stored_rows(document: Document) -> list[list[object]]:
    return [[row.line, list(row.cells)] for row in document.rows]


def _difference(stored: StoredImport, judged: list[Judged]) -> NotJudged | None:
    """Whether this is no longer what was tried; `detail` names the line of the first row whose verdict differs."""
    kind, environment = ImportKind(stored.kind), Environment(stored.environment)
    if digest_of(kind, environment, stored.rows, stored.verdicts) != stored.digest:
        return NotJudged(Objection.IMPORT_DAMAGED)
    now = stored_verdicts([one.verdict for one in judged])
    for was, becomes in zip(stored.verdicts, now, strict=True):
        if was != becomes:
            return NotJudged(Objection.VERDICTS_DIFFER, str(becomes["line"]))
    return None


def _not_to_propose(stored: StoredImport, by: UUID) -> NotJudged | None:
    if stored.proposed_by_id != by:
        return NotJudged(Objection.NOT_YOURS)
    if stored.state != ProposalState.TRIED:
        return NotJudged(Objection.ALREADY_JUDGED)
    judged = _judged(stored)
    return _difference(stored, judged) or _not_possible(stored, judged)


def _not_possible(stored: StoredImport, judged: list[Judged]) -> NotJudged | None:
    rows = tuple(one.verdict for one in judged)
    run = DryRun(ImportKind(stored.kind), Environment(stored.environment), rows)
    if not run.possible:
        return NotJudged(Objection.HAS_FAULTS)
    if not run.changes_something:
        return NotJudged(Objection.CHANGES_NOTHING)
    too_many = len(in_order(judged)) > MOST_CHANGES
    return NotJudged(Objection.TOO_MANY_CHANGES, str(MOST_CHANGES)) if too_many else None


def _carry_out(step: Step | OfferStep, stored: StoredImport, by: UUID) -> None:
    """One change, proposed by who proposed the import. Raises _Objected, InvalidContent and NotStaff."""
    change = _offering(step) if isinstance(step, OfferStep) else step
    objection = approve(propose(change.kind, change.content, by=stored.proposed_by_id), by=by)
    if objection:
        raise _Objected(objection)


def _offering(step: OfferStep) -> Step:
    """The organisations of a service with this one among them or not, as the steps before left them."""
    service = Service.objects.get(id=step.service_id)
    provider = Provider.objects.get(environment=service.environment, oin=step.oin)
    providers = set(service.providers.values_list("id", flat=True))
    providers = providers | {provider.id} if step.offers else providers - {provider.id}
    return Step(ChangeKind.CHANGE_SERVICE, {"id": service.id, "providers": sorted(providers)})


def _record(event: EventKind, stored: StoredImport, by: UUID) -> None:
    record(
        event,
        actor=Actor(ActorKind.STAFF, by),
        subject_id=stored.id,
        object_id=stored.id,
        data={"layout": stored.kind, "environment": stored.environment, "digest": stored.digest},
    )
