"""Choosing: for myself or for somebody else, and for whom; or stopping.

The list holds who can be represented at this service now; the decision itself is asked when somebody is chosen,
and again when the provider fetches the answer.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from volmacht.logins.operations import answer_on_behalf, answer_own_behalf, cancel_login
from volmacht.logins.queries import LoginInProgress, login_in_progress
from volmacht.logins.states import SESSION_KEY, Representation, State
from volmacht.mandates.queries import representable, unusable
from volmacht.portals.choosing.own_login import in_own_login, is_over, service_name
from volmacht.portals.choosing.returning import return_to_provider
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.paging import Page, page_number
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.wording import ENDS, Words, refusal_words
from volmacht.rules.refusals import Refused
from volmacht.rules.representation import Denied

SEARCH_FROM = PAGE_SIZE = 10


@audience(Audience.LOG_IN)
@require_http_methods(["GET", "POST"])
@in_own_login(State.AUTHENTICATED)
def own_or_other(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """For myself or for somebody else (only where the provider leaves the choice)."""
    if login.representation is not Representation.OPTIONAL:
        return redirect("choosing:person", login.id)
    chosen = request.POST.get("voor")
    if chosen == "mijzelf":
        artifact = answer_own_behalf(login.id)
        return (
            is_over(request)
            if isinstance(artifact, Refused)
            else return_to_provider(request, login.connection, artifact)
        )
    if chosen == "iemand-anders":
        return redirect("choosing:person", login.id)
    context = {"login": login, "service": service_name(login), "nothing_chosen": request.method == "POST"}
    return render(request, "portal_choosing/own_or_other.html", context)


@audience(Audience.LOG_IN)
@require_http_methods(["GET", "POST"])
@in_own_login(State.AUTHENTICATED)
def choose_person(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """For whom; with a search box when there are more than ten. Also one choice is chosen by the person."""
    if login.person is None or login.level is None or login.representation is Representation.NONE:
        return is_over(request)
    denied = None
    if request.method == "POST" and (represented := _uuid(request.POST.get("persoon", ""))):
        answer = answer_on_behalf(login.id, represented)
        if isinstance(answer, str):
            return return_to_provider(request, login.connection, answer)
        denied = answer
    text = request.GET.get("zoek", "")[:200]
    found = representable(login.person, login.service.id, text=text, page=page_number(request))
    context = {
        "login": login,
        "service": service_name(login),
        "found": found,
        "page": Page(found.page, found.total, PAGE_SIZE),
        "text": text,
        "search": found.in_all > SEARCH_FROM,
        "nothing_chosen": request.method == "POST" and denied is None,
        "denied": _words(denied),
        "others": [
            (other.name, _words(other.denied))
            for other in unusable(login.person, login.service.id, login.connection.id, login.level)
        ],
    }
    return render(request, "portal_choosing/person.html", context, status=403 if denied else 200)


@dataclass(frozen=True, slots=True)
class DeniedWords:
    """A "no" of the one decision in words, with the day or the reason that goes with it."""

    words: Words
    begins: date | None
    ended_because: Text | None


def _words(denied: Denied | None) -> DeniedWords | None:
    if denied is None:
        return None
    ended = ENDS[denied.end_reason] if denied.end_reason else None
    return DeniedWords(refusal_words(denied.refusal), denied.valid_from, ended)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@audience(Audience.LOG_IN)
@require_POST
def cancel(request: HttpRequest, login_id: UUID) -> HttpResponse:
    """Stop, and tell the provider so."""
    login = login_in_progress(login_id) if request.session.get(SESSION_KEY) == str(login_id) else None
    artifact = cancel_login(login_id) if login else None
    if login is None or not isinstance(artifact, str):
        return is_over(request)
    return return_to_provider(request, login.connection, artifact)
