"""Who works at the desk: the list, proposals about people and roles, and a new link to log in with (DM-64)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from volmacht.audience import needs
from volmacht.parties import queries as parties
from volmacht.parties.operations import propose_staff_change, reject_staff_change
from volmacht.parties.queries import KnownStaff
from volmacht.portals.shared.account_mail import approve_and_mail, mail_employee
from volmacht.portals.shared.account_words import STAFF_ROLES, objection_words
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.shared.page_language import language
from volmacht.portals.shared.parts import Text
from volmacht.portals.staff.acting import employee, names_of_employees
from volmacht.portals.staff.employee_form import EmployeeForm
from volmacht.portals.staff.showing import filled, show
from volmacht.rules.accounts import AccountObjection
from volmacht.rules.roles import Permission, StaffRole

PAGE = "medewerkers"


def in_words(roles: frozenset[StaffRole]) -> list[Text]:
    """The roles of an employee."""
    return [STAFF_ROLES[role] for role in StaffRole if role in roles]


@needs(Permission.MANAGE_STAFF)
@require_safe
def employees(request: HttpRequest) -> HttpResponse:
    """Everybody, and what is proposed."""
    own, names = employee(request), names_of_employees()
    context = {
        "own": own.id,
        "employees": [(one, in_words(one.roles)) for one in parties.staff()],
        "proposals": [
            (one, in_words(one.roles), names.get(one.proposed_by, ""))
            for one in parties.staff_changes(only_open=True)
        ],
        "done": take(request, PAGE),
    }
    return show(request, "employees.html", context)


@needs(Permission.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Propose somebody new."""
    if request.method == "POST":
        return _propose(request, None)
    context = {"form": filled(request, EmployeeForm, {"blijft": True}), "somebody": None}
    return show(request, "employee.html", context)


@needs(Permission.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Propose other roles, another name, or that somebody stops."""
    somebody = parties.staff_member_by_id(staff_id)
    if somebody is None:
        raise Http404
    if request.method == "POST":
        return _propose(request, somebody)
    initial = {
        "naam": somebody.name,
        "email": somebody.email,
        "rollen": sorted(somebody.roles),
        "blijft": somebody.active,
    }
    context = {"form": filled(request, EmployeeForm, initial), "somebody": somebody}
    return show(request, "employee.html", context)


def _propose(request: HttpRequest, somebody: KnownStaff | None) -> HttpResponse:
    form = EmployeeForm(request.POST)
    if not form.is_valid():
        return show_again(request)
    proposed = propose_staff_change(
        by=employee(request).id,
        name=form.cleaned_data["naam"],
        email=form.cleaned_data["email"],
        roles={StaffRole(role) for role in form.cleaned_data["rollen"]},
        staff_id=somebody.id if somebody else None,
        active=form.cleaned_data["blijft"],
    )
    if isinstance(proposed, AccountObjection):
        return show_again(request, objection=proposed, status=409)
    accepted(request)
    return _back(request, gettext("Het voorstel staat klaar. Een andere servicemanager keurt het goed."))


@needs(Permission.MANAGE_STAFF)
@require_POST
def approve(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Carry out what another proposed; somebody new gets a link by e-mail."""
    done = approve_and_mail(change_id, by=employee(request).id, language=language())
    if isinstance(done, AccountObjection):
        return _refused(request, done)
    return _back(request, gettext("Het voorstel is uitgevoerd."))


@needs(Permission.MANAGE_STAFF)
@require_POST
def reject(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Close a proposal without carrying it out."""
    objection = reject_staff_change(change_id, by=employee(request).id)
    return (
        _refused(request, objection) if objection else _back(request, gettext("Het voorstel gaat niet door."))
    )


@needs(Permission.MANAGE_STAFF)
@require_POST
def invite(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Mail a new link to somebody who did not log in yet, or lost what they log in with."""
    somebody = parties.staff_member_by_id(staff_id)
    if somebody is None:
        raise Http404
    objection = mail_employee(somebody.email, language=language())
    return _refused(request, objection) if objection else _back(request, gettext("De e-mail is verstuurd."))


def _back(request: HttpRequest, what: str) -> HttpResponse:
    note(request, PAGE, what)
    return redirect("staff:employees")


def _refused(request: HttpRequest, objection: AccountObjection) -> HttpResponse:
    return show(request, "refused.html", {"words": objection_words(objection)}, status=409)
