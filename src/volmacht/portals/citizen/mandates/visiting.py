"""What every page of this package asks first: who is there, is it theirs, what was typed, what was just done."""

from enum import StrEnum
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse

from volmacht.mandates.queries import MandateEntry, mandate_for
from volmacht.portals.shared.dates import language
from volmacht.portals.shared.kept_forms import typed
from volmacht.portals.shared.login_session import LoggedIn, logged_in

__all__ = [
    "HAPPENED",
    "Happened",
    "happened",
    "language",
    "own_mandate",
    "to_mandate",
    "to_my_data",
    "typed",
    "visitor",
]

HAPPENED = "gedaan"


class Happened(StrEnum):
    """What was just done, as it stands in the address of the page that says so."""

    RESTRICTED = "beperkt"
    RENEWED = "verlengd"
    PROPOSED = "gevraagd"
    DECLINED = "niet-verlengd"
    ENDED = "gestopt"
    DISPUTED = "klopt-niet"
    NOTED = "opgeschreven"
    TOO_LATE = "te-laat"
    EMAIL_GIVEN = "e-mail"
    EMAIL_REMOVED = "geen-e-mail"
    LANGUAGE_CHOSEN = "taal"


def visitor(request: HttpRequest) -> LoggedIn:
    """The person who is logged in; for views whose audience is CITIZEN."""
    login = logged_in(request)
    if login is None:
        raise PermissionDenied
    return login


def own_mandate(request: HttpRequest, mandate_id: UUID) -> MandateEntry:
    """A mandate that the visitor gave or received. Raises Http404, also for somebody else's."""
    entry = mandate_for(mandate_id, visitor(request).party_id)
    if entry is None:
        raise Http404
    return entry


def happened(request: HttpRequest) -> Happened | None:
    """What the address says was just done; whether it is so, the page must check."""
    said = request.GET.get(HAPPENED, "")
    return Happened(said) if said in set(Happened) else None


def to_mandate(mandate_id: UUID, what: Happened) -> HttpResponseRedirect:
    """To the page of a mandate, which says what was done."""
    return HttpResponseRedirect(f"{reverse('mandates:mandate', args=[mandate_id])}?{HAPPENED}={what}")


def to_my_data(what: Happened) -> HttpResponseRedirect:
    """To my data, which says what was done."""
    return HttpResponseRedirect(f"{reverse('mandates:my-data')}?{HAPPENED}={what}")
