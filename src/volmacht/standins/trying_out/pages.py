"""The page /proef: who there is, become one of them, the mail that was sent, and the clock."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from volmacht import clock
from volmacht.audience import Audience, audience
from volmacht.logins.operations import begin_authentication, vouch
from volmacht.logins.states import VISIT_KEY
from volmacht.notifications.adapters.folder import read_mail
from volmacht.rules.periods import AMSTERDAM
from volmacht.rules.workdays import add_workdays
from volmacht.standins.trying_out.people import everybody, highest_level, main_characters, with_bsn

MAILS = 100
STEPS = {"1": (1, 0), "5": (5, 0), "90": (0, 90)}  # workdays, calendar days


@audience(Audience.DEMO)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where a newcomer begins."""
    context = {
        "main_characters": main_characters(),
        "number_of_people": len(everybody()),
        "now": clock.now(),
        "sample_provider": settings.VOLMACHT.sample_provider_url,
        "moved": request.GET.get("klok") == "verzet",
    }
    return render(request, "trying_out/start.html", context)


@audience(Audience.DEMO)
@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Log in as somebody in one click, at their highest level."""
    person = with_bsn(request.POST.get("persoon", ""))
    if person is None:
        return redirect("trying_out:start")
    visit = begin_authentication()
    ticket = vouch(visit, bsn=person.bsn, level=highest_level(person))
    if not isinstance(ticket, str):
        return render(request, "trying_out/not_now.html", {"reason": ticket.refusal}, status=503)
    request.session[VISIT_KEY] = {"id": str(visit), "continue_at": reverse("mandates:mine")}
    return HttpResponseRedirect(f"{reverse('entering:come-back')}?{urlencode({'ticket': ticket})}")


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
