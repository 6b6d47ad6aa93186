"""Silence, due dates and e-mail: written with their cause, sent once, in the hands of the worker (CN-11, CN-12)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction

from tests.onboarding import filled_in
from tests.onboarding.conftest import MONDAY
from tests.onboarding.filled_in import state
from tests.onboarding.town import Town
from volmacht.notifications.kinds import MessageKind, MessageState
from volmacht.notifications.mail_channel import DeliveryFailed
from volmacht.notifications.models import Message
from volmacht.notifications.operations import deliver_due
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.models import Case
from volmacht.rules.onboarding.cases import CaseState
from volmacht.rules.onboarding.due import Urgency
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.periods import AMSTERDAM
from volmacht.rules.roles import MemberRole

Judges = tuple[CaseActor, CaseActor]
Clock = Callable[[datetime], None]


def amsterdam(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def mails() -> int:
    return Message.objects.filter(kind=MessageKind.CASE_NEWS).count()


def test_a_silent_provider_is_reminded_at_one_three_and_five_months_and_lapses_at_six(
    clock_at: Clock, body: UUID, signatory: CaseActor
) -> None:
    case_id = filled_in.prepared(body, signatory)
    told = []
    for day in ("2026-12-22", "2026-12-23", "2027-02-23", "2027-04-22", "2027-04-23", "2027-05-22"):
        clock_at(amsterdam(f"{day}T10:00"))
        told.append(operations.remind_and_lapse())
        assert operations.remind_and_lapse() == 0
    assert told == [0, 1, 1, 0, 1, 0]
    assert state(case_id) is CaseState.PREPRODUCTION_FORM
    clock_at(amsterdam("2027-05-23T00:00"))
    assert operations.remind_and_lapse() == 1
    assert state(case_id) is CaseState.LAPSED
    page = queries.case_page(case_id, signatory)
    assert page is not None
    assert [event.data.get("months") for event in page.history if event.action == "remind"] == [1, 3, 5]


def test_whatever_the_provider_does_breaks_the_silence(
    clock_at: Clock, body: UUID, signatory: CaseActor
) -> None:
    case_id = filled_in.prepared(body, signatory)
    clock_at(MONDAY + timedelta(days=100))
    operations.remind_and_lapse()
    operations.save_answers(
        case_id=case_id,
        form=FormKey.PREPRODUCTION,
        page=PageKey.CONNECTION,
        answers={"entity_id": "a"},
        version=0,
        actor=signatory,
    )
    clock_at(MONDAY + timedelta(days=125))
    assert operations.remind_and_lapse() == 0
    clock_at(MONDAY + timedelta(days=200))
    assert operations.remind_and_lapse() == 1
    assert state(case_id) is CaseState.PREPRODUCTION_FORM


def test_nobody_is_reminded_while_the_desk_is_to_move(
    clock_at: Clock, body: UUID, signatory: CaseActor
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    clock_at(MONDAY + timedelta(days=400))
    assert operations.remind_and_lapse() == 0
    assert state(case_id) is CaseState.PREPRODUCTION_REVIEW


def test_the_desk_is_told_once_that_a_case_is_nearly_due_and_once_that_it_is_over(
    clock_at: Clock, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)  # due on Monday 30 November
    told = []
    for day in ("2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02"):
        clock_at(amsterdam(f"{day}T10:00"))
        told.append(operations.tell_what_is_due())
    assert told == [0, 1, 0, 1, 0]
    page = queries.case_page(case_id, judges[0])
    assert page is not None
    assert page.case.urgency is Urgency.OVER
    assert queries.urgent(judges[0]) == queries.Urgent(overdue=1, near=0)


def test_the_due_date_is_stored_with_its_rule_and_stays_while_two_people_judge(
    clock_at: Clock, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    before = Case.objects.get(id=case_id)
    clock_at(MONDAY + timedelta(days=2))
    operations.propose_approval(case_id=case_id, actor=judges[0])
    after = Case.objects.get(id=case_id)
    assert (after.due_on, after.due_rule, after.received_at) == (
        before.due_on,
        before.due_rule,
        before.received_at,
    )
    assert "nl-workdays" in after.due_rule


def test_who_must_move_hears_of_it_by_mail_and_nobody_else(
    town: Town, body: UUID, signatory: CaseActor, supplier: CaseActor, judges: Judges
) -> None:
    town.add_member(body, MemberRole.READER)
    case_id = operations.start_application(organisation_id=body, actor=signatory)
    assert mails() == 2  # the signatory and the supplier's project leader
    assert isinstance(case_id, UUID)
    operations.withdraw(case_id=case_id, actor=signatory)
    before = mails()
    filled_in.handed_in(body, signatory)
    assert mails() == before + 4 + 1  # opened and form, to two; then the desk


def test_a_mail_names_number_and_organisation_and_no_person(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    sent = []

    class Reader:
        def deliver(self, message: object) -> None:
            sent.append(str(message))

    case_id = filled_in.handed_in(body, signatory)
    operations.refuse(case_id=case_id, reason="Geheime reden", actor=judges[0])
    deliver_due(channel=Reader())
    whole = "\n".join(sent)
    assert "A-2026-0001" in whole
    assert "Gemeente Dorp" in whole
    for secret in ("Geheime reden", "Tekenaar", "Anne", "Iemand"):
        assert secret not in whole


def test_a_mail_is_written_with_its_cause_or_not_at_all(body: UUID, signatory: CaseActor) -> None:
    with transaction.atomic():
        operations.start_application(organisation_id=body, actor=signatory)
        assert mails() == 1
        transaction.set_rollback(True)
    assert mails() == 0
    assert not Case.objects.exists()


def test_a_mail_server_that_is_down_holds_nothing_up_and_the_outbox_keeps_it(
    clock_at: Clock, body: UUID, signatory: CaseActor
) -> None:
    class Down:
        def deliver(self, message: object) -> None:
            del message
            raise DeliveryFailed("no answer", permanent=False)

    case_id = filled_in.prepared(body, signatory)
    assert deliver_due(channel=Down()) == 0
    assert state(case_id) is CaseState.PREPRODUCTION_FORM
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.WAITING}
    clock_at(datetime(2026, 11, 23, 12, 30, tzinfo=UTC))
    assert deliver_due() == mails()


def test_a_question_goes_to_and_fro_and_is_closed(
    clock_at: Clock, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    question = operations.ask_question(
        organisation_id=body, actor=signatory, subject="Certificaat", text="Welk certificaat?"
    )
    assert isinstance(question, UUID)
    operations.answer(case_id=question, text="Een PKIoverheid-certificaat.", actor=judges[0])
    assert state(question) is CaseState.ANSWERED
    page = queries.case_page(question, signatory)
    assert page is not None
    assert [(message.new, message.text) for message in page.messages] == [
        (False, "Welk certificaat?"),
        (True, "Een PKIoverheid-certificaat."),
    ]
    clock_at(MONDAY + timedelta(minutes=1))
    operations.mark_read(case_id=question, actor=signatory)
    page = queries.case_page(question, signatory)
    assert page is not None
    assert not any(message.new for message in page.messages)
    operations.answer(case_id=question, text="Ook voor preproductie?", actor=signatory)
    assert state(question) is CaseState.OPEN
    assert operations.close(case_id=question, actor=judges[0]) is CaseState.CLOSED
    assert operations.reopen(case_id=question, actor=signatory) is CaseState.OPEN
