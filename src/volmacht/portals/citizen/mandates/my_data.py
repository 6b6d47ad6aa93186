"""Task: see what is known about me, choose how I get messages, and take everything along (DM-44).

In production only: a party is the same one in every environment, and pre-production shows nothing of it (decision
0041).
"""

import json
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.operations import record
from volmacht.mandates.queries import everything_about
from volmacht.notifications.queries import messages_about
from volmacht.parties import queries as parties
from volmacht.parties.operations import choose_language
from volmacht.parties.queries import KnownEmailAddress, KnownParty
from volmacht.portals.citizen.mandates.happened import Happened, happened_to_my_data, to_my_data
from volmacht.portals.citizen.mandates.personal_words import readable
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.email_address import waiting_address
from volmacht.portals.shared.environments import only_in_production
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again, typed
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.page_language import language
from volmacht.portals.shared.parts import SummaryRow
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind

LANGUAGES = (("nl", gettext_lazy("Nederlands")), ("en", gettext_lazy("Engels")))


class LanguageForm(forms.Form):
    """In which language messages are written."""

    use_required_attribute = False
    language = forms.ChoiceField(
        label=gettext_lazy("In welke taal wilt u onze e-mails?"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies een taal.")},
    )


def _rows(person: KnownParty) -> list[SummaryRow]:
    if person.kind is PartyKind.ORGANISATION:
        number = SummaryRow(gettext("KvK-nummer"), str(parties.kvk_of(person.id) or "–"))
        return [SummaryRow(gettext("Naam"), person.name), number]
    bsn = parties.bsn_of(person.id)
    return [
        SummaryRow(gettext("Naam"), person.name),
        SummaryRow(gettext("Geboren op"), written_date(person.birth_date) if person.birth_date else "–"),
        SummaryRow(gettext("Burgerservicenummer (BSN)"), bsn.masked if bsn else "–"),
    ]


def _confirmed(request: HttpRequest, addresses: list[KnownEmailAddress]) -> Happened | None:
    what = happened_to_my_data(request)
    fits = {
        Happened.EMAIL_GIVEN: waiting_address(addresses) is not None,
        Happened.EMAIL_REMOVED: not addresses,
        Happened.LANGUAGE_CHOSEN: True,
    }
    return what if what and fits.get(what, False) else None


def _myself(request: HttpRequest) -> KnownParty:
    person = parties.party(visitor(request).party_id)
    if person is None:
        raise RuntimeError("somebody is logged in whom the register does not have")
    return person


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@only_in_production
def my_data(request: HttpRequest) -> HttpResponse:
    """Who I am here, how I get messages, and what I can do with my data. POST chooses the language of e-mails."""
    person = _myself(request)
    form = LanguageForm(typed(request), initial={"language": person.language})
    if request.method == "POST":
        if not form.is_valid():
            return show_again(request)
        refused = choose_language(person.id, form.cleaned_data["language"])
        if refused:
            return show_again(request, refused=refused, status=409)
        accepted(request)
        return to_my_data(request, Happened.LANGUAGE_CHOSEN)
    addresses = parties.email_addresses(person.id)
    context = {
        "rows": _rows(person),
        "form": form,
        "used": next((known for known in addresses if known.confirmed_at), None),
        "waiting": waiting_address(addresses),
        "addresses": addresses,
        "happened": _confirmed(request, addresses),
    }
    again = shown_again(request)
    return render(request, "citizen_mandates/my_data.html", context, status=again.status if again else 200)


def _messages(party_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "kind": message.kind.value,
            "as": message.side.value if message.side else None,
            "state": message.state.value,
            "written_at": message.written_at.isoformat(),
            "delivered_at": message.delivered_at.isoformat() if message.delivered_at else None,
        }
        for message in messages_about(party_id, environment=Environment.PRODUCTION)
    ]


def _identity(person: KnownParty) -> dict[str, Any]:
    if person.kind is PartyKind.ORGANISATION:
        number = parties.kvk_of(person.id)
        return {
            "id": str(person.id),
            "kvk_number": number.value if number else None,
            "name": person.name,
            "blocked": person.blocked,
        }
    bsn = parties.bsn_of(person.id)
    return {
        "id": str(person.id),
        "bsn": bsn.value if bsn else None,
        "name": person.name,
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "birth_year": person.birth_year,
        "died_on": person.died_on.isoformat() if person.died_on else None,
        "under_guardianship": person.under_guardianship,
        "blocked": person.blocked,
        "language": person.language,
    }


def everything(person: KnownParty) -> dict[str, Any]:
    """Everything that is kept about a person or organisation, as plain values; read by that party only."""
    return {
        "made_at": clock.now().isoformat(),
        "person": _identity(person),
        "email_addresses": [
            {
                "address": known.address,
                "language": known.language,
                "given_at": known.given_at.isoformat(),
                "confirmed_at": known.confirmed_at.isoformat() if known.confirmed_at else None,
            }
            for known in parties.email_addresses(person.id)
        ],
        **everything_about(person.id, language(), environment=Environment.PRODUCTION),
        "messages": _messages(person.id),
    }


@transaction.atomic
def _note_download(person: KnownParty, employee: str) -> None:
    record(
        EventKind.PERSONAL_DATA_DOWNLOADED,
        actor=person.acting(employee),
        subject_id=person.id,
        object_id=person.id,
    )


@audience(Audience.CITIZEN)
@require_safe
@only_in_production
def my_data_json(request: HttpRequest) -> HttpResponse:
    """Everything, for another program."""
    person = _myself(request)
    _note_download(person, visitor(request).employee)
    content = json.dumps(everything(person), ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    name = gettext("mijn-gegevens.json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@audience(Audience.CITIZEN)
@require_safe
@only_in_production
def my_data_print(request: HttpRequest) -> HttpResponse:
    """Everything, for people: to read or to print."""
    person = _myself(request)
    _note_download(person, visitor(request).employee)
    context = {"made_at": clock.now(), "sections": readable(everything(person))}
    return render(request, "citizen_mandates/my_data_print.html", context)
