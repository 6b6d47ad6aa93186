"""One line in the log per request, and the same as Prometheus figures: no path, no query, no person.

The request id is also header X-Request-Id and the reference number on pages that refuse. The first
middleware, so that nothing happens outside it.
"""

import logging
import secrets
import sys
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

from volmacht import clock
from volmacht.portals.shared.database_away import database_is_away, tell_database_is_away

log = structlog.get_logger("volmacht.request")
ON_REQUEST = "volmacht.request_id"
REFERENCE_BYTES = 7  # 14 signs: nothing that looks like a BSN or a code, which the log would hide
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
ANSWERS = Counter("volmacht_requests", "Requests answered", ["route", "method", "status"])
SECONDS = Histogram("volmacht_request_seconds", "Time to answer a request", ["route"])


def quiet_django() -> None:
    """Silence Django's lines about requests: they hold the path. What went wrong is logged by `_failed`."""
    for name in ("django.request", "django.security", "django.server"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    got_request_exception.connect(_failed, dispatch_uid="volmacht.request_log")


def _failed(**_signal: object) -> None:
    """Outside a view too a database that is away is told as such: it is not a fault to look for in the code."""
    problem = sys.exc_info()[1]
    if problem is not None and database_is_away(problem):
        tell_database_is_away(problem)
    else:
        log.exception("request.failed")


def request_id(request: HttpRequest) -> str:
    """The reference number of a request; empty before `RequestLog` saw it."""
    found: str = request.META.get(ON_REQUEST, "")
    return found


def route_name(request: HttpRequest) -> str:
    """The name of the address pattern, never the address."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


class RequestLog:
    """Gives every request an id, and writes one line when it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Measure and tell; what other modules log meanwhile carries the same id."""
        number = request.META[ON_REQUEST] = secrets.token_hex(REFERENCE_BYTES)
        start = clock.wall_clock()
        with structlog.contextvars.bound_contextvars(request_id=number):
            response = self.get_response(request)
            seconds = (clock.wall_clock() - start).total_seconds()
            route = route_name(request)
            method = request.method if request.method in METHODS else "OTHER"
            log.info(
                "request",
                method=method,
                route=route,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
            )
        ANSWERS.labels(route, method, response.status_code).inc()
        SECONDS.labels(route).observe(seconds)
        response.headers["X-Request-Id"] = number
        return response
