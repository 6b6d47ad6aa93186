"""Which log-in for a provider this browser is in: kept in its session, one at a time."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit
from uuid import UUID

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from volmacht.logins.queries import LoginInProgress, login_in_progress
from volmacht.logins.states import SESSION_KEY, State

LoginPage = Callable[[HttpRequest, LoginInProgress], HttpResponse]


def service_name(login: LoginInProgress) -> str:
    """The service, in the language of the page."""
    return login.service.name_in(get_language() or settings.LANGUAGE_CODE)


def forget(request: HttpRequest) -> None:
    """The log-in is over."""
    request.session.pop(SESSION_KEY, None)


def is_over(request: HttpRequest) -> HttpResponse:
    """The page for a log-in that is over, late, or another browser's."""
    return render(request, "portal_choosing/over.html", status=410)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def may_end_at_provider(request: HttpRequest, login: LoginInProgress, page: LoginPage) -> HttpResponseBase:
    """Answer with a page whose forms end at the provider: the policy of this page allows its address as well."""
    policy = {"form-action": [_origin(login.connection.return_address)]}
    return csp_update(policy)(lambda _request: page(request, login))(request)


def in_own_login(state: State) -> Callable[[LoginPage], Callable[[HttpRequest, UUID], HttpResponseBase]]:
    """Give the page the log-in in progress, if it is this browser's and in this state."""

    def wrap(page: LoginPage) -> Callable[[HttpRequest, UUID], HttpResponseBase]:
        @wraps(page)
        def only_own(request: HttpRequest, login_id: UUID) -> HttpResponseBase:
            login = login_in_progress(login_id) if request.session.get(SESSION_KEY) == str(login_id) else None
            if login is None or login.state is not state:
                return is_over(request)
            return may_end_at_provider(request, login, page)

        return only_own

    return wrap
