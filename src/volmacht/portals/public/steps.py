"""Task: read what happens in the six steps of connecting, and who does what."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from volmacht.portals.public.sections import show
from volmacht.portals.shared.audience import Audience, audience


@audience(Audience.PUBLIC)
@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    """The six steps on one page, each with an address of its own (#stap-1 to #stap-6)."""
    return show(request, "steps.html")
