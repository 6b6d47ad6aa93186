"""What changes how somebody logs in asks for a recent log-in: a stolen session must not become a stolen account."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from volmacht.portals.shared.account_session import account_login

AGAIN = "weer"
View = Callable[..., HttpResponse]


def not_long_ago(view: View) -> View:
    """Log in again first when that was long ago, and come back; for a button, to the page on which it stands."""

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        login = account_login(request)
        if login is None or login.is_recent:
            return view(request, *args, **kwargs)
        back = reverse("accounts:own") if request.method == "POST" else request.path
        return redirect(f"{reverse('accounts:log-in')}?{urlencode({'verder': back, AGAIN: 1})}")

    return asking


def must_log_in_again(request: HttpRequest) -> bool:
    """Whether who is logged in came to the log-in page for that."""
    login = account_login(request)
    return login is not None and not login.is_recent and AGAIN in request.GET
