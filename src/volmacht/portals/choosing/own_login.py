"""Which log-ins for providers this browser is in: kept in its session; several at once, in tabs.

Whoever logged in and then leaves their computer for fifteen minutes is not there any more: whoever sits down there next
finds nobody's names (TM-08). The provider hears nothing of that, as when the twenty minutes pass (FL-10, TM-07).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from volmacht import clock
from volmacht.catalogue.queries import status
from volmacht.logins.queries import LoginInProgress, login_in_progress
from volmacht.logins.states import State
from volmacht.portals.shared import code_draft
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.page_language import language
from volmacht.posting import origin
from volmacht.protocols.saml.handling.pages import PageRefusal
from volmacht.rules.environment import Environment
from volmacht.rules.services import LookUpStatus
from volmacht.telling import tell

BEGUN = "logins_for_providers"
FINISHED = "finished_for_providers"
SEEN = "logins_for_providers_seen"
MOST_AT_ONCE = 10
NOTED_EVERY = timedelta(seconds=30)  # storing is a write: not with each page that is only read
LoginPage = Callable[[HttpRequest, LoginInProgress], HttpResponse]


def service_name(login: LoginInProgress) -> str:
    """The service, in the language of the page."""
    return login.service.name_in(language())


def remember(request: HttpRequest, login_id: UUID) -> None:
    """This browser began this log-in; of many, the latest count (SE-02)."""
    request.session[BEGUN] = [*_own(request), str(login_id)][-MOST_AT_ONCE:]
    be_here(request, login_id)


def be_here(request: HttpRequest, login_id: UUID) -> None:
    """Somebody is at this log-in now: their fifteen minutes begin anew (TM-08)."""
    last, now = _last_seen(request, login_id), clock.wall_clock()
    if last is None or request.method == "POST" or now - last >= NOTED_EVERY:
        seen = request.session.get(SEEN, {})
        kept = {one: moment for one, moment in seen.items() if one in _own(request)}
        request.session[SEEN] = {**kept, str(login_id): now.isoformat()}


def _last_seen(request: HttpRequest, login_id: UUID) -> datetime | None:
    noted = request.session.get(SEEN, {}).get(str(login_id))
    return datetime.fromisoformat(noted) if noted else None


def _left(request: HttpRequest, login: LoginInProgress) -> bool:
    """Whether who logged in was away for too long; before logging in there is nothing to see."""
    last = _last_seen(request, login.id)
    idle_end: timedelta = settings.SESSION_IDLE_END
    return login.state is State.AUTHENTICATED and last is not None and clock.wall_clock() - last >= idle_end


def _own(request: HttpRequest) -> list[str]:
    found: list[str] = request.session.get(BEGUN, [])
    return found


def began_here(request: HttpRequest, login_id: UUID) -> bool:
    """Whether this browser began it."""
    return str(login_id) in _own(request)


def may_still_be_asked(login: LoginInProgress) -> bool:
    """Whether service, provider and connection still count: they did when the log-in was asked for."""
    return status(login.service.id, login.connection.id) is LookUpStatus.STATUS_OK


def earlier_logins(request: HttpRequest) -> list[UUID]:
    """The log-ins for providers that this browser finished."""
    return [UUID(one) for one in request.session.get(FINISHED, [])]


def code_slot(login_id: UUID) -> str:
    """Where the session keeps what is entered of a code in this log-in."""
    return f"choosing.code.{login_id}"


def forget(request: HttpRequest, login_id: UUID) -> None:
    """The log-in is over, and with it what was entered in it."""
    code_draft.clear(request, code_slot(login_id))
    if began_here(request, login_id):
        request.session[BEGUN] = [one for one in _own(request) if one != str(login_id)]
        finished = request.session.get(FINISHED, [])
        request.session[FINISHED] = [*finished, str(login_id)][-MOST_AT_ONCE:]


def is_over(
    request: HttpRequest,
    why: PageRefusal = PageRefusal.EXPIRED,
    *,
    login: LoginInProgress | None = None,
    environment: Environment | None = None,
) -> HttpResponse:
    """The page for a log-in that is over, late, or another browser's (ST-12, ST-13)."""
    where = login.environment if login else environment or ""
    sender = login.connection.entity_id if login else ""
    tell("log-in is over", why, environment=where, sender=sender)
    return render(request, "portal_choosing/over.html", status=HTTPStatus.BAD_REQUEST)


def _why_over(request: HttpRequest, login_id: UUID) -> PageRefusal:
    was_here = began_here(request, login_id) or login_id in earlier_logins(request)
    return PageRefusal.EXPIRED if was_here else PageRefusal.NOT_THIS_BROWSER


def may_end_at_provider(request: HttpRequest, login: LoginInProgress, page: LoginPage) -> HttpResponseBase:
    """Answer with a page whose forms end at the provider: the policy of this page allows its address as well."""
    answer = page(request, login)
    if hasattr(answer, "_csp_update"):  # it leads elsewhere, and said so itself
        return answer
    return csp_update({"form-action": [origin(login.returns_to)]})(lambda _request: answer)(request)


def in_own_login(*states: State) -> Callable[[LoginPage], Callable[[HttpRequest, UUID], HttpResponseBase]]:
    """Give the page the log-in in progress, if it is this browser's and in one of these states."""

    def wrap(page: LoginPage) -> Callable[[HttpRequest, UUID], HttpResponseBase]:
        @wraps(page)
        def only_own(request: HttpRequest, login_id: UUID) -> HttpResponseBase:
            login = login_in_progress(login_id) if began_here(request, login_id) else None
            if login is None or login.environment is not environment_of(request):
                code_draft.clear(request, code_slot(login_id))
                return is_over(request, _why_over(request, login_id))
            if _left(request, login):
                forget(request, login_id)
                return is_over(request, login=login)
            if login.state not in states:
                return is_over(request, login=login)
            be_here(request, login_id)
            return may_end_at_provider(request, login, page)

        return only_own

    return wrap
