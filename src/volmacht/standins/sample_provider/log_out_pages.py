"""Logging out, here first and then at Volmacht; and the page that says how that went."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from volmacht.audience import Audience, audience
from volmacht.protocols.saml.bindings import Field, PostRefused, read_post
from volmacht.standins.sample_provider import settings
from volmacht.standins.sample_provider.endings import Ending
from volmacht.standins.sample_provider.log_in_pages import WHO, not_logged_in
from volmacht.standins.sample_provider.logging_out import ask_logout, is_confirmed, take_asked
from volmacht.standins.sample_provider.posting import post_on
from volmacht.standins.sample_provider.volmacht_documents import VolmachtNotThere

log = logging.getLogger("volmacht.sample_provider")


@audience(Audience.PUBLIC)
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End our session whatever happens next, then ask Volmacht to end theirs."""
    who = request.session.get(WHO)
    request.session.flush()
    if who is None:
        return redirect("home")
    try:
        return post_on(request, ask_logout(who["name_id"], who["session_index"]), going="out")
    except VolmachtNotThere as problem:
        log.warning("log-out not asked: %s", problem)
        return redirect("logged-out-here")


@audience(Audience.PUBLIC)
@csrf_exempt  # another site posts it; what counts is who signed it
@require_POST
def answered(request: HttpRequest) -> HttpResponse:
    """Volmacht's LogoutResponse. It brings no cookie of ours, so it changes nothing here: it only says how it went."""
    try:
        message, relay_state = read_post(dict(request.POST.lists()), field=Field.RESPONSE)
    except PostRefused as refused:
        return not_logged_in(request, Ending.NOT_ASKED, f"no answer to a log-out: {refused}")
    request_id = take_asked(relay_state or "")
    if request_id is None:
        return not_logged_in(request, Ending.NOT_ASKED, "an answer to a log-out that was not asked for")
    try:
        confirmed = is_confirmed(message, request_id)
    except VolmachtNotThere as problem:
        log.warning("log-out not confirmed: %s", problem)
        confirmed = False
    log.info("log-out %s", "confirmed" if confirmed else "not confirmed")
    response = redirect("logged-out" if confirmed else "logged-out-here")
    # An address of our own: with our cookie for the language, and harmless to reload.
    response.status_code = 303
    return response


def _said(request: HttpRequest, *, everywhere: bool) -> HttpResponse:
    """Never to somebody who is still logged in: anybody can make a link to these pages.

    Volmacht's own portal is a service like ours: a log-in there is not ours to end (FL-11), so that is said.
    """
    if WHO in request.session:
        return redirect("home")
    english = "en/" if get_language() == "en" else ""
    volmacht = f"{settings.VOORBEELD_VOLMACHT}/{english}"
    return render(
        request, "sample_provider/logged_out.html", {"everywhere": everywhere, "volmacht": volmacht}
    )


@audience(Audience.PUBLIC)
@require_GET
def logged_out(request: HttpRequest) -> HttpResponse:
    """Logged out here, and at the authentication service."""
    return _said(request, everywhere=True)


@audience(Audience.PUBLIC)
@require_GET
def logged_out_here(request: HttpRequest) -> HttpResponse:
    """Logged out here; elsewhere perhaps not (ST-85)."""
    return _said(request, everywhere=False)
