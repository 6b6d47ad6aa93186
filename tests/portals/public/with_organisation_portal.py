"""The site as it is once the portal for organisations has its three doors; each says what it was asked."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from volmacht.config.urls import urlpatterns as site
from volmacht.portals.shared.answers import form_with
from volmacht.portals.shared.audience import Audience, audience


@audience(Audience.PUBLIC)
def start(request: HttpRequest) -> HttpResponse:
    """Reads the answers of a plan as the portal does."""
    form = form_with(request.GET)
    return HttpResponse(str(form.answers.choices) if form.is_valid() else "no answers")


DOORS = [
    path("organisatie/start/", start, name="start"),
    path("organisatie/nieuwe-dienst/", start, name="new-service"),
    path("organisatie/wijziging/", start, name="change"),
]
urlpatterns = [*site, path("", include((DOORS, "organisation")))]
