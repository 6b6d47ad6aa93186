"""The stand-in for logging in with DigiD: pick an invented person and a level, or stop.

The BSN travels in the form's body only. Ends with a ticket at the address where the visit began; that address
must be one of this site's two, so that nobody is sent elsewhere.
"""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from volmacht.audience import Audience, audience
from volmacht.logins.operations import vouch
from volmacht.logins.queries import authentication_open
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.refusals import Refused
from volmacht.standins.trying_out.people import highest_level, main_characters, search, with_bsn

SIZE = 20
BACK = ("entering:come-back", "choosing:come-back")


def _back(request: HttpRequest) -> str:
    """Where the visit began, in the language of this page: people may change it here."""
    asked = request.GET.get("naar", "")
    for name in BACK:
        for language, _ in settings.LANGUAGES:
            with override(language):
                found = asked == reverse(name)
            if found:
                return reverse(name)
    return reverse(BACK[0])


def _page(text: str) -> int:
    return min(int(text), 1000) if text.isascii() and text.isdigit() and text != "0" else 1


def _level(text: str, levels: tuple[LevelOfAssurance, ...]) -> LevelOfAssurance | None:
    return next((level for level in levels if str(int(level)) == text), None)


@audience(Audience.DEMO)
@require_http_methods(["GET", "POST"])
def authenticate(request: HttpRequest, visit: UUID) -> HttpResponse:
    """Choose who you are; POST comes back with a ticket."""
    if "stoppen" in request.POST:
        return HttpResponseRedirect(_back(request))
    problem = "" if authentication_open(visit) else "over"
    if request.method == "POST" and not problem:
        person = with_bsn(request.POST.get("persoon", ""))
        level = _level(request.POST.get("niveau", ""), person.digid_levels) if person else None
        if person and not level and request.POST.get("niveau", "") in {"", "hoogste"}:
            level = highest_level(person)
        if person is None or level is None:
            problem = "nobody" if person is None else "level"
        else:
            ticket = vouch(visit, bsn=person.bsn, level=level)
            if isinstance(ticket, str):
                return HttpResponseRedirect(f"{_back(request)}?{urlencode({'ticket': ticket})}")
            problem = _problem(ticket)
    text, page = request.GET.get("zoek", "")[:200], _page(request.GET.get("pagina", ""))
    found = search(text, page, SIZE)
    context = {
        "problem": problem,
        "main_characters": [person for person in main_characters() if person.digid_levels],
        "found": found,
        "text": text,
        "back": _back(request),
        "previous": page - 1,
        "next": page + 1 if page * SIZE < found.total else 0,
        "levels": list(LevelOfAssurance),
        "chosen": request.POST.get("persoon", ""),
    }
    return render(request, "trying_out/authenticate.html", context, status=400 if problem else 200)


def _problem(refused: Refused) -> str:
    return str(refused.refusal)
