"""Task: accept an invitation to work for an organisation: once, and only by who has the address it was sent to."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from volmacht.parties import queries as parties
from volmacht.parties.operations import accept_invitation, look_at_invitation, make_link, set_up_account
from volmacht.parties.queries import KnownInvitation
from volmacht.portals.accounts import pending
from volmacht.portals.accounts.forms import SetUpForm
from volmacht.portals.accounts.links import OVER
from volmacht.portals.accounts.own import PAGE
from volmacht.portals.accounts.showing import bound, page
from volmacht.portals.accounts.where import Capacity, begin_as
from volmacht.portals.shared import just_done
from volmacht.portals.shared.account_session import account_login
from volmacht.portals.shared.account_words import MEMBER_ROLES, objection_words
from volmacht.portals.shared.audience import Audience, account_log_in_address, audience
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.shared.page_language import language
from volmacht.rules.accounts import AccountObjection, LinkPurpose


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """What the invitation is for. Who has no account yet makes it here: the mail reached its address."""
    found = look_at_invitation(secret)
    if isinstance(found, AccountObjection):
        return _refused(request, found)
    login = account_login(request)
    if login is not None:
        return _accept(request, secret, found)
    known = parties.account_with_email(found.email)
    if known is not None and known.has_password:
        return redirect(account_log_in_address(request.get_full_path()))
    return _make_account(request, found)


def _refused(request: HttpRequest, objection: AccountObjection) -> HttpResponse:
    return render(request, "accounts/refused.html", {"words": objection_words(objection)}, status=OVER)


def _roles(found: KnownInvitation) -> list[object]:
    return [words for role, words in MEMBER_ROLES.items() if role in found.roles]


def _accept(request: HttpRequest, secret: str, found: KnownInvitation) -> HttpResponse:
    login = account_login(request)
    if request.method != "POST" or login is None:
        return page(request, "invitation", {"invitation": found, "roles": _roles(found)})
    joined = accept_invitation(secret, login.account_id)
    if isinstance(joined, AccountObjection):
        return _refused(request, joined)
    just_done.note(request, PAGE, "joined")
    return begin_as(request, Capacity(found.organisation_name, organisation_id=found.organisation_id))


def _make_account(request: HttpRequest, found: KnownInvitation) -> HttpResponse:
    form = bound(request, SetUpForm, {"language": language()})
    if request.method != "POST":
        context = {"form": form, "email": found.email, "invitation": found, "roles": _roles(found)}
        return page(request, "set_up", context)
    if not form.is_valid():
        return show_again(request)
    with transaction.atomic():
        link = make_link(LinkPurpose.NEW_ACCOUNT, email=found.email)
        made = set_up_account(
            link,
            name=form.cleaned_data["name"],
            password=form.cleaned_data["wachtwoord"],
            language=form.cleaned_data["language"],
        )
    if isinstance(made, AccountObjection):
        return show_again(request, objection=made, status=409)
    accepted(request)
    pending.begin(request, made, request.path)
    return redirect("accounts:second-step")
