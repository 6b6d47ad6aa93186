"""The pages about connecting, as the menu beside each of them; `show` renders a page with that menu."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from volmacht.portals.shared.context import FrameLink

SECTIONS: tuple[tuple[str, Promise], ...] = (
    ("public:overview", gettext_lazy("Over aansluiten")),
    ("public:steps", gettext_lazy("De zes stappen")),
    ("public:plan", gettext_lazy("Maak uw plan")),
    ("public:costs", gettext_lazy("Kosten")),
    ("public:documentation", gettext_lazy("Documentatie")),
    ("public:contact", gettext_lazy("Contact")),
)


def show(
    request: HttpRequest, template: str, values: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    """A page of this portal, with the menu of all of them."""
    sections = [
        FrameLink(address, text, request.path == address)
        for address, text in ((reverse(name), text) for name, text in SECTIONS)
    ]
    return render(request, f"public/{template}", {**(values or {}), "sections": sections}, status=status)
