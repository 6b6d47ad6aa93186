"""By which service: where to log in, and why one may act for somebody else, when there is more than one (AR-29, AR-44).

Only services that can be used now are shown. After one that could not do what was asked, the same pages show what is
left (ST-45).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from volmacht.logins.operations import choose_representation_service
from volmacht.logins.queries import (
    LoginInProgress,
    Upstream,
    authentication_choices,
    representation_choices,
)
from volmacht.logins.states import Representation, State
from volmacht.portals.choosing.own_login import in_own_login, service_name
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.kept_forms import show_again, shown_again
from volmacht.portals.shared.page_language import language

AGAIN = "anders"  # in the address of a page that is shown because the service chosen before could not do it


@dataclass(frozen=True, slots=True)
class Choice:
    """A service in words; our own representation service has none of its own: the page words it.

    `known` tells whether administrators gave it a name.
    """

    entity_id: str
    name: str
    purpose: str
    known: bool
    own: bool


def where_to_log_in(login: LoginInProgress) -> list[Choice]:
    """The authentication services that this log-in can use now."""
    return _in_words(authentication_choices(login.environment, login.authentication_services))


def why_for_another(login: LoginInProgress) -> list[Choice]:
    """The representation services that this log-in can use now, our own first."""
    return _in_words(representation_choices(login.environment, login.representation_services))


def must_choose_why(login: LoginInProgress) -> bool:
    """Whether the person must (still, or again) say why they may act for somebody else."""
    if login.representation is not Representation.MANDATORY:
        return False
    usable = [one.entity_id for one in why_for_another(login)]
    if login.representation_service:
        return bool(usable) and login.representation_service not in usable
    return len(usable) > 1


def shown_anew(request: HttpRequest) -> bool:
    """Whether the service that was chosen before could not do what was asked."""
    return AGAIN in request.GET


def to_choose_anew(page: str, login: LoginInProgress) -> HttpResponseRedirect:
    """To one of these pages, with what is left (ST-45)."""
    return HttpResponseRedirect(f"{reverse(page, args=[login.id])}?{AGAIN}=1")


def _in_words(found: Iterable[Upstream]) -> list[Choice]:
    spoken = language()
    return [
        Choice(
            one.entity_id,
            (one.pinned.name_in(spoken) or one.host) if one.pinned else "",
            one.pinned.purpose_in(spoken) if one.pinned else "",
            known=bool(one.pinned and one.pinned.name),
            own=one.pinned is None,
        )
        for one in found
    ]


@audience(Audience.LOG_IN)
@require_http_methods(["GET", "POST"])
@in_own_login(State.STARTED)
def choose_why(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """Why one may act for somebody else: with a mandate, or by what another service states (AR-29)."""
    if login.representation is not Representation.MANDATORY:
        return redirect("choosing:begin", login.id)
    if request.method == "POST":
        if choose_representation_service(login.id, request.POST.get("waarom", "")):
            return redirect("choosing:begin", login.id)
        return show_again(request)
    again = shown_again(request)
    context = {
        "login": login,
        "service": service_name(login),
        "choices": why_for_another(login),
        "nothing_chosen": again is not None,
        "anew": shown_anew(request),
    }
    return render(
        request, "portal_choosing/why_for_another.html", context, status=again.status if again else 200
    )
