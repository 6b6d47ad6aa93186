"""Who asks, by network address, and the page for who asks too often. See `volmacht.limits`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from volmacht.limits.queries import network_address

__all__ = ["network_address", "too_many"]


def too_many(request: HttpRequest) -> HttpResponse:
    """Says to wait a while; nothing was done."""
    response = render(request, "shared/refused/too_many.html", status=429)
    response["Retry-After"] = "600"
    return response
