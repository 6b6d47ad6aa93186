"""The implementation plan that follows from a provider's choices: tasks per role, in workdays (CN-1). Pure.

A task starts on the first workday after everything it waits for. However the answers fall and whenever it
starts, the plan lasts three to six months. The operator's tasks are the promises of the six steps: connection
data and both test reports within five workdays, activation on the same day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from volmacht.rules.onboarding.choices import Choices, CodeMoment, Lead
from volmacht.rules.workdays import add_workdays, next_workday, workday_from


class Step(StrEnum):
    """The six steps of connecting; the value is the rule id."""

    PREPARE = "CN-1"
    PREPRODUCTION = "CN-2"
    TEST = "CN-3"
    ACCEPTANCE = "CN-4"
    PRODUCTION = "CN-5"
    ACTIVATION = "CN-6"


class Role(StrEnum):
    """Who does a task."""

    SIGNATORY = "signatory"
    PROJECT_LEADER = "project_leader"
    FUNCTIONAL = "functional"
    TECHNICAL = "technical"
    SECURITY = "security"
    SUPPLIER = "supplier"
    OPERATOR = "operator"


class TaskKey(StrEnum):
    """What has to be done."""

    NAME_LEAD = "name_lead"
    FORM_TEAM = "form_team"
    READ_GUIDE = "read_guide"
    AUTHORISE_SUPPLIER = "authorise_supplier"
    DECIDE_FRAME = "decide_frame"
    DEFINE_SET = "define_set"
    DECIDE_MESSAGE_BOX = "decide_message_box"
    DECIDE_SURVIVORS = "decide_survivors"
    SETTLE_PROCESS = "settle_process"
    FILL_PREPRODUCTION_FORM = "fill_preproduction_form"
    SIGN_PREPRODUCTION = "sign_preproduction"
    PREPRODUCTION_CERTIFICATES = "preproduction_certificates"
    CONNECTION_DATA = "connection_data"
    BUILD_LOG_IN = "build_log_in"
    BUILD_CODE_ENTRY = "build_code_entry"
    BUILD_SET = "build_set"
    LINK_MESSAGE_BOX = "link_message_box"
    SURVIVOR_PROCEDURE = "survivor_procedure"
    WRITE_TEXTS = "write_texts"
    SECURITY_STATEMENT = "security_statement"
    RUN_TESTS = "run_tests"
    OFFER_FOR_TEST = "offer_for_test"
    PREPRODUCTION_REPORT = "preproduction_report"
    MEND_FINDINGS = "mend_findings"
    SIGN_PRODUCTION = "sign_production"
    PRODUCTION_CERTIFICATES = "production_certificates"
    CONNECT_PRODUCTION = "connect_production"
    TRAIN_STAFF = "train_staff"
    PRODUCTION_REPORT = "production_report"
    ACTIVATE = "activate"
    FIRST_LOG_IN = "first_log_in"


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One task: in which step, for whom, from the first up to and including the due day (both workdays)."""

    step: Step
    role: Role
    key: TaskKey
    first_day: date
    due_day: date
    workdays: int


@dataclass(frozen=True, slots=True)
class _Draft:
    """A task before it has a date: how many workdays it takes, and which tasks come first."""

    step: Step
    role: Role
    key: TaskKey
    workdays: int
    after: tuple[TaskKey, ...] = ()


def implementation_plan(choices: Choices, start: date) -> tuple[PlanTask, ...]:
    """All tasks in order of their step and first day, the first one on the first workday from `start`."""
    drafts = (
        *_prepare(choices),
        *_preproduction(choices),
        *_test(choices),
        *_acceptance(choices),
        *_production(choices),
        *_activation(),
    )
    return _dated(drafts, start)


def last_day(tasks: Sequence[PlanTask]) -> date:
    """The day on which the last task of a plan is due."""
    return max(task.due_day for task in tasks)


def workdays_by_role(tasks: Iterable[PlanTask]) -> dict[Role, int]:
    """How many workdays of work each role has, in the order of `Role`; roles without work are left out."""
    totals = dict.fromkeys(Role, 0)
    for task in tasks:
        totals[task.role] += task.workdays
    return {role: days for role, days in totals.items() if days}


def _dated(drafts: Iterable[_Draft], start: date) -> tuple[PlanTask, ...]:
    """Give every draft its dates; it stands after all it waits for. What is not planned holds nothing up."""
    first, due = workday_from(start), dict[TaskKey, date]()
    tasks = []
    for draft in drafts:
        waits = [due[key] for key in draft.after if key in due]
        begin = next_workday(max(waits)) if waits else first
        due[draft.key] = add_workdays(begin, draft.workdays - 1)
        tasks.append(PlanTask(draft.step, draft.role, draft.key, begin, due[draft.key], draft.workdays))
    order = list(Step)
    return tuple(sorted(tasks, key=lambda task: (order.index(task.step), task.first_day, task.due_day)))


def _builder(choices: Choices, own: Role) -> Role:
    """Who does work that a supplier takes over when there is one."""
    return Role.SUPPLIER if choices.supplier else own


def _prepare(choices: Choices) -> list[_Draft]:
    step, key = Step.PREPARE, TaskKey
    drafts = [_Draft(step, Role.SIGNATORY, key.NAME_LEAD, 3)]
    if choices.lead is Lead.TEAM:
        drafts.append(_Draft(step, Role.PROJECT_LEADER, key.FORM_TEAM, 5, (key.NAME_LEAD,)))
    drafts.append(_Draft(step, Role.PROJECT_LEADER, key.READ_GUIDE, 3, (key.NAME_LEAD, key.FORM_TEAM)))
    if choices.supplier:
        drafts.append(_Draft(step, Role.SIGNATORY, key.AUTHORISE_SUPPLIER, 3, (key.NAME_LEAD,)))
    drafts.append(_Draft(step, Role.FUNCTIONAL, key.DECIDE_FRAME, 5, (key.READ_GUIDE,)))
    if choices.is_set:
        drafts.append(_Draft(step, Role.FUNCTIONAL, key.DEFINE_SET, 3, (key.DECIDE_FRAME,)))
    drafts += [
        _Draft(step, Role.FUNCTIONAL, key.DECIDE_MESSAGE_BOX, 2, (key.READ_GUIDE,)),
        _Draft(step, Role.FUNCTIONAL, key.DECIDE_SURVIVORS, 2, (key.READ_GUIDE,)),
        _Draft(
            step,
            Role.PROJECT_LEADER,
            key.SETTLE_PROCESS,
            3,
            (
                key.DECIDE_FRAME,
                key.DEFINE_SET,
                key.DECIDE_MESSAGE_BOX,
                key.DECIDE_SURVIVORS,
                key.AUTHORISE_SUPPLIER,
            ),
        ),
    ]
    return drafts


def _preproduction(choices: Choices) -> list[_Draft]:
    step, key = Step.PREPRODUCTION, TaskKey
    form, builder = _builder(choices, Role.PROJECT_LEADER), _builder(choices, Role.TECHNICAL)
    return [
        _Draft(step, builder, key.PREPRODUCTION_CERTIFICATES, 10, (key.READ_GUIDE, key.AUTHORISE_SUPPLIER)),
        _Draft(
            step, form, key.FILL_PREPRODUCTION_FORM, 2, (key.SETTLE_PROCESS, key.PREPRODUCTION_CERTIFICATES)
        ),
        _Draft(step, Role.SIGNATORY, key.SIGN_PREPRODUCTION, 2, (key.FILL_PREPRODUCTION_FORM,)),
        _Draft(step, Role.OPERATOR, key.CONNECTION_DATA, 5, (key.SIGN_PREPRODUCTION,)),
    ]


def _test(choices: Choices) -> list[_Draft]:
    step, key = Step.TEST, TaskKey
    builder = _builder(choices, Role.TECHNICAL)
    extra = 5 if choices.code_moment is CodeMoment.AFTER_LOGIN else 0
    log_in, statement = (15, 5) if choices.supplier else (20, 10)  # a supplier has done it before
    drafts = [
        _Draft(step, builder, key.BUILD_LOG_IN, log_in, (key.CONNECTION_DATA,)),
        _Draft(step, builder, key.BUILD_CODE_ENTRY, 5 + extra, (key.BUILD_LOG_IN,)),
        _Draft(step, Role.FUNCTIONAL, key.WRITE_TEXTS, 5, (key.CONNECTION_DATA,)),
        _Draft(step, Role.SECURITY, key.SECURITY_STATEMENT, statement, (key.CONNECTION_DATA,)),
    ]
    if choices.is_set:
        drafts.append(_Draft(step, builder, key.BUILD_SET, 5, (key.BUILD_CODE_ENTRY,)))
    if choices.message_box:
        drafts.append(_Draft(step, builder, key.LINK_MESSAGE_BOX, 5, (key.BUILD_CODE_ENTRY, key.BUILD_SET)))
    if choices.survivors:
        drafts.append(_Draft(step, Role.FUNCTIONAL, key.SURVIVOR_PROCEDURE, 10, (key.WRITE_TEXTS,)))
    built = (key.BUILD_CODE_ENTRY, key.BUILD_SET, key.LINK_MESSAGE_BOX, key.SURVIVOR_PROCEDURE)
    drafts.append(_Draft(step, builder, key.RUN_TESTS, 10, (*built, key.WRITE_TEXTS, key.SECURITY_STATEMENT)))
    return drafts


def _acceptance(choices: Choices) -> list[_Draft]:
    step, key = Step.ACCEPTANCE, TaskKey
    return [
        _Draft(step, Role.PROJECT_LEADER, key.OFFER_FOR_TEST, 1, (key.RUN_TESTS,)),
        _Draft(step, Role.OPERATOR, key.PREPRODUCTION_REPORT, 5, (key.OFFER_FOR_TEST,)),
        _Draft(step, _builder(choices, Role.TECHNICAL), key.MEND_FINDINGS, 5, (key.PREPRODUCTION_REPORT,)),
    ]


def _production(choices: Choices) -> list[_Draft]:
    step, key = Step.PRODUCTION, TaskKey
    builder = _builder(choices, Role.TECHNICAL)
    return [
        _Draft(step, builder, key.PRODUCTION_CERTIFICATES, 10, (key.PREPRODUCTION_REPORT,)),
        _Draft(step, Role.SIGNATORY, key.SIGN_PRODUCTION, 3, (key.MEND_FINDINGS,)),
        _Draft(step, builder, key.CONNECT_PRODUCTION, 5, (key.SIGN_PRODUCTION, key.PRODUCTION_CERTIFICATES)),
        _Draft(step, Role.FUNCTIONAL, key.TRAIN_STAFF, 5, (key.MEND_FINDINGS,)),
        _Draft(step, Role.OPERATOR, key.PRODUCTION_REPORT, 5, (key.CONNECT_PRODUCTION,)),
    ]


def _activation() -> list[_Draft]:
    step, key = Step.ACTIVATION, TaskKey
    return [
        _Draft(step, Role.OPERATOR, key.ACTIVATE, 1, (key.PRODUCTION_REPORT, key.TRAIN_STAFF)),
        _Draft(step, Role.PROJECT_LEADER, key.FIRST_LOG_IN, 1, (key.ACTIVATE,)),
    ]
