"""What is recorded of an account when the way in which it is logged in to changes. Used by the other operations."""

from uuid import UUID

from volmacht.audit.kinds import Actor, ActorKind, EventKind
from volmacht.audit.operations import record
from volmacht.rules.accounts import AccountChange


def acting_account(account_id: UUID) -> Actor:
    """An account as it stands in the audit trail."""
    return Actor(ActorKind.ACCOUNT, account_id)


def note_account(account_id: UUID, change: AccountChange | str) -> None:
    """Something changed in how an account is logged in to; in the transaction of the change."""
    record(
        EventKind.ACCOUNT_CHANGED,
        actor=acting_account(account_id),
        subject_id=account_id,
        object_id=account_id,
        data={"change": str(change)},
    )
