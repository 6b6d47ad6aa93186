"""A supplier acts on many cases at once: each by itself, with the rights of that moment, none twice (CN-21, CN-23)."""

from collections.abc import Callable
from functools import partial
from itertools import count
from uuid import UUID, uuid4

import pytest

from tests.onboarding import filled_in
from tests.onboarding.test_racing import at_once
from tests.onboarding.town import Town
from volmacht.audit.models import Event
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.models import Case, CaseMessage, FormAnswers
from volmacht.onboarding.queries import ClientFilter
from volmacht.rules.onboarding.cases import CaseKind, CaseState, Objection, Side
from volmacht.rules.onboarding.changes import FOR_MANY, NEEDS, ChangeOf
from volmacht.rules.roles import MemberRole

TEXT = "Ons certificaat is vernieuwd."
NAMES = ("Gemeente Aa", "Gemeente Bee", "Gemeente Cee")


@pytest.fixture
def firm(town: Town) -> UUID:
    """A supplier."""
    return town.add_body("Bouwers BV", "00000001888800000000", is_supplier=True)


@pytest.fixture
def technician(town: Town, firm: UUID) -> CaseActor:
    """Who works for its clients."""
    return town.add_member(firm, MemberRole.TECHNICAL, side=Side.SUPPLIER)


@pytest.fixture
def add_client(town: Town, firm: UUID) -> Callable[..., UUID]:
    """A provider that lets the supplier act, with an application; the id of that."""
    oins = count(10**11)

    def add(name: str, *, state: CaseState = CaseState.ACTIVE, consents: bool = True) -> UUID:
        body = town.add_body(name, f"{next(oins):020}")
        signatory = town.add_member(body, MemberRole.SIGNATORY)
        if consents:
            town.consent(body, firm)
        case_id = operations.start_application(organisation_id=body, actor=signatory)
        assert isinstance(case_id, UUID)
        Case.objects.filter(id=case_id).update(state=state)
        return case_id

    return add


@pytest.fixture
def cases(add_client: Callable[..., UUID]) -> list[UUID]:
    """Those of three clients that are connected."""
    return [add_client(name) for name in NAMES]


def body_of(case_id: UUID) -> UUID:
    """Whose case it is."""
    found = Case.objects.get(id=case_id).organisation_id
    assert isinstance(found, UUID)
    return found


def numbers(*case_ids: UUID) -> list[str]:
    """Theirs."""
    return [queries.numbers_of(case_ids)[one] for one in case_ids]


def test_one_message_comes_in_each_case_and_not_twice(cases: list[UUID], technician: CaseActor) -> None:
    send = partial(operations.write_in_each, case_ids=cases, text=TEXT, actor=technician, once=uuid4())
    first = send()
    events = Event.objects.count()
    assert send() == first
    assert Event.objects.count() == events
    assert [one.text for one in CaseMessage.objects.filter(case_id__in=cases)] == [TEXT] * 3
    assert {one.side for one in CaseMessage.objects.all()} == {Side.SUPPLIER}
    again = operations.write_in_each(case_ids=cases, text=TEXT, actor=technician, once=uuid4())
    assert not set(again.values()) & set(first.values()), "who means to write again, writes again"


def test_a_client_that_lets_it_act_no_more_is_refused_and_the_others_are_not(
    town: Town, cases: list[UUID], technician: CaseActor
) -> None:
    town.end_consents(body_of(cases[1]))
    wrote = operations.write_in_each(case_ids=cases, text=TEXT, actor=technician, once=uuid4())
    assert [isinstance(one, UUID) for one in wrote.values()] == [True, False, True]
    assert wrote[cases[1]] is Objection.UNKNOWN
    assert not CaseMessage.objects.filter(case_id=cases[1]).exists()
    begun = operations.start_change_for_each(
        organisation_ids=[body_of(one) for one in cases],
        change=ChangeOf.CERTIFICATE,
        reason="Het oude eindigt.",
        actor=technician,
        once=uuid4(),
    )
    assert begun[body_of(cases[1])] is Objection.UNKNOWN
    assert Case.objects.filter(kind=CaseKind.CHANGE).count() == 2


def test_one_change_begins_for_each_client_that_is_connected_and_not_twice(
    add_client: Callable[..., UUID], cases: list[UUID], technician: CaseActor
) -> None:
    unready = add_client("Gemeente Dee", state=CaseState.TESTING)
    clients = [body_of(one) for one in (*cases, unready)]
    begin = partial(
        operations.start_change_for_each,
        organisation_ids=[*clients, clients[0]],
        change=ChangeOf.CONTACTS,
        reason="Een ander telefoonnummer.",
        actor=technician,
        once=uuid4(),
    )
    first = begin()
    assert begin() == first
    assert first[clients[-1]] is Objection.NOT_CONNECTED
    opened = Case.objects.filter(kind=CaseKind.CHANGE)
    assert {case.organisation_id: case.id for case in opened} == {one: first[one] for one in clients[:3]}
    assert {case.change_of for case in opened} == {ChangeOf.CONTACTS}
    answers = FormAnswers.objects.filter(case__in=opened).values_list("answers", flat=True)
    assert list(answers) == [{"change_of": "contacts", "reason": "Een ander telefoonnummer."}] * 3


def test_who_only_reads_there_and_who_works_elsewhere_do_nothing(
    town: Town, firm: UUID, cases: list[UUID]
) -> None:
    reader = town.add_member(firm, MemberRole.READER, side=Side.SUPPLIER)
    elsewhere = town.add_body("Anderen BV", "00000001777700000000", is_supplier=True)
    other = town.add_member(elsewhere, MemberRole.PROJECT_LEADER, side=Side.SUPPLIER)
    clients = [body_of(one) for one in cases]
    for actor, why in ((reader, Objection.NO_RIGHT), (other, Objection.UNKNOWN)):
        wrote = operations.write_in_each(case_ids=cases, text=TEXT, actor=actor, once=uuid4())
        begun = operations.start_change_for_each(
            organisation_ids=clients, change=ChangeOf.METADATA, reason="x", actor=actor, once=uuid4()
        )
        assert {*wrote.values(), *begun.values()} == {why}
    assert not CaseMessage.objects.exists()
    assert Case.objects.count() == 3


def test_a_reason_that_does_not_fit_begins_nothing(cases: list[UUID], technician: CaseActor) -> None:
    begun = operations.start_change_for_each(
        organisation_ids=[body_of(cases[0])],
        change=ChangeOf.METADATA,
        reason="x" * 1001,
        actor=technician,
        once=uuid4(),
    )
    assert set(begun.values()) == {Objection.TOO_LONG}


def test_what_a_client_must_sign_is_not_passed_on_for_many() -> None:
    assert not any(NEEDS[change].signature for change in FOR_MANY)
    assert {ChangeOf.CERTIFICATE, ChangeOf.METADATA, ChangeOf.CONTACTS} <= set(FOR_MANY)


@pytest.mark.usefixtures("committed_db")
def test_sent_twice_at_the_same_moment_it_is_done_once(cases: list[UUID], technician: CaseActor) -> None:
    clients = [body_of(one) for one in cases]
    send = partial(operations.write_in_each, case_ids=cases, text=TEXT, actor=technician, once=uuid4())
    begin = partial(
        operations.start_change_for_each,
        organisation_ids=clients,
        change=ChangeOf.METADATA,
        reason="Nieuwe adressen.",
        actor=technician,
        once=uuid4(),
    )
    wrote, again = at_once(send, send)
    begun, begun_again = at_once(begin, begin)
    assert wrote == again
    assert begun == begun_again
    assert CaseMessage.objects.count() == 3
    assert Case.objects.filter(kind=CaseKind.CHANGE).count() == 3


def test_what_it_would_come_to_is_told_before(
    town: Town, add_client: Callable[..., UUID], cases: list[UUID], technician: CaseActor
) -> None:
    unready, strange = (
        add_client("Gemeente Dee", state=CaseState.TESTING),
        add_client("Elders", consents=False),
    )
    (beside,) = operations.start_change_for_each(
        organisation_ids=[body_of(cases[0])],
        change=ChangeOf.METADATA,
        reason="x",
        actor=technician,
        once=uuid4(),
    ).values()
    assert isinstance(beside, UUID)
    chosen = numbers(*cases, beside, unready, strange)
    outlook = queries.outlook_of_changes(technician, chosen, ChangeOf.METADATA)
    assert [(one.case.organisation_name, one.objection, one.beside) for one in outlook] == [
        (NAMES[0], None, numbers(beside)[0]),
        (NAMES[1], None, ""),
        (NAMES[2], None, ""),
        ("Gemeente Dee", Objection.NOT_CONNECTED, ""),
    ]
    question = operations.ask_question(
        organisation_id=body_of(cases[0]), actor=technician, subject="Vraag", text="Hoe?"
    )
    assert isinstance(question, UUID)
    Case.objects.filter(id=question).update(state=CaseState.ANSWERED)
    about = queries.outlook_of_messages(technician, numbers(cases[0], question))
    assert [(one.case.kind, one.objection, one.reopens) for one in about] == [
        (CaseKind.APPLICATION, None, False),
        (CaseKind.QUESTION, None, True),
    ]


def test_the_overview_is_searched_and_comes_in_pages(
    add_client: Callable[..., UUID], technician: CaseActor
) -> None:
    names = [f"Gemeente {place}" for place in "abcdefghijklmnopqrstuvwxyz"] + ["Gemeente zz"]
    made = [add_client(name, state=CaseState.TESTING) for name in names]
    add_client("Gemeente Elders", consents=False)
    Case.objects.filter(id=made[3]).update(state=CaseState.ACCEPTANCE, turn=Side.OPERATOR)
    Case.objects.filter(id=made[4]).update(state=CaseState.WITHDRAWN, turn="")
    Case.objects.exclude(id__in=made[3:5]).update(turn=Side.PROVIDER)
    first, second = (queries.client_page(technician, ClientFilter(), page=page) for page in (1, 2))
    assert (first.total, len(first.rows), len(second.rows)) == (26, 25, 1)
    assert second.rows[0].case.organisation_name == names[26]

    def found(**wanted: object) -> list[str]:
        rows = queries.cases_of_clients(technician, ClientFilter(**wanted))  # type: ignore[arg-type] # by name
        return [one.case.organisation_name for one in rows]

    assert found(search="gemeente ZZ") == [names[26]]
    assert found(search=numbers(made[7])[0].lower()) == [names[7]]
    assert found(search="elders") == []
    assert found(turn=Side.OPERATOR) == [names[3]]
    assert found(kind=CaseKind.CHANGE) == []
    assert found(certificate_ends=True) == []


def test_numbers_of_others_are_as_if_they_were_not_there(
    add_client: Callable[..., UUID], cases: list[UUID], technician: CaseActor
) -> None:
    strange = add_client("Elders", consents=False)
    asked = [*numbers(cases[0], strange), "A-2020-9999", "A\x00", ""]
    assert [one.case.id for one in queries.chosen_cases(technician, asked)] == [cases[0]]
    as_member = CaseActor(Side.PROVIDER, technician.id, "", "", technician.organisation_id)
    assert queries.chosen_cases(as_member, asked) == ()
    assert filled_in.state(strange) is CaseState.ACTIVE
