"""Task: find what there is to read about connecting. Lists only what can be read now."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from volmacht.portals.public.sections import show
from volmacht.portals.shared.audience import Audience, audience


@audience(Audience.PUBLIC)
@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Everything there is to read, with what each document is for."""
    return show(request, "documentation.html")


@audience(Audience.PUBLIC)
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The choices of step 1: a chapter for each, with the options, advice, and what follows from it (CN-24)."""
    return show(request, "guide.html")
