"""Tasks: who works for the organisation, with which roles; invite, change, remove; which supplier may act for it."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from volmacht.audience import Audience, audience, needs_right
from volmacht.limits.operations import Limited, allow
from volmacht.parties import queries as parties
from volmacht.parties.operations import (
    change_member_roles,
    end_supplier_consent,
    give_supplier_consent,
    remove_member,
    withdraw_invitation,
)
from volmacht.portals.organisation.acting import own_rights
from volmacht.portals.shared.account_mail import invite_by_mail
from volmacht.portals.shared.account_session import account_visitor, acting_for
from volmacht.portals.shared.account_words import MEMBER_ROLES, objection_words
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again, typed
from volmacht.portals.shared.page_language import language
from volmacht.rules.accounts import AccountObjection
from volmacht.rules.roles import MemberRole, Right

PAGE: Final = "medewerkers"


class RolesForm(forms.Form):
    """What somebody is for."""

    use_required_attribute = False
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Rollen"),
        help_text=gettext_lazy("Iemand mag meer dan één rol hebben."),
        choices=[(role.value, words) for role, words in MEMBER_ROLES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Kies ten minste één rol.")},
    )

    @property
    def chosen(self) -> list[MemberRole]:
        """The roles of a form that is valid."""
        return [MemberRole(role) for role in self.cleaned_data["roles"]]


class InvitationForm(RolesForm):
    """Who is invited."""

    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Vul een e-mailadres in."),
            "invalid": gettext_lazy("Vul een heel e-mailadres in, bijvoorbeeld naam@organisatie.nl."),
        },
    )
    field_order = ("email", "roles")


class SupplierForm(forms.Form):
    """Which supplier may act."""

    use_required_attribute = False
    supplier_oin = forms.CharField(
        label=gettext_lazy("OIN van de leverancier"),
        help_text=gettext_lazy("20 cijfers. U vindt het in het OIN-register, of vraag het uw leverancier."),
        max_length=40,
        error_messages={"required": gettext_lazy("Vul het OIN in.")},
    )


@audience(Audience.MEMBER)
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Everybody who works for the organisation, open invitations, and suppliers that may act for it."""
    organisation = parties.connecting_organisation(acting_for(request))
    if organisation is None:
        raise Http404
    rights = own_rights(request)
    context = {
        "organisation": organisation,
        "members": [
            (member, [MEMBER_ROLES[role] for role in MemberRole if role in member.roles])
            for member in parties.members(organisation.id)
        ],
        "invitations": parties.open_invitations(organisation.id) if Right.MANAGE_MEMBERS in rights else [],
        "consents": parties.consents(organisation.id),
        "may_manage": Right.MANAGE_MEMBERS in rights,
        "may_sign": Right.SIGN in rights,
        "me": account_visitor(request).account_id,
        "done": take(request, PAGE),
    }
    return render(request, "organisation/members.html", context)


def _answer(
    request: HttpRequest,
    form: forms.Form,
    carry_out: Callable[[], object],
    template: str,
    context: dict[str, object],
    done: str,
) -> HttpResponse:
    """Carry out a form of these pages, or show it again with why not."""
    if request.method == "POST":
        if not form.is_valid():
            return show_again(request)
        outcome = carry_out()
        if isinstance(outcome, AccountObjection):
            return show_again(request, objection=outcome, status=409)
        accepted(request)
        note(request, PAGE, done)
        return redirect("organisation:members")
    again = shown_again(request)
    words = objection_words(again.objection) if again and again.objection else None
    values = {"form": form, "words": words, "objection": again.objection if again else None, **context}
    return render(request, template, values, status=again.status if again else 200)


@needs_right(Right.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """By e-mail; the link works for two weeks, once."""
    form = InvitationForm(typed(request))

    def carry_out() -> object:
        if not allow(Limited.INVITE_PER_ORGANISATION, str(acting_for(request))):
            return AccountObjection.TOO_MANY_TRIES
        return invite_by_mail(
            by=account_visitor(request).account_id,
            organisation_id=acting_for(request),
            email=form.cleaned_data["email"],
            roles=form.chosen,
            language=language(),
        )

    return _answer(
        request, form, carry_out, "organisation/invite.html", {}, gettext("De uitnodiging is verstuurd.")
    )


@needs_right(Right.MANAGE_MEMBERS)
@require_POST
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """An invitation that does not work any more."""
    outcome = withdraw_invitation(invitation_id, by=account_visitor(request).account_id)
    text = objection_words(outcome).title if outcome else gettext("De uitnodiging werkt niet meer.")
    note(request, PAGE, str(text))
    return redirect("organisation:members")


def _member(request: HttpRequest, account_id: UUID) -> parties.Member:
    found = parties.member(account_id, acting_for(request))
    if found is None:
        raise Http404
    return found


@needs_right(Right.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Other roles for somebody."""
    who = _member(request, account_id)
    form = RolesForm(typed(request), initial={"roles": sorted(who.roles)})

    def carry_out() -> object:
        return change_member_roles(
            by=account_visitor(request).account_id,
            organisation_id=acting_for(request),
            account_id=account_id,
            roles=form.chosen,
            without_signatory="zonder-tekenbevoegde" in request.POST,
        )

    return _answer(
        request,
        form,
        carry_out,
        "organisation/roles.html",
        {"member": who},
        gettext("De rollen zijn veranderd."),
    )


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Somebody does not work here any more; everybody may remove themselves."""
    who = _member(request, account_id)
    me = account_visitor(request).account_id
    if account_id != me and Right.MANAGE_MEMBERS not in own_rights(request):
        raise Http404
    form = forms.Form(typed(request))

    def carry_out() -> object:
        return remove_member(
            by=me,
            organisation_id=acting_for(request),
            account_id=account_id,
            without_signatory="zonder-tekenbevoegde" in request.POST,
        )

    context: dict[str, object] = {"member": who, "is_me": account_id == me}
    answer = _answer(
        request,
        form,
        carry_out,
        "organisation/member_remove.html",
        context,
        gettext("Deze medewerker kan er niet meer bij."),
    )
    gone = request.method == "POST" and parties.member(me, acting_for(request)) is None
    return redirect("accounts:own") if gone else answer


@needs_right(Right.SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    """Let a supplier act for the organisation."""
    form = SupplierForm(typed(request))

    def carry_out() -> object:
        return give_supplier_consent(
            by=account_visitor(request).account_id,
            provider_id=acting_for(request),
            supplier_oin=form.cleaned_data["supplier_oin"],
        )

    return _answer(
        request,
        form,
        carry_out,
        "organisation/consent.html",
        {},
        gettext("De leverancier kan nu voor u werken."),
    )


@needs_right(Right.SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def end_consent(request: HttpRequest, supplier_id: UUID) -> HttpResponse:
    """A supplier does not act for the organisation any more."""
    found = next(
        (one for one in parties.consents(acting_for(request)) if one.supplier_id == supplier_id), None
    )
    if found is None:
        raise Http404
    form = forms.Form(typed(request))

    def carry_out() -> object:
        return end_supplier_consent(
            by=account_visitor(request).account_id, provider_id=acting_for(request), supplier_id=supplier_id
        )

    return _answer(
        request,
        form,
        carry_out,
        "organisation/consent_end.html",
        {"consent": found},
        gettext("De leverancier kan er niet meer bij."),
    )
