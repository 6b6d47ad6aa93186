"""Task: find out whether and how an organisation can connect."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from volmacht.portals.public.entrances import entrances
from volmacht.portals.public.lead_times import lead_times
from volmacht.portals.public.sections import show
from volmacht.portals.shared.audience import Audience, audience


@audience(Audience.PUBLIC)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Who may connect, how long it takes, on what conditions, and where to begin."""
    return show(request, "overview.html", {"entrances": entrances(), "lead_times": lead_times()})
