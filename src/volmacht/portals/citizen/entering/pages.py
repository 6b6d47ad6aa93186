"""The log-in page, and coming back from the authentication service with an artifact (FL-13, AD-04, AD-06).

Everyone may open both. Which visits this browser began stands in its session, so that an answer to somebody else's
visit (log-in cross-site request forgery) opens nothing.
"""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import activate, get_language, get_language_from_request
from django.views.decorators.http import require_GET, require_http_methods

from volmacht.limits.operations import Limited
from volmacht.logins.operations import (
    CameBack,
    LogInService,
    PortalLogIn,
    Sent,
    begin_portal_visit,
    finish_kept_visit,
    keep_visit,
    log_in_services,
    proof_awaited,
)
from volmacht.portals.citizen.entering.not_logged_in import NO_VISIT, words_for
from volmacht.portals.shared import parked_work
from volmacht.portals.shared.audience import Audience, audience, local_path, log_in_address
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.limiting import allow, network_address, too_many
from volmacht.portals.shared.login_session import log_in, logged_in
from volmacht.posting import self_posting
from volmacht.rules.kinds import PartyKind

AT = "bij"  # the field that names the authentication service
LONGEST = 200  # of what comes back in an address


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def log_in_page(request: HttpRequest) -> HttpResponseBase:
    """Explain logging in; POST goes to the authentication service that was chosen."""
    continue_at = local_path(request.GET.get("verder")) or reverse("mandates:mine")
    if logged_in(request):
        return redirect(continue_at)
    services = log_in_services(environment_of(request))
    if request.method == "POST" and services:
        if not allow(request, Limited.LOG_IN_PER_ADDRESS, network_address(request)):
            return too_many(request)
        chosen = _chosen(request, services)
        if chosen is None:  # it went away since the page was shown, which now shows what there is
            return redirect(request.get_full_path())
        return _visit(request, chosen, continue_at)
    context = {
        "at": AT,
        "for_people": [one for one in services if one.kind is PartyKind.PERSON],
        "for_organisations": [one for one in services if one.kind is PartyKind.ORGANISATION],
        "interrupted": "verder" in request.GET,
        "kept": "verder" in request.GET and parked_work.is_kept(request.session),
    }
    return render(request, "citizen_entering/log_in.html", context, status=200 if services else 503)


def _chosen(request: HttpRequest, services: tuple[LogInService, ...]) -> LogInService | None:
    named = request.POST.get(AT, "")
    return next((one for one in services if named in {"", one.entity_id}), None)


def _visit(request: HttpRequest, service: LogInService, continue_at: str) -> HttpResponseBase:
    sent = begin_portal_visit(service.entity_id, environment=environment_of(request))
    if not isinstance(sent, Sent):
        return redirect(request.get_full_path())
    keep_visit(request.session, sent, continue_at=continue_at, language=get_language() or "")
    return self_posting(request, sent.location, sent.fields)


@audience(Audience.PUBLIC)
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """`{P}/portal/acs`: log in who came back; else say why not, and offer to try again.

    Who went to prove an organisation is sent on to the page for that, and logs in nowhere.
    """
    artifact, relay_state = (request.GET.get(name, "")[:LONGEST] for name in ("SAMLart", "RelayState"))
    environment = environment_of(request)
    proof_language = proof_awaited(request.session, relay_state, environment)
    if proof_language is not None:
        activate(proof_language or _language(request))
        answer = urlencode({"SAMLart": artifact, "RelayState": relay_state})
        return redirect(f"{reverse('accounts:came-from-eherkenning')}?{answer}")
    came = finish_kept_visit(
        request.session, artifact=artifact, relay_state=relay_state, environment=environment
    )
    activate((came.language if came else "") or _language(request))  # this address has none in it
    if came is None or not isinstance(came.outcome, PortalLogIn):
        return _not_now(request, came)
    found = came.outcome
    log_in(
        request,
        party_id=found.party.id,
        level=found.level,
        name=found.party.name,
        kind=found.party.kind,
        employee=found.employee,
        upstream=found.session,
    )
    return redirect(parked_work.continue_at(request) or came.continue_at)


def _not_now(request: HttpRequest, came: CameBack | None) -> HttpResponse:
    """Nobody was logged in by this; who was logged in before (in another tab, or by this same answer) still is."""
    words = words_for(came.outcome) if came else NO_VISIT
    context = {"words": words, "used": came is None, "again": _again(came)}
    page = "still_logged_in" if logged_in(request) else "not_logged_in"
    return render(request, f"citizen_entering/{page}.html", context, status=words.status)


def _again(came: CameBack | None) -> str:
    """Where to log in once more, to go on where this visit would have."""
    if came is None or came.continue_at == reverse("mandates:mine"):
        return reverse("entering:log-in")
    return log_in_address(came.continue_at)


def _language(request: HttpRequest) -> str:
    """Of the browser: this address has none in it, and of an answer to no visit of ours nothing else is known."""
    return get_language_from_request(request)
