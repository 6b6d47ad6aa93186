"""Who may open a page: every view says so with `@audience(...)`, and the gate refuses a view that does not.

The gate is the last middleware, so that a form that came with a good CSRF token can be parked while the
person logs in. It decides about log-in only; whether something is *yours* is for the operations to say.
"""

import hmac
import ipaddress
from collections.abc import Callable
from typing import Any, NoReturn
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from volmacht.audience import Audience, audience, audience_of, needs, needs_right, permission_of, right_of
from volmacht.parties import queries as parties
from volmacht.portals.shared.account_session import AccountLogin, account_login, account_visitor, act_as
from volmacht.portals.shared.login_session import logged_in
from volmacht.portals.shared.parked_work import keep_form, keep_typed, park_form, typed_form

__all__ = [
    "Audience",
    "AudienceGate",
    "account_log_in_address",
    "audience",
    "choose_first",
    "local_path",
    "log_in_address",
    "may_operate",
    "needs",
    "needs_right",
]

# A form that carries this field is only kept, never carried out: the page sends it when the log-in has ended.
ONLY_KEEP = "alleen-bewaren"


class UndeclaredAudience(RuntimeError):
    """A view without `@audience(...)` was about to be opened: nobody may see it."""


def local_path(text: str | None) -> str | None:
    """The text when it is a path on this site, else None: an address to continue at may never lead elsewhere."""
    if not text or not text.startswith("/") or not url_has_allowed_host_and_scheme(text, allowed_hosts=None):
        return None
    return text


def log_in_address(continue_at: str) -> str:
    """Where to log in, to come back at a path of this site afterwards."""
    return f"{reverse('entering:log-in')}?{urlencode({'verder': continue_at})}"


def account_log_in_address(continue_at: str) -> str:
    """The same, for who logs in with an account."""
    return f"{reverse('accounts:log-in')}?{urlencode({'verder': continue_at})}"


def may_operate(request: HttpRequest) -> bool:
    """Whether this is the operator: from this machine and not through a proxy, or with the metrics token."""
    token: str = settings.VOLMACHT.metrics_token
    offered = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(offered.encode(), f"Bearer {token}".encode()):
        return True
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class AudienceGate:
    """Opens a view for its audience only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """None lets the view go on. Raises UndeclaredAudience, Http404 or PermissionDenied."""
        match audience_of(view):
            case None:
                raise UndeclaredAudience(
                    f"{view.__module__}.{getattr(view, '__qualname__', view)} has no audience"
                )
            case Audience.DEMO if not settings.VOLMACHT.demo:
                raise Http404
            case Audience.OPERATIONS if not may_operate(request):
                raise PermissionDenied
            case Audience.PROVIDER | Audience.OPERATIONS:
                return None
            case Audience.ACCOUNT | Audience.MEMBER | Audience.STAFF as who:
                there = account_login(request) is not None
                log_in = account_log_in_address(request.get_full_path())
                return _for_people(request, there=there, log_in=log_in) or _for_account(request, who, view)
            case Audience.CITIZEN:
                there = logged_in(request) is not None
                return _for_people(request, there=there, log_in=log_in_address(request.get_full_path()))
            case _:
                return _for_people(request, there=True, log_in="")


def _for_people(request: HttpRequest, *, there: bool, log_in: str) -> HttpResponse | None:
    typed = request.method == "POST"
    only_keep = typed and ONLY_KEEP in request.POST
    if only_keep and there and not log_in and not _is_anybody(request):
        there, log_in = False, log_in_address(request.get_full_path())
    if not there:
        if typed:
            park_form(request)
        return HttpResponseRedirect(log_in)
    if only_keep:
        keep_form(request)
        return HttpResponseRedirect(request.get_full_path())
    return None


def _is_anybody(request: HttpRequest) -> bool:
    return logged_in(request) is not None or account_login(request) is not None


def _for_account(request: HttpRequest, who: Audience, view: Callable[..., Any]) -> HttpResponse | None:
    """Whether an account is what a view is for, and may do what it needs: looked up now, with every page.

    Who does not act as that yet chooses first. Raises PermissionDenied.
    """
    login = account_visitor(request)
    if who is Audience.STAFF:
        staff = parties.staff_member_by_id(login.staff_id) if login.staff_id else None
        if staff is None or staff.account_id != login.account_id or not staff.active or not staff.roles:
            return choose_first(request, login)
        needed = permission_of(view)
        if needed is not None and needed not in staff.permissions:
            _refuse(request)
    if who is Audience.MEMBER:
        if login.organisation_id is None or not parties.member(login.account_id, login.organisation_id):
            return choose_first(request, login)
        right = right_of(view)
        if right is not None and right not in parties.rights_for(login.account_id, login.organisation_id):
            _refuse(request)
    return None


def _refuse(request: HttpRequest) -> NoReturn:
    """It is not theirs, or not any more: what they typed is kept. Raises PermissionDenied."""
    if request.method == "POST":
        keep_form(request)
    raise PermissionDenied


def choose_first(request: HttpRequest, login: AccountLogin) -> HttpResponse:
    """Nothing of what was chosen before counts any more, as the membership or the role may have ended.

    A form that was just sent is kept, for who acts as the same again.
    """
    typed = typed_form(request) if request.method == "POST" else None
    if login.organisation_id or login.staff_id:
        act_as(request)
    keep_typed(request, typed)
    address = f"{reverse('accounts:choose')}?{urlencode({'verder': request.get_full_path()})}"
    return HttpResponseRedirect(address)
