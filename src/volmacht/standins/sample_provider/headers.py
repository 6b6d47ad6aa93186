"""Security headers of Gemeente Voorbeeld: nothing from elsewhere, nothing kept in a cache."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; form-action {}; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def policy(form_action: str) -> str:
    """The content security policy of a page whose forms go there."""
    return POLICY.format(form_action)


class SafeHeaders:
    """Adds them to every answer; a page whose form goes elsewhere has its own policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", policy("'self'"))
        response["Cache-Control"] = "no-store"
        return response
