"""Task: log in, with a password and then a code, or with a passkey alone.

Unknown address and wrong password get the same answer in the same time. Tries are counted before they are judged, for
an address on the network, for an e-mail address whether it exists or not, and for the second step of an account.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from volmacht.limits.operations import Limited, allow, forget
from volmacht.parties.operations import (
    ask_for_passkey,
    try_passkey,
    try_password,
    use_recovery_code,
    use_totp,
)
from volmacht.parties.queries import account, folded_email
from volmacht.portals.accounts import pending
from volmacht.portals.accounts.again import must_log_in_again
from volmacht.portals.accounts.forms import CodeForm, LogInForm
from volmacht.portals.accounts.showing import bound, page
from volmacht.portals.accounts.where import enter, go_on
from volmacht.portals.shared import parked_work
from volmacht.portals.shared.account_mail import tell_account
from volmacht.portals.shared.account_session import account_login
from volmacht.portals.shared.audience import Audience, audience, local_path
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.shared.kept_plan import keep_plan_of
from volmacht.portals.shared.limiting import network_address, too_many
from volmacht.rules.accounts import AccountChange, AccountObjection, LogInMethod

CHALLENGE = "passkey-challenge"
DIGITS = 6
ANSWER = "passkey_antwoord"


def _continue_at(request: HttpRequest) -> str:
    return local_path(request.GET.get("verder")) or ""


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def log_in_page(request: HttpRequest) -> HttpResponse:
    """The first step: e-mail address and password, or a passkey."""
    keep_plan_of(request, _continue_at(request))
    login = account_login(request)
    again = must_log_in_again(request)
    if login is not None and not again:
        return go_on(request, login, _continue_at(request))
    form = bound(request, LogInForm)
    if request.method == "POST":
        return _with_passkey(request) if ANSWER in request.POST else _with_password(request, form)
    context = {
        "form": form,
        "again": again,
        "interrupted": "verder" in request.GET,
        "kept": "verder" in request.GET and parked_work.is_kept(request.session),
    }
    return page(request, "log_in", context)


def _with_password(request: HttpRequest, form: LogInForm) -> HttpResponse:
    if not form.is_valid():
        return show_again(request)
    if not allow(Limited.ACCOUNT_PER_ADDRESS, network_address(request)):
        return too_many(request)
    email = form.cleaned_data["email"]
    if not allow(Limited.PASSWORD_PER_EMAIL, folded_email(email)):
        return show_again(request, objection=AccountObjection.TOO_MANY_TRIES, status=429)
    whose = try_password(email, form.cleaned_data["wachtwoord"])
    if isinstance(whose, AccountObjection):
        return show_again(request, objection=whose, status=403)
    forget(Limited.PASSWORD_PER_EMAIL, folded_email(email))
    accepted(request)
    known = account(whose)
    pending.begin(request, whose, _continue_at(request))
    return redirect("accounts:code" if known and known.has_second_factor else "accounts:second-step")


@audience(Audience.PUBLIC)
@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """What the page's script asks the browser for; the challenge stays in the session, for one answer."""
    if not allow(Limited.ACCOUNT_PER_ADDRESS, network_address(request)):
        return too_many(request)
    question, challenge = ask_for_passkey()
    request.session[CHALLENGE] = challenge
    return HttpResponse(question, content_type=JsonResponse({}).headers["Content-Type"])


def _with_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey is two factors: the device, and what the device asked of who holds it."""
    if not allow(Limited.ACCOUNT_PER_ADDRESS, network_address(request)):
        return too_many(request)
    challenge = request.session.pop(CHALLENGE, None)
    whose = (
        try_passkey(challenge=challenge, answer=request.POST[ANSWER])
        if challenge
        else AccountObjection.PASSKEY_NOT_ACCEPTED
    )
    known = None if isinstance(whose, AccountObjection) else account(whose)
    if known is None:
        return show_again(request, objection=AccountObjection.PASSKEY_NOT_ACCEPTED, status=403)
    return enter(
        request,
        account_id=known.id,
        name=known.name,
        method=LogInMethod.PASSKEY,
        continue_at=_continue_at(request),
    )


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def code_page(request: HttpRequest) -> HttpResponse:
    """The second step: a code of the app, or a recovery code."""
    who = pending.pending(request)
    if who is None:
        return redirect("accounts:log-in")
    if not who.account.has_second_factor:
        return redirect("accounts:second-step")
    form = bound(request, CodeForm)
    if request.method == "POST":
        if not form.is_valid():
            return show_again(request)
        return _with_code(request, who, form.cleaned_data["inlogcode"])
    return page(request, "code", {"form": form, "has_totp": who.account.has_totp})


def _with_code(request: HttpRequest, who: pending.Pending, code: str) -> HttpResponse:
    account_id = who.account.id
    if not allow(Limited.SECOND_FACTOR_PER_ACCOUNT, str(account_id)):
        return show_again(request, objection=AccountObjection.TOO_MANY_TRIES, status=429)
    digits = "".join(code.split())
    if len(digits) == DIGITS and digits.isdigit():
        method, objection = LogInMethod.TOTP, use_totp(account_id, digits)
    else:
        method, objection = LogInMethod.RECOVERY_CODE, _with_recovery_code(who, code)
    if objection:
        return show_again(request, objection=objection, status=403)
    forget(Limited.SECOND_FACTOR_PER_ACCOUNT, str(account_id))
    pending.forget(request)
    return enter(
        request, account_id=account_id, name=who.account.name, method=method, continue_at=who.continue_at
    )


@transaction.atomic
def _with_recovery_code(who: pending.Pending, code: str) -> AccountObjection | None:
    objection = use_recovery_code(who.account.id, code)
    if objection is None:
        tell_account(who.account.id, AccountChange.RECOVERY_CODE_USED)
    return objection
