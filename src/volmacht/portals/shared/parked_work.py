"""What someone was doing when their log-in ended: kept in the sealed session, given back to the same person only.

Everything in the session that is not about the log-in itself counts as work (drafts of journeys), so no
journey has to know about this. A posted form is kept as its path and its fields, without the CSRF token.
"""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, QueryDict

LOGIN = "login"
ACCOUNT = "account"
PARKED = "parked"
FORM = "form"
NOT_WORK = frozenset({LOGIN, ACCOUNT, PARKED})
# Passwords and the codes of a second factor are never kept: who sends a form again types them again.
NOT_TYPED = (
    "csrfmiddlewaretoken",
    "alleen-bewaren",
    "wachtwoord",
    "wachtwoord_nu",
    "inlogcode",
    "passkey_antwoord",
)
# Far more than any form of ours, far less than what would make the session slow.
LONGEST_FORM = 32 * 1024


def _typed(request: HttpRequest) -> dict[str, str] | None:
    fields = request.POST.copy()
    for name in NOT_TYPED:
        fields.pop(name, None)
    text = fields.urlencode()
    return {"path": request.get_full_path(), "fields": text} if len(text) <= LONGEST_FORM else None


def keep_form(request: HttpRequest) -> bool:
    """Keep the posted form for who is logged in now; False when it is too long to keep."""
    typed = _typed(request)
    if typed is not None:
        request.session[FORM] = typed
    return typed is not None


def park_form(request: HttpRequest) -> bool:
    """Keep the posted form for whose log-in ended in this session; False when there is nobody to keep it for."""
    parked: dict[str, Any] | None = request.session.get(PARKED)
    typed = _typed(request)
    if parked is None or typed is None:
        return False
    parked["work"][FORM] = typed
    request.session[PARKED] = parked
    return True


def parked_form(request: HttpRequest, path: str) -> QueryDict | None:
    """The kept fields of the form at a path, once: for the view to bind, so that the form shows them again."""
    kept = request.session.get(FORM)
    if kept is None or kept["path"].partition("?")[0] != path:
        return None
    del request.session[FORM]
    return QueryDict(kept["fields"])


def continue_at(request: HttpRequest) -> str | None:
    """The path of the form that was kept, for where to go after logging in."""
    kept = request.session.get(FORM)
    return None if kept is None else str(kept["path"])


def park_work(session: SessionBase, who: str) -> None:
    """Set everything a person was doing aside; who is in the session no longer sees it. `who`: see `LoggedIn`."""
    work = {key: session[key] for key in list(session.keys()) if key not in NOT_WORK}
    session.clear()
    session[PARKED] = {"who": who, "work": work}


def is_kept(session: SessionBase) -> bool:
    """Whether something waits for who logs in again. After logging out nothing does."""
    return PARKED in session


def restore_work(session: SessionBase, who: str) -> None:
    """Give parked work back to the same person; another person's is dropped."""
    parked = session.pop(PARKED, None)
    if parked is not None and parked["who"] == who:
        for key, value in parked["work"].items():
            session.setdefault(key, value)
