"""A page whose form takes the browser to another party with a signed message (AD-04). Works without script.

For portals and doors alike; the template is the portals'. Only for addresses from verified metadata.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render


def self_posting(request: HttpRequest, location: str, fields: Mapping[str, str]) -> HttpResponseBase:
    """Post these fields to that address; the policy of this page allows that address, and no other site."""
    parts = urlsplit(location)

    def page(request: HttpRequest) -> HttpResponseBase:
        context = {"location": location, "fields": fields.items()}
        return render(request, "shared/posting.html", context)

    return csp_update({"form-action": [f"{parts.scheme}://{parts.netloc}"]})(page)(request)
