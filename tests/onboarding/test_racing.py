"""Two at the same moment, with real commits: one wins, numbers have no gaps, nothing happens twice."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from django.db import connections

from tests.onboarding import filled_in
from tests.onboarding.filled_in import state
from tests.onboarding.town import Town
from volmacht.onboarding import operations
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.models import Case, CaseEvent, Configuration
from volmacht.rules.onboarding.cases import CaseState, Objection
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.roles import StaffRole

Result = TypeVar("Result")
Judges = tuple[CaseActor, CaseActor]
pytestmark = pytest.mark.usefixtures("committed_db")


def at_once(*orders: Callable[[], Result]) -> list[Result]:
    """Carry out several orders at the same moment, each over a connection of its own."""
    barrier = threading.Barrier(len(orders))

    def carry_out(order: Callable[[], Result]) -> Result:
        try:
            barrier.wait()
            return order()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(orders)) as pool:
        return list(pool.map(carry_out, orders))


def test_of_two_who_confirm_at_once_one_does(
    town: Town, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    third = town.add_employee(_staff(), StaffRole.ASSESSOR)
    case_id = filled_in.handed_in(body, signatory)
    operations.propose_approval(case_id=case_id, actor=judges[0])
    found = at_once(
        *(partial(operations.confirm_approval, case_id=case_id, actor=who) for who in (judges[1], third))
    )
    assert sorted(map(str, found)) == sorted([str(CaseState.TESTING), str(Objection.NOT_NOW)])
    assert CaseEvent.objects.filter(case_id=case_id, action="confirm").count() == 1
    assert Configuration.objects.filter(case_id=case_id).count() == 1


def test_of_a_confirmation_and_a_return_at_once_one_wins(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    at_once(
        partial(operations.propose_approval, case_id=case_id, actor=judges[0]),
        partial(operations.refuse, case_id=case_id, reason="Nee", actor=judges[1]),
    )
    assert state(case_id) in {CaseState.PREPRODUCTION_CONFIRM, CaseState.REFUSED}
    assert CaseEvent.objects.filter(case_id=case_id, action__in=("propose", "refuse")).count() == 1


def test_two_who_start_at_once_start_one_application(body: UUID, signatory: CaseActor) -> None:
    start = partial(operations.start_application, organisation_id=body, actor=signatory)
    found = at_once(start, start, start)
    assert found.count(Objection.OPEN_CASE_EXISTS) == 2
    assert Case.objects.count() == 1


def test_numbers_have_no_gaps_and_none_comes_twice(body: UUID, signatory: CaseActor) -> None:
    def ask() -> object:
        return operations.ask_question(organisation_id=body, actor=signatory, subject="Vraag", text="Hoe?")

    at_once(*[ask] * 6)
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == [f"V-2026-000{count}" for count in range(1, 7)]


def test_of_two_who_save_one_page_at_once_one_is_told(body: UUID, signatory: CaseActor) -> None:
    case_id = filled_in.prepared(body, signatory)

    def save(entity_id: str) -> object:
        return operations.save_answers(
            case_id=case_id,
            form=FormKey.PREPRODUCTION,
            page=PageKey.CONNECTION,
            answers={"entity_id": entity_id},
            version=0,
            actor=signatory,
        )

    found = at_once(partial(save, "a"), partial(save, "b"))
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "Saved"]


def test_two_workers_remind_once(
    clock_at: "Callable[[object], None]", body: UUID, signatory: CaseActor
) -> None:
    from datetime import timedelta

    from tests.onboarding.conftest import MONDAY

    filled_in.prepared(body, signatory)
    clock_at(MONDAY + timedelta(days=40))
    assert sum(at_once(operations.remind_and_lapse, operations.remind_and_lapse)) == 1


def _staff() -> UUID:
    from volmacht.parties.operations import create_staff_member

    return create_staff_member("Cor Smit", f"{uuid4().hex[:6]}@volmacht.example")
