"""The work queue, its filters and pages; and the real lead times (CN-10, CN-12)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from pytest_django import DjangoAssertNumQueries

from tests.onboarding import filled_in
from tests.onboarding.conftest import MONDAY
from tests.onboarding.town import Town
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.queries import QueueFilter
from volmacht.rules.onboarding.cases import CaseKind, CaseState
from volmacht.rules.onboarding.plan import Step
from volmacht.rules.roles import MemberRole

Judges = tuple[CaseActor, CaseActor]
Clock = Callable[[datetime], None]


def ask(body: UUID, actor: CaseActor, subject: str = "Vraag") -> UUID:
    question = operations.ask_question(organisation_id=body, actor=actor, subject=subject, text="Hoe?")
    assert isinstance(question, UUID)
    return question


def test_what_is_due_first_is_on_top(
    clock_at: Clock, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    clock_at(MONDAY + timedelta(days=1))
    second = ask(body, signatory)
    clock_at(MONDAY)
    first = ask(body, signatory)
    operations.start_application(
        organisation_id=body, actor=signatory
    )  # the provider's turn: not in the queue
    assert [row.id for row in queries.queue(judges[0]).rows] == [first, second]
    everything = queries.queue(judges[0], QueueFilter(turn=None))
    assert (everything.total, everything.rows[-1].due_on) == (3, None)


def test_filters_choose_and_search_finds_by_number_name_and_oin(
    town: Town, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    stad = town.add_body("Gemeente Štad", "00000001777700000000")
    other = town.add_member(stad, MemberRole.SIGNATORY)
    here, there = ask(body, signatory), ask(stad, other)
    case_id = filled_in.handed_in(body, signatory)
    operations.assign(case_id=case_id, to=judges[0].id, actor=judges[0])

    def found(**wanted: object) -> set[UUID]:
        return {row.id for row in queries.queue(judges[0], QueueFilter(**wanted)).rows}  # type: ignore[arg-type] # facts of the test

    assert found() == {here, there, case_id}
    assert found(kinds=[CaseKind.QUESTION]) == {here, there}
    assert found(states=[CaseState.PREPRODUCTION_REVIEW]) == {case_id}
    assert found(assigned_to=judges[0].id) == {case_id}
    assert found(unassigned=True) == {here, there}
    assert found(search="stad gemeente") == {there}
    assert found(search="00000001777700000000") == {there}
    assert found(search="a-2026-0001") == {case_id}
    assert found(search="nergens") == set()
    assert found(urgent=True) == set()


def test_a_page_takes_one_query_and_the_count_another(
    body: UUID, signatory: CaseActor, judges: Judges, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(7):
        ask(body, signatory)
    with django_assert_num_queries(2):
        page = queries.queue(judges[0], page=2, rows=3)
    assert [row.number for row in page.rows] == ["V-2026-0004", "V-2026-0005", "V-2026-0006"]
    assert (page.total, page.more_than) == (7, False)


def test_lead_times_are_medians_of_working_days_from_history(
    clock_at: Clock, town: Town, judges: Judges
) -> None:
    for number, days in enumerate((1, 2, 9)):
        clock_at(MONDAY)
        body = town.add_body(f"Gemeente {number}", f"0000000177770000000{number}")
        signatory = town.add_member(body, MemberRole.SIGNATORY)
        case_id = operations.start_application(organisation_id=body, actor=signatory)
        assert isinstance(case_id, UUID)
        filled_in.fill_in(case_id, filled_in.FormKey.APPLICATION, signatory)
        clock_at(MONDAY + timedelta(days=days))
        operations.hand_in(case_id=case_id, actor=signatory)
    found = {one.step: one for one in queries.lead_times()}
    assert (found[Step.PREPARE].workdays, found[Step.PREPARE].cases) == (2.0, 3)
    assert (found[Step.TEST].workdays, found[Step.TEST].cases) == (None, 0)


def test_standard_sentences_are_kept_by_the_service_manager(town: Town, judges: Judges) -> None:
    from volmacht.rules.onboarding.cases import Objection
    from volmacht.rules.roles import StaffRole

    manager = town.add_employee(uuid4(), StaffRole.SERVICE_MANAGER)
    sentence = {"title": "OIN", "text_nl": "Het OIN klopt niet.", "text_en": "The OIN is wrong."}
    assert operations.keep_sentence(**sentence, actor=judges[0]) is Objection.NO_RIGHT
    first = operations.keep_sentence(**sentence, actor=manager)
    assert operations.keep_sentence(**sentence, actor=manager, active=False) == first
    assert queries.standard_sentences() == ()
    assert [one.title for one in queries.standard_sentences(all_of_them=True)] == ["OIN"]
