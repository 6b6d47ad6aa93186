"""The beginning of a log-in for a provider: explain, go to the authentication service, come back."""

from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import activate, get_language
from django.views.decorators.http import require_GET, require_http_methods

from volmacht.keystore import OwnEntity
from volmacht.limits.operations import Limited, allow
from volmacht.logins.operations import (
    Came,
    Failed,
    Sent,
    authenticated,
    begin_authentication,
    begin_visit,
    finish_visit,
    login_authenticated,
    redeem,
    take_handle,
)
from volmacht.logins.queries import LoginInProgress, SamlQuestion, login_in_progress, may_reuse_log_in
from volmacht.logins.states import SESSION_KEY, Representation, State
from volmacht.notifications.kinds import Side
from volmacht.portals.choosing.own_login import (
    earlier_logins,
    in_own_login,
    is_over,
    is_own,
    may_end_at_provider,
    remember,
    service_name,
)
from volmacht.portals.choosing.returning import answer_for_self, fail, stop
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.fitting_words import fitting_words
from volmacht.portals.shared.limiting import network_address, too_many
from volmacht.portals.shared.wording import Words
from volmacht.posting import self_posting

VISIT = "authentication_for_provider"
MOST_VISITS = 10
VISITS = "visits_for_providers"  # over SAML: the visit for each log-in, and the language of its pages


@audience(Audience.PUBLIC)
@require_GET
def enter(request: HttpRequest, handle: str) -> HttpResponse:
    """The door sent the browser on: from here the log-in is this browser's only (SE-02, AR-43)."""
    login_id = take_handle(handle)
    login = login_in_progress(login_id) if login_id else None
    if login is None:
        return is_over(request, over_saml=True)
    remember(request, login.id)
    if login.state is State.AUTHENTICATED:  # at the BVD: a routing service brought the log-in (FL-05)
        return redirect("choosing:person", login.id)
    return redirect("choosing:begin", login.id)


@audience(Audience.LOG_IN)
@require_http_methods(["GET", "POST"])
@in_own_login(State.STARTED)
def explain(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """Say who asks and why; POST goes to the authentication service."""
    if login.saml is not None:
        return _explain_over_saml(request, login, login.saml)
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
        return stop(request, login)
    redeemed = redeem(UUID(visit["id"]), request.GET["ticket"][:100])
    if redeemed is None:
        return is_over(request)
    request.session.cycle_key()
    refused = login_authenticated(login.id, person=redeemed.person.id, level=redeemed.level)
    if refused:
        level = login.service.minimum_level
        words = fitting_words(refused.refusal, reader=Side.REPRESENTATIVE, level=level)
        return may_end_at_provider(request, login, lambda request, login: _refused(request, login, words))
    return _go_on(request, login)


def _refused(request: HttpRequest, login: LoginInProgress, words: Words) -> HttpResponse:
    return render(request, "portal_choosing/refused.html", {"login": login, "words": words}, status=403)


def _go_on(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    if login.representation is Representation.OPTIONAL:
        return redirect("choosing:own-or-other", login.id)
    if login.representation is Representation.MANDATORY:
        return redirect("choosing:person", login.id)
    return answer_for_self(request, login)


# --- over SAML ---


def _explain_over_saml(request: HttpRequest, login: LoginInProgress, saml: SamlQuestion) -> HttpResponse:
    """Where the provider leaves the choice, that comes first (FL-03); then to the authentication service."""
    if login.representation is Representation.OPTIONAL:
        return redirect("choosing:own-or-other", login.id)
    if request.method == "POST":
        if not allow(Limited.LOG_IN_PER_ADDRESS, network_address(request)):
            return too_many(request)
        return _visit(request, login, saml)
    context = {
        "login": login,
        "service": service_name(login),
        "available": bool(saml.authentication_services),
    }
    return render(request, "portal_choosing/explain.html", context)


def _visit(request: HttpRequest, login: LoginInProgress, saml: SamlQuestion) -> HttpResponse:
    on_behalf = login.representation is Representation.MANDATORY
    sent = begin_visit(
        environment=saml.environment,
        entity=OwnEntity.ENTRANCE,
        authentication_service=next(iter(saml.authentication_services), ""),
        provider=saml.provider_entity_id,
        service_uuid=saml.service_uuid,
        level=saml.level,
        representation_service=next(iter(saml.representation_services), "") if on_behalf else "",
        force_authn=saml.force_authn or not _reuses(request, login, saml),
        transaction=login.id,
    )
    if not isinstance(sent, Sent):
        return fail(request, login, sent)
    visits: dict[str, list[str]] = request.session.get(VISITS, {})
    latest = dict(list(visits.items())[-MOST_VISITS:])
    request.session[VISITS] = {**latest, str(login.id): [str(sent.visit), get_language() or ""]}
    return cast("HttpResponse", self_posting(request, sent.location, sent.fields))


def _reuses(request: HttpRequest, login: LoginInProgress, saml: SamlQuestion) -> bool:
    """Whether an earlier log-in of this browser will do (FL-12)."""
    return may_reuse_log_in(
        earlier_logins(request),
        environment=saml.environment,
        connection=login.connection.id,
        level=saml.level,
    )


@audience(Audience.LOG_IN)
@require_GET
def come_back_over_saml(request: HttpRequest) -> HttpResponseBase:
    """The authentication service sends the browser back with an artifact (AD-06): `{P}/entrance/acs`."""
    artifact, relay_state = request.GET.get("SAMLart", ""), request.GET.get("RelayState", "")
    for login_id, (visit, language) in list(request.session.get(VISITS, {}).items()):
        came = finish_visit(UUID(visit), artifact=artifact[:200], relay_state=relay_state[:200])
        if came is not None:
            activate(language or settings.LANGUAGE_CODE)  # this address has none in it
            return _came(request, UUID(login_id), came)
    return is_over(request, over_saml=True)


def _came(request: HttpRequest, login_id: UUID, came: Came | Failed) -> HttpResponseBase:
    request.session[VISITS] = {
        one: visit for one, visit in request.session[VISITS].items() if one != str(login_id)
    }
    login = login_in_progress(login_id) if is_own(request, login_id) else None
    if login is None or came.transaction != login_id:
        return is_over(request, over_saml=True)
    if isinstance(came, Failed):
        return fail(request, login, came.outcome, came.message)
    request.session.cycle_key()
    ends_with = authenticated(login_id, answer=came.answer, level=came.level)
    if ends_with is not None:
        return fail(request, login, ends_with)
    return _go_on(request, login)
