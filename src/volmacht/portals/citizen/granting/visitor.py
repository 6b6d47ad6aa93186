"""Who is asking, and what they typed: two questions of every page of this package. Asks no database."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict

from volmacht.portals.shared.login_session import LoggedIn, logged_in
from volmacht.portals.shared.parked_work import parked_form


def visitor(request: HttpRequest) -> LoggedIn:
    """The person who is logged in; for views whose audience is CITIZEN."""
    login = logged_in(request)
    if login is None:
        raise PermissionDenied
    return login


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was posted, or what was posted when the log-in had just ended; else None."""
    return request.POST if request.method == "POST" else parked_form(request, request.path)
