"""The page on which somebody says who they are, or stops, or lets something go wrong (AD-14, FL-06, FL-12, SE-02).

A key in the address opens it in the one browser that came with it. Who is logged in already goes straight on, unless
the request forbids that or asks for a higher level. A BSN travels in the body of the form only.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from volmacht.audience import Audience, audience
from volmacht.protocols.saml.handling.pages import PageRefusal
from volmacht.protocols.saml.handling.requests import Accepted
from volmacht.protocols.saml.messages import Status
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.standins.authentication_service import endings, log_ins
from volmacht.standins.authentication_service.forms import refused_page
from volmacht.standins.authentication_service.headers import ANYWHERE, policy
from volmacht.standins.authentication_service.levels import chosen_level, level_too_low
from volmacht.standins.authentication_service.services import Service, accounts

SIZE = 20
OWN = "log-ins"  # the keys of log-ins that this browser came with
MOST_OWN = 20
LATEST_PAGE = 1000
TOO_LOW_ANYWAY = "toch"


def log_in(service: Service) -> Callable[[HttpRequest, str], HttpResponse]:
    """`{P}/idp/inloggen/<key>`."""

    @audience(Audience.LOG_IN)
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, key: str) -> HttpResponse:
        """Choose who you are."""
        if not _is_own(request, key):
            return refused_page(request, PageRefusal.NOT_THIS_BROWSER)
        found = log_ins.going_on(service.environment, key)
        if found is None:
            return refused_page(request, PageRefusal.EXPIRED)
        if request.method == "POST":
            return _choose(request, service, key, found.accepted)
        return _straight_on(request, service, key, found.accepted) or _page(request, found.accepted)

    return view


def _is_own(request: HttpRequest, key: str) -> bool:
    """Whether this browser came with the log-in: the first to follow the address, or the one that did."""
    own: list[str] = request.session.get(OWN, [])
    if key in own:
        return True
    if request.method != "GET" or not log_ins.claim(key):
        return False
    request.session[OWN] = [*own, key][-MOST_OWN:]
    return True


def _straight_on(request: HttpRequest, service: Service, key: str, accepted: Accepted) -> HttpResponse | None:
    """Single sign-on."""
    there = endings.who_is_there(request, service.environment)
    if there is None or accepted.force_authn or there.level < accepted.level or not log_ins.end(key):
        return None
    return endings.state(request, service, accepted, there)


def _choose(request: HttpRequest, service: Service, key: str, accepted: Accepted) -> HttpResponse:
    wrong = request.POST.get("misgaan", "")
    status = Outcome.CANCELLED.status() if "annuleren" in request.POST else endings.SIMULATED.get(wrong)
    if status is not None:
        return _give_up(request, service, key, accepted, status)
    account = accounts().find(request.POST.get("persoon", ""))
    level = chosen_level(account, request.POST.get("niveau", "")) if account else None
    if account is None or level is None:
        return _page(request, accepted, problem="nobody" if account is None else "not_theirs")
    if wrong == TOO_LOW_ANYWAY:
        level = level_too_low(account, level, accepted.level)
        if level is None:
            return _page(request, accepted, problem="nothing_too_low")
    elif level < accepted.level:
        return _page(request, accepted, problem="too_low")
    if not log_ins.end(key):
        return refused_page(request, PageRefusal.EXPIRED)
    return endings.sign_in(request, service, accepted, account, level)


def _give_up(
    request: HttpRequest, service: Service, key: str, accepted: Accepted, status: Status
) -> HttpResponse:
    if not log_ins.end(key):
        return refused_page(request, PageRefusal.EXPIRED)
    return endings.give_up(request, service, accepted.sender, status)


def _page(request: HttpRequest, accepted: Accepted, problem: str = "") -> HttpResponse:
    text, page = request.GET.get("zoek", "")[:200], _page_number(request.GET.get("pagina", ""))
    found = accounts().search(text, page, SIZE)
    context = {
        "problem": problem,
        "minimum": accepted.level,
        "main_characters": () if text or page > 1 else accounts().main,
        "found": found,
        "text": text,
        "previous": page - 1,
        "next": page + 1 if page * SIZE < found.total else 0,
        "levels": list(LevelOfAssurance),
        "chosen": request.POST.get("persoon", ""),
        "chosen_level": request.POST.get("niveau", "hoogste"),
        "is_forced": accepted.force_authn,
    }
    response = render(request, "authentication_service/log_in.html", context, status=400 if problem else 200)
    response["Content-Security-Policy"] = policy(ANYWHERE)
    return response


def _page_number(text: str) -> int:
    return min(int(text), LATEST_PAGE) if text.isascii() and text.isdigit() and text != "0" else 1
