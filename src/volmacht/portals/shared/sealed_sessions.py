"""Sessions in the database, sealed: whoever reads the table learns no BSN, code or name (DM-21).

Named by SESSION_ENGINE. A session that cannot be opened (changed, copied from another, its key
is gone) is an empty one.

Requests of one browser run at the same time, each with a copy of the session. So a request stores only what it
changed itself: what another one stored meanwhile stays, such as a code that is shown once.
"""

import base64
import binascii
import json
from copy import deepcopy
from typing import Any

import structlog
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import InterfaceError, OperationalError, transaction

from volmacht.rules.environment import Environment
from volmacht.sealing import CannotOpen, Purpose, seal, unseal

log = structlog.get_logger("volmacht.sessions")
Data = dict[str, Any]


class SessionStore(DatabaseSessions):
    """Django's database sessions with AES-GCM around the data, and with changes put together."""

    environment = Environment.PRODUCTION  # set by `EnvironmentSessions`; sealed for one, it opens in no other
    _loaded: Data | None = None  # as it was read; None when whatever is stored must make way

    def encode(self, session_dict: Data) -> str:
        """Seal the data; text, because the column holds text."""
        content = json.dumps(session_dict).encode()
        return base64.b64encode(seal(Purpose.SESSION, self._sealed_for, content)).decode()

    @property
    def _sealed_for(self) -> str:
        key = self.session_key or ""
        return key if self.environment is Environment.PRODUCTION else f"{self.environment} {key}"

    def stored_now(self) -> Data:
        """What is stored under this key at this moment, by whichever request; this session stays as it is."""
        twin = type(self)(self.session_key)
        twin.environment = self.environment
        return twin.load()

    def load(self) -> Data:
        """Read it, and remember how it was."""
        data: Data = super().load()
        self._loaded = deepcopy(data)
        return data

    def clear(self) -> None:
        """Empty it; of what others store meanwhile nothing goes on either: the log-in has ended, or is another's."""
        super().clear()
        self._loaded = None

    def save(self, must_create: bool = False) -> None:
        """Store what changed. A database that is locked or gone is told as such, not as a session that is gone."""
        try:
            if must_create or self.session_key is None:
                super().save(must_create)
            else:
                with transaction.atomic(using=self.model.objects.db):
                    self._put_together()
                    super().save()
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise
        self._loaded = deepcopy(dict(self.items()))

    def _put_together(self) -> None:
        """Take over what others changed since this was read; the row is ours until the transaction ends."""
        mine: Data = dict(self.items())  # reads it, when nobody has yet
        row = self.model.objects.select_for_update().filter(session_key=self.session_key).first()
        if row is None or self._loaded is None:
            return
        stored = self.decode(row.session_data)
        if stored != self._loaded:
            self._session_cache = put_together(self._loaded, stored, json.loads(json.dumps(mine)))

    def decode(self, session_data: bytes | str) -> Data:
        """Open the data; empty when that is impossible."""
        try:
            sealed = base64.b64decode(session_data, validate=True)
            opened: Data = json.loads(unseal(Purpose.SESSION, self._sealed_for, sealed))
        except (CannotOpen, binascii.Error, ValueError) as problem:
            log.warning("session.unreadable", problem=type(problem).__name__)
            return {}
        return opened


def put_together(before: Data, stored: Data, mine: Data) -> Data:
    """What was stored meanwhile, with what changed here since `before`; where both changed the same, ours counts.

    A collection of things by name (drafts, codes that were shown) is put together name by name; anything else is
    one value, of which half would make no sense.
    """
    result = {name: value for name, value in stored.items() if name in mine or name not in before}
    for name, value in mine.items():
        if name in before and before[name] == value:
            continue
        others = result.pop(name, None)
        if _by_name(value) and _by_name(others):
            value = put_together(before.get(name) or {}, others, value)  # noqa: PLW2901 - the same thing, more of it
        result[name] = value
    return result


def _by_name(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(thing, dict | list) for thing in value.values())
