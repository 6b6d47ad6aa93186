"""What was changed in the catalogue and by whom, and what waits for a second employee (DM-64). Only looks."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from volmacht.catalogue.changes import subject_of
from volmacht.catalogue.differences import FieldChange, differences_between
from volmacht.catalogue.editing import overtaken
from volmacht.catalogue.kinds import ChangeKind, ProposalState, RelationKind
from volmacht.catalogue.models import ChangeMade, Proposal
from volmacht.catalogue.reading import InvalidContent
from volmacht.catalogue.states import proposed_state, state_of


@dataclass(frozen=True, slots=True)
class EntryVersion:
    """One change of an entry, numbered from 1. Without people it was issued by automatic checks.

    For a relation `relation` and `target` say which; the fields are those of the relation.
    """

    number: int
    moment: datetime
    change: ChangeKind
    proposed_by: UUID | None
    approved_by: UUID | None
    changes: tuple[FieldChange, ...]
    relation: RelationKind | None = None
    target: UUID | None = None


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """A proposal, and how what it is about differs from what stands now.

    `obstacle` says why it cannot be carried out as the catalogue stands, and `overtaken` which of its fields were
    changed after it was made; of a closed proposal nothing is compared.
    """

    id: UUID
    change: ChangeKind
    state: ProposalState
    entry: UUID
    proposed_by: UUID
    proposed_at: datetime
    judged_by: UUID | None
    judged_at: datetime | None
    changes: tuple[FieldChange, ...] = ()
    obstacle: str = ""
    overtaken: tuple[FieldChange, ...] = ()


def history_of_entry(entry_id: UUID) -> tuple[EntryVersion, ...]:
    """Every change of a provider, connection, service, peer and so on, oldest first; nothing for an unknown id."""
    rows = ChangeMade.objects.filter(entry=entry_id).select_related("proposal").order_by("id")
    return tuple(_version(number, row) for number, row in enumerate(rows, 1))


def _version(number: int, row: ChangeMade) -> EntryVersion:
    proposal = row.proposal
    return EntryVersion(
        number=number,
        moment=row.moment,
        change=ChangeKind(row.kind),
        proposed_by=proposal.proposed_by_id if proposal else None,
        approved_by=proposal.judged_by_id if proposal else None,
        changes=differences_between(row.before, row.after),
        relation=RelationKind(row.after["kind"]) if row.target else None,
        target=row.target,
    )


def open_proposals() -> tuple[ProposedChange, ...]:
    """What waits for a second employee, oldest first, without comparing anything."""
    rows = Proposal.objects.filter(state=ProposalState.OPEN).order_by("proposed_at", "id")
    return tuple(_proposed(row) for row in rows)


def proposal(proposal_id: UUID) -> ProposedChange | None:
    """One proposal; while it is open with the difference between what stands and what is proposed."""
    row = Proposal.objects.filter(id=proposal_id).first()
    if row is None:
        return None
    if row.state != ProposalState.OPEN:
        return _proposed(row)
    kind = ChangeKind(row.kind)
    try:
        proposed = proposed_state(kind, row.content)
    except InvalidContent as error:
        return _proposed(row, obstacle=str(error))
    changes = differences_between(state_of(kind, row.content), proposed)
    return replace(_proposed(row, changes), overtaken=overtaken(row))


def _proposed(row: Proposal, changes: tuple[FieldChange, ...] = (), obstacle: str = "") -> ProposedChange:
    kind = ChangeKind(row.kind)
    return ProposedChange(
        id=row.id,
        change=kind,
        state=ProposalState(row.state),
        entry=subject_of(kind, row.content),
        proposed_by=row.proposed_by_id,
        proposed_at=row.proposed_at,
        judged_by=row.judged_by_id,
        judged_at=row.judged_at,
        changes=changes,
        obstacle=obstacle,
    )
