"""Reads of log-ins in progress."""

from dataclasses import dataclass
from uuid import UUID

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ConnectionEntry, ServiceEntry
from volmacht.logins.authentications import authentication_open
from volmacht.logins.models import Transaction
from volmacht.logins.states import Representation, State
from volmacht.rules.assurance import LevelOfAssurance

__all__ = ["LoginInProgress", "authentication_open", "login_in_progress"]


@dataclass(frozen=True, slots=True)
class LoginInProgress:
    """A log-in for a provider, as the choosing pages need it."""

    id: UUID
    connection: ConnectionEntry
    service: ServiceEntry
    representation: Representation
    state: State
    person: UUID | None
    level: LevelOfAssurance | None


def login_in_progress(transaction_id: UUID) -> LoginInProgress | None:
    """A log-in that is not over; None for one that is unknown, finished or late."""
    row = Transaction.objects.filter(
        id=transaction_id, state__in=[State.STARTED, State.AUTHENTICATED], expires_at__gt=clock.wall_clock()
    ).first()
    if row is None:
        return None
    connection, service = catalogue.connection(row.connection_id), catalogue.service(row.service_id)
    if connection is None or service is None:
        return None
    return LoginInProgress(
        id=row.id,
        connection=connection,
        service=service,
        representation=Representation(row.representation),
        state=State(row.state),
        person=row.party_id,
        level=LevelOfAssurance(row.level) if row.level else None,
    )
