"""From the first answer to a connection that runs, and the ways off that road.

CN-1, CN-2, CN-3, CN-4, CN-5, CN-6, CN-11.
"""

from typing import Any
from uuid import UUID

import pytest

from tests.onboarding import filled_in
from tests.onboarding.filled_in import PREPRODUCTION_ID, state
from tests.onboarding.town import Town
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.catalogue import queries as catalogue
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import Action, CaseState, Objection, Side
from volmacht.rules.onboarding.choices import Choices, CodeMoment, Lead
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.needed import Needed

Judges = tuple[CaseActor, CaseActor]


def test_an_organisation_comes_from_its_first_answer_to_a_service_that_can_be_mandated(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.connected(body, signatory, judges)
    for environment in Environment:
        assert [one.name for one in catalogue.all_services(environment) if one.name == "Parkeervergunning"]
    page = queries.case_page(case_id, signatory)
    assert page is not None
    assert (page.case.state, page.case.turn, page.now.needed) == (CaseState.ACTIVE, None, Needed.NOTHING)
    assert [event.action for event in page.history] == [
        "open",
        "hand_in",
        "sign",
        "hand_in",
        "propose",
        "confirm",
        "offer",
        "report_passed",
        "confirm",
        "sign",
        "hand_in",
        "report_passed",
        "confirm",
        "activate",
    ]
    kinds = {happening.kind for happening in history_of(case_id)}
    assert kinds >= {EventKind.CASE_OPENED, EventKind.CASE_MOVED, EventKind.CONFIGURATION_CARRIED_OUT}


def test_the_choices_of_step_one_are_carried_over_and_not_asked_again(
    body: UUID, signatory: CaseActor
) -> None:
    choices = Choices(
        lead=Lead.TEAM,
        services_per_code=3,
        code_moment=CodeMoment.AFTER_LOGIN,
        validity_months=36,
        message_box=True,
        survivors=True,
        supplier=False,
    )
    case_id = operations.start_application(organisation_id=body, actor=signatory, choices=choices)
    assert isinstance(case_id, UUID)
    pages = queries.form_pages(case_id, FormKey.APPLICATION, signatory)
    assert pages is not None
    assert pages[PageKey.CHOICES].answers == {
        "lead": "team",
        "services_per_code": 3,
        "code_moment": "after_login",
        "validity_months": 36,
        "message_box": True,
        "survivors": True,
        "supplier": False,
    }
    assert pages[PageKey.CHOICES].problems == ()


def test_there_is_one_application_at_a_time(body: UUID, signatory: CaseActor) -> None:
    first = operations.start_application(organisation_id=body, actor=signatory)
    assert isinstance(first, UUID)
    assert operations.start_application(organisation_id=body, actor=signatory) is Objection.OPEN_CASE_EXISTS
    assert operations.withdraw(case_id=first, actor=signatory) is CaseState.WITHDRAWN
    assert isinstance(operations.start_application(organisation_id=body, actor=signatory), UUID)


def test_numbers_count_on_per_kind(town: Town, body: UUID, signatory: CaseActor) -> None:
    operations.start_application(organisation_id=body, actor=signatory)
    for _ in range(2):
        operations.ask_question(organisation_id=body, actor=signatory, subject="Vraag", text="Hoe?")
    rows = queries.cases_of(body, signatory)
    assert {row.number for row in rows} == {"A-2026-0001", "V-2026-0001", "V-2026-0002"}


def test_an_incomplete_form_is_not_handed_in_and_nothing_is_lost(body: UUID, signatory: CaseActor) -> None:
    case_id = operations.start_application(organisation_id=body, actor=signatory)
    assert isinstance(case_id, UUID)
    saved = operations.save_answers(
        case_id=case_id,
        form=FormKey.APPLICATION,
        page=PageKey.CHOICES,
        answers={"lead": "nobody", "validity_months": 900},
        version=0,
        actor=signatory,
    )
    assert isinstance(saved, operations.Saved)
    assert {found.field: found.problem.value for found in saved.problems}["validity_months"] == "out_of_range"
    assert operations.hand_in(case_id=case_id, actor=signatory) is Objection.NOT_COMPLETE
    pages = queries.form_pages(case_id, FormKey.APPLICATION, signatory)
    assert pages is not None
    assert pages[PageKey.CHOICES].answers == {"lead": "nobody", "validity_months": 900}


def test_what_is_not_signed_is_not_handed_in(body: UUID, signatory: CaseActor) -> None:
    case_id = filled_in.prepared(body, signatory)
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signatory)
    assert operations.hand_in(case_id=case_id, actor=signatory) is Objection.NOT_SIGNED


def test_who_changes_an_answer_after_signing_signs_again(body: UUID, signatory: CaseActor) -> None:
    case_id = filled_in.prepared(body, signatory)
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signatory)
    first = filled_in.sign(case_id, signatory)
    assert filled_in.sign(case_id, signatory) == first
    other = [{**filled_in.SERVICE, "name": "Iets anders"}]
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signatory, services=other)
    assert operations.hand_in(case_id=case_id, actor=signatory) is Objection.NOT_SIGNED
    assert filled_in.sign(case_id, signatory) != first
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PREPRODUCTION_REVIEW


def test_a_signature_of_who_left_does_not_count(town: Town, body: UUID, signatory: CaseActor) -> None:
    from volmacht.rules.roles import MemberRole

    leader = town.add_member(body, MemberRole.PROJECT_LEADER)
    case_id = filled_in.prepared(body, signatory)
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signatory)
    filled_in.sign(case_id, signatory)
    town.leave(signatory)
    assert operations.hand_in(case_id=case_id, actor=leader) is Objection.NOT_SIGNED
    successor = town.add_member(body, MemberRole.SIGNATORY)
    filled_in.sign(case_id, successor)
    assert operations.hand_in(case_id=case_id, actor=leader) is CaseState.PREPRODUCTION_REVIEW


def test_only_a_signatory_signs_and_no_supplier(
    town: Town, body: UUID, signatory: CaseActor, supplier: CaseActor
) -> None:
    from volmacht.rules.roles import MemberRole

    case_id = filled_in.prepared(body, signatory)
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, supplier)
    leader = town.add_member(body, MemberRole.PROJECT_LEADER)
    assert filled_in.sign(case_id, leader) is Objection.NO_RIGHT
    assert filled_in.sign(case_id, supplier) is Objection.NO_RIGHT


def test_a_form_is_returned_with_reasons_that_go_when_their_answer_changes(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    pages = queries.form_pages(case_id, FormKey.PREPRODUCTION, judges[0])
    assert pages is not None
    rows: Any = pages[PageKey.SERVICES].answers
    row = rows[0]["row"]
    reasons = {(FormKey.PREPRODUCTION, PageKey.SERVICES): {f"{row}.description": "Schrijf dit eenvoudiger."}}
    returned = operations.return_with_reasons(case_id=case_id, reasons=reasons, actor=judges[0])
    assert returned is CaseState.PREPRODUCTION_FORM
    page = queries.case_page(case_id, signatory)
    assert page is not None
    assert page.now.needed is Needed.MEND_FORM
    better = [{**filled_in.SERVICE, "row": row, "description": "Parkeren."}]
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signatory, services=better)
    page = queries.case_page(case_id, signatory)
    assert page is not None
    assert page.now.needed is Needed.GIVE_METADATA


@pytest.mark.parametrize(
    ("reasons", "objection"),
    [
        ({}, Objection.NO_REASON),
        ({(FormKey.PREPRODUCTION, PageKey.CONNECTION): {"entity_id": " "}}, Objection.NO_REASON),
        ({(FormKey.PREPRODUCTION, PageKey.CONNECTION): {"nothing": "x"}}, Objection.NOT_A_FIELD),
        ({(FormKey.PRODUCTION, PageKey.SECURITY): {"assessed_by": "x"}}, Objection.NOT_A_FIELD),
        ({(FormKey.PREPRODUCTION, PageKey.CONNECTION): {"entity_id": "x" * 4001}}, Objection.TOO_LONG),
    ],
)
def test_a_return_needs_reasons_about_what_was_asked(
    body: UUID,
    signatory: CaseActor,
    judges: Judges,
    reasons: operations.rounds.Reasons,
    objection: Objection,
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    assert operations.return_with_reasons(case_id=case_id, reasons=reasons, actor=judges[0]) is objection


def test_a_refusal_has_a_reason_and_ends_it(body: UUID, signatory: CaseActor, judges: Judges) -> None:
    case_id = filled_in.handed_in(body, signatory)
    assert operations.refuse(case_id=case_id, reason=" ", actor=judges[0]) is Objection.NO_REASON
    refused = operations.refuse(case_id=case_id, reason="Geen publieke taak.", actor=judges[0])
    assert refused is CaseState.REFUSED
    page = queries.case_page(case_id, signatory)
    assert page is not None
    assert page.history[-1].note == "Geen publieke taak."
    assert page.may == frozenset()


def test_a_failed_report_brings_it_back_to_testing(body: UUID, signatory: CaseActor, judges: Judges) -> None:
    from volmacht.checks.judging import Outcome, Verdict

    case_id = filled_in.in_test(body, signatory, judges)
    operations.offer_for_test(case_id=case_id, actor=signatory)
    verdicts = filled_in.all_pass(Environment.PREPRODUCTION)
    verdicts[0] = Verdict(verdicts[0].check_id, Outcome.FAIL, "Het werkt niet.")
    failed = operations.fill_report(case_id=case_id, verdicts=verdicts, actor=judges[0])
    assert failed is CaseState.TESTING
    page = queries.case_page(case_id, signatory)
    assert page is not None
    assert page.now.needed is Needed.MEND_FINDINGS
    assert page.reports[0].verdicts[verdicts[0].check_id] == {
        "outcome": "fail",
        "reason": "Het werkt niet.",
        "by": "assessor",
    }


def test_a_report_without_a_verdict_for_each_check_is_not_finished(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.in_test(body, signatory, judges)
    operations.offer_for_test(case_id=case_id, actor=signatory)
    verdicts = filled_in.all_pass(Environment.PREPRODUCTION)
    missing = operations.fill_report(case_id=case_id, verdicts=verdicts[1:], actor=judges[0])
    assert missing is Objection.VERDICT_MISSING
    assert isinstance(operations.save_verdicts(case_id=case_id, verdicts=verdicts[:1], actor=judges[1]), UUID)
    assert (
        operations.fill_report(case_id=case_id, verdicts=[], actor=judges[0]) is CaseState.ACCEPTANCE_CONFIRM
    )


def test_a_connection_is_stopped_by_two_people_and_can_be_started_again(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.connected(body, signatory, judges)
    one, other = judges
    assert operations.deactivate(case_id=case_id, reason="Misbruik.", actor=one) is CaseState.DEACTIVATING
    assert operations.confirm_approval(case_id=case_id, actor=one) is Objection.OWN_PROPOSAL
    assert operations.confirm_approval(case_id=case_id, actor=other) is CaseState.DEACTIVATED
    offered = {one.name for one in catalogue.offered(Environment.PRODUCTION)}
    assert "Parkeervergunning" not in offered
    assert operations.propose_approval(case_id=case_id, actor=other) is CaseState.PRODUCTION_CONFIRM
    assert operations.confirm_approval(case_id=case_id, actor=one) is CaseState.ACTIVATING
    assert operations.activate(case_id=case_id, actor=one, early=True) is CaseState.ACTIVE
    assert "Parkeervergunning" in {one.name for one in catalogue.offered(Environment.PRODUCTION)}


def test_nothing_is_issued_to_who_is_not_proven(
    town: Town, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    town.unprove_signatories(body)
    assert operations.propose_approval(case_id=case_id, actor=judges[0]) is Objection.NOT_PROVEN
    town.prove(body)
    operations.propose_approval(case_id=case_id, actor=judges[0])
    town.unprove(body)
    assert operations.confirm_approval(case_id=case_id, actor=judges[1]) is Objection.NOT_PROVEN
    assert catalogue.connection_by_entity_id(Environment.PREPRODUCTION, PREPRODUCTION_ID) is None


def test_the_page_tells_what_each_reader_can_do(body: UUID, signatory: CaseActor, judges: Judges) -> None:
    case_id = filled_in.handed_in(body, signatory)
    of_member = queries.case_page(case_id, signatory)
    of_judge = queries.case_page(case_id, judges[0])
    assert of_member is not None
    assert of_judge is not None
    assert of_member.may == {Action.WITHDRAW}
    assert of_judge.may == {Action.RETURN, Action.REFUSE, Action.PROPOSE}
    assert (of_member.case.turn, of_member.now.needed) == (Side.OPERATOR, Needed.JUDGE_FORM)
    assert state(case_id) is CaseState.PREPRODUCTION_REVIEW
