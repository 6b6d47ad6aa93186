"""*This is not right* comes to the desk, once for each thing, whoever took it in (DM-39a)."""

from uuid import UUID, uuid4

import pytest

from tests.onboarding.town import Town
from volmacht.audit.kinds import SYSTEM, EventKind
from volmacht.audit.operations import record
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.models import Case
from volmacht.onboarding.operations import disputes
from volmacht.rules.onboarding.cases import CaseKind, CaseState, Objection
from volmacht.rules.roles import StaffRole


def said(kind: EventKind, about: UUID, **data: str) -> None:
    record(kind, actor=SYSTEM, subject_id=uuid4(), object_id=about, data=data)


def desk(town: Town, role: StaffRole) -> CaseActor:
    return town.add_employee(uuid4(), role)


def test_everything_that_was_disputed_becomes_one_case(town: Town) -> None:
    mandate, use, request, other = (uuid4() for _ in range(4))
    said(EventKind.MANDATE_ENDED, mandate, reason="disputed")
    said(EventKind.MANDATE_DISPUTED, mandate)
    said(EventKind.USE_DISPUTED, use)
    said(EventKind.REQUEST_DISPUTED, request)
    said(EventKind.MANDATE_ENDED, other, reason="revoked")
    assert operations.open_disputes() == 3
    assert operations.open_disputes() == 0
    rows = queries.queue(desk(town, StaffRole.HELPDESK)).rows
    assert {(row.subject, row.about_id) for row in rows} == {
        ("mandate", mandate),
        ("use", use),
        ("request", request),
    }
    assert all(row.due_on for row in rows)


def test_none_is_lost_between_many_other_events(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disputes, "AT_A_TIME", 2)
    subject, wanted = uuid4(), uuid4()
    for _ in range(5):
        record(EventKind.MANDATE_USED, actor=SYSTEM, subject_id=subject, object_id=uuid4())
    record(EventKind.MANDATE_DISPUTED, actor=SYSTEM, subject_id=subject, object_id=wanted)
    found = [operations.open_disputes() for _ in range(4)]
    assert found == [0, 0, 1, 0]


def test_only_who_handles_disputes_sees_them(town: Town) -> None:
    said(EventKind.USE_DISPUTED, uuid4())
    operations.open_disputes()
    case_id = Case.objects.get(kind=CaseKind.DISPUTE).id
    helper, assessor = desk(town, StaffRole.HELPDESK), desk(town, StaffRole.ASSESSOR)
    assert queries.case_page(case_id, assessor) is None
    assert queries.queue(assessor).rows == ()
    assert operations.close(case_id=case_id, actor=assessor) is Objection.UNKNOWN
    assert operations.answer(case_id=case_id, text="Wij kijken ernaar.", actor=helper) is Objection.NOT_NOW
    assert isinstance(operations.note_internally(case_id=case_id, text="Gebeld.", actor=helper), UUID)
    assert operations.close(case_id=case_id, actor=helper) is CaseState.CLOSED
    assert operations.reopen(case_id=case_id, actor=helper) is CaseState.OPEN
