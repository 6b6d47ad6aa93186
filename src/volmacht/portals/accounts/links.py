"""Task: ask for a link by e-mail, and use it: for a new account, to set an account up anew, or for a new password.

Who asks gets the same answer whether the address has an account. Looking at a link uses nothing up.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from volmacht.limits.operations import Limited, allow
from volmacht.parties.operations import choose_password, look_at_link, set_up_account
from volmacht.parties.queries import KnownLink, folded_email, staff_member_by_id
from volmacht.portals.accounts import pending
from volmacht.portals.accounts.forms import PasswordForm, SetUpForm
from volmacht.portals.accounts.showing import bound, page
from volmacht.portals.shared.account_mail import mail_link, tell_account
from volmacht.portals.shared.account_words import objection_words
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.email_address import EmailForm
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.shared.kept_plan import keep_plan, kept_plan, start_with_plan
from volmacht.portals.shared.limiting import network_address, too_many
from volmacht.portals.shared.page_language import language
from volmacht.rules.accounts import AccountChange, AccountObjection, LinkPurpose

OVER = 410


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link for a new password."""
    return _ask(request, "forgotten", is_forgotten=True)


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """Ask for a link for an account, to sign an organisation up."""
    return _ask(request, "new_account", is_forgotten=False)


def _ask(request: HttpRequest, name: str, *, is_forgotten: bool) -> HttpResponse:
    form = bound(request, EmailForm)
    if request.method != "POST":
        return page(request, name, {"form": form})
    if not form.is_valid():
        return show_again(request)
    if not allow(Limited.ACCOUNT_PER_ADDRESS, network_address(request)):
        return too_many(request)
    email = form.cleaned_data["email"]
    if allow(Limited.LINK_PER_EMAIL, folded_email(email)):  # else it was mailed often enough: the same answer
        mail_link(email, forgotten=is_forgotten, language=language(), plan=kept_plan(request))
    accepted(request)
    return redirect("accounts:mailed")


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD"])
def mailed(request: HttpRequest) -> HttpResponse:
    """Says to look in the mail, whether or not anything was sent."""
    return render(request, "accounts/mailed.html")


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """What the link is for; a POST uses it."""
    found = look_at_link(secret)
    if isinstance(found, AccountObjection):
        return render(request, "accounts/refused.html", {"words": objection_words(found)}, status=OVER)
    keep_plan(request, request.GET)
    if found.purpose is LinkPurpose.PASSWORD:
        return _password(request, secret)
    return _set_up(request, secret, found)


def _password(request: HttpRequest, secret: str) -> HttpResponse:
    form = bound(request, PasswordForm)
    if request.method != "POST":
        return page(request, "password", {"form": form})
    if not form.is_valid():
        return show_again(request)
    with transaction.atomic():
        whose = choose_password(secret, form.cleaned_data["wachtwoord"])
        if not isinstance(whose, AccountObjection):
            tell_account(whose, AccountChange.PASSWORD_CHANGED)
    if isinstance(whose, AccountObjection):
        return show_again(request, objection=whose, status=409)
    accepted(request)
    return redirect("accounts:log-in")


def _set_up(request: HttpRequest, secret: str, found: KnownLink) -> HttpResponse:
    employee = staff_member_by_id(found.staff_id) if found.staff_id else None
    form = bound(request, SetUpForm, {"language": language(), "name": employee.name if employee else ""})
    if request.method != "POST":
        return page(request, "set_up", {"form": form, "email": found.email})
    if not form.is_valid():
        return show_again(request)
    made = set_up_account(
        secret,
        name=form.cleaned_data["name"],
        password=form.cleaned_data["wachtwoord"],
        language=form.cleaned_data["language"],
    )
    if isinstance(made, AccountObjection):
        return show_again(request, objection=made, status=409)
    accepted(request)
    pending.begin(request, made, start_with_plan(request))
    return redirect("accounts:second-step")
