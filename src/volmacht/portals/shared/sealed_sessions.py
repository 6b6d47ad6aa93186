"""Sessions in the database, sealed: whoever reads the table learns no BSN, code or name (DM-21).

Named by SESSION_ENGINE. A session that cannot be opened (changed, or its key is gone) is an empty one.
"""

import base64
import binascii
import json
from typing import Any

import structlog
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import InterfaceError, OperationalError

from volmacht.sealing import CannotOpen, Purpose, seal, unseal

log = structlog.get_logger("volmacht.sessions")


class SessionStore(DatabaseSessions):
    """Django's database sessions with AES-GCM around the data."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Seal the data; text, because the column holds text."""
        return base64.b64encode(seal(Purpose.SESSION, json.dumps(session_dict).encode())).decode()

    def save(self, must_create: bool = False) -> None:
        """Store the session. A database that is locked or gone is told as such, not as a session that is gone."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Open the data; empty when that is impossible."""
        try:
            opened: dict[str, Any] = json.loads(
                unseal(Purpose.SESSION, base64.b64decode(session_data, validate=True))
            )
        except (CannotOpen, binascii.Error, ValueError) as problem:
            log.warning("session.unreadable", problem=type(problem).__name__)
            return {}
        return opened
