"""Reports of a case, for the desk and for the provider; and what the system would put in one (CN-4, DM-64)."""

from uuid import UUID

from volmacht.onboarding.actors import CaseActor, acting
from volmacht.onboarding.models import Case
from volmacht.onboarding.proposing import Proposal, proposals
from volmacht.onboarding.queries.known import KnownReport
from volmacht.onboarding.reports_given import is_given
from volmacht.rules.environment import Environment
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
