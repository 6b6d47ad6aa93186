"""The way to the authentication service and back: `begin`, there `vouch`, here `redeem`.

Used through `operations`. The service itself is chosen in settings (AUTHENTICATION_SERVICE); whatever it is,
it ends with one ticket that only the browser that began can redeem, once and within minutes.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import Actor, ActorKind, EventKind
from volmacht.audit.operations import record
from volmacht.logins.models import Authentication
from volmacht.parties.operations import know_person
from volmacht.parties.queries import KnownParty, party
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import Bsn
from volmacht.rules.refusals import Refusal, Refused
from volmacht.sealing import Purpose, keyed_hash, keyed_hashes

TERM = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Authenticated:
    """Who logged in, and how surely."""

    person: KnownParty
    level: LevelOfAssurance


def begin_authentication() -> UUID:
    """Begin a visit; keep the id in the session of the browser that goes there."""
    return Authentication.objects.create(expires_at=clock.wall_clock() + TERM).id


def authentication_open(authentication_id: UUID) -> bool:
    """Whether this visit can still be finished."""
    return Authentication.objects.filter(
        id=authentication_id, ticket_hash__isnull=True, expires_at__gt=clock.wall_clock()
    ).exists()


def vouch(authentication_id: UUID, *, bsn: Bsn, level: LevelOfAssurance) -> str | Refused:
    """The authentication service says who is there; returns the ticket.

    Refused: NOT_YOURS (visit unknown, over or finished), PERSON_UNKNOWN, REGISTER_UNAVAILABLE,
    REPRESENTATIVE_DECEASED (nobody logs in as somebody who has died).
    """
    person = know_person(bsn)
    if isinstance(person, Refused):
        return person
    known = party(person)
    if known is None or known.deceased:
        return Refused(Refusal.REPRESENTATIVE_DECEASED)
    ticket = secrets.token_urlsafe(24)
    changed = Authentication.objects.filter(
        id=authentication_id, ticket_hash__isnull=True, expires_at__gt=clock.wall_clock()
    ).update(party_id=person, level=level, ticket_hash=keyed_hash(Purpose.LINK, ticket))
    return ticket if changed else Refused(Refusal.NOT_YOURS)


@transaction.atomic
def redeem(authentication_id: UUID, ticket: str) -> Authenticated | None:
    """Who logged in, once; None for a ticket that is unknown, used, late or for another browser's visit."""
    row = (
        Authentication.objects.select_for_update()
        .filter(
            id=authentication_id,
            ticket_hash__in=keyed_hashes(Purpose.LINK, ticket),
            expires_at__gt=clock.wall_clock(),
        )
        .first()
    )
    known = party(row.party_id) if row and row.party_id else None
    if row is None or known is None or row.level is None:
        return None
    row.delete()
    record(
        EventKind.LOGGED_IN,
        actor=Actor(ActorKind.PERSON, known.id),
        subject_id=known.id,
        data={"level": row.level},
    )
    return Authenticated(known, LevelOfAssurance(row.level))


def sweep_authentications() -> int:
    """Remove visits that are over; how many."""
    return Authentication.objects.filter(expires_at__lte=clock.wall_clock()).delete()[0]
