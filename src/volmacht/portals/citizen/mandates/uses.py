"""Task: see every use: of the mandates I gave, and those I made myself (DM-40, DM-41)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from volmacht.mandates.queries import list_uses
from volmacht.paging import SIZE, Page, page_number
from volmacht.portals.citizen.mandates.use_words import use_words
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.parts import Text

SHOW = "toon"
FILTERS: dict[str, tuple[Text, bool | None]] = {
    "alles": (gettext_lazy("Alles"), None),
    "ingelogd": (gettext_lazy("Ingelogd"), True),
    "geweigerd": (gettext_lazy("Geweigerd"), False),
}


@audience(Audience.CITIZEN)
@require_safe
def uses(request: HttpRequest) -> HttpResponse:
    """All uses, newest first."""
    party_id = visitor(request).party_id
    asked = request.GET.get(SHOW, "")
    chosen = asked if asked in FILTERS else "alles"
    found = list_uses(
        party_id,
        allowed=FILTERS[chosen][1],
        page=page_number(request),
        size=SIZE,
        environment=environment_of(request),
    )
    context = {
        "uses": [use_words(use, party_id) for use in found.entries],
        "with_number": any(use.employee and use.represented_id == party_id for use in found.entries),
        "page": Page(found.page, found.total),
        "filters": [(f"?{SHOW}={name}", text, name == chosen) for name, (text, _) in FILTERS.items()],
        "chosen": chosen,
    }
    return render(request, "citizen_mandates/uses.html", context)
