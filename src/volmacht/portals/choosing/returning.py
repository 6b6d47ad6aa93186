"""Back to the provider with an artifact, over the door through which the log-in came.

The only place that knows how an answer travels: for the direct door a redirect to the registered return address.
"""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from volmacht.catalogue.queries import ConnectionEntry
from volmacht.portals.choosing.own_login import forget


def return_to_provider(request: HttpRequest, connection: ConnectionEntry, artifact: str) -> HttpResponse:
    """Send the browser back; the log-in is over for this session."""
    forget(request)
    sign = "&" if urlsplit(connection.return_address).query else "?"
    return HttpResponseRedirect(f"{connection.return_address}{sign}{urlencode({'artifact': artifact})}")
