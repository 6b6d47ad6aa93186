"""Task: see and change one's own account: name, language, password, second steps, recovery codes, other sessions."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from volmacht.limits.operations import Limited, allow, forget
from volmacht.parties import queries as parties
from volmacht.parties.operations import (
    change_account,
    change_password,
    end_sessions,
    remove_passkey,
    remove_totp,
    renew_recovery_codes,
)
from volmacht.parties.queries import KnownAccount
from volmacht.portals.accounts.again import not_long_ago
from volmacht.portals.accounts.forms import ChangePasswordForm, NameForm
from volmacht.portals.accounts.own_words import DONE
from volmacht.portals.accounts.second_step import CODES
from volmacht.portals.accounts.showing import bound, page
from volmacht.portals.accounts.where import capacities
from volmacht.portals.shared import just_done
from volmacht.portals.shared.account_mail import tell_account
from volmacht.portals.shared.account_session import account_visitor, go_on_here, rename
from volmacht.portals.shared.account_words import objection_words
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.rules.accounts import AccountChange, AccountObjection
from volmacht.rules.roles import Permission, Right, rights_of

PAGE = "account"


def _own(request: HttpRequest) -> KnownAccount:
    known = parties.account(account_visitor(request).account_id)
    if known is None:
        raise Http404
    return known


def _back(request: HttpRequest, what: str) -> HttpResponse:
    just_done.note(request, PAGE, what)
    return redirect("accounts:own")


def _manages_staff(request: HttpRequest) -> bool:
    staff_id = account_visitor(request).staff_id
    staff = parties.staff_member_by_id(staff_id) if staff_id else None
    return staff is not None and Permission.MANAGE_STAFF in staff.permissions


def _may_prove(request: HttpRequest) -> bool:
    """Whether they may bring the proof that they act for an organisation: as its member, or because they claim it."""
    login = account_visitor(request)
    if parties.claim_of(login.account_id):
        return True
    member = parties.member(login.account_id, login.organisation_id) if login.organisation_id else None
    return member is not None and Right.UPLOAD in rights_of(member.roles)


@audience(Audience.ACCOUNT)
@require_http_methods(["GET", "HEAD"])
def own(request: HttpRequest) -> HttpResponse:
    """Everything of the own account on one page."""
    known = _own(request)
    context = {
        "account": known,
        "passkeys": parties.passkeys(known.id),
        "codes_left": parties.recovery_codes_left(known.id),
        "ways": capacities(known.id),
        "may_prove": _may_prove(request),
        "manages_staff": _manages_staff(request),
        "done": DONE.get(just_done.take(request, PAGE)),
    }
    return render(request, "accounts/own.html", context)


@audience(Audience.ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def change_name(request: HttpRequest) -> HttpResponse:
    """Another name or language."""
    known = _own(request)
    form = bound(request, NameForm, {"name": known.name, "language": known.language})
    if request.method != "POST":
        return page(request, "change_name", {"form": form})
    if not form.is_valid():
        return show_again(request)
    objection = change_account(
        known.id, name=form.cleaned_data["name"], language=form.cleaned_data["language"]
    )
    if objection:
        return show_again(request, objection=objection, status=409)
    accepted(request)
    rename(request, form.cleaned_data["name"])
    return _back(request, "name")


@audience(Audience.ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def change_own_password(request: HttpRequest) -> HttpResponse:
    """Another password; every other log-in of this account ends."""
    known = _own(request)
    form = bound(request, ChangePasswordForm)
    if request.method != "POST":
        return page(request, "change_password", {"form": form})
    if not form.is_valid():
        return show_again(request)
    if not allow(Limited.SECOND_FACTOR_PER_ACCOUNT, str(known.id)):
        return show_again(request, objection=AccountObjection.TOO_MANY_TRIES, status=429)
    with transaction.atomic():
        objection = change_password(
            known.id, old=form.cleaned_data["wachtwoord_nu"], new=form.cleaned_data["wachtwoord"]
        )
        if objection is None:
            tell_account(known.id, AccountChange.PASSWORD_CHANGED)
    if objection:
        return show_again(request, objection=objection, status=409)
    forget(Limited.SECOND_FACTOR_PER_ACCOUNT, str(known.id))
    accepted(request)
    go_on_here(request)
    return _back(request, AccountChange.PASSWORD_CHANGED.value)


@audience(Audience.ACCOUNT)
@require_POST
@not_long_ago
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Whoever else is logged in with this account is not any more."""
    end_sessions(account_visitor(request).account_id)
    go_on_here(request)
    return _back(request, "sessions")


@audience(Audience.ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
@not_long_ago
def take_passkey_away(request: HttpRequest, passkey_id: UUID) -> HttpResponse:
    """Ask whether it is sure; POST removes the passkey."""
    known = _own(request)
    passkey = next((one for one in parties.passkeys(known.id) if one.id == passkey_id), None)
    if passkey is None:
        return redirect("accounts:own")
    if request.method != "POST":
        return render(request, "accounts/remove_passkey.html", {"passkey": passkey})
    with transaction.atomic():
        objection = remove_passkey(known.id, passkey_id)
        if objection is None:
            tell_account(known.id, AccountChange.PASSKEY_REMOVED)
    return _refused(request, objection) or _back(request, AccountChange.PASSKEY_REMOVED.value)


@audience(Audience.ACCOUNT)
@require_POST
@not_long_ago
def take_app_away(request: HttpRequest) -> HttpResponse:
    """No codes of an app any more; a passkey must be left."""
    known = _own(request)
    with transaction.atomic():
        objection = remove_totp(known.id)
        if objection is None:
            tell_account(known.id, AccountChange.TOTP_CHANGED)
    return _refused(request, objection) or _back(request, "app_removed")


@audience(Audience.ACCOUNT)
@require_POST
@not_long_ago
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes, shown once; the old ones do not work any more."""
    known = _own(request)
    with transaction.atomic():
        codes = renew_recovery_codes(known.id)
        tell_account(known.id, AccountChange.RECOVERY_CODES_RENEWED)
    request.session[CODES] = {"codes": codes, "verder": reverse("accounts:own")}
    return redirect("accounts:recovery-codes")


def _refused(request: HttpRequest, objection: AccountObjection | None) -> HttpResponse | None:
    if objection is None:
        return None
    context = {"words": objection_words(objection), "onward": reverse("accounts:own")}
    return render(request, "accounts/refused.html", context, status=409)
