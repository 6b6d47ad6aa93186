"""Offering a connection for testing, and the report on it (CN-3, CN-4, CN-5). Every check has a verdict."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.checks import checks
from volmacht.checks.judging import JudgedBy, Outcome, Overall, Verdict, judge
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.file_names import report_name
from volmacht.onboarding.kinds import FileKind
from volmacht.onboarding.models import Case, Report
from volmacht.onboarding.moving import judged, move, seen
from volmacht.onboarding.operations.files import LARGEST_FILE, keep
from volmacht.onboarding.operations.judging import not_proven
from volmacht.onboarding.operations.running import run_what_was_judged
from volmacht.onboarding.proposing import Proposal, proposals
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import Acting, Action, CaseState, Move, Objection
from volmacht.rules.roles import Permission

LONGEST_REASON: Final = 2000
_ENVIRONMENTS: Final = {
    CaseState.ACCEPTANCE: Environment.PREPRODUCTION,
    CaseState.PRODUCTION_REVIEW: Environment.PRODUCTION,
}


@transaction.atomic
def offer_for_test(*, case_id: UUID, actor: CaseActor) -> CaseState | Objection:
    """The provider tested, and offers its connection. Objections: those of `judge`."""
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    to = judged(case, may, Action.OFFER)
    if isinstance(to, Objection):
        return to
    move(case, Action.OFFER, to, actor)
    return CaseState(case.state)


@transaction.atomic
def save_verdicts(*, case_id: UUID, verdicts: Sequence[Verdict], actor: CaseActor) -> UUID | Objection:
    """Keep verdicts while the report is being filled in; those of other checks stay. The id of the draft.

    Objections: UNKNOWN, NOT_NOW, NO_RIGHT, OWN_ORGANISATION, NOT_A_FIELD (a check that is not asked), TOO_LONG.
    """
    found = _reporting(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, environment = found
    if wrong := _wrong(environment, verdicts):
        return wrong
    return _saved(case, environment, verdicts, actor).id


@transaction.atomic
def fill_report(
    *, case_id: UUID, verdicts: Sequence[Verdict], actor: CaseActor, pdf: bytes = b"", note: str = ""
) -> CaseState | Objection:
    """Finish the report, with these verdicts added to those that were saved; the state that the case is in then.

    It passed when no required check failed; then another employee confirms it. Objections: those of `save_verdicts`
    and of `judge`, and VERDICT_MISSING (a check has none, or a required one was not run), TOO_LARGE, NOT_PROVEN.
    """
    found = _reporting(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, environment = found
    wrong = _wrong(environment, verdicts)
    if wrong or len(pdf) > LARGEST_FILE:
        return wrong or Objection.TOO_LARGE
    report = _saved(case, environment, verdicts, actor)
    judgement = judge(checks(environment), _verdicts(report))
    if judgement.overall is Overall.INCOMPLETE:
        return Objection.VERDICT_MISSING
    passed = judgement.overall is Overall.PASSED
    action = Action.REPORT_PASSED if passed else Action.REPORT_FAILED
    to = _to(case, actor, action)
    if isinstance(to, Objection):
        return to
    report.passed, report.made_by, report.made_at = passed, _id(actor), clock.now()
    report.file = keep(case, FileKind.REPORT, _file_name(case, environment), pdf, actor) if pdf else None
    report.save()
    if passed and (
        wrong := not_proven(case) or run_what_was_judged(case, to.to, actor, proposed_by=actor.id)
    ):
        transaction.set_rollback(True)
        return wrong
    move(
        case, action, to, actor, note=note.strip()[:LONGEST_REASON], data={"failing": len(judgement.failing)}
    )
    return CaseState(case.state)


def _file_name(case: Case, environment: Environment) -> str:
    made = case.reports.filter(environment=environment, passed__isnull=False).count()
    return report_name(case.number, environment, made + 1)


def _reporting(case_id: UUID, actor: CaseActor) -> tuple[Case, Environment] | Objection:
    """The case, for who may report on it now."""
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    environment = _ENVIRONMENTS.get(CaseState(case.state))
    if environment is None:
        return Objection.NOT_NOW
    if Permission.JUDGE_CASES not in may.permissions:
        return Objection.NO_RIGHT
    return Objection.OWN_ORGANISATION if may.of_the_organisation else (case, environment)


def _to(case: Case, actor: CaseActor, action: Action) -> Move | Objection:
    found = seen(case.id, actor)
    may = found if isinstance(found, Objection) else found[1]
    return judged(case, may, action) if isinstance(may, Acting) else may


def _wrong(environment: Environment, verdicts: Sequence[Verdict]) -> Objection | None:
    if not {verdict.check_id for verdict in verdicts} <= {check.id for check in checks(environment)}:
        return Objection.NOT_A_FIELD
    return Objection.TOO_LONG if any(len(one.reason) > LONGEST_REASON for one in verdicts) else None


def _saved(case: Case, environment: Environment, verdicts: Sequence[Verdict], actor: CaseActor) -> Report:
    report = case.reports.filter(passed=None).first() or Report(case=case, verdicts={}, passed=None)
    report.environment, report.state = environment, case.state
    report.made_by, report.made_at = _id(actor), clock.now()
    known = _known(case, environment, verdicts, report)
    given = {
        one.check_id: {
            "outcome": one.outcome.value,
            "reason": one.reason.strip(),
            "by": _judged_by(one, known).value,
        }
        for one in verdicts
    }
    report.verdicts = {**_that_stand(report, known), **given}
    report.save()
    return report


def _known(
    case: Case, environment: Environment, verdicts: Sequence[Verdict], report: Report
) -> Mapping[str, Proposal]:
    """What the system finds today; not looked for where nothing is said to be its own."""
    saved = any(one.get("by") == JudgedBy.SYSTEM for one in report.verdicts.values())
    asked = saved or any(one.by is JudgedBy.SYSTEM for one in verdicts)
    return proposals(case, environment) if asked else {}


def _judged_by(verdict: Verdict, known: Mapping[str, Proposal]) -> JudgedBy:
    """Of the system only what it finds today as well; everything else is the assessor's."""
    found = known.get(verdict.check_id)
    fits = found is not None and found.outcome is verdict.outcome
    return verdict.by if fits else JudgedBy.ASSESSOR


def _that_stand(report: Report, known: Mapping[str, Proposal]) -> dict[str, dict[str, str]]:
    """The saved verdicts, without those of the system that it does not find any more: the document may be another."""
    return {
        key: saved
        for key, saved in report.verdicts.items()
        if saved.get("by") != JudgedBy.SYSTEM
        or ((found := known.get(key)) is not None and found.outcome.value == saved["outcome"])
    }


def _verdicts(report: Report) -> list[Verdict]:
    """Those of checks that are asked still: the checklist may have changed since the draft."""
    asked = {check.id for check in checks(Environment(report.environment))}
    return [
        Verdict(key, Outcome(found["outcome"]), found["reason"])
        for key, found in report.verdicts.items()
        if key in asked
    ]


def _id(actor: CaseActor) -> UUID:
    if actor.id is None:
        raise ValueError("a report is made by an employee")
    return actor.id
