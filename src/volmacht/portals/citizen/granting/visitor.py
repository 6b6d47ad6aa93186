"""Who is asking: the first question of every page of this package. Asks no database."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from volmacht.portals.shared.login_session import LoggedIn, logged_in


def visitor(request: HttpRequest) -> LoggedIn:
    """The person who is logged in; for views whose audience is CITIZEN."""
    login = logged_in(request)
    if login is None:
        raise PermissionDenied
    return login
