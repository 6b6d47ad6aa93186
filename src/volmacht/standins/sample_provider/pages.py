"""The pages of Gemeente Voorbeeld, and their addresses.

`home` offers own behalf and on behalf before logging in; `log_in` sends the browser to Volmacht; `come_back` fetches
the answer; `file` shows for whom one acts; `log_out` ends it. A session holds names, never a BSN.
"""

import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from volmacht.audience import Audience, audience
from volmacht.standins.sample_provider.records import SERVICES, resident, service
from volmacht.standins.sample_provider.volmacht_client import Outcome, ask_address, fetch_answer

LOG_IN = "log-in"
WHO = "who"
REPRESENTATION = {"mijzelf": "none", "iemand-anders": "mandatory"}


@audience(Audience.PUBLIC)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The services, each for oneself or for somebody else."""
    return render(request, "sample_provider/home.html", {"services": SERVICES})


@audience(Audience.PUBLIC)
@require_POST
def log_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the browser to Volmacht, with a RelayState that only this session knows."""
    chosen = service(slug)
    representation = REPRESENTATION.get(request.POST.get("voor", ""))
    if chosen is None or representation is None:
        return redirect("home")
    relay_state = secrets.token_urlsafe(16)
    request.session[LOG_IN] = {"relay_state": relay_state, "slug": slug}
    return HttpResponseRedirect(ask_address(chosen.uuid, representation, relay_state, get_language() or "nl"))


@audience(Audience.PUBLIC)
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Fetch the answer; a new session key for who is now known. An answer to what this session did not ask is left."""
    expected = request.session.pop(LOG_IN, None)
    if expected is None:
        return render(request, "sample_provider/not_logged_in.html", {"outcome": Outcome.FAILED}, status=403)
    answer = fetch_answer(request.GET.get("artifact", "")[:200])
    asked_by_us = secrets.compare_digest(answer.relay_state.encode(), expected["relay_state"].encode())
    acting = resident(answer.acting)
    if answer.outcome is not Outcome.OK or not asked_by_us or acting is None:
        outcome = answer.outcome if answer.outcome is not Outcome.OK else Outcome.FAILED
        return render(request, "sample_provider/not_logged_in.html", {"outcome": outcome}, status=403)
    represented = resident(answer.represented) if answer.represented else None
    if answer.represented and represented is None:
        return render(request, "sample_provider/not_logged_in.html", {"outcome": Outcome.FAILED}, status=403)
    request.session.flush()
    request.session[WHO] = {
        "slug": expected["slug"],
        "acting": acting.name,
        "represented": represented.name if represented else None,
        "waste_tax": (represented or acting).waste_tax,
    }
    return redirect("file", expected["slug"])


@audience(Audience.PUBLIC)
@require_GET
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """The file of the person it is about, with plainly for whom one acts; only with a log-in for this service."""
    who = request.session.get(WHO)
    if who is None or who["slug"] != slug:
        return redirect("home")
    return render(request, "sample_provider/file.html", {"who": who, "slug": slug})


@audience(Audience.PUBLIC)
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    request.session.flush()
    return redirect("home")


@audience(Audience.PUBLIC)
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """The one stylesheet."""
    return render(request, "sample_provider/style.css", content_type="text/css; charset=utf-8")


@audience(Audience.PUBLIC)
@require_GET
def health(_request: HttpRequest) -> HttpResponse:
    """Says that the process runs."""
    return HttpResponse("ok", content_type="text/plain")


@audience(Audience.PUBLIC)
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Dutch or English, remembered in a cookie."""
    response = redirect("home")
    language = request.POST.get("taal")
    if language in {"nl", "en"}:
        response.set_cookie("__Host-voorbeeld-taal", language, secure=True, httponly=True, samesite="Lax")
    return response


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that this municipality does not have. The name of the parameter is Django's."""
    del exception
    return render(request, "sample_provider/not_here.html", status=404)


handler404 = not_here
urlpatterns = [
    path("", home, name="home"),
    path("inloggen/<slug:slug>/", log_in, name="log-in"),
    path("terug", come_back, name="come-back"),
    path("dienst/<slug:slug>/", file, name="file"),
    path("uitloggen/", log_out, name="log-out"),
    path("taal/", choose_language, name="language"),
    path("stijl.css", style, name="style"),
    path("health", health, name="health"),
]
