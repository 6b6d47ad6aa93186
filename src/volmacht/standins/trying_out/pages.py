"""The page /proef: who there is, become one of them, the mail that was sent, and the clock."""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from volmacht import clock
from volmacht.audience import Audience, audience
from volmacht.logins.operations import Sent, begin_portal_visit, keep_visit, log_in_services
from volmacht.notifications.adapters.folder import count_mail, read_mail
from volmacht.paging import Page, page_number
from volmacht.posting import self_posting
from volmacht.rules.environment import PAGES_UNDER, Environment
from volmacht.rules.kinds import PartyKind
from volmacht.rules.periods import AMSTERDAM
from volmacht.rules.workdays import add_workdays
from volmacht.standins.trying_out.account_holders import member_accounts, staff_accounts
from volmacht.standins.trying_out.people import (
    employee,
    everybody,
    main_characters,
    main_employees,
    with_bsn,
)

TESTS = "test"  # become somebody in the test environment
STEPS = {"1": (1, 0), "5": (5, 0), "90": (0, 90)}  # workdays, calendar days


@audience(Audience.DEMO)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where a newcomer begins."""
    context = {
        "main_characters": main_characters(),
        "main_employees": main_employees(),
        "number_of_people": len(everybody()),
        "staff": staff_accounts(),
        "members": member_accounts(),
        "now": clock.now(),
        "sample_provider": settings.VOLMACHT.sample_provider_url,
        "tests": TESTS,
        "preproduction": f"{PAGES_UNDER[Environment.PREPRODUCTION]}/",
        "moved": request.GET.get("klok") == "verzet",
    }
    return render(request, "trying_out/start.html", context)


@audience(Audience.DEMO)
@require_POST
def become(request: HttpRequest) -> HttpResponseBase:
    """Log in as somebody in one click: the stand-in is told at once who comes, at their highest level.

    The number goes in the body of the form only, from page to page.
    """
    tests = request.POST.get("omgeving") == TESTS
    environment = Environment.PREPRODUCTION if tests else Environment.PRODUCTION
    named = request.POST.get("medewerker", "")
    kind = PartyKind.ORGANISATION if named else PartyKind.PERSON
    named = named or request.POST.get("persoon", "")
    if not (employee(named) if kind is PartyKind.ORGANISATION else with_bsn(named)):
        return redirect("trying_out:start")
    service = next((one for one in log_in_services(environment) if one.kind is kind), None)
    sent = begin_portal_visit(service.entity_id, environment=environment) if service else None
    if not isinstance(sent, Sent):
        return render(request, "trying_out/not_now.html", status=503)
    here = environment is Environment.PRODUCTION
    session = request.session if here else _session_of_preproduction(request)
    continue_at = PAGES_UNDER[environment] + reverse("mandates:mine")
    keep_visit(session, sent, continue_at=continue_at, language=get_language() or "")
    response = self_posting(request, sent.location, {**sent.fields, "persoon": named})
    if not here:
        _keep_session_of_preproduction(response, session)
    return response


def _session_of_preproduction(request: HttpRequest) -> SessionBase:
    """The session that the pages under /preprod/ are going to read: this page is none of theirs."""
    key = request.COOKIES.get(f"{settings.SESSION_COOKIE_NAME}{settings.PREPRODUCTION_COOKIES}")
    session: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(key)
    session.environment = Environment.PREPRODUCTION  # type: ignore[attr-defined] # of our own sessions
    return session


def _keep_session_of_preproduction(response: HttpResponseBase, session: SessionBase) -> None:
    session.save()
    response.set_cookie(
        f"{settings.SESSION_COOKIE_NAME}{settings.PREPRODUCTION_COOKIES}",
        session.session_key or "",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=settings.SESSION_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def _later(moment: datetime, workdays: int, days: int) -> datetime:
    here = moment.astimezone(AMSTERDAM)
    day = add_workdays(here.date(), workdays) if workdays else here.date() + timedelta(days=days)
    return datetime.combine(day, here.time(), AMSTERDAM)


@audience(Audience.DEMO)
@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Move the clock forward, for every part of this installation."""
    step = STEPS.get(request.POST.get("stap", ""))
    if step is None:
        return redirect("trying_out:start")
    now = clock.now()
    clock.move_forward(_later(now, *step) - now)
    return HttpResponseRedirect(f"{reverse('trying_out:start')}?klok=verzet")


@audience(Audience.DEMO)
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """Every e-mail that was sent, newest first, in pages."""
    page = Page(page_number(request), count_mail())
    mails = read_mail(page.size, start=page.start)
    return render(request, "trying_out/mail.html", {"mails": mails, "page": page})
