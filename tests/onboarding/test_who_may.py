"""Who may do what on a case: four eyes, members and outsiders, suppliers that lose consent (CN-11, DM-64)."""

from uuid import UUID, uuid4

import pytest

from tests.onboarding import filled_in
from tests.onboarding.filled_in import state
from tests.onboarding.town import Town
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseState, Objection, Side
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.roles import MemberRole, StaffRole

Judges = tuple[CaseActor, CaseActor]


def test_who_proposed_does_not_confirm_and_a_second_person_does(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    one, other = judges
    operations.propose_approval(case_id=case_id, actor=one)
    assert operations.confirm_approval(case_id=case_id, actor=one) is Objection.OWN_PROPOSAL
    assert state(case_id) is CaseState.PREPRODUCTION_CONFIRM
    assert (
        operations.send_back(case_id=case_id, note="Kijk nog eens.", actor=other)
        is CaseState.PREPRODUCTION_REVIEW
    )
    operations.propose_approval(case_id=case_id, actor=other)
    assert operations.confirm_approval(case_id=case_id, actor=other) is Objection.OWN_PROPOSAL
    assert operations.confirm_approval(case_id=case_id, actor=one) is CaseState.TESTING


def test_why_the_second_person_sent_it_back_stands_last_among_what_was_written(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    one, other = judges
    operations.note_internally(case_id=case_id, text="Ziet er goed uit.", actor=one)
    operations.note_internally(case_id=case_id, text="Ik stel goedkeuring voor.", actor=one)
    operations.propose_approval(case_id=case_id, actor=one)
    operations.send_back(case_id=case_id, note="Kijk nog eens.", actor=other)
    page = queries.case_page(case_id, one)
    assert page is not None
    assert [message.text for message in page.messages] == [
        "Ziet er goed uit.",
        "Ik stel goedkeuring voor.",
        "Kijk nog eens.",
    ]


def test_who_made_a_report_does_not_confirm_it(body: UUID, signatory: CaseActor, judges: Judges) -> None:
    case_id = filled_in.in_test(body, signatory, judges)
    operations.offer_for_test(case_id=case_id, actor=signatory)
    verdicts = filled_in.all_pass(Environment.PREPRODUCTION)
    operations.fill_report(case_id=case_id, verdicts=verdicts, actor=judges[0])
    assert operations.confirm_approval(case_id=case_id, actor=judges[0]) is Objection.OWN_PROPOSAL


def test_an_employee_who_is_a_member_of_the_organisation_does_not_judge_it(
    town: Town, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    relative = town.add_employee(StaffRole.ASSESSOR, email="Secretaris@Dorp.example")
    case_id = filled_in.handed_in(body, signatory)
    assert operations.propose_approval(case_id=case_id, actor=relative) is Objection.OWN_ORGANISATION
    assert operations.refuse(case_id=case_id, reason="x", actor=relative) is Objection.OWN_ORGANISATION
    operations.propose_approval(case_id=case_id, actor=judges[0])
    assert operations.confirm_approval(case_id=case_id, actor=relative) is Objection.OWN_ORGANISATION


def test_who_signed_and_left_and_works_at_the_desk_now_does_not_judge_it(
    town: Town, body: UUID, signatory: CaseActor
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    town.leave(signatory)
    town.add_member(body, MemberRole.SIGNATORY)
    turncoat = town.add_employee(StaffRole.ASSESSOR)
    town.same_person(turncoat, signatory)
    assert operations.propose_approval(case_id=case_id, actor=turncoat) is Objection.OWN_ORGANISATION


@pytest.mark.parametrize("role", [role for role in StaffRole if role is not StaffRole.ASSESSOR])
def test_an_employee_without_the_permission_judges_nothing(
    town: Town, body: UUID, signatory: CaseActor, role: StaffRole
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    employee = town.add_employee(role)
    assert operations.propose_approval(case_id=case_id, actor=employee) is Objection.NO_RIGHT
    assert operations.refuse(case_id=case_id, reason="x", actor=employee) is Objection.NO_RIGHT


def test_an_employee_who_left_sees_nothing(town: Town, body: UUID, signatory: CaseActor) -> None:
    case_id = filled_in.handed_in(body, signatory)
    gone = town.add_employee(StaffRole.ASSESSOR)
    town.dismiss(gone)
    assert queries.case_page(case_id, gone) is None
    assert operations.propose_approval(case_id=case_id, actor=gone) is Objection.UNKNOWN
    assert queries.queue(gone).rows == ()


def test_a_member_of_another_organisation_finds_nothing_of_this_one(
    town: Town, body: UUID, signatory: CaseActor
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    other = town.add_body("Gemeente Stad", "00000001777700000000")
    outsider = town.add_member(other, MemberRole.SIGNATORY)
    pretender = CaseActor(Side.PROVIDER, outsider.id, "", "", body)
    as_supplier = CaseActor(Side.SUPPLIER, outsider.id, "", "", other)
    file_id = queries.case_page(case_id, signatory).files[0].id  # type: ignore[union-attr] # it is there
    for actor in (outsider, pretender, as_supplier):
        assert queries.case_page(case_id, actor) is None
        assert queries.form_pages(case_id, FormKey.APPLICATION, actor) is None
        assert queries.file_content(file_id, actor) is None
        assert queries.cases_of(body, actor) == ()
        assert operations.withdraw(case_id=case_id, actor=actor) is Objection.UNKNOWN
        assert operations.answer(case_id=case_id, text="Hallo", actor=actor) is Objection.UNKNOWN
        assert operations.mark_read(case_id=case_id, actor=actor) is Objection.UNKNOWN
        assert operations.start_application(organisation_id=body, actor=actor) is Objection.UNKNOWN
        assert operations.start_change(organisation_id=body, actor=actor) is Objection.UNKNOWN
    unknown = operations.withdraw(case_id=uuid4(), actor=outsider)
    assert unknown is Objection.UNKNOWN


def test_a_reader_changes_nothing(town: Town, body: UUID, signatory: CaseActor) -> None:
    case_id = filled_in.prepared(body, signatory)
    reader = town.add_member(body, MemberRole.READER)
    saved = operations.save_answers(
        case_id=case_id,
        form=FormKey.PREPRODUCTION,
        page=PageKey.CONNECTION,
        answers={},
        version=0,
        actor=reader,
    )
    assert saved is Objection.NO_RIGHT
    assert operations.withdraw(case_id=case_id, actor=reader) is Objection.NO_RIGHT
    assert operations.answer(case_id=case_id, text="Hallo", actor=reader) is Objection.NO_RIGHT
    file = operations.add_file(
        case_id=case_id, kind=operations.FileKind.METADATA, name="m.xml", content=b"<a/>", actor=reader
    )
    assert file is Objection.NO_RIGHT
    assert queries.case_page(case_id, reader) is not None


def test_a_supplier_works_for_its_client_until_consent_ends(
    town: Town, body: UUID, signatory: CaseActor, supplier: CaseActor
) -> None:
    case_id = filled_in.prepared(body, signatory)
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, supplier)
    assert [one.case.id for one in queries.cases_of_clients(supplier)] == [case_id]
    town.end_consents()
    assert queries.cases_of_clients(supplier) == ()
    assert queries.case_page(case_id, supplier) is None
    assert operations.hand_in(case_id=case_id, actor=supplier) is Objection.UNKNOWN
    assert operations.withdraw(case_id=case_id, actor=supplier) is Objection.UNKNOWN


def test_a_member_sees_no_internal_note_and_no_draft_of_a_report(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.in_test(body, signatory, judges)
    operations.offer_for_test(case_id=case_id, actor=signatory)
    operations.note_internally(case_id=case_id, text="Twijfel over de naam.", actor=judges[0])
    operations.save_verdicts(
        case_id=case_id, verdicts=filled_in.all_pass(Environment.PREPRODUCTION)[:2], actor=judges[0]
    )
    of_member, of_desk = queries.case_page(case_id, signatory), queries.case_page(case_id, judges[1])
    assert of_member is not None
    assert of_desk is not None
    assert (of_member.messages, of_member.reports) == ((), ())
    assert [message.text for message in of_desk.messages] == ["Twijfel over de naam."]
    assert len(of_desk.reports) == 1
    assert operations.note_internally(case_id=case_id, text="x", actor=signatory) is Objection.NOT_YOUR_SIDE


def test_a_case_is_assigned_to_who_can_judge_it(
    town: Town, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    helper = town.add_employee(StaffRole.HELPDESK)
    one, other = judges
    assert operations.assign(case_id=case_id, to=helper.id, actor=one) is Objection.NOT_STAFF
    assert operations.assign(case_id=case_id, to=other.id, actor=helper) is Objection.NO_RIGHT
    assert operations.assign(case_id=case_id, to=other.id, actor=one) is None
    assert operations.assign(case_id=case_id, to=other.id, actor=one) is None
    page = queries.case_page(case_id, one)
    assert page is not None
    assert page.case.assigned_to == other.id
    assert [event.action for event in page.history].count("assign") == 1
