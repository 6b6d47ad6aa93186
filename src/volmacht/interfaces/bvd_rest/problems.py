"""Problem documents as HTTP answers (BR-12, BR-13): nothing of what was sent, never kept by anybody."""

from django.http import HttpRequest, HttpResponse

from volmacht.protocols.bvd_rest.problems import PROBLEM_JSON, RETRY_AFTER_SECONDS, Problem

NO_STORE = {"Cache-Control": "no-store"}


def refused(problem: Problem, *, method: str = "") -> HttpResponse:
    """The answer to a call that is refused; `method` is the one that the address knows."""
    headers = dict(NO_STORE)
    if problem in RETRY_AFTER_SECONDS:
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS[problem])
    if problem is Problem.NO_CERTIFICATE:
        headers["WWW-Authenticate"] = "Certificate"
    if problem is Problem.METHOD:
        headers["Allow"] = method
    return HttpResponse(
        problem.document(), status=problem.http_status, content_type=PROBLEM_JSON, headers=headers
    )


def bad_request(_request: HttpRequest, _exception: Exception | None = None) -> HttpResponse:
    """Outside any view: a request that cannot be read."""
    return refused(Problem.MALFORMED)


def forbidden(_request: HttpRequest, _exception: Exception | None = None) -> HttpResponse:
    """Outside any view."""
    return refused(Problem.NOT_A_CLIENT)


def not_found(_request: HttpRequest, _exception: Exception | None = None) -> HttpResponse:
    """Nothing is there."""
    return refused(Problem.UNKNOWN)


def server_error(_request: HttpRequest) -> HttpResponse:
    """A failure of ours."""
    return refused(Problem.FAILED)
