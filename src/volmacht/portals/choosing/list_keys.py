"""What the browser sends back for a person in the list: opaque, good for one log-in only (BV-11). Stores nothing."""

import base64
import binascii
from uuid import UUID

from volmacht.logins.queries import LoginInProgress
from volmacht.sealing import CannotOpen, Purpose, seal, unseal


def list_key(login: LoginInProgress, represented: UUID) -> str:
    """A key for somebody in the list of this log-in."""
    return base64.urlsafe_b64encode(seal(Purpose.CHOICE, login.id, represented.bytes)).decode()


def represented_by(login: LoginInProgress, key: str) -> UUID | None:
    """For whom a key stands; None for one that was made up, changed, or made for another log-in."""
    try:
        return UUID(bytes=unseal(Purpose.CHOICE, login.id, base64.urlsafe_b64decode(key)))
    except (ValueError, binascii.Error, CannotOpen):
        return None
