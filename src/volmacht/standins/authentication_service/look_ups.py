"""What judging one message needs to look up: Volmacht's metadata, the minimum level, and what came before (TM-09)."""

from uuid import UUID

from volmacht.protocols.saml.handling.doors import Offer, Peer
from volmacht.rules.services import LookUpStatus
from volmacht.standins.authentication_service.expiring import Expiring
from volmacht.standins.authentication_service.services import Service

REPLAY_SECONDS = 20 * 60.0  # TM-09 asks for 15 minutes
_NOBODY = UUID(int=0)  # ids of a catalogue that is not ours

_seen: Expiring[None] = Expiring(REPLAY_SECONDS)


class MessageLookUps:
    """For one message: judged again, it is still the first of its kind. `levels_unknown`: nobody told us."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._first: dict[tuple[str, str], bool] = {}
        self.levels_unknown = False

    def peer(self, entity_id: str) -> Peer | None:
        """Entrance or portal."""
        return self._service.documents.peer(entity_id)

    def knows(self, entity_id: str) -> bool:
        """Whoever is known here is known by metadata."""
        return self.peer(entity_id) is not None

    def is_new(self, issuer: str, message_id: str) -> bool:
        """Whether it was not seen before this message."""
        key = f"{self._service.environment} {issuer} {message_id}"
        if (issuer, message_id) not in self._first:
            self._first[issuer, message_id] = _seen.put(key, None)
        return self._first[issuer, message_id]

    def offer(self, connection: str, provider: str, service_uuid: UUID) -> Offer | None:  # noqa: ARG002 - as it is called
        """A service with its minimum level, whoever provides it; None for one that Volmacht lists no level for."""
        levels = self._service.documents.levels()
        self.levels_unknown = levels is None
        level = (levels or {}).get(service_uuid)
        if level is None:
            return None
        return Offer(
            connection=_NOBODY,
            provider=_NOBODY,
            service=service_uuid,
            status=LookUpStatus.STATUS_OK,
            level=level,
            citizens_may_represent=True,
        )
