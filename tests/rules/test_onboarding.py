"""Step 1 of connecting (CN-1): the process and the plan follow from the choices, each choice visibly."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volmacht.rules.onboarding import (
    LONGEST_MONTHS,
    MOST_SERVICES,
    Actor,
    Choices,
    CodeMoment,
    Condition,
    Lead,
    PlanTask,
    ProcessKey,
    ProcessStep,
    Role,
    Step,
    TaskKey,
    implementation_plan,
    last_day,
    mandate_process,
    workdays_by_role,
)
from volmacht.rules.periods import add_months
from volmacht.rules.workdays import is_workday, next_workday, workdays_between

PLAIN = Choices(
    lead=Lead.PERSON,
    services_per_code=1,
    code_moment=CodeMoment.DURING_LOGIN,
    validity_months=12,
    message_box=False,
    survivors=False,
    supplier=False,
)
MONDAY = date(2026, 11, 23)
ALL_CHOICES = st.builds(
    Choices,
    lead=st.sampled_from(Lead),
    services_per_code=st.integers(1, MOST_SERVICES),
    code_moment=st.sampled_from(CodeMoment),
    validity_months=st.integers(1, LONGEST_MONTHS),
    message_box=st.booleans(),
    survivors=st.booleans(),
    supplier=st.booleans(),
)
STARTS = st.dates(date(2020, 1, 1), date(2090, 12, 31))


def keys(tasks: Iterable[PlanTask]) -> set[TaskKey]:
    return {task.key for task in tasks}


def plan(**changes: object) -> tuple[PlanTask, ...]:
    return implementation_plan(replace(PLAIN, **changes), MONDAY)  # type: ignore[arg-type] # fields by name


def process(**changes: object) -> dict[ProcessKey, ProcessStep]:
    return {step.key: step for step in mandate_process(replace(PLAIN, **changes))}  # type: ignore[arg-type] # as above


@pytest.mark.parametrize(
    ("services", "months"), [(0, 12), (MOST_SERVICES + 1, 12), (1, 0), (1, LONGEST_MONTHS + 1)]
)
def test_choices_outside_the_limits_are_refused(services: int, months: int) -> None:
    with pytest.raises(ValueError, match="1 to"):
        replace(PLAIN, services_per_code=services, validity_months=months)


# The plan


@given(ALL_CHOICES, STARTS)
def test_a_plan_lasts_three_to_six_months(choices: Choices, start: date) -> None:
    last = last_day(implementation_plan(choices, start))
    assert add_months(start, 3) <= last <= add_months(start, 6)


@given(ALL_CHOICES, STARTS)
def test_every_task_begins_and_ends_on_a_workday_and_takes_its_workdays(
    choices: Choices, start: date
) -> None:
    for task in implementation_plan(choices, start):
        assert is_workday(task.first_day)
        assert is_workday(task.due_day)
        assert workdays_between(task.first_day, task.due_day) + 1 == task.workdays
        assert task.first_day >= start


@given(ALL_CHOICES, STARTS)
def test_all_six_steps_are_in_every_plan_in_order(choices: Choices, start: date) -> None:
    steps = [task.step for task in implementation_plan(choices, start)]
    assert list(dict.fromkeys(steps)) == list(Step)


@given(ALL_CHOICES)
def test_no_task_stands_in_a_plan_twice(choices: Choices) -> None:
    tasks = implementation_plan(choices, MONDAY)
    assert len(keys(tasks)) == len(tasks)


@given(ALL_CHOICES)
def test_nothing_happens_on_production_before_the_report_on_pre_production(choices: Choices) -> None:
    tasks = {task.key: task for task in implementation_plan(choices, MONDAY)}
    report = tasks[TaskKey.PREPRODUCTION_REPORT]
    assert all(task.first_day > report.due_day for task in tasks.values() if task.step is Step.PRODUCTION)
    assert tasks[TaskKey.ACTIVATE].first_day > tasks[TaskKey.PRODUCTION_REPORT].due_day


def test_a_plan_that_starts_on_a_day_off_begins_on_the_next_workday() -> None:
    assert implementation_plan(PLAIN, date(2026, 12, 25))[0].first_day == date(2026, 12, 28)


@pytest.mark.parametrize(
    "promise", [TaskKey.CONNECTION_DATA, TaskKey.PREPRODUCTION_REPORT, TaskKey.PRODUCTION_REPORT]
)
def test_the_operator_answers_within_five_workdays(promise: TaskKey) -> None:
    task = next(task for task in plan() if task.key is promise)
    assert (task.role, task.workdays) == (Role.OPERATOR, 5)


def test_the_signatory_signs_for_both_environments() -> None:
    signed = {task.key: task.role for task in plan(supplier=True)}
    assert signed[TaskKey.SIGN_PREPRODUCTION] is Role.SIGNATORY
    assert signed[TaskKey.SIGN_PRODUCTION] is Role.SIGNATORY


@given(ALL_CHOICES)
def test_a_supplier_does_more_than_half_of_the_work(choices: Choices) -> None:
    days = workdays_by_role(implementation_plan(replace(choices, supplier=True), MONDAY))
    of_both = sum(days.values()) - days[Role.OPERATOR]
    assert days[Role.SUPPLIER] * 2 > of_both
    assert Role.TECHNICAL not in days


def test_without_a_supplier_the_own_technicians_build() -> None:
    days = workdays_by_role(plan())
    assert Role.SUPPLIER not in days
    assert days[Role.TECHNICAL] > days[Role.FUNCTIONAL]


@pytest.mark.parametrize(
    ("change", "added"),
    [
        ({"lead": Lead.TEAM}, {TaskKey.FORM_TEAM}),
        ({"services_per_code": 3}, {TaskKey.DEFINE_SET, TaskKey.BUILD_SET}),
        ({"message_box": True}, {TaskKey.LINK_MESSAGE_BOX}),
        ({"survivors": True}, {TaskKey.SURVIVOR_PROCEDURE}),
        ({"supplier": True}, {TaskKey.AUTHORISE_SUPPLIER}),
    ],
)
def test_a_choice_adds_its_own_tasks_and_takes_none_away(
    change: dict[str, object], added: set[TaskKey]
) -> None:
    assert keys(plan(**change)) - keys(plan()) == added
    assert keys(plan()) <= keys(plan(**change))


def test_asking_inside_the_own_form_takes_longer_to_build() -> None:
    def days(moment: CodeMoment) -> int:
        return next(
            task.workdays for task in plan(code_moment=moment) if task.key is TaskKey.BUILD_CODE_ENTRY
        )

    assert days(CodeMoment.AFTER_LOGIN) > days(CodeMoment.DURING_LOGIN) == days(CodeMoment.BEFORE_LOGIN)


def test_a_task_begins_on_the_workday_after_what_it_waits_for() -> None:
    tasks = {task.key: task for task in plan()}
    assert tasks[TaskKey.CONNECTION_DATA].first_day == next_workday(tasks[TaskKey.SIGN_PREPRODUCTION].due_day)


# The process


@given(ALL_CHOICES)
def test_every_exit_leads_to_a_later_step(choices: Choices) -> None:
    steps = mandate_process(choices)
    place = {step.key: number for number, step in enumerate(steps)}
    assert len(place) == len(steps)
    assert all(place[way.to] > place[step.key] for step in steps for way in step.exits)


@given(ALL_CHOICES)
def test_every_step_but_the_first_can_be_reached(choices: Choices) -> None:
    steps = mandate_process(choices)
    reached = {way.to for step in steps for way in step.exits}
    assert reached == {step.key for step in steps[1:]}


@given(ALL_CHOICES)
def test_every_way_out_of_a_question_has_its_own_answer(choices: Choices) -> None:
    for step in mandate_process(choices):
        answers = [way.when for way in step.exits]
        assert len(set(answers)) == len(answers)
        assert (None in answers) is (len(answers) == 1)
        assert step.is_question is (len(answers) > 1)


def test_somebody_without_a_log_in_gets_the_code_by_letter() -> None:
    steps = process()
    answers = {way.when: way.to for way in steps[ProcessKey.CAN_LOG_IN].exits}
    assert answers == {Condition.YES: ProcessKey.GRANT, Condition.NO: ProcessKey.REQUEST}
    assert steps[ProcessKey.REQUEST].exits[0].to is ProcessKey.SEND_LETTER


def test_several_services_behind_one_code_are_granted_as_a_set() -> None:
    assert {ProcessKey.GRANT_SET, ProcessKey.REQUEST_SET} <= process(services_per_code=2).keys()
    assert ProcessKey.GRANT_SET not in process()


@pytest.mark.parametrize(
    ("moment", "order"),
    [
        (CodeMoment.BEFORE_LOGIN, [ProcessKey.ENTER_CODE_BEFORE, ProcessKey.ACTIVATE, ProcessKey.LOG_IN]),
        (CodeMoment.DURING_LOGIN, [ProcessKey.LOG_IN, ProcessKey.ENTER_CODE_IN_LOGIN, ProcessKey.ACTIVATE]),
        (
            CodeMoment.AFTER_LOGIN,
            [
                ProcessKey.LOG_IN_FOR_SELF,
                ProcessKey.ASK_FOR_WHOM,
                ProcessKey.ENTER_CODE_AFTER,
                ProcessKey.ACTIVATE,
            ],
        ),
    ],
)
def test_the_code_is_entered_at_the_chosen_moment(moment: CodeMoment, order: list[ProcessKey]) -> None:
    found = list(process(code_moment=moment))
    assert [key for key in found if key in order] == order


def test_who_acts_for_themselves_is_helped_without_a_mandate() -> None:
    steps = process(code_moment=CodeMoment.AFTER_LOGIN)
    answers = {way.when: way.to for way in steps[ProcessKey.ASK_FOR_WHOM].exits}
    assert answers[Condition.FOR_SELF] is ProcessKey.HANDLE_OWN
    assert steps[ProcessKey.HANDLE_OWN].exits == ()


def test_without_a_valid_mandate_the_provider_says_so() -> None:
    steps = process()
    assert {way.when: way.to for way in steps[ProcessKey.DECIDE].exits}[Condition.NO] is ProcessKey.REFUSE
    assert steps[ProcessKey.REFUSE].actor is Actor.PROVIDER


def test_the_message_box_takes_part_only_when_chosen() -> None:
    assert process(message_box=True)[ProcessKey.DELIVER_POST].actor is Actor.MESSAGE_BOX
    assert ProcessKey.DELIVER_POST not in process()


def test_survivor_mandates_add_the_way_after_a_death() -> None:
    added = process(survivors=True).keys() - process().keys()
    assert added == {
        ProcessKey.HAS_DIED,
        ProcessKey.END_BY_DEATH,
        ProcessKey.REGISTER_SURVIVOR,
        ProcessKey.WRITE_TO_HEIRS,
        ProcessKey.HEIR_ACTS,
    }
    assert process(survivors=True)[ProcessKey.REGISTER_SURVIVOR].actor is Actor.PROVIDER


def test_every_key_of_the_process_belongs_to_some_choice() -> None:
    seen = {
        key
        for moment in CodeMoment
        for services in (1, 2)
        for key in process(code_moment=moment, services_per_code=services, message_box=True, survivors=True)
    }
    assert seen == set(ProcessKey)
