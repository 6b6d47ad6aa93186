"""The outbox: written with its cause, delivered at least once, erased in time (DM-21, DM-44, DM-50)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections, transaction

from tests.notifications.conftest import Reader, make_reader
from volmacht import clock
from volmacht.notifications import queries
from volmacht.notifications.adapters.folder import FolderMail, read_mail
from volmacht.notifications.kinds import MessageKind, MessageState, Side
from volmacht.notifications.mail_channel import DeliveryFailed
from volmacht.notifications.models import Message
from volmacht.notifications.operations import (
    HELD,
    WAIT_AFTER_ATTEMPT,
    OutsideTransaction,
    apply_retention,
    deliver_due,
    retry_failed,
    send,
)
from volmacht.rules.environment import Environment

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ClockAt = Callable[[datetime], None]
MakeReader = Callable[..., Reader]


class BrokenMail:
    """Mail that never leaves: a real way to fail, with a count of the attempts."""

    def __init__(self, *, permanent: bool = False) -> None:
        self.attempts: list[str] = []
        self._permanent = permanent

    def deliver(self, message: EmailMessage) -> None:
        self.attempts.append(message["Message-ID"])
        raise DeliveryFailed("out of order", permanent=self._permanent)


def activated(recipient: UUID, once: str = "activated:1") -> None:
    send(
        MessageKind.MANDATE_ACTIVATED,
        recipient=recipient,
        values={"service": "Zorgtoeslag", "service_en": "Healthcare benefit"},
        once=once,
        side=Side.REPRESENTED,
        environment=Environment.PRODUCTION,
    )


def row() -> Message:
    return Message.objects.get()


def test_a_message_is_sealed_until_it_is_delivered_and_erased_afterwards(
    reader: MakeReader, channel: FolderMail, folder: Path
) -> None:
    activated(reader().party_id)
    assert b"Zorgtoeslag" not in bytes(row().values_sealed or b"")
    assert row().values_sealed
    assert deliver_due(channel=channel) == 1
    assert row().values_sealed is None
    assert row().state == MessageState.DELIVERED
    assert [mail.to for mail in read_mail(folder=folder)] == ["lezer@voorbeeld.example"]


def test_who_has_no_confirmed_address_gets_no_message(nobody: UUID, unconfirmed: MakeReader) -> None:
    activated(nobody)
    activated(unconfirmed().party_id, once="activated:2")
    assert not Message.objects.exists()


def test_the_confirmation_goes_to_the_address_that_is_not_confirmed_yet(
    unconfirmed: MakeReader, channel: FolderMail, folder: Path
) -> None:
    someone = unconfirmed("nieuw@voorbeeld.example", "en")
    send(
        MessageKind.EMAIL_CONFIRMATION,
        recipient=someone.party_id,
        values={"address_id": str(someone.address_id), "secret": someone.secret},
        once=f"confirm:{someone.address_id}",
        environment=Environment.PRODUCTION,
    )
    assert deliver_due(channel=channel) == 1
    (mail,) = read_mail(folder=folder)
    assert mail.to == "nieuw@voorbeeld.example"
    assert mail.subject == "Confirm your e-mail address"
    assert f"/en/e-mail/bevestigen/{someone.secret}/" in mail.text
    assert row().values_sealed is None


def test_the_same_event_is_told_once(reader: MakeReader, channel: FolderMail) -> None:
    recipient = reader().party_id
    activated(recipient)
    activated(recipient)
    assert deliver_due(channel=channel) == 1
    activated(recipient)
    assert deliver_due(channel=channel) == 0


@pytest.mark.usefixtures("committed_db")
def test_a_message_outside_a_transaction_is_refused() -> None:
    with pytest.raises(OutsideTransaction):
        activated(UUID(int=1))


def test_a_message_goes_when_its_cause_goes(reader: MakeReader) -> None:
    recipient = reader().party_id

    class CauseUndoneError(Exception):
        pass

    def cause() -> None:
        with transaction.atomic():
            activated(recipient)
            raise CauseUndoneError

    with pytest.raises(CauseUndoneError):
        cause()
    assert not Message.objects.exists()


def test_a_side_without_words_is_refused(reader: MakeReader) -> None:
    with pytest.raises(ValueError, match="no words"):
        send(
            MessageKind.CODE_LOCKED,
            recipient=reader().party_id,
            values={"service": "X"},
            once="x",
            side=Side.REPRESENTATIVE,
            environment=Environment.PRODUCTION,
        )


def test_waiting_grows_after_each_failure_until_the_message_has_failed(
    reader: MakeReader, clock_at: ClockAt
) -> None:
    clock_at(START)
    activated(reader().party_id)
    mail, moment = BrokenMail(), START
    for wait in WAIT_AFTER_ATTEMPT:
        clock_at(moment)
        assert deliver_due(channel=mail) == 0
        assert row().next_attempt_at == moment + wait
        clock_at(moment + wait - timedelta(seconds=1))
        deliver_due(channel=mail)
        moment += wait
    clock_at(moment)
    deliver_due(channel=mail)
    assert row().state == MessageState.FAILED
    assert len(mail.attempts) == len(WAIT_AFTER_ATTEMPT) + 1 == 10
    assert len(set(mail.attempts)) == 1, "every attempt carries the same Message-ID"
    assert row().problem == "out of order"


def test_a_refused_recipient_fails_at_once(reader: MakeReader) -> None:
    activated(reader().party_id)
    deliver_due(channel=BrokenMail(permanent=True))
    assert row().state == MessageState.FAILED
    assert row().attempts == 1


def test_a_failed_message_can_be_tried_again(reader: MakeReader, channel: FolderMail) -> None:
    activated(reader().party_id)
    deliver_due(channel=BrokenMail(permanent=True))
    assert retry_failed() == 1
    assert deliver_due(channel=channel) == 1
    assert row().problem == ""


def test_one_failing_message_does_not_stop_the_others(
    reader: MakeReader, channel: FolderMail, folder: Path
) -> None:
    first, second = reader("een@voorbeeld.example"), reader("twee@voorbeeld.example")
    activated(first.party_id, once="a")
    Message.objects.update(values_sealed=b"no longer readable")
    activated(second.party_id, once="b")
    assert deliver_due(channel=channel) == 1
    assert [mail.to for mail in read_mail(folder=folder)] == ["twee@voorbeeld.example"]
    assert Message.objects.get(once="a").state == MessageState.FAILED


def test_a_message_is_dropped_when_its_address_was_taken_away(
    reader: MakeReader, channel: FolderMail
) -> None:
    from volmacht.parties.operations import remove_email_addresses

    someone = reader()
    activated(someone.party_id)
    remove_email_addresses(someone.party_id)
    assert deliver_due(channel=channel) == 0
    assert row().state == MessageState.NOT_WANTED
    assert row().values_sealed is None


def test_a_message_taken_by_a_worker_that_died_is_delivered_later(
    reader: MakeReader, channel: FolderMail, folder: Path, clock_at: ClockAt
) -> None:
    clock_at(START)
    activated(reader().party_id)

    class Killed(BaseException):
        pass

    class DyingMail(FolderMail):
        def deliver(self, message: EmailMessage) -> None:
            super().deliver(message)
            raise Killed

    with pytest.raises(Killed):
        deliver_due(channel=DyingMail(folder))
    assert deliver_due(channel=channel) == 0, "another worker leaves it alone for a while"
    clock_at(START + HELD)
    assert deliver_due(channel=channel) == 1
    assert len(read_mail(folder=folder)) == 1, "the repeat is recognised as the same message"


def test_no_more_than_the_limit_is_delivered_at_once(reader: MakeReader, channel: FolderMail) -> None:
    recipient = reader().party_id
    for number in range(3):
        activated(recipient, once=f"many:{number}")
    assert [deliver_due(2, channel), deliver_due(2, channel)] == [2, 1]


def test_two_workers_deliver_every_message_once(committed_db: None, folder: Path) -> None:
    recipient = make_reader().party_id
    with transaction.atomic():
        for number in range(20):
            activated(recipient, once=f"both:{number}")
    handed_over: list[str] = []

    class CountingMail(FolderMail):
        def deliver(self, message: EmailMessage) -> None:
            handed_over.append(message["Message-ID"])
            super().deliver(message)

    def work() -> int:
        try:
            return deliver_due(channel=CountingMail(folder))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as workers:
        delivered = [worker.result(60) for worker in [workers.submit(work) for _ in range(2)]]
    assert sum(delivered) == len(handed_over) == len(set(handed_over)) == 20
    assert not Message.objects.exclude(state=MessageState.DELIVERED).exists()


def test_a_person_sees_what_was_sent_and_only_to_them(reader: MakeReader, channel: FolderMail) -> None:
    one, other = reader("een@voorbeeld.example"), reader("twee@voorbeeld.example")
    activated(one.party_id, once="a")
    activated(other.party_id, once="b")
    deliver_due(channel=channel)
    (message,) = queries.messages_about(one.party_id, environment=Environment.PRODUCTION)
    assert (message.kind, message.side, message.state) == (
        MessageKind.MANDATE_ACTIVATED,
        Side.REPRESENTED,
        MessageState.DELIVERED,
    )
    assert message.delivered_at is not None


def test_messages_are_removed_after_their_term(reader: MakeReader, clock_at: ClockAt) -> None:
    clock_at(START)
    activated(reader().party_id)
    clock_at(START + timedelta(days=90))
    assert apply_retention() == 0
    clock_at(START + timedelta(days=90, seconds=1))
    assert apply_retention() == 1
    assert clock.now() > START
