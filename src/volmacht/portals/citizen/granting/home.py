"""The home page: what Volmacht is, and the two ways in. For everybody; asks no database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from volmacht.portals.shared.audience import Audience, audience


@audience(Audience.PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Begin here."""
    return render(request, "citizen_granting/home.html")
