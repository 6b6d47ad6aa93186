"""Which log-ins for providers this browser is in: kept in its session; several at once, in tabs."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from volmacht.catalogue.queries import status
from volmacht.logins.queries import LoginInProgress, login_in_progress
from volmacht.logins.states import State
from volmacht.posting import origin
from volmacht.rules.services import LookUpStatus

BEGUN = "logins_for_providers"
FINISHED = "finished_for_providers"
MOST_AT_ONCE = 10
LoginPage = Callable[[HttpRequest, LoginInProgress], HttpResponse]


def service_name(login: LoginInProgress) -> str:
    """The service, in the language of the page."""
    return login.service.name_in(get_language() or settings.LANGUAGE_CODE)


def remember(request: HttpRequest, login_id: UUID) -> None:
    """This browser began this log-in; of many, the latest count (SE-02)."""
    request.session[BEGUN] = [*_own(request), str(login_id)][-MOST_AT_ONCE:]


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


def forget(request: HttpRequest, login_id: UUID) -> None:
    """The log-in is over."""
    if began_here(request, login_id):
        request.session[BEGUN] = [one for one in _own(request) if one != str(login_id)]
        finished = request.session.get(FINISHED, [])
        request.session[FINISHED] = [*finished, str(login_id)][-MOST_AT_ONCE:]


def is_over(request: HttpRequest) -> HttpResponse:
    """The page for a log-in that is over, late, or another browser's (ST-12, ST-13)."""
    return render(request, "portal_choosing/over.html", status=HTTPStatus.BAD_REQUEST)


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
            if login is None or login.state not in states:
                return is_over(request)
            return may_end_at_provider(request, login, page)

        return only_own

    return wrap
