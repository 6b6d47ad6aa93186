"""Organisations that connect: found by name or number, and one of them with its proof, members, suppliers and cases."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from volmacht.audience import needs
from volmacht.onboarding import queries
from volmacht.onboarding.queries import KnownConfiguration
from volmacht.paging import SIZE, Page, page_number
from volmacht.parties import queries as parties
from volmacht.parties.queries import KnownConnectingOrganisation, Member
from volmacht.portals.shared.account_words import MEMBER_ROLES
from volmacht.portals.shared.case_words import KINDS, STATES
from volmacht.portals.shared.environment_words import ENVIRONMENTS
from volmacht.portals.shared.filters import FilterForm
from volmacht.portals.shared.just_done import take
from volmacht.portals.shared.parts import SummaryRow, Text
from volmacht.portals.staff.acting import desk_actor, desk_organisation
from volmacht.portals.staff.showing import show
from volmacht.portals.staff.words import PROOFS
from volmacht.rules.environment import Environment
from volmacht.rules.roles import MemberRole, Permission
from volmacht.rules.searching import words


class SearchForm(FilterForm):
    """What to look for."""

    zoek = forms.CharField(
        label=_("Zoeken"), help_text=_("Naam, OIN of KvK-nummer"), required=False, max_length=200
    )


@needs(Permission.SEE_CASES)
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All of them, or those with every word."""
    form = SearchForm(request.GET)
    wanted = words(form.cleaned_data["zoek"]) if form.is_valid() else []
    number = page_number(request)
    found, total = parties.find_organisations(wanted, start=(number - 1) * SIZE, rows=SIZE)
    context = {
        "form": form,
        "found": found,
        "page": Page(number, total),
        "searched": bool(wanted),
    }
    return show(request, "organisations.html", context)


@needs(Permission.SEE_CASES)
@require_safe
def organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """One of them."""
    one = desk_organisation(request, organisation_id)
    actor = desk_actor(request)
    context = {
        "organisation": one,
        "facts": facts(one),
        "members": [(member, roles_of(member)) for member in parties.members(one.id)],
        "suppliers": parties.consents(one.id),
        "clients": parties.clients_of(one.id),
        "cases": [(row, KINDS[row.kind], STATES[row.state]) for row in queries.cases_of(one.id, actor)],
        "runs": [_running(version) for version in queries.what_runs(one.id, actor)],
        "done": take(request, f"organisatie {one.id}"),
    }
    return show(request, "organisation.html", context)


def facts(one: KnownConnectingOrganisation) -> list[SummaryRow]:
    """What is known of it."""
    how = PROOFS[one.proven_how] if one.proven_how else gettext("ja")
    rows = [
        SummaryRow("OIN", one.oin),
        SummaryRow(gettext("KvK-nummer"), one.kvk_number),
        SummaryRow(gettext("Soort"), gettext("Leverancier") if one.is_supplier else gettext("Aanbieder")),
        SummaryRow(gettext("Organisatie bewezen"), how if one.proven else gettext("nee")),
        SummaryRow(
            gettext("Tekenbevoegde bewezen"), gettext("ja") if one.signatory_proven else gettext("nee")
        ),
    ]
    if not one.is_supplier:
        rows += [
            SummaryRow(gettext("Naam in de ALB-lijst"), one.alb_name),
            SummaryRow(gettext("Publieke taak"), one.public_task),
            SummaryRow(gettext("Wet"), one.legal_basis),
        ]
    return rows


def roles_of(member: Member) -> list[Text]:
    """The roles of a member, in words."""
    return [MEMBER_ROLES[role] for role in MemberRole if role in member.roles]


def _running(version: KnownConfiguration) -> dict[str, object]:
    return {"version": version, "environment": ENVIRONMENTS[Environment(version.environment)]}
