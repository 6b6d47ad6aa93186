"""Task: who works for the operator, with which roles: one service manager proposes, another approves (DM-64)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from volmacht.parties import queries as parties
from volmacht.parties.operations import propose_staff_change, reject_staff_change
from volmacht.parties.queries import KnownStaff
from volmacht.portals.accounts.showing import bound, page
from volmacht.portals.shared import just_done
from volmacht.portals.shared.account_mail import approve_and_mail
from volmacht.portals.shared.account_session import acting_staff
from volmacht.portals.shared.account_words import STAFF_ROLES, objection_words
from volmacht.portals.shared.audience import needs
from volmacht.portals.shared.email_address import EmailForm
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.shared.parts import Text
from volmacht.rules.accounts import LONGEST_NAME, AccountObjection
from volmacht.rules.roles import Permission, StaffRole

PAGE = "employees"
DONE = {
    "proposed": _("Het voorstel wacht op een andere servicemanager."),
    "approved": _("Het voorstel is uitgevoerd."),
    "rejected": _("Het voorstel is afgewezen."),
}


class EmployeeForm(EmailForm):
    """Somebody new, or what changes of an employee. No role at all: they do not work here any more."""

    name = forms.CharField(
        label=_("Naam"), max_length=LONGEST_NAME, error_messages={"required": _("Vul een naam in.")}
    )
    roles = forms.MultipleChoiceField(
        label=_("Rollen"),
        help_text=_("Kies geen rol voor wie hier niet meer werkt."),
        required=False,
        choices=list(STAFF_ROLES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("name", "email", "roles")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal in words; `mine` when who looks proposed it, or it is about them."""

    id: UUID
    name: str
    email: str
    roles: list[Text]
    active: bool
    proposed_by: str
    mine: bool


def _roles(roles: frozenset[StaffRole]) -> list[Text]:
    return [words for role, words in STAFF_ROLES.items() if role in roles]


def _proposals(who: UUID) -> list[Proposal]:
    names = {one.id: one.name for one in parties.staff()}
    return [
        Proposal(
            one.id,
            one.name,
            one.email,
            _roles(one.roles),
            one.active,
            names.get(one.proposed_by, ""),
            mine=who in {one.proposed_by, one.staff_id},
        )
        for one in parties.staff_changes(only_open=True)
    ]


@needs(Permission.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD"])
def employees(request: HttpRequest) -> HttpResponse:
    """Everybody, and what waits for a decision."""
    context = {
        "staff": [(one, _roles(one.roles)) for one in parties.staff()],
        "proposals": _proposals(acting_staff(request)),
        "done": DONE.get(just_done.take(request, PAGE)),
    }
    return render(request, "accounts/employees.html", context)


@needs(Permission.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def propose_new(request: HttpRequest) -> HttpResponse:
    """Propose somebody new."""
    return _propose(request, None)


@needs(Permission.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def propose_change(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Propose other roles, another name, or that somebody does not work here any more."""
    known = parties.staff_member_by_id(staff_id)
    if known is None:
        raise Http404
    return _propose(request, known)


def _propose(request: HttpRequest, known: KnownStaff | None) -> HttpResponse:
    initial: dict[str, Any] = (
        {"name": known.name, "email": known.email, "roles": sorted(known.roles)} if known else {}
    )
    form = bound(request, EmployeeForm, initial)
    if request.method != "POST":
        return page(request, "propose_employee", {"form": form, "known": known})
    if not form.is_valid():
        return show_again(request)
    roles = [StaffRole(role) for role in form.cleaned_data["roles"]]
    made = propose_staff_change(
        by=acting_staff(request),
        name=form.cleaned_data["name"],
        email=form.cleaned_data["email"],
        roles=roles,
        staff_id=known.id if known else None,
        active=bool(roles) or known is None,
    )
    if isinstance(made, AccountObjection):
        return show_again(request, objection=made, status=409)
    accepted(request)
    just_done.note(request, PAGE, "proposed")
    return redirect("accounts:employees")


@needs(Permission.MANAGE_STAFF)
@require_POST
def decide(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Approve or reject; who proposed it may only reject."""
    approve = request.POST.get("besluit") == "goed"
    who = acting_staff(request)
    found = approve_and_mail(change_id, by=who) if approve else reject_staff_change(change_id, by=who)
    if isinstance(found, AccountObjection):
        context = {"words": objection_words(found), "onward": reverse("accounts:employees")}
        return render(request, "accounts/refused.html", context, status=409)
    just_done.note(request, PAGE, "approved" if approve else "rejected")
    return redirect("accounts:employees")
