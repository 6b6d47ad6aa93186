"""Choosing: for myself or for somebody else, and for whom; or stopping.

The list holds who can be represented at this service now; the decision itself is asked when somebody is chosen,
and again when the provider fetches the answer.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from volmacht.logins.operations import choose_way
from volmacht.logins.queries import LoginInProgress
from volmacht.logins.states import Representation, State
from volmacht.mandates.queries import representable, unusable
from volmacht.paging import Page, page_number
from volmacht.portals.choosing.denied_words import denied_now, in_words
from volmacht.portals.choosing.list_keys import list_key, represented_by
from volmacht.portals.choosing.own_login import in_own_login, is_over, service_name
from volmacht.portals.choosing.returning import answer_for, stop
from volmacht.portals.choosing.standing_in_the_way import cannot_act, for_something_else
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.kept_forms import show_again, shown_again
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.refusals import Refused
from volmacht.rules.representation import Denied

SEARCH_FROM = PAGE_SIZE = 10
WAYS = {"mijzelf": Representation.NONE, "iemand-anders": Representation.MANDATORY}


@audience(Audience.LOG_IN)
@require_http_methods(["GET", "POST"])
@in_own_login(State.STARTED, State.AUTHENTICATED)
def own_or_other(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """For myself or for somebody else, where the provider leaves the choice; before logging in (FL-03)."""
    if login.representation is not Representation.OPTIONAL:
        return redirect("choosing:begin" if login.state is State.STARTED else "choosing:person", login.id)
    if request.method == "POST":
        way = WAYS.get(request.POST.get("voor", ""))
        if way is None:
            return show_again(request)
        choose_way(login.id, way)
        return redirect("choosing:begin", login.id)
    again = shown_again(request)
    context = {"login": login, "service": service_name(login), "nothing_chosen": again is not None}
    status = again.status if again else 200
    return render(request, "portal_choosing/own_or_other.html", context, status=status)


@audience(Audience.LOG_IN)
@require_http_methods(["GET", "POST"])
@in_own_login(State.AUTHENTICATED)
def choose_person(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """For whom; with a search box when there are more than ten. Also one choice is chosen by the person."""
    if login.person is None or login.level is None or login.representation is Representation.NONE:
        return is_over(request, login=login)
    if (told := cannot_act(request, login)) is not None:
        return told
    if request.method == "POST":
        return _chosen(request, login)
    return _page(request, login, login.person, login.level)


def _page(
    request: HttpRequest, login: LoginInProgress, person: UUID, level: LevelOfAssurance
) -> HttpResponse:
    """Whom one can choose, and why others are not there; of who was chosen and refused that is said once."""
    again = shown_again(request)
    refused_for = represented_by(login, again.fields.get("persoon", "")) if again else None
    denied = denied_now(login, refused_for) if refused_for else None
    nothing_chosen = again is not None and again.refused is None
    text = request.GET.get("zoek", "")[:200]
    found = representable(person, login.service.id, text=text, page=page_number(request))
    not_there = unusable(
        person, login.service.id, login.connection.id, level, dv_entity_id=login.provider_entity_id
    )
    elsewhere, elsewhere_in_all = ([], 0) if found.in_all else for_something_else(login)
    context = {
        "login": login,
        "service": service_name(login),
        "found": found,
        "choices": [(list_key(login, choice.represented), choice) for choice in found.choices],
        "page": Page(found.page, found.total, PAGE_SIZE),
        "text": text,
        "search": found.in_all > SEARCH_FROM,
        "nothing_chosen": nothing_chosen,
        "denied": in_words(denied, login.service.minimum_level),
        "denied_name": next((other.name for other in not_there if other.represented == refused_for), ""),
        "others": [
            (other.name, in_words(other.denied, login.service.minimum_level))
            for other in not_there
            if denied is None or other.represented != refused_for
        ],
        "elsewhere": elsewhere,
        "elsewhere_in_all": elsewhere_in_all,
    }
    status = again.status if again and (denied or nothing_chosen) else 200
    return render(request, "portal_choosing/person.html", context, status=status)


def _chosen(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """Back to the provider for the person who was chosen; with nobody, or a "no", the page itself says so."""
    represented = represented_by(login, request.POST.get("persoon", ""))
    if represented is None:
        return show_again(request)
    answer = answer_for(request, login, represented)
    return (
        show_again(request, refused=Refused(answer.refusal), status=403)
        if isinstance(answer, Denied)
        else answer
    )


@audience(Audience.LOG_IN)
@require_POST
@in_own_login(State.STARTED, State.AUTHENTICATED)
def cancel(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """Stop, and tell the provider so."""
    return stop(request, login)
