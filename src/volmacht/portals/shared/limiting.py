"""Who asks, by network address, and the page for who asks too often. See `volmacht.limits`.

What is tried in pre-production counts there alone: tests must not keep anybody from production.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from volmacht.limits import operations as limits
from volmacht.limits.operations import Limited
from volmacht.limits.queries import network_address
from volmacht.portals.shared.environments import environment_of, in_preproduction

__all__ = ["allow", "network_address", "too_many"]


def allow(request: HttpRequest, what: Limited, who: str) -> bool:
    """Count one try by somebody (a party id or a network address) where this request is; False beyond the limit."""
    counted = f"{environment_of(request)} {who}" if in_preproduction(request) else who
    return limits.allow(what, counted)


def too_many(request: HttpRequest) -> HttpResponse:
    """Says to wait a while; nothing was done."""
    response = render(request, "shared/refused/too_many.html", status=429)
    response["Retry-After"] = "600"
    return response
