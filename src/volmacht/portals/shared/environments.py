"""In which environment somebody is: production, or pre-production, with the same pages under /preprod/ (decision 0040).

`OwnEnvironment` treats `/preprod` as script prefix, so that `reverse` gives addresses of the environment that one is
in, and gives pre-production cookies of its own. Doors for machines keep their written-out addresses. What exists once
is not there: its addresses come from `address_once`.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, reverse, set_script_prefix, set_urlconf
from django.utils.translation import gettext_lazy

from volmacht.logins.entities import PREFIXES, REST_PREFIXES
from volmacht.rules.environment import PAGES_UNDER, Environment

View = TypeVar("View", bound=Callable[..., Any])
PREFIX = PAGES_UNDER[Environment.PREPRODUCTION]
TEST_MARK = gettext_lazy("Testomgeving (preproductie): hier gelden machtigingen alleen voor testen.")
ON_REQUEST = "volmacht.environment"
_NOT_MOVED = (
    *(f"/{prefixes[Environment.PREPRODUCTION]}/" for prefixes in (PREFIXES, REST_PREFIXES)),
    f"{PREFIX}{PREFIX}/",  # else /preprod/preprod/saml/ would be a second address of a door
    f"{PREFIX}{settings.STATIC_URL}",
)


def environment_of(request: HttpRequest) -> Environment:
    """In which environment this request is. Raises KeyError where `OwnEnvironment` is not at work."""
    found: Environment = request.META[ON_REQUEST]
    return found


def in_preproduction(request: HttpRequest) -> bool:
    """Whether this is a page for testing."""
    return environment_of(request) is Environment.PREPRODUCTION


def address_once(name: str, *args: object) -> str:
    """The address of a page that exists once, without prefix, from whichever environment it is asked."""
    prefix = get_script_prefix()
    set_script_prefix(prefix.removesuffix(f"{PREFIX[1:]}/"))
    try:
        return reverse(name, urlconf=settings.ROOT_URLCONF, args=args)
    finally:
        set_script_prefix(prefix)


def test_mark(request: HttpRequest) -> str:
    """What stands on everything of pre-production; empty in production."""
    return str(TEST_MARK) if in_preproduction(request) else ""


def only_in_production(view: View) -> View:
    """A page about what a party has once, whatever the environment: left out of pre-production, with a word why."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if in_preproduction(request):
            status = HTTPStatus.OK if request.method in {"GET", "HEAD"} else HTTPStatus.NOT_FOUND
            return render(request, "shared/refused/only_in_production.html", status=status)
        answer: HttpResponse = view(request, *args, **kwargs)
        return answer

    return guarded  # type: ignore[return-value] # the same view, with a question before it


class OwnEnvironment:
    """Tells each request its environment; stands before everything that reads an address or a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Enter pre-production for the time of one request, and leave it again."""
        if request.path_info == PREFIX:
            return HttpResponseRedirect(f"{PREFIX}/")
        if not request.path_info.startswith(f"{PREFIX}/"):
            request.META[ON_REQUEST] = Environment.PRODUCTION
            return self.get_response(request)
        prefix = get_script_prefix()
        _enter(request, prefix)
        try:
            return _with_own_cookies(request, self.get_response)
        finally:
            set_script_prefix(prefix)


def _enter(request: HttpRequest, prefix: str) -> None:
    request.META[ON_REQUEST] = Environment.PREPRODUCTION
    request.urlconf = settings.PREPRODUCTION_URLCONF
    set_urlconf(settings.PREPRODUCTION_URLCONF)  # for a page that comes before Django chooses a view
    set_script_prefix(f"{prefix}{PREFIX[1:]}/")
    if not request.path_info.startswith(_NOT_MOVED):
        request.META["SCRIPT_NAME"] = f"{prefix.rstrip('/')}{PREFIX}"
        request.path_info = request.path_info.removeprefix(PREFIX)


def own_name(cookie: str) -> str:
    """What a cookie of pre-production is called."""
    return f"{cookie}{settings.PREPRODUCTION_COOKIES}"


def _cookie_names() -> tuple[str, ...]:
    return settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME


def _with_own_cookies(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    """Inside, the cookies of pre-production go by the names that Django knows; those of production are not there."""
    for name in _cookie_names():
        own = request.COOKIES.pop(own_name(name), None)
        request.COOKIES.pop(name, None)
        if own is not None:
            request.COOKIES[name] = own
    response = get_response(request)
    for name in _cookie_names():
        if name in response.cookies:
            given = response.cookies.pop(name)
            given.set(own_name(name), given.value, given.coded_value)
            response.cookies[own_name(name)] = given
    return response


class EnvironmentSessions(SessionMiddleware):
    """Sessions that count in one environment only: with the key of another's the session is an empty one."""

    def process_request(self, request: HttpRequest) -> None:
        """Tell the session where it is, before anybody reads it."""
        super().process_request(request)
        request.session.environment = environment_of(request)  # type: ignore[attr-defined] # of SealedSessions
