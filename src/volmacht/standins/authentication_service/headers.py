"""Security headers, and what every template may know: which service this stands in for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from volmacht.standins.authentication_service import settings

# Chromium holds `form-action` against every redirect after a form too: from the log-in page those lead to Volmacht, and
# from there to the web service, at an address that is not known here. Who sends a form elsewhere says where.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action {}"
)
ANYWHERE = "'self' http: https:"


def policy(form_action: str) -> str:
    """The content security policy of a page whose forms go there."""
    return POLICY.format(form_action)


class SafeHeaders:
    """Adds them to every answer; a view may have set its own policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", policy("'self'"))
        response["Cache-Control"] = "no-cache, no-store"
        return response


def which_service(_request: HttpRequest) -> dict[str, str]:
    """For templates."""
    return {"kind": settings.KIND.value, "service": settings.KIND.label}
