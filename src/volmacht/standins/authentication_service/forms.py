"""Reads the forms that browsers bring with a message (AR-01, LO-01), and words what is wrong with one (ST-01 to ST-13).

A refusal is a page with a reference number; one line in the log has the same number, and which refusal it was.
"""

import logging
import secrets
from urllib.parse import parse_qs

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render

from volmacht.protocols.saml.bindings import PostFault, PostRefused, read_post
from volmacht.protocols.saml.handling.pages import PageRefusal

FORM = "application/x-www-form-urlencoded"
LARGEST_BODY = 600 * 1024  # 256 kB in base64, with its signs escaped
MOST_FIELDS = 20
log = logging.getLogger("volmacht.authentication_service")


class Refused(Exception):
    """Ends the reading of a form."""

    def __init__(self, refusal: PageRefusal) -> None:
        self.refusal = refusal


class MessageForm:
    """A form with a message. Raises Refused when it is not one."""

    def __init__(self, request: HttpRequest) -> None:
        if request.method != "POST":
            raise Refused(PageRefusal.NOT_POST)
        if request.content_type != FORM:
            raise Refused(PageRefusal.MEDIA_TYPE)
        self._fields = _fields(request)
        try:
            self.message, self.relay_state = read_post(self._fields)
        except PostRefused as refused:
            too_long = refused.fault is PostFault.RELAY_STATE
            raise Refused(PageRefusal.RELAY_STATE if too_long else PageRefusal.FORM) from refused

    def beside(self, name: str) -> str:
        """A field beside the message, "" without one: the trial pages of the demo send who to become."""
        return next(iter(self._fields.get(name, ())), "")


def _fields(request: HttpRequest) -> dict[str, list[str]]:
    try:
        body = request.read(LARGEST_BODY + 1)
        if len(body) > LARGEST_BODY:
            raise Refused(PageRefusal.TOO_LARGE)
        return parse_qs(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except (ValueError, UnreadablePostError) as error:
        raise Refused(PageRefusal.FORM) from error


def refused_page(request: HttpRequest, refusal: PageRefusal) -> HttpResponse:
    """Why this goes no further, without a word of what was sent (SE-06)."""
    reference = secrets.token_hex(4)
    log.warning("refused: %s, reference %s", refusal, reference)
    context = {"refusal": refusal.name.lower(), "reference": reference}
    response = render(
        request, "authentication_service/not_possible.html", context, status=refusal.http_status
    )
    if refusal is PageRefusal.NOT_POST:
        response["Allow"] = "POST"
    return response
