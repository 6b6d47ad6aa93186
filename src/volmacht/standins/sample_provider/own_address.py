"""One address for people: a page by another name of this machine leads to ours, where answers of Volmacht come.

Machines may come by any name.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from volmacht.standins.sample_provider import settings
from volmacht.standins.sample_provider.own_entity import METADATA_PATH

FOR_MACHINES = frozenset({"/health", f"/{METADATA_PATH}"})


class OwnAddress:
    """Sends whoever asks for a page by another name on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A form cannot come from a page of ours under another name: the check of its token refuses it."""
        address = settings.VOORBEELD_ADDRESS
        own = address.partition("://")[2]
        if request.method != "GET" or request.get_host() == own or request.path in FOR_MACHINES:
            return self.get_response(request)
        return HttpResponseRedirect(address + request.get_full_path())
