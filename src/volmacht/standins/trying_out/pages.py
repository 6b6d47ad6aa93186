"""The page /proef: who there is, become one of them, the mail that was sent, and the clock."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from volmacht import clock
from volmacht.audience import Audience, audience
from volmacht.logins.operations import Sent, begin_portal_visit, keep_visit, log_in_services
from volmacht.notifications.adapters.folder import read_mail
from volmacht.posting import self_posting
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

MAILS = 100
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
        "moved": request.GET.get("klok") == "verzet",
    }
    return render(request, "trying_out/start.html", context)


@audience(Audience.DEMO)
@require_POST
def become(request: HttpRequest) -> HttpResponseBase:
    """Log in as somebody in one click: the stand-in is told at once who comes, at their highest level.

    The number goes in the body of the form only, from page to page.
    """
    named = request.POST.get("medewerker", "")
    kind = PartyKind.ORGANISATION if named else PartyKind.PERSON
    named = named or request.POST.get("persoon", "")
    if not (employee(named) if kind is PartyKind.ORGANISATION else with_bsn(named)):
        return redirect("trying_out:start")
    service = next((one for one in log_in_services() if one.kind is kind), None)
    sent = begin_portal_visit(service.entity_id) if service else None
    if not isinstance(sent, Sent):
        return render(request, "trying_out/not_now.html", status=503)
    keep_visit(request.session, sent, continue_at=reverse("mandates:mine"), language=get_language() or "")
    return self_posting(request, sent.location, {**sent.fields, "persoon": named})


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
    """Every e-mail that was sent, newest first."""
    return render(request, "trying_out/mail.html", {"mails": read_mail(MAILS)})
