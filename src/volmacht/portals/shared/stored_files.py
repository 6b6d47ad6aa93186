"""Handing out a stored document: always as a download, never as a page of this site."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from volmacht.onboarding.queries import KnownFile


def download(known: KnownFile, content: bytes) -> HttpResponse:
    """The exact bytes, under their own name. Whatever it is, a browser shows nothing of it here."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=known.name)
    return response
