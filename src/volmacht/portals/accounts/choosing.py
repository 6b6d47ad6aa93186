"""Task: choose as whom to act, for who works for several organisations, or for one and for the operator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from volmacht.portals.accounts.where import begin_as, capacities
from volmacht.portals.shared.account_session import account_visitor
from volmacht.portals.shared.audience import Audience, audience, local_path
from volmacht.portals.shared.kept_plan import keep_plan_of

ORGANISATIONS = ("/organisatie/", "/en/organisatie/")  # pages of another portal, which is not imported here


@audience(Audience.ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Every way to act that there is now; the choice counts until another one, or until logging out."""
    login = account_visitor(request)
    ways = capacities(login.account_id)
    continue_at = local_path(request.GET.get("verder")) or ""
    keep_plan_of(request, continue_at)
    if request.method == "POST":
        chosen = next((way for way in ways if way.key == request.POST.get("als")), None)
        return begin_as(request, chosen, continue_at) if chosen else redirect(request.get_full_path())
    if not ways:
        # Whoever wants to begin an application and belongs to nobody yet begins with their organisation.
        return redirect("accounts:sign-up" if continue_at.startswith(ORGANISATIONS) else "accounts:own")
    context = {"ways": ways, "now": (login.organisation_id, login.staff_id)}
    return render(request, "accounts/choose.html", context)
