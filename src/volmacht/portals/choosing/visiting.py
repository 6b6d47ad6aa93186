"""The beginning of a log-in for a provider: explain, go to the authentication service, come back."""

from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import activate, get_language
from django.views.decorators.http import require_GET, require_http_methods

from volmacht.keystore import OwnEntity
from volmacht.limits.operations import Limited, allow
from volmacht.logins.operations import (
    Came,
    Failed,
    Sent,
    authenticated,
    begin_visit,
    finish_visit,
    take_handle,
)
from volmacht.logins.queries import LoginInProgress, login_in_progress, may_reuse_log_in
from volmacht.logins.states import Representation, State
from volmacht.portals.choosing.own_login import (
    earlier_logins,
    in_own_login,
    is_over,
    is_own,
    may_still_be_asked,
    remember,
    service_name,
)
from volmacht.portals.choosing.returning import answer_for_self, fail
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.limiting import network_address, too_many
from volmacht.posting import self_posting
from volmacht.protocols.saml.status import Outcome

MOST_VISITS = 10
VISITS = "visits_for_providers"  # the visit for each log-in, and the language of its pages


@audience(Audience.PUBLIC)
@require_GET
def enter(request: HttpRequest, handle: str) -> HttpResponse:
    """The door sent the browser on: from here the log-in is this browser's only (SE-02, AR-43)."""
    login_id = take_handle(handle)
    login = login_in_progress(login_id) if login_id else None
    if login is None:
        return is_over(request)
    remember(request, login.id)
    if login.state is State.AUTHENTICATED:  # at the BVD: whoever asks brought the log-in (FL-05, BR-01)
        if not may_still_be_asked(login):
            return fail(request, login, Outcome.NOT_ACTIVE)
        return redirect("choosing:person", login.id)
    return redirect("choosing:begin", login.id)


@audience(Audience.LOG_IN)
@require_http_methods(["GET", "POST"])
@in_own_login(State.STARTED)
def explain(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """Say who asks and why; POST goes to the authentication service.

    Where the provider leaves the choice, that comes first (FL-03).
    """
    if login.representation is Representation.OPTIONAL:
        return redirect("choosing:own-or-other", login.id)
    if request.method == "POST":
        if not allow(Limited.LOG_IN_PER_ADDRESS, network_address(request)):
            return too_many(request)
        return _visit(request, login)
    context = {"login": login, "service": service_name(login)}
    return render(request, "portal_choosing/explain.html", context)


def _go_on(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    if login.representation is Representation.MANDATORY:
        return redirect("choosing:person", login.id)
    return answer_for_self(request, login)


def _visit(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    on_behalf = login.representation is Representation.MANDATORY
    sent = begin_visit(
        environment=login.environment,
        entity=OwnEntity.ENTRANCE,
        authentication_service=next(iter(login.authentication_services), ""),
        provider=login.provider_entity_id,
        service_uuid=login.service_uuid,
        level=login.level_needed,
        representation_service=next(iter(login.representation_services), "") if on_behalf else "",
        force_authn=login.force_authn or not _reuses(request, login),
        transaction=login.id,
    )
    if not isinstance(sent, Sent):
        return fail(request, login, sent)
    visits: dict[str, list[str]] = request.session.get(VISITS, {})
    latest = dict(list(visits.items())[-MOST_VISITS:])
    request.session[VISITS] = {**latest, str(login.id): [str(sent.visit), get_language() or ""]}
    return cast("HttpResponse", self_posting(request, sent.location, sent.fields, onward=[login.returns_to]))


def _reuses(request: HttpRequest, login: LoginInProgress) -> bool:
    """Whether an earlier log-in of this browser will do (FL-12)."""
    return may_reuse_log_in(
        earlier_logins(request),
        environment=login.environment,
        connection=login.connection.id,
        level=login.level_needed,
    )


@audience(Audience.LOG_IN)
@require_GET
def come_back(request: HttpRequest) -> HttpResponseBase:
    """The authentication service sends the browser back with an artifact (AD-06): `{P}/entrance/acs`."""
    artifact, relay_state = request.GET.get("SAMLart", ""), request.GET.get("RelayState", "")
    for login_id, (visit, language) in list(request.session.get(VISITS, {}).items()):
        came = finish_visit(UUID(visit), artifact=artifact[:200], relay_state=relay_state[:200])
        if came is not None:
            activate(language or settings.LANGUAGE_CODE)  # this address has none in it
            return _came(request, UUID(login_id), came)
    return is_over(request)


def _came(request: HttpRequest, login_id: UUID, came: Came | Failed) -> HttpResponseBase:
    request.session[VISITS] = {
        one: visit for one, visit in request.session[VISITS].items() if one != str(login_id)
    }
    login = login_in_progress(login_id) if is_own(request, login_id) else None
    if login is None or came.transaction != login_id:
        return is_over(request)
    if isinstance(came, Failed):
        return fail(request, login, came.outcome, came.message)
    request.session.cycle_key()
    ends_with = authenticated(login_id, answer=came.answer, level=came.level)
    if ends_with is not None:
        return fail(request, login, ends_with)
    return _go_on(request, login)
