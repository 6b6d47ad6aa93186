"""One address for people: who comes by another name of this machine is sent on to ours (profile demo only).

Log-ins, cookies and the content policy all know the base address alone, so a page under another name is a dead end.
Machines may come by any name that settings accept: health, figures, metadata and the doors.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from volmacht.portals.shared.login_session import is_background


class OwnAddress:
    """Sends whoever asks for a page on; a form, which no page of ours can have sent, is refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """None lets the view go on. Raises BadRequest."""
        if not _by_another_name(request) or _is_for_machines(request, view):
            return None
        if request.method not in {"GET", "HEAD"}:
            raise BadRequest
        return HttpResponseRedirect(settings.VOLMACHT.base_url + request.get_full_path())


def _by_another_name(request: HttpRequest) -> bool:
    return urlsplit(f"//{request.get_host()}").hostname in settings.OTHER_NAMES


def _is_for_machines(request: HttpRequest, view: Callable[..., Any]) -> bool:
    return is_background(view) or request.path_info.startswith(settings.DOORS_THAT_READ)
