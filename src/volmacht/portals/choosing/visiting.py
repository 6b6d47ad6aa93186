"""The beginning of a log-in for a provider: explain, go to the authentication service, come back."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from volmacht.limits.operations import Limited, allow
from volmacht.logins.operations import (
    answer_own_behalf,
    begin_authentication,
    cancel_login,
    login_authenticated,
    redeem,
)
from volmacht.logins.queries import LoginInProgress, login_in_progress
from volmacht.logins.states import SESSION_KEY, Representation, State
from volmacht.portals.choosing.own_login import in_own_login, is_over, may_end_at_provider, service_name
from volmacht.portals.choosing.returning import return_to_provider
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.limiting import network_address, too_many
from volmacht.portals.shared.wording import Words, refusal_words
from volmacht.rules.refusals import Refused

VISIT = "authentication_for_provider"


@audience(Audience.LOG_IN)
@require_http_methods(["GET", "POST"])
@in_own_login(State.STARTED)
def explain(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """Say who asks and why; POST goes to the authentication service."""
    service = settings.AUTHENTICATION_SERVICE
    if request.method == "POST" and service:
        if not allow(Limited.LOG_IN_PER_ADDRESS, network_address(request)):
            return too_many(request)
        visit = begin_authentication()
        request.session[VISIT] = {"id": str(visit), "login": str(login.id)}
        return redirect(f"{reverse(service, args=[visit])}?naar={reverse('choosing:come-back')}")
    context = {"login": login, "service": service_name(login), "available": bool(service)}
    return render(request, "portal_choosing/explain.html", context)


@audience(Audience.LOG_IN)
@require_GET
def come_back(request: HttpRequest) -> HttpResponseBase:
    """Redeem the ticket and go on to choosing; stopped at the authentication service: back to the provider."""
    visit = request.session.pop(VISIT, None)
    if visit is None or visit["login"] != request.session.get(SESSION_KEY):
        return is_over(request)
    login = login_in_progress(UUID(visit["login"]))
    if login is None:
        return is_over(request)
    if "ticket" not in request.GET:
        artifact = cancel_login(login.id)
        return (
            is_over(request)
            if isinstance(artifact, Refused)
            else return_to_provider(request, login.connection, artifact)
        )
    authenticated = redeem(UUID(visit["id"]), request.GET["ticket"][:100])
    if authenticated is None:
        return is_over(request)
    request.session.cycle_key()
    refused = login_authenticated(login.id, person=authenticated.person.id, level=authenticated.level)
    if refused:
        words = refusal_words(refused.refusal)
        return may_end_at_provider(request, login, lambda request, login: _refused(request, login, words))
    return _go_on(request, login)


def _refused(request: HttpRequest, login: LoginInProgress, words: Words) -> HttpResponse:
    return render(request, "portal_choosing/refused.html", {"login": login, "words": words}, status=403)


def _go_on(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    if login.representation is Representation.OPTIONAL:
        return redirect("choosing:own-or-other", login.id)
    if login.representation is Representation.MANDATORY:
        return redirect("choosing:person", login.id)
    artifact = answer_own_behalf(login.id)
    return (
        is_over(request)
        if isinstance(artifact, Refused)
        else return_to_provider(request, login.connection, artifact)
    )
