"""Entering a code during a log-in, and going on with it on behalf of whom the code is from (FL-08, BV-13, CN-16).

Only where the service allows it. The steps are those of the portal, with the same limits and answers (DM-17, DM-22);
who enters and accepts is the acting person of this log-in. A code for another service can be accepted, but this log-in
does not go on with it.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from volmacht import clock
from volmacht.logins.queries import LoginInProgress
from volmacht.logins.states import Representation, State
from volmacht.mandates.operations import ActivationDone
from volmacht.mandates.queries import MandateEntry, mandate_for
from volmacht.notifications.kinds import Side
from volmacht.portals.choosing.denied_words import denied_now, in_words
from volmacht.portals.choosing.own_login import LoginPage, code_slot, in_own_login, is_over, service_name
from volmacht.portals.choosing.returning import answer_for
from volmacht.portals.choosing.standing_in_the_way import cannot_act
from volmacht.portals.shared import code_draft
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.code_draft import CodeDraft, Shown
from volmacht.portals.shared.code_steps import Entering, accept, accepting_page, enter, entering_page
from volmacht.portals.shared.party_words import party_name
from volmacht.portals.shared.service_words import service_words
from volmacht.rules.representation import Denied
from volmacht.rules.validity import Phase

STOP = "stoppen"
CodePage = Callable[[HttpRequest, LoginInProgress, Entering], HttpResponse]


def where_allowed(page: CodePage) -> LoginPage:
    """Give the page who enters: whoever logged in here to act for another. Elsewhere there is no such page."""

    @wraps(page)
    def only_where_allowed(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
        if login.person is None or login.level is None or login.representation is Representation.NONE:
            return is_over(request, login=login)
        if not login.service.code_at_login:
            return redirect("choosing:person", login.id)
        if (told := cannot_act(request, login)) is not None:
            return told
        return page(
            request,
            login,
            Entering(login.person, login.level, login.employee, code_slot(login.id), login.environment),
        )

    return only_where_allowed


@audience(Audience.LOG_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@in_own_login(State.AUTHENTICATED)
@where_allowed
def enter_code(request: HttpRequest, login: LoginInProgress, by: Entering) -> HttpResponse:
    """Code and BSN; what they open is shown on the next page before anything is accepted."""
    if request.method == "POST":
        here, then = (reverse(f"choosing:{page}", args=[login.id]) for page in ("enter-code", "accept-code"))
        return enter(request, by, here=here, then=then)
    context, status = entering_page(request, by)
    context |= {"login": login, "service": service_name(login)}
    return render(request, "portal_choosing/enter_code.html", context, status=status)


@audience(Audience.LOG_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@in_own_login(State.AUTHENTICATED)
@where_allowed
def accept_code(request: HttpRequest, login: LoginInProgress, by: Entering) -> HttpResponse:
    """What is accepted, and whether this log-in goes on with it; POST accepts it, or does not."""
    draft = code_draft.read(request, by.slot)
    if request.method == "POST":
        return _answer(request, login, by, draft)
    context = accepting_page(by, draft)
    if context is None or draft is None or draft.shown is None:
        return redirect("choosing:enter-code", login.id)
    context |= {
        "login": login,
        "service": service_name(login),
        "covers": _covers(login, draft.shown),
        "begins": date.fromisoformat(draft.shown.first_day),
        "to_come": date.fromisoformat(draft.shown.first_day) > clock.today(),
    }
    return render(request, "portal_choosing/accept_code.html", context)


def _covers(login: LoginInProgress, shown: Shown) -> bool:
    return str(login.service.id) in {shown.service_id, *shown.covered}


def _answer(
    request: HttpRequest, login: LoginInProgress, by: Entering, draft: CodeDraft | None
) -> HttpResponse:
    if STOP in request.POST:
        code_draft.forget(request, by.slot)
        return redirect("choosing:person", login.id)
    if draft is None or draft.shown is None:  # accepted already, by the first half of a double click
        return redirect("choosing:code-done", login.id)
    done = accept(request, by, draft)
    if not isinstance(done, ActivationDone):
        return redirect("choosing:accept-code" if done.shown else "choosing:enter-code", login.id)
    entry = mandate_for(done.mandate_id, by.representative, environment=login.environment)
    if entry is None or not _opens(login, entry):
        return redirect("choosing:code-done", login.id)
    answer = answer_for(request, login, entry.represented_id)
    return redirect("choosing:code-done", login.id) if isinstance(answer, Denied) else answer


def _opens(login: LoginInProgress, entry: MandateEntry) -> bool:
    """Whether the mandate is for this service, and for today; everything else is for the one decision to say."""
    return entry.phase is Phase.ACTIVE and _is_for(login, entry)


def _is_for(login: LoginInProgress, entry: MandateEntry) -> bool:
    return login.service.id in {entry.service.id, *entry.covered}


@audience(Audience.LOG_IN)
@require_safe
@in_own_login(State.AUTHENTICATED)
@where_allowed
def code_done(request: HttpRequest, login: LoginInProgress, by: Entering) -> HttpResponse:
    """It was accepted, and this log-in did not go on with it: why, and what one can do now."""
    accepted = code_draft.last_accepted(request, by.slot)
    entry = mandate_for(accepted, by.representative, environment=login.environment) if accepted else None
    if entry is None or entry.side is not Side.REPRESENTATIVE or entry.phase is Phase.ENDED:
        return redirect("choosing:enter-code" if accepted is None else "choosing:person", login.id)
    denied = denied_now(login, entry.represented_id) if _opens(login, entry) else None
    context = {
        "login": login,
        "service": service_name(login),
        "entry": entry,
        "accepted": service_words(entry.service),
        "name": party_name(entry.other_name, entry.other_kind),
        "to_come": entry.phase is Phase.TO_COME,
        "covers": _is_for(login, entry),
        "denied": in_words(denied, login.service.minimum_level),
    }
    return render(request, "portal_choosing/code_done.html", context)
