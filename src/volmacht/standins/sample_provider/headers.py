"""Security headers of Gemeente Voorbeeld: nothing from elsewhere, nothing kept in a cache."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from volmacht.standins.sample_provider.settings import VOORBEELD_REGISTER

# A form that logs in ends at Volmacht, so that address is allowed as well.
POLICY = (
    f"default-src 'none'; style-src 'self'; form-action 'self' {VOORBEELD_REGISTER}; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class SafeHeaders:
    """Adds them to every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        response["Content-Security-Policy"] = POLICY
        response["Cache-Control"] = "no-store"
        return response
