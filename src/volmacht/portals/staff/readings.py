"""Which employee looked at which case or organisation, when and for what: for who may see the audit record."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from volmacht.audience import needs
from volmacht.audit.queries import Happening, ReadingFilter
from volmacht.audit.queries import readings as recorded
from volmacht.onboarding import queries
from volmacht.paging import SIZE, Page, page_number
from volmacht.parties import queries as parties
from volmacht.portals.shared.filters import FilterForm
from volmacht.portals.shared.forms import DutchDateField
from volmacht.portals.shared.parts import Text
from volmacht.portals.staff.acting import names_of_employees
from volmacht.portals.staff.showing import show
from volmacht.portals.staff.words import PURPOSES
from volmacht.rules.periods import start_of
from volmacht.rules.reading import ReadPurpose
from volmacht.rules.roles import Permission
from volmacht.rules.searching import words

MOST_FOUND = 200  # organisations with the same word
ALL = ("", _("Alle"))


class ReadingsForm(FilterForm):
    """What to look for."""

    zoek = forms.CharField(
        label=_("Dossier of organisatie"), help_text=_("Nummer, naam of OIN"), required=False, max_length=200
    )
    wie = forms.ChoiceField(label=_("Medewerker"), required=False)
    waarvoor = forms.ChoiceField(
        label=_("Waarvoor"),
        required=False,
        choices=(ALL, *((one.value, PURPOSES[one]) for one in ReadPurpose)),
    )
    dag = DutchDateField(label=_("Dag"), required=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """One line."""

    moment: datetime
    who: str
    what: str
    address: str
    purpose: Text


@needs(Permission.SEE_AUDIT)
@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    names = names_of_employees()
    form = ReadingsForm(request.GET)
    form.fields["wie"].choices = [ALL, *((str(id_), name) for id_, name in names.items())]  # type: ignore[attr-defined] # of a choice field
    good = form.is_valid()
    number = page_number(request)
    found, total = recorded(_filter(form) if good else ReadingFilter(), start=(number - 1) * SIZE, rows=SIZE)
    context = {
        "form": form,
        "readings": _in_words(found, names),
        "page": Page(number, total),
        "total": total,
        "searched": bool(request.GET.dict().keys() - {"pagina"}),
    }
    return show(request, "readings.html", context, status=200 if good else 400)


def _filter(form: ReadingsForm) -> ReadingFilter:
    given = form.cleaned_data
    day = given["dag"]
    return ReadingFilter(
        by=UUID(given["wie"]) if given["wie"] else None,
        about=_about(given["zoek"]) if given["zoek"].strip() else None,
        purpose=given["waarvoor"],
        since=start_of(day) if day else None,
        before=start_of(day + timedelta(days=1)) if day else None,
    )


def _about(text: str) -> list[UUID]:
    """The cases and organisations that are meant."""
    case_id = queries.case_by_number(text)
    if case_id is not None:
        return [case_id]
    bodies = parties.ids_of_organisations(words(text), most=MOST_FOUND)
    return [*bodies, *queries.ids_of_cases(bodies)]


def _in_words(found: list[Happening], names: dict[UUID, str]) -> list[Reading]:
    numbers = queries.numbers_of([one.object_id for one in found if one.object_id])
    lines = []
    for one in found:
        number = numbers.get(one.object_id, "") if one.object_id else ""
        body = parties.connecting_organisation(one.object_id) if one.object_id and not number else None
        address = reverse("staff:case", args=[number]) if number else ""
        what = number or (body.name if body else gettext("iets dat er niet meer is"))
        if body:
            address = reverse("staff:organisation", args=[body.id])
        who = names.get(one.actor.id, "") if one.actor.id else ""
        lines.append(Reading(one.moment, who, what, address, PURPOSES[ReadPurpose(one.data["purpose"])]))
    return lines
