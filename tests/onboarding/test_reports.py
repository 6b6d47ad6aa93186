"""A report on a test: from when the provider knows of it, and which one a colleague confirmed (CN-4, DM-64)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.onboarding import filled_in
from tests.onboarding.conftest import MONDAY
from volmacht.checks.judging import JudgedBy, Outcome, Verdict
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.file_names import FORMS, PURPOSES, report_name, signed_name
from volmacht.onboarding.models import Case
from volmacht.onboarding.operations import FileKind
from volmacht.onboarding.queries import CasePage
from volmacht.pki import Purpose
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseState, Objection
from volmacht.rules.onboarding.forms import FormKey

Judges = tuple[CaseActor, CaseActor]
PDF = b"%PDF-1.7 a report"


@pytest.fixture
def offered(body: UUID, signatory: CaseActor, judges: Judges) -> UUID:
    """A connection that the desk is to test in pre-production."""
    case_id = filled_in.in_test(body, signatory, judges)
    assert operations.offer_for_test(case_id=case_id, actor=signatory) is CaseState.ACCEPTANCE
    return case_id


def reported(case_id: UUID, judge: CaseActor, *verdicts: Verdict) -> UUID:
    """The file of the report that was just made."""
    every = {one.check_id: one for one in filled_in.all_pass(Environment.PREPRODUCTION)}
    every |= {one.check_id: one for one in verdicts}
    operations.fill_report(
        case_id=case_id, verdicts=list(every.values()), actor=judge, pdf=PDF, note="Goed werk."
    )
    file_id = Case.objects.get(id=case_id).reports.latest("made_at").file_id
    assert file_id is not None
    return file_id


def page(case_id: UUID, reader: CaseActor) -> CasePage:
    found = queries.case_page(case_id, reader)
    assert found is not None
    return found


def actions(case_id: UUID, reader: CaseActor) -> list[str]:
    return [event.action for event in page(case_id, reader).history]


def test_a_report_is_the_desks_own_until_somebody_confirms_it(
    offered: UUID, signatory: CaseActor, judges: Judges
) -> None:
    file_id = reported(offered, judges[0])
    theirs = page(offered, signatory)
    assert (theirs.reports, file_id in {one.id for one in theirs.files}) == ((), False)
    assert queries.file_content(file_id, signatory) is None
    assert "report_passed" not in actions(offered, signatory)
    assert "Goed werk." not in {event.note for event in theirs.history}
    of_the_desk = page(offered, judges[1])
    assert [one.file_id for one in of_the_desk.reports] == [file_id]
    assert queries.file_content(file_id, judges[1]) is not None
    assert "report_passed" in actions(offered, judges[1])

    assert operations.confirm_approval(case_id=offered, actor=judges[1]) is CaseState.PRODUCTION_FORM
    theirs = page(offered, signatory)
    assert [one.file_id for one in theirs.reports] == [file_id]
    assert queries.file_content(file_id, signatory) is not None
    assert actions(offered, signatory)[-2:] == ["report_passed", "confirm"]


def test_a_report_that_did_not_pass_is_given_at_once(
    offered: UUID, signatory: CaseActor, judges: Judges
) -> None:
    file_id = reported(offered, judges[0], Verdict("CK-C2", Outcome.FAIL, "De naam is van de leverancier."))
    theirs = page(offered, signatory)
    assert [(one.passed, one.file_id) for one in theirs.reports] == [(False, file_id)]
    assert queries.file_content(file_id, signatory) is not None
    assert actions(offered, signatory)[-1] == "report_failed"


def test_a_report_that_was_sent_back_is_never_given(
    clock_at: Callable[[datetime], None], offered: UUID, signatory: CaseActor, judges: Judges
) -> None:
    first = reported(offered, judges[0])
    operations.send_back(case_id=offered, note="Kijk nog eens naar de logo's.", actor=judges[1])
    assert {"report_passed", "send_back"} & set(actions(offered, signatory)) == set()
    clock_at(MONDAY + timedelta(hours=1))
    second = reported(offered, judges[0])
    assert operations.confirm_approval(case_id=offered, actor=judges[1]) is CaseState.PRODUCTION_FORM
    assert [one.file_id for one in page(offered, signatory).reports] == [second]
    assert queries.file_content(first, signatory) is None
    assert {"send_back"} & set(actions(offered, signatory)) == set()
    assert actions(offered, signatory).count("report_passed") == 1


def test_what_the_system_found_in_another_document_does_not_stay_in_a_draft(
    offered: UUID, judges: Judges
) -> None:
    every = filled_in.all_pass(Environment.PREPRODUCTION)
    assert not isinstance(
        operations.save_verdicts(case_id=offered, verdicts=every, actor=judges[0]), Objection
    )
    draft = Case.objects.get(id=offered).reports.get(passed=None)
    draft.verdicts["CK-M5"] |= {"outcome": Outcome.FAIL.value, "by": JudgedBy.SYSTEM.value}
    draft.save()
    finished = operations.fill_report(case_id=offered, verdicts=[], actor=judges[0], pdf=PDF)
    assert finished is Objection.VERDICT_MISSING


def test_each_report_has_a_name_of_its_own(
    clock_at: Callable[[datetime], None], offered: UUID, signatory: CaseActor, judges: Judges
) -> None:
    number = Case.objects.get(id=offered).number
    reported(offered, judges[0], Verdict("CK-C2", Outcome.FAIL, "De naam is van de leverancier."))
    operations.offer_for_test(case_id=offered, actor=signatory)
    clock_at(MONDAY + timedelta(hours=1))
    reported(offered, judges[0])
    operations.confirm_approval(case_id=offered, actor=judges[1])
    names = [one.name for one in page(offered, signatory).files if one.kind is FileKind.REPORT]
    assert names == [f"{number}-testrapport-preproductie.pdf", f"{number}-testrapport-preproductie-2.pdf"]
    assert {report_name(number, environment, 1) for environment in Environment} == {
        f"{number}-testrapport-preproductie.pdf",
        f"{number}-testrapport-productie.pdf",
    }


def test_a_file_of_every_form_and_every_key_has_a_dutch_name() -> None:
    assert FORMS.keys() == set(FormKey)
    assert PURPOSES.keys() == set(Purpose)
    assert signed_name("A-2026-0001", FormKey.PRODUCTION) == "A-2026-0001-formulier-productie.pdf"
