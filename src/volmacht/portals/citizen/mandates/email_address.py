"""Task: give an e-mail address, or take it away (DM-50). It counts once its owner opened the mailed link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from volmacht.limits.operations import Limited
from volmacht.parties import queries as parties
from volmacht.parties.operations import remove_email_addresses
from volmacht.portals.citizen.mandates.happened import Happened, to_my_data
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.email_address import EmailForm, offer_address
from volmacht.portals.shared.environments import only_in_production
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again, typed
from volmacht.portals.shared.limiting import allow
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.page_language import language
from volmacht.portals.shared.wording import refusal_words
from volmacht.rules.refusals import Refusal, Refused


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@only_in_production
def email_give(request: HttpRequest) -> HttpResponse:
    """Ask for an address; another one replaces the one that is used now, once it is confirmed."""
    party_id = visitor(request).party_id
    form, again = EmailForm(typed(request)), shown_again(request)
    if request.method == "POST":
        if not form.is_valid():
            return show_again(request)
        if not allow(request, Limited.EMAIL_PER_PERSON, str(party_id)):
            return show_again(request, refused=Refused(Refusal.TOO_MANY_ATTEMPTS), status=429)
        refused = offer_address(party_id, form.cleaned_data["email"], language())
        if refused:
            return show_again(request, refused=refused, status=409)
        accepted(request)
        return to_my_data(request, Happened.EMAIL_GIVEN)
    context = {
        "form": form,
        "used": parties.confirmed_address(party_id),
        "words": refusal_words(again.refused.refusal) if again and again.refused else None,
    }
    return render(request, "citizen_mandates/email_give.html", context, status=again.status if again else 200)


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@only_in_production
def email_remove(request: HttpRequest) -> HttpResponse:
    """Ask whether it is sure; POST removes every address, confirmed or not."""
    party_id = visitor(request).party_id
    typed(request)
    if request.method == "POST":
        remove_email_addresses(party_id)
        return to_my_data(request, Happened.EMAIL_REMOVED)
    addresses = parties.email_addresses(party_id)
    if not addresses:
        return redirect("mandates:my-data")
    return render(request, "citizen_mandates/email_remove.html", {"addresses": addresses})
