"""Task: give an e-mail address, or take it away (DM-50). It counts once its owner opened the mailed link."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from volmacht import clock
from volmacht.limits.operations import Limited, allow
from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.operations import send
from volmacht.parties import queries as parties
from volmacht.parties.operations import give_email_address, hold, remove_email_addresses
from volmacht.parties.queries import KnownEmailAddress
from volmacht.portals.citizen.mandates.visiting import Happened, language, to_my_data, typed, visitor
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again
from volmacht.portals.shared.wording import refusal_words
from volmacht.rules.refusals import Refusal, Refused

# A second mail to the same address makes the link in the first one useless: not within this time.
AGAIN_AFTER = timedelta(minutes=10)


class EmailForm(forms.Form):
    """An e-mail address."""

    use_required_attribute = False
    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        help_text=gettext_lazy("Bijvoorbeeld naam@voorbeeld.nl"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Vul uw e-mailadres in."),
            "invalid": gettext_lazy(
                "Dit is geen goed e-mailadres. Het hoort eruit te zien als naam@voorbeeld.nl."
            ),
            "max_length": gettext_lazy("Dit e-mailadres is te lang. Het mag hoogstens 254 tekens hebben."),
        },
    )


def waiting_address(addresses: list[KnownEmailAddress]) -> KnownEmailAddress | None:
    """The address that was given and can still be confirmed."""
    now = clock.now()
    fresh = (known for known in addresses if known.link_expires_at and known.link_expires_at > now)
    return next((known for known in fresh if known.confirmed_at is None), None)


@transaction.atomic
def _offer(party_id: UUID, address: str) -> None:
    """Keep an address and mail the link that confirms it; the same address again soon after changes nothing."""
    hold(party_id)
    waiting = waiting_address(parties.email_addresses(party_id))
    if waiting and waiting.address == address and clock.now() - waiting.given_at < AGAIN_AFTER:
        return
    address_id, secret = give_email_address(party_id, address, language())
    send(
        MessageKind.EMAIL_CONFIRMATION,
        recipient=party_id,
        values={"address_id": str(address_id), "secret": secret},
        once=f"email-confirmation:{address_id}",
    )


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def email_give(request: HttpRequest) -> HttpResponse:
    """Ask for an address; another one replaces the one that is used now, once it is confirmed."""
    party_id = visitor(request).party_id
    form, again = EmailForm(typed(request)), shown_again(request)
    if request.method == "POST":
        if not form.is_valid():
            return show_again(request)
        if not allow(Limited.EMAIL_PER_PERSON, str(party_id)):
            return show_again(request, refused=Refused(Refusal.TOO_MANY_ATTEMPTS), status=429)
        _offer(party_id, form.cleaned_data["email"])
        accepted(request)
        return to_my_data(Happened.EMAIL_GIVEN)
    context = {
        "form": form,
        "used": parties.confirmed_address(party_id),
        "words": refusal_words(again.refused.refusal) if again and again.refused else None,
    }
    return render(request, "citizen_mandates/email_give.html", context, status=again.status if again else 200)


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def email_remove(request: HttpRequest) -> HttpResponse:
    """Ask whether it is sure; POST removes every address, confirmed or not."""
    party_id = visitor(request).party_id
    typed(request)
    if request.method == "POST":
        remove_email_addresses(party_id)
        return to_my_data(Happened.EMAIL_REMOVED)
    addresses = parties.email_addresses(party_id)
    if not addresses:
        return redirect("mandates:my-data")
    return render(request, "citizen_mandates/email_remove.html", {"addresses": addresses})
