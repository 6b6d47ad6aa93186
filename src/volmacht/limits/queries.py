"""From which network address a request comes, for counting per address. Touches no database."""

from django.conf import settings
from django.http import HttpRequest


def network_address(request: HttpRequest) -> str:
    """The address the request came from; behind a trusted proxy the one it says, else what the socket says."""
    address: str = request.META.get("REMOTE_ADDR", "")
    if address in settings.VOLMACHT.trusted_proxies:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        return forwarded or address
    return address
