"""Reading what was told to whom. Returns frozen values; the words themselves are not kept."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from volmacht.notifications.kinds import MessageKind, MessageState, Side
from volmacht.notifications.models import Message
from volmacht.rules.environment import Environment


@dataclass(frozen=True, slots=True)
class WrittenMessage:
    """One message to a party: what it was about and how far it got. `problem` is for the operator."""

    id: UUID
    kind: MessageKind
    side: Side | None
    state: MessageState
    written_at: datetime
    delivered_at: datetime | None
    attempts: int
    problem: str


def messages_about(recipient: UUID, *, environment: Environment) -> list[WrittenMessage]:
    """Every message to a party about one environment that is kept still, newest first (download my data, DM-44)."""
    rows = Message.objects.filter(recipient_id=recipient, environment=environment).order_by(
        "-written_at", "-id"
    )
    return [_written(row) for row in rows]


def _written(row: Message) -> WrittenMessage:
    return WrittenMessage(
        id=row.id,
        kind=MessageKind(row.kind),
        side=Side(row.side) if row.side else None,
        state=MessageState(row.state),
        written_at=row.written_at,
        delivered_at=row.delivered_at,
        attempts=row.attempts,
        problem=row.problem,
    )
