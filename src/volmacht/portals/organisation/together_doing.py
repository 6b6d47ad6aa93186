"""Carrying out what a supplier confirmed for many clients; an outcome for each of them, in the order of the plan."""

from collections.abc import Collection, Mapping
from uuid import UUID

from volmacht.onboarding import queries
from volmacht.onboarding.operations import CaseActor, start_change_for_each, write_in_each
from volmacht.onboarding.queries import CaseRow
from volmacht.portals.organisation.together_draft import Outcome, Task, Together
from volmacht.rules.onboarding.cases import Objection
from volmacht.rules.onboarding.changes import ChangeOf


def carry_out(plan: Together, chosen: Collection[str], actor: CaseActor) -> tuple[Outcome, ...]:
    """Do it for these cases of the plan; of one that is not of a client any more nobody learns more than that."""
    rows = {one.case.number: one.case for one in queries.chosen_cases(actor, chosen)}
    made = _written(plan, rows, actor) if plan.task is Task.MESSAGE else _started(plan, rows, actor)
    gone = (Outcome(number, objection=Objection.UNKNOWN) for number in chosen if number not in rows)
    return (*made, *gone)


def _written(plan: Together, rows: Mapping[str, CaseRow], actor: CaseActor) -> list[Outcome]:
    ids = [row.id for row in rows.values()]
    made = write_in_each(case_ids=ids, text=plan.said["text"], actor=actor, once=plan.once)
    return [_outcome(number, made[row.id]) for number, row in rows.items()]


def _started(plan: Together, rows: Mapping[str, CaseRow], actor: CaseActor) -> list[Outcome]:
    made = start_change_for_each(
        organisation_ids=[row.organisation_id for row in rows.values() if row.organisation_id],
        change=ChangeOf(plan.said["change_of"]),
        reason=plan.said["reason"],
        actor=actor,
        once=plan.once,
    )
    opened = queries.numbers_of([one for one in made.values() if isinstance(one, UUID)])
    found_for: dict[UUID, Outcome] = {}
    for number, row in rows.items():
        client = row.organisation_id
        if client is not None and client not in found_for:
            one = made[client]
            found_for[client] = _outcome(number, one, opened.get(one, "") if isinstance(one, UUID) else "")
    return list(found_for.values())


def _outcome(number: str, made: UUID | Objection, opened: str = "") -> Outcome:
    return Outcome(number, objection=made) if isinstance(made, Objection) else Outcome(number, opened)
