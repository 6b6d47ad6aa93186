"""What a form at the desk can change of an entry: how it stands, what changed since, what waits already. Only looks.

A level has its own page, with a day; what links an entry to others comes by file or by a case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from volmacht.catalogue.changes import subject_of
from volmacht.catalogue.differences import FieldChange, differences_between
from volmacht.catalogue.kinds import ChangeKind, ProposalState
from volmacht.catalogue.models import ChangeMade, Proposal
from volmacht.catalogue.states import proposed_state, state_of

EDITABLE: Final[Mapping[ChangeKind, tuple[str, ...]]] = {
    ChangeKind.CHANGE_SERVICE: (
        "name",
        "name_en",
        "description",
        "description_en",
        "explanation",
        "explanation_en",
        "permission_question",
        "permission_question_en",
        "website",
        "keywords",
        "representative_kind",
        "longest_months",
        "request_days",
        "minimum_age",
        "survivors_allowed",
        "counter_allowed",
        "active_until",
    ),
    ChangeKind.CHANGE_PROVIDER: ("name", "description", "website", "active_until"),
}


@dataclass(frozen=True, slots=True)
class StandingEntry:
    """A service, set or provider with the fields that a form can change, as JSON, as they stand.

    Of a set these are its own, not what counts with its members. `version` is the number of its last change.
    """

    id: UUID
    change: ChangeKind
    environment: str
    is_set: bool
    version: int
    fields: Mapping[str, object]


def standing_entry(entry_id: UUID) -> StandingEntry | None:
    """The entry with this id; None when there is none that a form can change."""
    version = ChangeMade.objects.filter(entry=entry_id).count()
    for change, names in EDITABLE.items():
        state = state_of(change, {"id": entry_id})
        if state is not None:
            fields = {name: state[name] for name in names}
            is_set = bool(state.get("is_set"))
            return StandingEntry(entry_id, change, str(state["environment"]), is_set, version, fields)
    return None


def would_change(entry: StandingEntry, fields: Mapping[str, object]) -> tuple[FieldChange, ...]:
    """What differs from what stands when these fields get these values. Raises InvalidContent."""
    content = {"id": entry.id, **fields}
    return differences_between(state_of(entry.change, content), proposed_state(entry.change, content))


def changed_since(entry: StandingEntry, version: int) -> tuple[FieldChange, ...]:
    """The fields of the form that stand otherwise than in this version, as they were and are."""
    rows = ChangeMade.objects.filter(entry=entry.id).order_by("id")[version:]
    return tuple(one for one in _changes(rows) if one.field in entry.fields)


def open_proposals_about(entry_id: UUID) -> tuple[UUID, ...]:
    """The proposals about this entry that wait for a second employee, oldest first."""
    return tuple(row.id for row in _open() if subject_of(ChangeKind(row.kind), row.content) == entry_id)


def is_proposed(entry: StandingEntry, fields: Iterable[str]) -> bool:
    """Whether one of these fields of the entry waits for a second employee already."""
    about = [row.content for row in _open(entry.change) if subject_of(entry.change, row.content) == entry.id]
    return any(name in content for content in about for name in fields)


def overtaken(proposal: Proposal) -> tuple[FieldChange, ...]:
    """The fields of a proposal that were changed otherwise after it was made: it would undo what nobody saw."""
    kind = ChangeKind(proposal.kind)
    if kind not in EDITABLE:
        return ()
    entry = subject_of(kind, proposal.content)
    rows = ChangeMade.objects.filter(entry=entry, moment__gt=proposal.proposed_at).order_by("id")
    changed = (row for row in rows if row.before)  # being added is no change of what somebody saw
    return tuple(one for one in _changes(changed) if one.field in proposal.content)


def _open(*kinds: ChangeKind) -> Iterable[Proposal]:
    rows = Proposal.objects.filter(state=ProposalState.OPEN).order_by("proposed_at", "id")
    return rows.filter(kind__in=kinds) if kinds else rows


def _changes(rows: Iterable[ChangeMade]) -> Iterable[FieldChange]:
    """What these changes come to together; those of relations are of the relation, not of the entry."""
    was: dict[str, object] = {}
    becomes: dict[str, object] = {}
    for row in rows:
        for one in () if row.target else differences_between(row.before, row.after):
            was.setdefault(one.field, one.before)
            becomes[one.field] = one.after
    return differences_between(was, becomes)
