"""How a browser is sent on with a message: by a form to another party (AD-04), or to an address (AB-04).

The form works without script.

For portals and doors alike; the template is the portals'. Only for addresses from verified metadata.
"""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render


def origin(address: str) -> str:
    """Scheme, host and port, as a content security policy names a site."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def self_posting(
    request: HttpRequest, location: str, fields: Mapping[str, str], *, onward: Iterable[str] = ()
) -> HttpResponseBase:
    """Post these fields to that address; the policy of this page allows that address, and no other site.

    `onward`: where the browser may be redirected from there. Chromium holds the policy against those as well.
    """

    def page(request: HttpRequest) -> HttpResponseBase:
        context = {"location": location, "fields": fields.items()}
        return render(request, "shared/posting.html", context)

    return csp_update({"form-action": [origin(one) for one in (location, *onward)]})(page)(request)


def sent_on(request: HttpRequest, address: str) -> HttpResponse:
    """Send the browser to an address, perhaps with an artifact in it: 303 after a POST, else 302 (AB-04)."""
    return HttpResponse(
        status=HTTPStatus.SEE_OTHER if request.method == "POST" else HTTPStatus.FOUND,
        headers={
            "Location": address,
            "Cache-Control": "no-cache, no-store",
            "Pragma": "no-cache",
            "Referrer-Policy": "no-referrer",
        },
    )
