"""What people see when something is not possible: a plain page with a way out, never a bare error.

`ClearAnswers` stands inside the session and CSRF middleware; the functions below are also Django's handlers
for 400, 403, 404 and 500, so that a failure outside any view gets the same page. None of these pages asks
the database anything. A form that was posted is never lost: it is on the page itself (busy), or parked.
"""

import sys
from collections.abc import Callable, Iterable

import structlog
from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.shortcuts import redirect, render
from django.urls import get_resolver, get_urlconf

from volmacht.portals.shared.account_session import account_login, recognise_account
from volmacht.portals.shared.database_away import database_is_away, tell_database_is_away
from volmacht.portals.shared.login_session import logged_in, recognise
from volmacht.portals.shared.parked_work import NOT_TYPED, keep_form, keeps_this_form, park_form

log = structlog.get_logger("volmacht.refusing")
RETRY_AFTER_SECONDS = "10"
NUL = "\x00"
VIEW_DONE = "volmacht.view_done"


def _page(request: HttpRequest, name: str, status: int, **context: object) -> HttpResponse:
    return render(request, f"shared/refused/{name}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for 400; a body that is too big and logging out in another tab have pages of their own."""
    if isinstance(exception, RequestDataTooBig):
        return too_big(request)
    if isinstance(exception, SessionInterrupted):
        return redirect("shared:logged-out")
    return _page(request, "bad_request", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for 403; what was typed is kept where a right or role ended meanwhile."""
    del exception
    return _page(request, "forbidden", 403, kept=keeps_this_form(request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler for 404. To who acts with an account it may be gone only since they began to fill it in."""
    del exception
    kept = request.method == "POST" and account_login(request) is not None and keep_form(request)
    return _page(request, "not_found", 404, kept=kept)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler for 500, called while the exception is at hand; a database that is away is a 503."""
    if database_is_away(sys.exc_info()[1]):
        return busy(request)
    return _page(request, "server_error", 500)


def too_big(request: HttpRequest) -> HttpResponse:
    """More was sent than any form of ours needs."""
    most = _most(request)
    takes_files = most == settings.LARGEST_UPLOAD
    return _page(request, "too_big", 413, most=most // 1024, takes_files=takes_files)


def _most(request: HttpRequest) -> int:
    """How many bytes this page takes: more where files may be given."""
    takes_files = request.path_info.startswith(settings.PAGES_THAT_TAKE_FILES)
    most: int = settings.LARGEST_UPLOAD if takes_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return most


def busy(request: HttpRequest) -> HttpResponse:
    """It does not work for a moment; the button repeats the request, with everything that was typed.

    When the view had already done its work (only the session could not be stored), repeating could do it twice.
    """
    typed = request.method == "POST"
    done = typed and request.META.get(VIEW_DONE, False)
    fields = (
        [(name, value) for name, values in request.POST.lists() if name not in NOT_TYPED for value in values]
        if typed
        else []
    )
    response = _page(
        request, "busy", 503, typed=typed, done=done, fields=fields, here=request.get_full_path()
    )
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's view for a failed CSRF check: the form is offered again, filled in.

    A form that another site sent is not kept: it was not typed here.
    """
    foreign = reason.startswith(REASON_BAD_ORIGIN.partition("%")[0])
    kept = False
    if not foreign:
        there = logged_in(request) or account_login(request)
        kept = keep_form(request) if there else park_form(request)
    log.warning("form.refused", foreign=foreign, kept=kept)
    return _page(request, "form_expired", 403, kept=kept, here=request.get_full_path())


def _is_page(request: HttpRequest) -> bool:
    """Whether Django may read what was posted; the doors of settings read it themselves, with limits of their own."""
    return not request.path_info.startswith(settings.DOORS_THAT_READ)


def _has_nul(request: HttpRequest) -> bool:
    def texts() -> Iterable[str]:
        yield request.path_info
        yield from request.COOKIES.values()
        for fields in (request.GET, request.POST) if _is_page(request) else (request.GET,):
            for name, values in fields.lists():
                yield name
                yield from (value for value in values if isinstance(value, str))

    return any(NUL in text for text in texts())


def _unusable(request: HttpRequest) -> HttpResponse | None:
    """A clear page for what no view can use: too much, or with a NUL (which PostgreSQL refuses)."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > _most(request) and _is_page(request):
            if not any(NUL in value for value in request.COOKIES.values()):
                recognise(request)
                recognise_account(
                    request
                )  # this page comes before `LoginSession`, and shows who is logged in
            return too_big(request)
        return _unreadable(request) if _has_nul(request) else None
    except (ValueError, UnreadablePostError):
        return _unreadable(request)


def _unreadable(request: HttpRequest) -> HttpResponse:
    """400, in the form of the addresses that this process serves: a page for people, none on the back channel."""
    handler: Callable[..., HttpResponse] = get_resolver(get_urlconf()).resolve_error_handler(400)
    return handler(request, exception=None)


class ClearAnswers:
    """Stops unusable requests before they reach a view, and words failures of the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A method that a page does not know gets a page as well."""
        refused = _unusable(request)
        if refused is not None:
            return refused
        response = self.get_response(request)
        request.META[VIEW_DONE] = response.status_code < 500  # noqa: PLR2004 - the HTTP status
        if response.status_code == 405 and not response.content and _is_page(request):  # noqa: PLR2004 - the HTTP status
            page = _page(request, "wrong_method", 405)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A database that is locked or gone gives the busy page; anything else goes on to be a 500."""
        if not database_is_away(exception):
            return None
        tell_database_is_away(exception)
        return busy(request)
