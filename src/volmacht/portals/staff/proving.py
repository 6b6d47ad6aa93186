"""Task: record that an organisation, or who signs for it, is who they say: what was checked is a closed list."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from volmacht.audience import needs
from volmacht.parties import queries as parties
from volmacht.parties.operations import record_proof_of_organisation, record_proof_of_signatory
from volmacht.parties.queries import KnownConnectingOrganisation
from volmacht.portals.shared.just_done import note
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.staff.acting import desk_actor, desk_organisation
from volmacht.portals.staff.showing import filled, show
from volmacht.portals.staff.words import PROOFS
from volmacht.rules.accounts import BY_ASSESSOR, AccountObjection, ProofHow
from volmacht.rules.roles import MemberRole, Permission


class ProofForm(forms.Form):
    """What was checked; never the number of a document."""

    use_required_attribute = False
    hoe = forms.ChoiceField(
        label=_("Wat hebt u vastgesteld?"),
        choices=[(how.value, PROOFS[how]) for how in ProofHow if how in BY_ASSESSOR],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat u hebt vastgesteld.")},
    )


@needs(Permission.RECORD_PROOF)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Of an organisation."""
    one = desk_organisation(request, organisation_id)
    if request.method == "POST":
        return _record(request, one, None)
    return _page(request, one, "")


@needs(Permission.RECORD_PROOF)
@require_http_methods(["GET", "HEAD", "POST"])
def signatory(request: HttpRequest, organisation_id: UUID, account_id: UUID) -> HttpResponse:
    """Of who signs for it."""
    one = desk_organisation(request, organisation_id)
    member = parties.member(account_id, one.id)
    if member is None or MemberRole.SIGNATORY not in member.roles:
        raise Http404
    if request.method == "POST":
        return _record(request, one, account_id)
    return _page(request, one, member.name)


def _page(request: HttpRequest, one: KnownConnectingOrganisation, who: str) -> HttpResponse:
    return show(request, "prove.html", {"organisation": one, "who": who, "form": filled(request, ProofForm)})


def _record(request: HttpRequest, one: KnownConnectingOrganisation, account_id: UUID | None) -> HttpResponse:
    form = ProofForm(request.POST)
    if not form.is_valid():
        return show_again(request)
    by, how = desk_actor(request).id, ProofHow(form.cleaned_data["hoe"])
    objection: AccountObjection | None
    if by is None:
        objection = AccountObjection.NOT_ALLOWED
    elif account_id is None:
        objection = record_proof_of_organisation(by=by, organisation_id=one.id, how=how)
    else:
        objection = record_proof_of_signatory(by=by, organisation_id=one.id, account_id=account_id, how=how)
    if objection:
        return show_again(request, objection=objection, status=409)
    accepted(request)
    note(request, f"organisatie {one.id}", gettext("Het bewijs is vastgelegd."))
    return redirect("staff:organisation", one.id)
