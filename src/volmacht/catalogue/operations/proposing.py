"""Proposing a change of the catalogue, and judging it: four eyes on everything (DM-64)."""

import json
from collections.abc import Mapping
from uuid import UUID, uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F

from volmacht import clock
from volmacht.audit.kinds import SYSTEM, Actor, ActorKind, EventKind
from volmacht.audit.operations import record
from volmacht.catalogue.changes import CHANGES, NEW_THINGS, subject_of
from volmacht.catalogue.editing import changed_since, is_proposed, overtaken, standing_entry, would_change
from volmacht.catalogue.kinds import ChangeKind, NotJudged, Objection, ProposalState
from volmacht.catalogue.models import ChangeMade, Proposal, Version
from volmacht.catalogue.reading import InvalidContent
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.catalogue.states import state_of, target_of


class NotStaff(ValueError):
    """Only an active employee of the operator proposes a change."""


@transaction.atomic
def propose(kind: ChangeKind, content: Mapping[str, object], *, by: UUID) -> UUID:
    """Write down a change that another employee may approve; returns the id of the proposal.

    What is added gets its `id` here, unless the content brings one. Raises InvalidContent, which names the
    field, and NotStaff.
    """
    stored = _stored(kind, content)
    change = CHANGES[kind]
    change.check(change.read(stored))
    proposal = Proposal.objects.create(
        kind=kind, content=stored, state=ProposalState.OPEN, proposed_by_id=by, proposed_at=clock.now()
    )
    if not Proposal.objects.filter(id=proposal.id, proposed_by__active=True).exists():
        raise NotStaff("only an active employee proposes a change")
    _record(EventKind.CATALOGUE_PROPOSED, proposal, by)
    return proposal.id


@transaction.atomic
def propose_edit(
    entry_id: UUID, fields: Mapping[str, object], *, seen: int, by: UUID
) -> UUID | Objection | None:
    """Propose what a form changed of a service, set or provider; returns the id of the proposal, or the objection.

    `seen` is the version of the entry that the form showed; what changed since then is never undone unseen. None
    when there is no such entry. Raises InvalidContent, which names the field, and NotStaff.
    """
    lock_catalogue()
    entry = standing_entry(entry_id)
    if entry is None:
        return None
    for name in fields:
        if name not in entry.fields:
            raise InvalidContent(name, "is not changed by a form")
    if changed_since(entry, seen):
        return Objection.ENTRY_CHANGED
    changes = [one.field for one in would_change(entry, fields)]
    if not changes:
        return Objection.CHANGES_NOTHING
    if is_proposed(entry, changes):
        return Objection.PROPOSED_ALREADY
    content = {"id": entry_id, **{name: fields[name] for name in changes}}
    return propose(entry.change, content, by=by)


@transaction.atomic
def approve(proposal_id: UUID, *, by: UUID) -> NotJudged | None:
    """Carry out a change that somebody else proposed; None when done, or the objection and nothing changed."""
    lock_catalogue()
    proposal = _judge(proposal_id, ProposalState.APPROVED, by)
    if isinstance(proposal, NotJudged):
        return proposal
    if fields := overtaken(proposal):
        transaction.set_rollback(True)
        return NotJudged(Objection.NO_LONGER_POSSIBLE, f"{fields[0].field}: changed since this was proposed")
    try:
        _carry_out(ChangeKind(proposal.kind), proposal.content, proposal)
    except InvalidContent as error:
        transaction.set_rollback(True)
        return NotJudged(Objection.NO_LONGER_POSSIBLE, str(error))
    _record(EventKind.CATALOGUE_APPROVED, proposal, by)
    return None


@transaction.atomic
def reject(proposal_id: UUID, *, by: UUID) -> NotJudged | None:
    """Close a proposal without carrying it out; somebody else than who proposed it (DM-64). None when done."""
    proposal = _judge(proposal_id, ProposalState.REJECTED, by)
    if isinstance(proposal, NotJudged):
        return proposal
    _record(EventKind.CATALOGUE_REJECTED, proposal, by)
    return None


@transaction.atomic
def issue(kind: ChangeKind, content: Mapping[str, object]) -> None:
    """Carry out a change that passed the automatic checks of a connection: the exception of DM-64.

    For pre-production only, as its only caller sees to (`configurations`). Raises InvalidContent.
    """
    lock_catalogue()
    stored = _stored(kind, content)
    _carry_out(kind, stored, None)
    record(
        EventKind.CATALOGUE_ISSUED,
        actor=SYSTEM,
        subject_id=subject_of(kind, stored),
        object_id=subject_of(kind, stored),
        data={"change": kind.value},
    )


def _carry_out(kind: ChangeKind, stored: Mapping[str, object], proposal: Proposal | None) -> None:
    """Change the tables, and write down what it was and became. Raises InvalidContent."""
    change = CHANGES[kind]
    content = change.read(stored)
    change.check(content)
    before = state_of(kind, stored)
    change.apply(content)
    ChangeMade.objects.create(
        entry=subject_of(kind, stored),
        target=target_of(kind, stored),
        kind=kind,
        moment=clock.now(),
        proposal=proposal,
        before=before,
        after=state_of(kind, stored),
    )
    raise_version()


def _stored(kind: ChangeKind, content: Mapping[str, object]) -> dict[str, object]:
    """The content as it is stored; what is added gets an id."""
    whole = {"id": uuid4(), **content} if kind in NEW_THINGS else dict(content)
    stored: dict[str, object] = json.loads(json.dumps(whole, cls=DjangoJSONEncoder))
    return stored


def lock_catalogue() -> None:
    """Let changes of the catalogue come one after the other, until the end of this transaction."""
    Version.objects.get_or_create(pk=1)
    Version.objects.select_for_update().get(pk=1)


def _judge(proposal_id: UUID, state: ProposalState, by: UUID) -> Proposal | NotJudged:
    """The proposal in its new state, or the objection; an objection undoes what was written."""
    proposal = Proposal.objects.select_for_update().filter(id=proposal_id).first()
    if proposal is None:
        return NotJudged(Objection.PROPOSAL_UNKNOWN)
    if proposal.state != ProposalState.OPEN:
        return NotJudged(Objection.ALREADY_JUDGED)
    if proposal.proposed_by_id == by:
        return NotJudged(Objection.OWN_PROPOSAL)
    proposal.state, proposal.judged_by_id, proposal.judged_at = state, by, clock.now()
    proposal.save()
    if not Proposal.objects.filter(id=proposal.id, judged_by__active=True).exists():
        transaction.set_rollback(True)
        return NotJudged(Objection.NOT_STAFF)
    return proposal


def raise_version() -> None:
    """Tell every process that the catalogue changed; this one at once."""
    Version.objects.filter(pk=1).update(number=F("number") + 1, mark=uuid4())
    CATALOGUE.forget()
    transaction.on_commit(CATALOGUE.forget)


def _record(event: EventKind, proposal: Proposal, by: UUID) -> None:
    kind = ChangeKind(proposal.kind)
    record(
        event,
        actor=Actor(ActorKind.STAFF, by),
        subject_id=subject_of(kind, proposal.content),
        object_id=proposal.id,
        data={"change": kind.value},
    )
