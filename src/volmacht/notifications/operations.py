"""Writing messages with their cause, and delivering them at least once (DM-50).

`send` only writes a row; `deliver_due` is the worker's. Between the two, what the text needs is sealed, and
it is erased once the message was delivered (DM-21).
"""

import json
from datetime import timedelta
from functools import cache
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from volmacht import clock
from volmacht.notifications.kinds import TO_ADDRESSES, WORDED_FOR, MessageKind, MessageState, Side
from volmacht.notifications.mail_channel import DeliveryFailed, MailChannel
from volmacht.notifications.models import Message
from volmacht.notifications.rendering import Values, compose, word
from volmacht.notifications.resealing import reseal_messages
from volmacht.parties import queries as parties
from volmacht.rules.environment import Environment
from volmacht.sealing import CannotOpen, Purpose, seal, unseal

__all__ = [
    "EMAIL",
    "HELD",
    "WAIT_AFTER_ATTEMPT",
    "OutsideTransaction",
    "apply_retention",
    "deliver_due",
    "mail_channel",
    "reseal_messages",
    "retry_failed",
    "send",
    "send_to_address",
]

EMAIL = "email"
ADDRESS, LANGUAGE = "to", "language"  # among the sealed values of a message that goes to no party
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
# After each failed attempt; after the last one the message has failed.
WAIT_AFTER_ATTEMPT = (_MINUTE, 5 * _MINUTE, 30 * _MINUTE, 2 * _HOUR, *[12 * _HOUR] * 5)
# Nobody else takes a message that long after it was taken: longer than a mail server may keep us waiting.
HELD = timedelta(minutes=10)


class OutsideTransaction(RuntimeError):
    """A message must be written in the transaction of its cause, or it could tell what never happened."""


def send(
    kind: MessageKind,
    *,
    environment: Environment,
    recipient: UUID,
    values: Values,
    once: str,
    side: Side | None = None,
) -> None:
    """Write a message to a party; nothing for who has no confirmed e-mail address.

    `once` names the event: a second message with the same `once` is not written. `values` may hold `service`
    and `service_en` (names), `first_day` and `last_day` (yyyy-mm-dd), and for EMAIL_CONFIRMATION `address_id`
    (the address to confirm) and `secret` (of the link). Raises OutsideTransaction, and ValueError for a side that
    this kind has no words for.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    if side not in WORDED_FOR[kind]:
        raise ValueError(f"{kind} has no words for {side}")
    if kind is not MessageKind.EMAIL_CONFIRMATION and parties.confirmed_address(recipient) is None:
        return
    _write(kind, recipient, values, once, side, environment)


def send_to_address(kind: MessageKind, *, address: str, language: str, values: Values, once: str) -> None:
    """Write a message to who is no party: an employee, or somebody who works for an organisation that connects.

    `once`: see `send`. `values`, by kind; `path` is the address of the page without the base and without the language:
    INVITATION, CASE_NEWS, SIGN_UP_...: `organisation`; ACCOUNT_CHANGED: `change`, a member of `AccountChange`;
    CASE_NEWS also `case_number`, and `sentence` and `sentence_en`. No name of a human being. The address is sealed
    with the values and erased with them. Raises OutsideTransaction, and ValueError for a kind that goes to parties.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    if kind not in TO_ADDRESSES:
        raise ValueError(f"{kind} goes to a party")
    whole = {**values, ADDRESS: address, LANGUAGE: language}
    _write(kind, None, whole, once, None, Environment.PRODUCTION)


def _write(
    kind: MessageKind,
    recipient: UUID | None,
    values: Values,
    once: str,
    side: Side | None,
    environment: Environment,
) -> None:
    now = clock.now()
    message_id = uuid4()
    message = Message(
        id=message_id,
        once=once,
        kind=kind,
        side=side or "",
        channel=EMAIL,
        environment=environment,
        recipient_id=recipient,
        values_sealed=seal(Purpose.OUTBOX, message_id, json.dumps(dict(values)).encode()),
        state=MessageState.WAITING,
        next_attempt_at=now,
        written_at=now,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)


@cache
def mail_channel() -> MailChannel:
    """The way in which this installation sends e-mail, chosen in settings."""
    channel: MailChannel = import_string(settings.MAIL_CHANNEL)()
    return channel


def deliver_due(limit: int = 50, channel: MailChannel | None = None) -> int:
    """Try to deliver the messages whose moment has come, at most `limit`; how many were delivered.

    Several workers may do this at once. No transaction is open while a mail server is being waited for.
    """
    delivered = 0
    for _ in range(limit):
        message = _take()
        if message is None:
            break
        delivered += _deliver(message, channel or mail_channel())
    return delivered


@transaction.atomic
def _take() -> Message | None:
    """Hold the next message that is due, for as long as delivering may take."""
    now = clock.now()
    due = Message.objects.filter(state=MessageState.WAITING, next_attempt_at__lte=now)
    message = due.select_for_update(skip_locked=True).order_by("next_attempt_at", "id").first()
    if message is not None:
        message.attempts += 1
        message.next_attempt_at = now + HELD
        message.save(update_fields=["attempts", "next_attempt_at"])
    return message


def _deliver(message: Message, channel: MailChannel) -> bool:
    """One attempt, and what came of it."""
    try:
        values: Values = json.loads(unseal(Purpose.OUTBOX, message.id, bytes(message.values_sealed or b"")))
        destination = _address(message, values)
        if destination is None:
            _close(message, MessageState.NOT_WANTED)
            return False
        address, language = destination
        words = word(
            MessageKind(message.kind),
            Side(message.side) if message.side else None,
            values,
            language,
            environment=Environment(message.environment),
        )
        channel.deliver(
            compose(message.id, words, to=address, language=language, written_at=message.written_at)
        )
    except DeliveryFailed as error:
        _put_back(message, str(error), permanent=error.permanent)
        return False
    except CannotOpen as error:
        _put_back(message, f"cannot be opened: {error}", permanent=True)
        return False
    _close(message, MessageState.DELIVERED)
    return True


def _address(message: Message, values: Values) -> tuple[str, str] | None:
    """Where it goes now, and in which language: what was written with it, the address to confirm, or the confirmed one.

    None when that was taken away.
    """
    if message.kind in TO_ADDRESSES:
        return str(values[ADDRESS]), str(values[LANGUAGE])
    if message.kind == MessageKind.EMAIL_CONFIRMATION:
        known = parties.email_address(UUID(str(values["address_id"])))
    else:
        known = parties.confirmed_address(message.recipient_id) if message.recipient_id else None
    return (known.address, known.language) if known else None


def _close(message: Message, state: MessageState) -> None:
    """Done with it: erase what the text needed (DM-21)."""
    delivered_at = clock.now() if state is MessageState.DELIVERED else None
    Message.objects.filter(id=message.id).update(
        state=state, delivered_at=delivered_at, values_sealed=None, next_attempt_at=None, problem=""
    )


def _put_back(message: Message, problem: str, *, permanent: bool) -> None:
    """Wait longer after each attempt; after the last one it is for the operator."""
    over = permanent or message.attempts > len(WAIT_AFTER_ATTEMPT)
    wait = timedelta() if over else WAIT_AFTER_ATTEMPT[message.attempts - 1]
    Message.objects.filter(id=message.id).update(
        state=MessageState.FAILED if over else MessageState.WAITING,
        next_attempt_at=None if over else clock.now() + wait,
        problem=problem[:200],
    )


def retry_failed() -> int:
    """Give every failed message a new series of attempts, from now; how many."""
    failed = Message.objects.filter(state=MessageState.FAILED)
    return failed.update(state=MessageState.WAITING, attempts=0, next_attempt_at=clock.now())


def apply_retention() -> int:
    """Remove messages older than their term (settings.RETENTION["outbox"], days; DM-44); how many."""
    term = timedelta(days=settings.RETENTION["outbox"])
    removed, _ = Message.objects.filter(written_at__lt=clock.now() - term).delete()
    return removed
