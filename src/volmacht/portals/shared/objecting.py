"""Why something was not done to a case, told by the page of the form, with what was typed still in it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from volmacht.portals.shared.case_words import OBJECTIONS
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.kept_forms import show_again
from volmacht.portals.shared.wording import Words
from volmacht.rules.onboarding.cases import Objection

CONFLICT = 409


def again_because(request: HttpRequest, objection: Objection) -> HttpResponse:
    """Back to the form that was posted, which says why."""
    note(request, _page(request), objection.value)
    return show_again(request, status=CONFLICT)


def go_because(request: HttpRequest, objection: Objection, address: str) -> HttpResponse:
    """To another page, which says why: for a button that has nothing typed with it."""
    note(request, f"bezwaar {address}", objection.value)
    return HttpResponseRedirect(address)


def objected(request: HttpRequest) -> Words | None:
    """What this page has to say of the last attempt, once."""
    code = take(request, _page(request))
    return OBJECTIONS[Objection(code)] if code else None


def _page(request: HttpRequest) -> str:
    return f"bezwaar {request.path}"
