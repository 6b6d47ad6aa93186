"""What a return asked and what was answered stays, round after round, for both sides and for who audits (CN-11)."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from tests.onboarding import filled_in
from tests.onboarding.town import Town
from volmacht.audit.models import Event
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.models import AnswerGiven, ReturnedAnswer
from volmacht.onboarding.queries import KnownReturnedAnswer
from volmacht.rules.onboarding.answers import ROW
from volmacht.rules.onboarding.cases import CaseState, Side
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.roles import MemberRole, StaffRole

Judges = tuple[CaseActor, CaseActor]
SERVICES = (FormKey.PREPRODUCTION, PageKey.SERVICES)
WEBSITE = (FormKey.APPLICATION, PageKey.ORGANISATION)


def give_back(case_id: UUID, judge: CaseActor, reasons: operations.rounds.Reasons) -> None:
    done = operations.return_with_reasons(
        case_id=case_id, reasons=reasons, actor=judge, note="Nog niet goed."
    )
    assert done is CaseState.PREPRODUCTION_FORM


def hand_in_again(case_id: UUID, signatory: CaseActor, *services: dict[str, Any]) -> None:
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signatory, services=list(services))
    filled_in.sign(case_id, signatory)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PREPRODUCTION_REVIEW


def rounds(case_id: UUID, reader: CaseActor) -> list[tuple[KnownReturnedAnswer, ...]]:
    page = queries.case_page(case_id, reader)
    assert page is not None
    return [event.returned for event in page.history if event.action == "return"]


def service(**other: object) -> dict[str, Any]:
    return {**filled_in.SERVICE, ROW: 1000, **other}


def test_each_round_keeps_what_was_asked_what_stood_there_and_what_was_answered(
    town: Town, body: UUID, signatory: CaseActor, supplier: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    asked = {SERVICES: {"1000.name": "Te algemeen."}, WEBSITE: {"website": "Werkt niet."}}
    give_back(case_id, judges[0], asked)
    hand_in_again(case_id, signatory, service(name="Parkeren"))
    give_back(case_id, judges[1], {SERVICES: {"1000.name": "Zeg voor wie."}})
    hand_in_again(case_id, signatory, service(name="Parkeren voor bewoners"))

    auditor = town.add_employee(StaffRole.AUDITOR)
    for reader in (judges[0], judges[1], auditor, signatory, supplier):
        first, second = rounds(case_id, reader)
        assert [(one.key, one.row_name, one.reason, one.then, one.now) for one in first] == [
            ("1000.name", "Parkeervergunning", "Te algemeen.", "Parkeervergunning", "Parkeren"),
            ("website", "", "Werkt niet.", "https://www.dorp.example", "https://www.dorp.example"),
        ]
        assert [(one.key, one.reason, one.then, one.now) for one in second] == [
            ("1000.name", "Zeg voor wie.", "Parkeren", "Parkeren voor bewoners")
        ]
        assert all(one.answered_at for one in (*first, *second))
    page = queries.case_page(case_id, auditor)
    assert page is not None
    assert [event.actor_id for event in page.history if event.returned] == [judges[0].id, judges[1].id]


def test_until_it_is_handed_in_again_what_stands_now_is_shown(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    give_back(case_id, judges[0], {SERVICES: {"1000.name": "Te algemeen."}})
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signatory, services=[service(name="Half af")])
    ((one,),) = rounds(case_id, judges[0])
    assert (one.then, one.now, one.answered_at) == ("Parkeervergunning", "Half af", None)


def test_a_row_that_was_taken_away_is_told_as_gone(body: UUID, signatory: CaseActor, judges: Judges) -> None:
    case_id = filled_in.handed_in(body, signatory)
    give_back(case_id, judges[0], {SERVICES: {"1000.name": "Deze kan niet."}})
    hand_in_again(case_id, signatory, {**filled_in.SERVICE, "name": "Kapvergunning"})
    ((one,),) = rounds(case_id, judges[0])
    assert (one.row_name, one.then, one.now, one.gone) == (
        "Parkeervergunning",
        "Parkeervergunning",
        None,
        True,
    )


def test_who_may_not_see_the_case_sees_none_of_it(
    town: Town, body: UUID, signatory: CaseActor, supplier: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    give_back(case_id, judges[0], {SERVICES: {"1000.name": "Te algemeen."}})
    elsewhere = town.add_member(
        town.add_body("Gemeente Elders", "00000001777700000000"), MemberRole.SIGNATORY
    )
    town.end_consents()
    nobody = CaseActor(Side.OPERATOR, uuid4())
    for reader in (elsewhere, supplier, nobody):
        assert queries.case_page(case_id, reader) is None


def test_no_reason_and_no_answer_stands_in_the_audit_chain(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    give_back(case_id, judges[0], {WEBSITE: {"website": "Zeker van Jan de Bruin?"}})
    hand_in_again(case_id, signatory, service(name="Van Piet Jansen"))
    events = [str(event.data) for event in Event.objects.filter(object_id=case_id)]
    assert any("return" in one for one in events)
    for text in ("Bruin", "Jansen", "dorp.example", "Nog niet goed"):
        assert [one for one in events if text in one] == []


@pytest.mark.parametrize("table", ["returnedanswer", "answergiven"])
def test_the_database_refuses_to_change_what_was_asked_or_answered(
    table: str, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    give_back(case_id, judges[0], {SERVICES: {"1000.name": "Te algemeen."}})
    hand_in_again(case_id, signatory, service(name="Parkeren"))
    assert ReturnedAnswer.objects.count() == AnswerGiven.objects.count() == 1
    for statement in (f"DELETE FROM onboarding_{table}", f"UPDATE onboarding_{table} SET answer = NULL"):  # noqa: S608 - a table of ours
        with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
            _run(statement)


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_was_returned_before_this_was_kept_is_taken_over_by_the_migration(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    asked = {SERVICES: {"1000.name": "Te algemeen."}, WEBSITE: {"website": "Werkt niet."}}
    give_back(case_id, judges[0], asked)
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signatory, services=[service(description="Kort.")])
    columns = ("event_id", "form", "page", "key", "row_name", "reason", "answer")
    kept = sorted(ReturnedAnswer.objects.values_list(*columns))
    take_over = import_string("volmacht.onboarding.migrations.0008_returned_answers_stay.take_over")
    take_over(MigrationExecutor(connection).loader.project_state().apps, None)
    assert sorted(ReturnedAnswer.objects.values_list(*columns)) == sorted([*kept, *kept])
