"""What someone was doing when their log-in ended: kept in the sealed session, given back to the same person only.

Everything in the session that is not about the log-in itself counts as work (drafts of journeys), so no
journey has to know about this. A posted form is kept as its path and its fields, without the CSRF token: also when it
came at the moment at which a membership or a role ended.
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


Typed = dict[str, str | None]


def typed_form(request: HttpRequest) -> Typed | None:
    """The posted form as it is kept, with for whom it was typed; None when it is too long to keep."""
    fields = request.POST.copy()
    for name in NOT_TYPED:
        fields.pop(name, None)
    text, acting_for = fields.urlencode(), _acting_for(request.session)
    if len(text) > LONGEST_FORM:
        return None
    return {"path": request.get_full_path(), "fields": text, "for": acting_for}


def _acting_for(session: SessionBase) -> str | None:
    """The organisation, or the employee, that an account was chosen to act as; None for anybody else."""
    account: dict[str, str | None] = session.get(ACCOUNT) or {}
    return account.get("organisation") or account.get("staff")


def keep_form(request: HttpRequest) -> bool:
    """Keep the posted form for who is logged in now; False when it is too long to keep."""
    return keep_typed(request, typed_form(request))


def keep_typed(request: HttpRequest, typed: Typed | None) -> bool:
    """Keep what `typed_form` gave before the session changed."""
    if typed is not None:
        request.session[FORM] = typed
    return typed is not None


def keeps_this_form(request: HttpRequest) -> bool:
    """Whether the form that was just posted is kept."""
    kept = request.session.get(FORM)
    return request.method == "POST" and kept is not None and kept["path"] == request.get_full_path()


def park_form(request: HttpRequest) -> bool:
    """Keep the posted form for whose log-in ended in this session; False when there is nobody to keep it for."""
    parked: dict[str, Any] | None = request.session.get(PARKED)
    typed = typed_form(request)
    if parked is None or typed is None:
        return False
    parked["work"][FORM] = {**typed, "for": parked.get("for")}
    request.session[PARKED] = parked
    return True


def parked_form(request: HttpRequest, path: str) -> QueryDict | None:
    """The kept fields of the form at a path, once: for the view to bind, so that the form shows them again.

    What was typed for one organisation is not shown to who acts for another.
    """
    kept = request.session.get(FORM)
    if kept is None or kept["path"].partition("?")[0] != path or not _is_for(kept, request.session):
        return None
    del request.session[FORM]
    return QueryDict(kept["fields"])


def continue_at(request: HttpRequest) -> str | None:
    """The path of the form that was kept, for where to go after logging in."""
    kept = request.session.get(FORM)
    return str(kept["path"]) if kept is not None and _is_for(kept, request.session) else None


def _is_for(kept: Typed, session: SessionBase) -> bool:
    return kept.get("for") in {None, _acting_for(session)}


def park_work(session: SessionBase, who: str) -> None:
    """Set everything a person was doing aside; who is in the session no longer sees it. `who`: see `LoggedIn`."""
    work = {key: session[key] for key in list(session.keys()) if key not in NOT_WORK}
    acted_for = _acting_for(session)
    session.clear()
    session[PARKED] = {"who": who, "work": work, "for": acted_for}


def is_kept(session: SessionBase) -> bool:
    """Whether something waits for who logs in again. After logging out nothing does."""
    return PARKED in session


def restore_work(session: SessionBase, who: str) -> None:
    """Give parked work back to the same person; another person's is dropped."""
    parked = session.pop(PARKED, None)
    if parked is not None and parked["who"] == who:
        for key, value in parked["work"].items():
            session.setdefault(key, value)
