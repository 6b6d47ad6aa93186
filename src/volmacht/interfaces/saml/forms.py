"""Reads what a browser posted to a SAML door, before anything is believed (AR-01, LO-01, ST-01 to ST-03, ST-10).

The body is read here and not by Django, whose limit for pages is lower than a request may be. Everybody may post:
whatever is wrong gives a plain page with a reference number, no redirect, and one line in the log.
"""

from collections.abc import Callable
from urllib.parse import parse_qs

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.utils.translation import activate, get_language_from_request
from django.views.decorators.csrf import csrf_exempt

from volmacht.audience import Audience, audience
from volmacht.limits.operations import Limited, allow
from volmacht.limits.queries import network_address
from volmacht.logins.operations import note_refusal
from volmacht.protocols.saml.bindings import Field, PostFault, PostRefused, read_post
from volmacht.protocols.saml.handling.pages import PageRefusal
from volmacht.rules.environment import Environment
from volmacht.telling import tell

FORM = "application/x-www-form-urlencoded"
View = Callable[[HttpRequest], HttpResponseBase]
Answer = Callable[[HttpRequest, bytes, str | None], HttpResponseBase]  # the message and the RelayState
LARGEST_BODY = 600 * 1024  # 256 kB in base64, with its signs escaped
MOST_FIELDS = 20


def speak_their_language(request: HttpRequest) -> None:
    """These addresses have no language in them: that of the browser counts, here and on the pages that follow."""
    activate(get_language_from_request(request))


class Refused(Exception):
    """Ends the reading of a form."""

    def __init__(self, refusal: PageRefusal) -> None:
        self.refusal = refusal


def door(
    answer: Answer, *, environment: Environment, field: Field = Field.REQUEST, log_out: bool = False
) -> View:
    """A view that takes the form with a message; a form that cannot be read is refused here."""

    @audience(Audience.PROVIDER)  # a browser brings it, but what counts is who signed it
    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponseBase:
        """Read the form, judge the message in it, and send the browser on."""
        speak_their_language(request)
        try:
            message, relay_state = read_form(request, field=field)
        except Refused as refused:
            return refused_page(request, refused.refusal, environment=environment, log_out=log_out)
        return answer(request, message, relay_state)

    return view


def read_form(request: HttpRequest, *, field: Field = Field.REQUEST) -> tuple[bytes, str | None]:
    """The message and the RelayState. Raises Refused."""
    if request.method != "POST":
        raise Refused(PageRefusal.NOT_POST)
    if request.content_type != FORM:
        raise Refused(PageRefusal.MEDIA_TYPE)
    if not allow(Limited.ASK_PER_ADDRESS, network_address(request)):
        raise Refused(PageRefusal.TOO_MANY)
    try:
        return read_post(_fields(request), field=field)
    except PostRefused as refused:
        relay_state = refused.fault is PostFault.RELAY_STATE
        raise Refused(PageRefusal.RELAY_STATE if relay_state else PageRefusal.FORM) from refused


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


def refused_page(
    request: HttpRequest,
    refusal: PageRefusal,
    *,
    environment: Environment,
    sender: str = "",
    why: str = "",
    log_out: bool = False,
) -> HttpResponse:
    """A page (ST-01 to ST-13); the log line with the same reference number says which refusal it was."""
    claimed = refusal.is_before_proof
    tell("message refused", refusal, environment=environment, sender=sender, claimed=claimed, why=why)
    note_refusal(environment, connection=sender, rule=refusal.value, why=why, claimed=claimed)
    return not_possible(request, refusal, log_out=log_out)


def not_possible(request: HttpRequest, refusal: PageRefusal, *, log_out: bool) -> HttpResponse:
    """The page itself: what one can do, which after a log-out is another thing than after a log-in (ST-80)."""
    context = {"refusal": refusal.name.lower(), "log_out": log_out}
    response = render(request, "door_saml/not_possible.html", context, status=refusal.http_status)
    if refusal is PageRefusal.NOT_POST:
        response["Allow"] = "POST"
    if refusal is PageRefusal.TOO_MANY:
        response["Retry-After"] = "600"
    return response
