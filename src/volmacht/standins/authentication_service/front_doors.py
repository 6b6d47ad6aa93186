"""The addresses to which Volmacht sends browsers with a message, and our metadata; one set an environment (1.1).

Everybody may post; only what entrance or portal signed is answered. What comes here comes from another site, so it
carries no cookie of ours: a log-in goes on at a page of our own (AR-43).
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.audience import Audience, audience
from volmacht.protocols.saml import building
from volmacht.protocols.saml.bindings import Field, post_fields
from volmacht.protocols.saml.handling.logout import LogoutAsked
from volmacht.protocols.saml.handling.requests import Accepted, ForPage, ToAnswer
from volmacht.protocols.saml.messages import LogoutResponse
from volmacht.protocols.saml.metadata.writing import MEDIA_TYPE
from volmacht.protocols.saml.signing import new_id
from volmacht.protocols.saml.status import LogoutOutcome
from volmacht.standins.authentication_service import endings, log_ins, sessions
from volmacht.standins.authentication_service.forms import MessageForm, Refused, log, refused_page
from volmacht.standins.authentication_service.headers import policy
from volmacht.standins.authentication_service.judging import judge_logout, judge_request
from volmacht.standins.authentication_service.levels import chosen_level
from volmacht.standins.authentication_service.services import Service, accounts

View = Callable[[HttpRequest], HttpResponse]


def request_authentication(service: Service) -> View:
    """`{P}/idp/request_authentication`."""

    @audience(Audience.PUBLIC)
    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        """Judge an AuthnRequest and send the browser on."""
        try:
            form = MessageForm(request)
        except Refused as refused:
            return refused_page(request, refused.refusal)
        received = judge_request(form.message, form.relay_state, service)
        if isinstance(received, ForPage):
            return refused_page(request, received.refusal)
        if isinstance(received, ToAnswer):
            log.warning("answered: %s to %s", received.outcome.rule, received.sender.entity_id)
            return endings.give_up(request, service, received.sender, received.outcome.status())
        return _accept(request, service, received, form)

    return view


def _accept(request: HttpRequest, service: Service, accepted: Accepted, form: MessageForm) -> HttpResponse:
    """To the page for logging in; or straight back, when the form says who to become (a convenience of the demo)."""
    account = accounts().find(form.beside("persoon"))
    level = chosen_level(account, form.beside("niveau")) if account else None
    if account and level:
        return endings.sign_in(request, service, accepted, account, level)
    key = log_ins.begin(log_ins.LogIn(service.environment, accepted))
    response = redirect(f"{service.environment.value}:log-in", key)
    response.status_code = 303
    return response


def request_logout(service: Service) -> View:
    """`{P}/idp/request_logout`."""

    @audience(Audience.PUBLIC)
    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        """End a session and say so; what is unknown is answered alike (ST-81, ST-82)."""
        try:
            form = MessageForm(request)
        except Refused as refused:
            return refused_page(request, refused.refusal)
        asked = judge_logout(form.message, service)
        if isinstance(asked, ForPage):
            return refused_page(request, asked.refusal)
        outcome = asked.outcome
        if outcome is None:
            ended = sessions.sign_out(service.environment, asked.entity_id, asked.name_id)
            outcome = LogoutOutcome.DONE if ended else LogoutOutcome.UNKNOWN
        log.info("log-out answered: %s to %s", outcome.rule, asked.entity_id)
        return _confirm(request, service, asked, outcome, form.relay_state)

    return view


def _confirm(
    request: HttpRequest,
    service: Service,
    asked: LogoutAsked,
    outcome: LogoutOutcome,
    relay_state: str | None,
) -> HttpResponse:
    """A page that posts our signed LogoutResponse, to an address from metadata only (LO-12, LO-13, ST-86)."""
    if asked.answer_to is None:
        return render(request, "authentication_service/logged_out.html")
    answer = LogoutResponse(
        id=new_id(),
        version="2.0",
        issue_instant=clock.wall_clock(),
        destination=asked.answer_to,
        in_response_to=asked.request_id,
        issuer=service.entity_id,
        status=outcome.status(),
    )
    fields = post_fields(building.logout_response(answer, service.key), relay_state, field=Field.RESPONSE)
    context = {"location": asked.answer_to, "fields": fields.items()}
    response = render(request, "authentication_service/posting.html", context)
    parts = urlsplit(asked.answer_to)
    response["Content-Security-Policy"] = policy(f"{parts.scheme}://{parts.netloc}")
    return response


def metadata(service: Service) -> View:
    """`{P}/metadata/idp`."""

    @audience(Audience.PUBLIC)
    @require_safe
    def view(_request: HttpRequest) -> HttpResponse:
        """The document."""
        return HttpResponse(service.metadata(), content_type=MEDIA_TYPE)

    return view
