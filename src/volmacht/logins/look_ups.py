"""What judging a message needs to look up, answered by the catalogue and by the record of messages seen (TM-09).

When the record cannot be written the question fails and the request is refused: better no log-in than a replayed one.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.logins.models import SeenMessage
from volmacht.protocols.saml.handling.doors import Offer, Peer
from volmacht.rules.environment import Environment
from volmacht.statements import moment_value, rows

NOTE = """
INSERT INTO logins_seenmessage (door, issuer, message_hash, expires_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (door, issuer, message_hash) DO NOTHING RETURNING id
"""
KEPT = timedelta(minutes=20)  # longer than any message of TM-02 can come back in time


@dataclass(frozen=True, slots=True)
class StoredLookUps:
    """Look-ups of one door; `door` is its entity id, so that doors and environments share nothing (RO-03)."""

    environment: Environment
    door: str

    def peer(self, entity_id: str) -> Peer | None:
        """Verified metadata, from memory."""
        return catalogue.peer(self.environment, entity_id)

    def knows(self, entity_id: str) -> bool:
        """Whether it is registered, from memory."""
        return catalogue.is_registered(self.environment, entity_id)

    def offer(self, connection: str, provider: str, service_uuid: UUID) -> Offer | None:
        """What the catalogue offers, from memory."""
        return catalogue.offer(self.environment, connection, provider, service_uuid)

    def is_new(self, issuer: str, message_id: str) -> bool:
        """Note the message; False when it was noted before, here or on another node."""
        with transaction.atomic():
            return note_message(self.door, issuer, message_id)


def note_message(door: str, issuer: str, message_id: str, *, kept: timedelta = KEPT) -> bool:
    """Whether this is the first time that this issuer's message came to this door."""
    until = moment_value(clock.wall_clock() + kept)
    return bool(rows(NOTE, [door, issuer, _hash(message_id), until]))


def was_noted(door: str, issuer: str, message_id: str) -> bool:
    """Whether this issuer's message came to this door before, and is still remembered."""
    seen = SeenMessage.objects.filter(door=door, issuer=issuer, message_hash=_hash(message_id))
    return seen.exists()


def _hash(message_id: str) -> bytes:
    return hashlib.sha256(message_id.encode()).digest()  # an id may be long


def sweep_messages() -> int:
    """Forget messages that nobody can send again in time; how many."""
    return SeenMessage.objects.filter(expires_at__lte=clock.wall_clock()).delete()[0]
