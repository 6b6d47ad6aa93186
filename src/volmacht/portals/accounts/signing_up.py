"""Task: sign an organisation up, by who says to sign for it (CN-2). The registers are asked at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from volmacht.limits.operations import Limited, allow
from volmacht.parties.operations import Claimed, SignUp, sign_up_organisation
from volmacht.portals.accounts.organisation_form import FIELD_OF, OrganisationForm
from volmacht.portals.accounts.showing import bound, page
from volmacht.portals.accounts.where import Capacity, begin_as
from volmacht.portals.shared.account_session import account_visitor
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.rules.accounts import AccountObjection


@audience(Audience.ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for numbers and names; each fault is told beside the form, and nothing typed is lost."""
    login = account_visitor(request)
    form = bound(request, OrganisationForm)
    if request.method != "POST":
        return page(request, "sign_up", {"form": form, "field_of": FIELD_OF})
    if not form.is_valid():
        return show_again(request)
    if not allow(Limited.SIGN_UP_PER_ACCOUNT, str(login.account_id)):
        return show_again(request, objection=AccountObjection.TOO_MANY_TRIES, status=429)
    said = form.cleaned_data
    made = sign_up_organisation(
        login.account_id,
        SignUp(
            oin=said["oin"],
            kvk_number=said["kvk_number"],
            is_supplier=said["soort"] == "leverancier",
            alb_name=said["alb_name"],
            public_task=said["public_task"],
            legal_basis=said["legal_basis"],
        ),
    )
    if isinstance(made, AccountObjection):
        status = 503 if made is AccountObjection.REGISTER_AWAY else 409
        return show_again(request, objection=made, status=status)
    accepted(request)
    if not isinstance(made, Claimed):
        begin_as(request, Capacity("", organisation_id=made))
    return redirect("accounts:prove")
