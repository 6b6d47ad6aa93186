"""The beginning of a log-in for a provider: explain, go to the services upstream, come back (AD-04, AD-06, BV-20)."""

from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import activate, get_language, get_language_from_request
from django.views.decorators.http import require_GET, require_http_methods

from volmacht.keystore import OwnEntity
from volmacht.limits.operations import Limited
from volmacht.logins.operations import (
    Came,
    Failed,
    KeptVisits,
    Sent,
    Stated,
    answer_as_stated,
    ask_outside_service,
    authenticated,
    begin_visit,
    choose_representation_service,
    finish_statement,
    finish_visit,
    take_handle,
    try_another,
)
from volmacht.logins.queries import LoginInProgress, is_own, login_in_progress, may_reuse_log_in
from volmacht.logins.states import Representation, State
from volmacht.portals.choosing.own_login import (
    be_here,
    began_here,
    earlier_logins,
    in_own_login,
    is_over,
    may_still_be_asked,
    remember,
    service_name,
)
from volmacht.portals.choosing.returning import answer_for_self, fail, go_back
from volmacht.portals.choosing.services import (
    must_choose_why,
    shown_anew,
    to_choose_anew,
    where_to_log_in,
    why_for_another,
)
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.kept_forms import show_again, shown_again
from volmacht.portals.shared.limiting import allow, network_address, too_many
from volmacht.posting import self_posting
from volmacht.protocols.saml.handling.answers import Kind
from volmacht.protocols.saml.handling.pages import PageRefusal
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.environment import Environment

LOG_INS = KeptVisits("visits_upstream")  # each belongs to a log-in for a provider
STATEMENTS = KeptVisits("statements_upstream")
MEANS = "DigiD"  # how people know the only service where one can log in, when it was given no name
PAGES = {Kind.AUTHENTICATION: "choosing:begin", Kind.REPRESENTATION: "choosing:why"}


@audience(Audience.PUBLIC)
@require_GET
def enter(request: HttpRequest, handle: str) -> HttpResponse:
    """The door sent the browser on: from here the log-in is this browser's only (SE-02, AR-43)."""
    login_id = take_handle(handle)
    login = login_in_progress(login_id) if login_id else None
    if login is None or login.environment is not environment_of(request):
        return is_over(request, PageRefusal.NOT_THIS_BROWSER)
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
    """Say who asks and why; POST goes to the authentication service: the only one, or the one that is chosen (AR-44).

    Where the provider leaves the choice for whom (FL-03), or by which service (AR-29), that comes first.
    """
    if login.representation is Representation.OPTIONAL:
        return redirect("choosing:own-or-other", login.id)
    if must_choose_why(login):
        return redirect("choosing:why", login.id)
    if request.method == "POST":
        return _chosen(request, login)
    choices, again = where_to_log_in(login), shown_again(request)
    reasons = why_for_another(login)
    in_use = login.representation_service or (reasons[0].entity_id if reasons else "")
    context = {
        "login": login,
        "service": service_name(login),
        "choices": choices,
        "means": choices[0].name if choices and choices[0].known else MEANS,
        "elsewhere": bool(in_use) and not is_own(login.environment, in_use),
        "nothing_chosen": again is not None,
        "anew": shown_anew(request),
    }
    return render(request, "portal_choosing/explain.html", context, status=again.status if again else 200)


def _chosen(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """To the authentication service that was chosen; what is not offered is not chosen."""
    offered = [one.entity_id for one in where_to_log_in(login)]
    chosen = request.POST.get("inloggen-met", "")
    if len(offered) > 1 and chosen not in offered:
        return show_again(request)
    if not allow(request, Limited.LOG_IN_PER_ADDRESS, network_address(request)):
        return too_many(request)
    if len(offered) <= 1:
        chosen = offered[0] if offered else ""
    return _visit(request, login, chosen)


def _visit(request: HttpRequest, login: LoginInProgress, authentication_service: str) -> HttpResponse:
    representation_service = ""
    if login.representation is Representation.MANDATORY:
        representation_service = _in_use(login)
        if not representation_service:
            return fail(request, login, Outcome.REPRESENTATION_SERVICE_ERROR)
    sent = begin_visit(
        environment=login.environment,
        entity=OwnEntity.ENTRANCE,
        authentication_service=authentication_service,
        provider=login.provider_entity_id,
        service_uuid=login.service_uuid,
        level=login.level_needed,
        representation_service=representation_service,
        force_authn=login.force_authn or not _reuses(request, login),
        transaction=login.id,
    )
    return _send(request, login, sent, LOG_INS)


def _in_use(login: LoginInProgress) -> str:
    """The representation service: the one that was chosen, while it can be used, or the only one that can."""
    usable = [one.entity_id for one in why_for_another(login)]
    chosen = login.representation_service or (usable[0] if usable else "")
    return chosen if chosen in usable and choose_representation_service(login.id, chosen) else ""


def _send(
    request: HttpRequest, login: LoginInProgress, sent: Sent | Outcome, kept: KeptVisits
) -> HttpResponse:
    """By a form to a service upstream; where that has no usable metadata the log-in ends (ST-46, ST-47)."""
    if not isinstance(sent, Sent):
        return fail(request, login, sent)
    kept.keep(request.session, sent, belongs_to=str(login.id), language=get_language() or "")
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
def come_back(request: HttpRequest, *, environment: Environment) -> HttpResponseBase:
    """A service upstream sends the browser back with an artifact (AD-06): `{P}/entrance/acs`."""
    activate(get_language_from_request(request))  # this address has no language in it
    artifact, relay_state = request.GET.get("SAMLart", "")[:200], request.GET.get("RelayState", "")[:200]

    def log_in(visit: UUID) -> Came | Failed | None:
        return finish_visit(visit, artifact=artifact, relay_state=relay_state)

    def statement(visit: UUID) -> Stated | Failed | None:
        return finish_statement(visit, artifact=artifact, relay_state=relay_state)

    found: tuple[Came | Stated | Failed, str, str] | None
    found, waits_as = LOG_INS.finish(request.session, log_in), State.STARTED
    if found is None:
        found, waits_as = STATEMENTS.finish(request.session, statement), State.AUTHENTICATED
    if found is None:
        return is_over(request, PageRefusal.NOT_THIS_BROWSER, environment=environment)
    came, login_id, language = found
    activate(language or settings.LANGUAGE_CODE)
    login = login_in_progress(UUID(login_id)) if began_here(request, UUID(login_id)) else None
    if login is None or came.transaction != login.id or login.state is not waits_as:
        return is_over(request, login=login, environment=environment)  # of two windows the first counts
    match came:
        case Failed():
            return _failed(request, login, came)
        case Stated():
            request.session.cycle_key()  # SE-03
            return go_back(request, login, answer_as_stated(login.id, came.answer))
        case Came():
            return _came(request, login, came)


def _failed(request: HttpRequest, login: LoginInProgress, failed: Failed) -> HttpResponse:
    """Where a service cannot do what was asked and another can be chosen, that is chosen; else the provider hears."""
    if failed.outcome is Outcome.UNSUPPORTED_UPSTREAM:  # ST-45
        kind = try_another(login.id, failed.service)
        if kind is not None:
            return to_choose_anew(PAGES[kind], login)
    return fail(request, login, failed.outcome, failed.message)


def _came(request: HttpRequest, login: LoginInProgress, came: Came) -> HttpResponse:
    request.session.cycle_key()
    be_here(request, login.id)  # however long logging in there took
    representation_service = came.representation_service
    ends_with = authenticated(
        login.id, answer=came.answer, level=came.level, representation_service=representation_service
    )
    if ends_with is not None:
        return fail(request, login, ends_with)
    if login.representation is not Representation.MANDATORY:
        return answer_for_self(request, login)
    if is_own(login.environment, representation_service):
        return redirect("choosing:person", login.id)
    return _send(request, login, ask_outside_service(login.id), STATEMENTS)
