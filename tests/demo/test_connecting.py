"""The demo's cases of connecting: in every state, on believable days, and running where they say they run."""

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.demo.connecting import desk
from volmacht.onboarding import queries
from volmacht.onboarding.queries import CaseRow, QueueFilter
from volmacht.parties import queries as parties
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseKind, CaseState
from volmacht.rules.onboarding.due import Urgency
from volmacht.rules.onboarding.plan import Step
from volmacht.rules.workdays import is_workday

TOWN = "00000001002220647000"


def every_case() -> list[CaseRow]:
    """All of them, as the helpdesk sees them: disputes too."""
    return list(queries.queue(desk().helpdesk, QueueFilter(turn=None), rows=200).rows)


def test_there_are_cases_of_every_kind_and_in_every_state(loaded_demo: None, db: None) -> None:
    found = every_case()
    assert {case.kind for case in found} == set(CaseKind)
    states = {case.state for case in found}
    assert set(CaseState) - states <= {CaseState.REVIEW_CONFIRM, CaseState.CONFIRM}
    assert sum(case.kind is CaseKind.APPLICATION for case in found) >= 20


def test_something_is_overdue_at_the_desk_and_something_is_not(loaded_demo: None, db: None) -> None:
    waiting = [case for case in every_case() if case.due_on]
    assert {Urgency.OVER, None} <= {case.urgency for case in waiting}


def test_what_was_returned_says_why_per_field(loaded_demo: None, db: None) -> None:
    (case,) = [case for case in every_case() if case.state is CaseState.PREPRODUCTION_FORM]
    page = queries.case_page(case.id, desk().first)
    assert page is not None
    reasons = [
        reason
        for form in page.forms
        for known in (queries.form_pages(case.id, form, desk().first) or {}).values()
        for reason in known.reasons
    ]
    assert len(reasons) == 3


def test_one_report_failed_and_others_passed_before_somebody_else_confirmed(
    loaded_demo: None, db: None
) -> None:
    reports = [
        report
        for case in every_case()
        if (page := queries.case_page(case.id, desk().first)) is not None
        for report in page.reports
    ]
    assert {report.passed for report in reports} == {True, False}


def test_lead_times_come_from_enough_cases(loaded_demo: None, db: None) -> None:
    found = {time.step: time for time in queries.lead_times()}
    for step in Step:
        assert found[step].cases >= 3, step
        assert found[step].workdays is not None


def test_cases_move_on_working_days_and_never_in_the_future(loaded_demo: None, db: None) -> None:
    for case in every_case():
        page = queries.case_page(case.id, desk().helpdesk)
        assert page is not None
        by_people = [event for event in page.history if event.actor_id]
        assert all(is_workday(event.moment.date()) for event in by_people), case.number
        assert all(event.moment <= clock.now() for event in by_people)


def test_a_town_of_the_catalogue_can_ask_for_a_new_service_and_a_change_at_once(
    loaded_demo: None, db: None
) -> None:
    organisation_id = parties.organisation_with_oin(TOWN)
    assert organisation_id
    assert queries.is_connected(organisation_id)
    (runs,) = [
        version
        for version in queries.what_runs(organisation_id, desk().first)
        if version.environment == Environment.PRODUCTION
    ]
    names = {service.name for service in catalogue.all_services(Environment.PRODUCTION)}
    assert {service["name"] for service in runs.content["service"]} <= names
    assert catalogue.connection_by_entity_id(Environment.PRODUCTION, runs.connection)


def test_two_suppliers_act_for_providers_and_two_assessors_judge(loaded_demo: None, db: None) -> None:
    suppliers = {
        consent.supplier_id
        for organisation in parties.connecting_organisations()
        for consent in parties.consents(organisation.id)
    }
    assert len(suppliers) == 2
    assert desk().first.id != desk().second.id
