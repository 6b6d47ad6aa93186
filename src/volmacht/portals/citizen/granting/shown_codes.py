"""Codes that were just made, shown until the log-in ends (DM-21); a second click waits up to a second for the first.

In the sealed session only. The wait holds a thread of the web server: see `take_over`.
"""

import time
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from volmacht import clock
from volmacht.mandates.queries import RequestEntry
from volmacht.portals.shared.login_session import visitor
from volmacht.rules.activating import RequestState
from volmacht.rules.codes import AuthorisationCode

KEY = "shown-codes"
MOST = 20
TWIN_TRIES, TWIN_WAIT_SECONDS = 20, 0.05


def keep(request: HttpRequest, request_id: UUID, code: AuthorisationCode) -> None:
    """Remember a code for this log-in; saved at once, so that the other half of a double click finds it."""
    codes: dict[str, Any] = request.session.get(KEY, {})
    codes.pop(str(request_id), None)
    codes[str(request_id)] = {
        "code": code.symbols,
        "kept_at": clock.now().isoformat(),
        "log_in": visitor(request).since.isoformat(),
    }
    request.session[KEY] = dict(list(codes.items())[-MOST:])
    request.session.save()


def take_over(request: HttpRequest, request_id: UUID) -> None:
    """Wait, at most a second, for the code that the other half of a double click was given.

    That half has stored the request already and is about to save its session. Sent on without waiting, the browser
    could be there first, and the page would say that there is no code to show.
    """
    for _ in range(TWIN_TRIES):
        stored = request.session.stored_now()  # type: ignore[attr-defined] # of SealedSessions
        if str(request_id) in stored.get(KEY, {}):
            request.session[KEY] = stored[KEY]
            return
        time.sleep(TWIN_WAIT_SECONDS)


def code_of(request: HttpRequest, entry: RequestEntry) -> AuthorisationCode | None:
    """The code of a request while it may be shown: same log-in, request open, no newer code made elsewhere."""
    kept = request.session.get(KEY, {}).get(str(entry.id))
    if kept is None or entry.state is not RequestState.OPEN:
        return None
    if kept["log_in"] != visitor(request).since.isoformat():
        return None
    if datetime.fromisoformat(kept["kept_at"]) < entry.code_made_at:
        return None
    return AuthorisationCode(kept["code"])


def forget(request: HttpRequest, request_id: UUID) -> None:
    """The code opens nothing any more."""
    codes = request.session.get(KEY, {})
    if codes.pop(str(request_id), None):
        request.session[KEY] = codes
