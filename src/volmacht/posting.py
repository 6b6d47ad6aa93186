"""How a browser is sent on with a message: by a form to another party (AD-04), or to an address (AB-04).

The form works without script.

For portals and doors alike; the template is the portals'. Only for addresses from verified metadata.
"""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render


def self_posting(request: HttpRequest, location: str, fields: Mapping[str, str]) -> HttpResponseBase:
    """Post these fields to that address; the policy of this page allows that address, and no other site."""
    parts = urlsplit(location)

    def page(request: HttpRequest) -> HttpResponseBase:
        context = {"location": location, "fields": fields.items()}
        return render(request, "shared/posting.html", context)

    return csp_update({"form-action": [f"{parts.scheme}://{parts.netloc}"]})(page)(request)


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
