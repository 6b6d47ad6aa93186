"""Failures on the back channel outside any view, each in the form of the door that was addressed (ST-70, BR-12)."""

from django.http import HttpRequest, HttpResponse

from volmacht.interfaces.bvd_rest import problems
from volmacht.interfaces.saml import back
from volmacht.logins.entities import REST_PREFIXES

_REST = tuple(f"/{prefix}/" for prefix in REST_PREFIXES.values())


def _is_rest(request: HttpRequest) -> bool:
    return request.path_info.startswith(_REST)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for 400."""
    return (problems.bad_request if _is_rest(request) else back.bare_400)(request, exception)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for 403."""
    return (problems.forbidden if _is_rest(request) else back.bare_403)(request, exception)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for 404."""
    return (problems.not_found if _is_rest(request) else back.bare_404)(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler for 500."""
    return (problems.server_error if _is_rest(request) else back.server_fault)(request)
