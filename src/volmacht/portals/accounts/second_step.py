"""Task: set up the second step of logging in: an app with codes, or a passkey. Nobody gets further without one.

For who has just chosen a password (`pending`) and for who is logged in and adds or renews one. Recovery codes are
shown once: they come with the first second step, and when asked for.
"""

import segno
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from volmacht.limits.operations import Limited, allow, forget
from volmacht.parties import queries as parties
from volmacht.parties.operations import (
    add_passkey,
    ask_for_new_passkey,
    new_totp_secret,
    renew_recovery_codes,
    set_totp,
    totp_address,
)
from volmacht.parties.queries import KnownAccount
from volmacht.portals.accounts import pending
from volmacht.portals.accounts.again import not_long_ago
from volmacht.portals.accounts.forms import AppCodeForm
from volmacht.portals.accounts.logging_in import ANSWER
from volmacht.portals.accounts.showing import bound, page
from volmacht.portals.accounts.where import enter
from volmacht.portals.shared import just_done
from volmacht.portals.shared.account_mail import tell_account
from volmacht.portals.shared.account_session import account_login
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.rules.accounts import AccountChange, AccountObjection, LogInMethod

CHALLENGE = "passkey-new"
SECRET = "totp-new"  # noqa: S105 - the name under which it is kept
CODES = "recovery-codes"


def _who(request: HttpRequest) -> KnownAccount | None:
    """Who is logged in; else who has no second factor yet and came here by a password or a link."""
    login = account_login(request)
    if login is not None:
        return parties.account(login.account_id)
    who = pending.pending(request)
    return who.account if who and not who.account.has_second_factor else None


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@not_long_ago
def second_step(request: HttpRequest) -> HttpResponse:
    """An app: the QR code and the key, and a code that shows that it works. Beside it the way to a passkey."""
    who = _who(request)
    if who is None:
        return redirect("accounts:log-in")
    form = bound(request, AppCodeForm)
    if request.method == "POST":
        if ANSWER in request.POST:
            return _add_passkey(request, who)
        return _set_app(request, who, form) if form.is_valid() else show_again(request)
    secret = request.session.get(SECRET) or new_totp_secret()
    request.session[SECRET] = secret
    address = totp_address(secret, email=who.email, issuer=settings.VOLMACHT.operator_name)
    context = {
        "form": form,
        "first": not who.has_second_factor,
        "key": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "picture": mark_safe(  # noqa: S308 - drawn by segno; the content-security policy allows no data: address
            segno.make(address, error="m").svg_inline(scale=5, border=4, light="#fff")
        ),
    }
    return page(request, "second_step", context)


def _set_app(request: HttpRequest, who: KnownAccount, form: AppCodeForm) -> HttpResponse:
    secret = request.session.get(SECRET)
    if secret is None:
        return redirect("accounts:second-step")
    if not allow(Limited.SECOND_FACTOR_PER_ACCOUNT, str(who.id)):
        return show_again(request, objection=AccountObjection.TOO_MANY_TRIES, status=429)
    with transaction.atomic():
        objection = set_totp(who.id, secret=secret, code=form.cleaned_data["inlogcode"])
        if objection is None and who.has_second_factor:
            tell_account(who.id, AccountChange.TOTP_CHANGED)
    if objection:
        return show_again(request, objection=objection, status=409)
    forget(Limited.SECOND_FACTOR_PER_ACCOUNT, str(who.id))
    del request.session[SECRET]
    accepted(request)
    return _done(request, who, AccountChange.TOTP_CHANGED)


@audience(Audience.PUBLIC)
@require_POST
@not_long_ago
def new_passkey_question(request: HttpRequest) -> HttpResponse:
    """What the page's script asks the browser to make; the challenge stays in the session, for one answer."""
    who = _who(request)
    if who is None:
        return redirect("accounts:log-in")
    question, challenge = ask_for_new_passkey(who.id)
    request.session[CHALLENGE] = challenge
    return HttpResponse(question, content_type=JsonResponse({}).headers["Content-Type"])


def _add_passkey(request: HttpRequest, who: KnownAccount) -> HttpResponse:
    challenge = request.session.pop(CHALLENGE, "")
    with transaction.atomic():
        name = request.POST.get("naam", "")
        added = add_passkey(who.id, challenge=challenge, answer=request.POST[ANSWER], name=name)
        if not isinstance(added, AccountObjection):
            tell_account(who.id, AccountChange.PASSKEY_ADDED)
    if isinstance(added, AccountObjection):
        return show_again(request, objection=added, status=409)
    accepted(request)
    return _done(request, who, AccountChange.PASSKEY_ADDED)


def _done(request: HttpRequest, who: KnownAccount, change: AccountChange) -> HttpResponse:
    """Logged in from now on, with recovery codes the first time; who was logged in goes back to the own account."""
    if account_login(request) is not None:
        just_done.note(request, "account", change.value)
        return redirect("accounts:own")
    waiting = pending.pending(request)
    pending.forget(request)
    went = enter(
        request,
        account_id=who.id,
        name=who.name,
        method=LogInMethod.SET_UP,
        continue_at=waiting.continue_at if waiting else "",
    )
    request.session[CODES] = {"codes": renew_recovery_codes(who.id), "verder": went.headers["Location"]}
    return redirect("accounts:recovery-codes")


@audience(Audience.ACCOUNT)
@require_http_methods(["GET", "HEAD"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The new codes, once: a second visit to this page has none."""
    shown = request.session.pop(CODES, None)
    if shown is None:
        return redirect("accounts:own")
    return render(
        request, "accounts/recovery_codes.html", {"codes": shown["codes"], "onward": shown["verder"]}
    )
