"""Reports of a case, and from when the provider knows of one: a passed report is the desk's own until it is confirmed.

Another employee may not agree, and then nobody outside the desk is to have read that it passed (CN-4, DM-64).
"""

from collections.abc import Iterable
from uuid import UUID

from volmacht.onboarding.actors import CaseActor, acting
from volmacht.onboarding.models import Case, Report
from volmacht.onboarding.proposing import Proposal, proposals
from volmacht.onboarding.queries.known import KnownEvent, KnownReport
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import Action
from volmacht.rules.roles import Permission


def reports_of(case: Case, *, of_the_desk: bool) -> tuple[KnownReport, ...]:
    """All of them for the desk, drafts too; for others those that they were given."""
    rows = case.reports.order_by("made_at")
    return tuple(
        KnownReport(
            row.id,
            row.environment,
            row.verdicts,
            row.passed,
            row.made_by,
            row.made_at,
            row.confirmed_by,
            row.confirmed_at,
            row.file_id,
        )
        for row in rows
        if of_the_desk or is_given(row)
    )


def proposed_verdicts(case_id: UUID, environment: Environment, reader: CaseActor) -> dict[str, Proposal]:
    """What the system would say of the points of a report, by check; for who judges, and nothing for others."""
    case = Case.objects.filter(id=case_id).first()
    may = acting(case, reader) if case else None
    if case is None or may is None or Permission.JUDGE_CASES not in may.permissions:
        return {}
    return proposals(case, environment)


def is_given(report: Report) -> bool:
    """Whether the provider was given it: one that failed at once, one that passed when it was confirmed."""
    return report.passed is False or report.confirmed_by is not None


def own_files(case: Case) -> frozenset[UUID]:
    """The files of reports that are the desk's own."""
    rows = case.reports.exclude(file=None)
    return frozenset(row.file_id for row in rows if row.file_id and not is_given(row))


def told(events: Iterable[KnownEvent]) -> tuple[KnownEvent, ...]:
    """What the provider reads of the history: not a report that nobody confirmed, nor that one was sent back."""
    found: list[KnownEvent] = []
    waiting: int | None = None  # where the report stands that somebody is to confirm
    for event in events:
        if event.action == Action.REPORT_PASSED:
            waiting = len(found)
        elif waiting is not None and event.action == Action.SEND_BACK:
            del found[waiting]
            waiting = None
            continue
        elif event.action == Action.CONFIRM:
            waiting = None
        found.append(event)
    if waiting is not None:
        del found[waiting]
    return tuple(found)
