"""From when a provider knows of a test report: one that passed is the desk's own until it is confirmed (CN-4, DM-64).

Another employee may not agree, and then nobody outside the desk is to have read that it passed. For `queries`.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from volmacht.onboarding.models import Case, CaseEvent, Report
from volmacht.rules.onboarding.cases import Action


def is_given(report: Report) -> bool:
    """Whether the provider was given it: one that failed at once, one that passed when it was confirmed."""
    return report.passed is False or report.confirmed_by is not None


def own_files(case: Case) -> frozenset[UUID]:
    """The files of reports that are the desk's own."""
    rows = case.reports.exclude(file=None)
    return frozenset(row.file_id for row in rows if row.file_id and not is_given(row))


def told(events: Iterable[CaseEvent]) -> Sequence[CaseEvent]:
    """What the provider reads of the history: not a report that nobody confirmed, nor that one was sent back."""
    found: list[CaseEvent] = []
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
    return found
