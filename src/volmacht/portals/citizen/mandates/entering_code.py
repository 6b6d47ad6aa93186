"""Task: enter a code and the BSN of who is to be helped (DM-17, DM-22). A typing error is named, and costs no try."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.code_steps import Entering, enter, entering_page
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.login_session import visitor

SLOT = "mandates.code"


def entering(request: HttpRequest) -> Entering:
    """Who is logged in, as who enters a code."""
    login = visitor(request)
    return Entering(login.party_id, login.level, login.employee, SLOT, environment_of(request))


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Two fields; what they open is shown on the next page before anything is accepted."""
    by = entering(request)
    if request.method == "POST":
        return enter(request, by, here=reverse("mandates:enter-code"), then=reverse("mandates:accept-code"))
    context, status = entering_page(request, by)
    return render(request, "citizen_mandates/enter_code.html", context, status=status)
