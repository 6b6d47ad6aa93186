"""What was just done on these pages: to the page that says so, and what that page finds (see `just_done`)."""

from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from volmacht.portals.shared import just_done

MY_DATA = "my-data"


class Happened(StrEnum):
    """What was just done, as templates name it."""

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


def to_mandate(request: HttpRequest, mandate_id: UUID, what: Happened) -> HttpResponseRedirect:
    """To the page of a mandate, which says what was done."""
    just_done.note(request, str(mandate_id), what)
    return redirect("mandates:mandate", mandate_id)


def to_my_data(request: HttpRequest, what: Happened) -> HttpResponseRedirect:
    """To my data, which says what was done."""
    just_done.note(request, MY_DATA, what)
    return redirect("mandates:my-data")


def happened_to_mandate(request: HttpRequest, mandate_id: UUID) -> Happened | None:
    """What was just done to a mandate, once; whether it is still so, the page must check."""
    return _happened(just_done.take(request, str(mandate_id)))


def happened_to_my_data(request: HttpRequest) -> Happened | None:
    """What was just done to my data, once; whether it is still so, the page must check."""
    return _happened(just_done.take(request, MY_DATA))


def _happened(what: str) -> Happened | None:
    return Happened(what) if what in set(Happened) else None
