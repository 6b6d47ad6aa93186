"""Task: give an e-mail address, or not (DM-50). It counts once it was confirmed with the link that is mailed to it."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.limits.operations import Limited, allow
from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.operations import send
from volmacht.parties import queries as parties
from volmacht.parties.operations import give_email_address, hold
from volmacht.parties.queries import KnownEmailAddress
from volmacht.portals.citizen.granting import draft as drafts
from volmacht.portals.citizen.granting.draft import Draft, Step
from volmacht.portals.citizen.granting.step_frame import step_frame
from volmacht.portals.citizen.granting.visitor import visitor
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.kept_forms import show_again, shown_again, typed
from volmacht.portals.shared.wording import refusal_words
from volmacht.rules.refusals import Refusal, Refused

SKIP = "overslaan"
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
            "required": gettext_lazy("Vul uw e-mailadres in, of kies ‘Verder zonder e-mail’."),
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
def offer_address(party_id: UUID, address: str, language: str) -> None:
    """Keep an address and mail the link that confirms it; the same address again soon after changes nothing."""
    hold(party_id)
    waiting = waiting_address(parties.email_addresses(party_id))
    if waiting and waiting.address == address and clock.now() - waiting.given_at < AGAIN_AFTER:
        return
    address_id, secret = give_email_address(party_id, address, language)
    send(
        MessageKind.EMAIL_CONFIRMATION,
        recipient=party_id,
        values={"address_id": str(address_id), "secret": secret},
        once=f"email-confirmation:{address_id}",
    )


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def email(request: HttpRequest) -> HttpResponse:
    """Ask for an address; it may be skipped."""
    draft = drafts.read(request)
    early = drafts.too_early(draft, Step.EMAIL)
    service = catalogue.service(draft.service_id) if draft else None
    if early or draft is None or service is None:
        return early or drafts.restart()
    if not draft.asks_email:
        return redirect(drafts.address(Step.CHECK, draft.window))
    if request.method == "POST":
        return _answer(request, draft)
    again = shown_again(request)
    context = {
        "form": EmailForm(typed(request)),
        "waiting": waiting_address(parties.email_addresses(visitor(request).party_id)),
        "words": refusal_words(again.refused.refusal) if again and again.refused else None,
        "frame_of_step": step_frame(request, draft, service, Step.EMAIL),
    }
    return render(request, "citizen_granting/email.html", context, status=again.status if again else 200)


def _answer(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Skip it, keep the address, or show again what was typed."""
    answered, party_id = replace(draft, email_answered=True), visitor(request).party_id
    if SKIP in request.POST:
        return drafts.go_on(request, answered, Step.EMAIL)
    form = EmailForm(request.POST)
    if not form.is_valid():
        return show_again(request)
    if not allow(Limited.EMAIL_PER_PERSON, str(party_id)):
        return show_again(request, refused=Refused(Refusal.TOO_MANY_ATTEMPTS), status=429)
    offer_address(party_id, form.cleaned_data["email"], get_language() or "nl")
    return drafts.go_on(request, answered, Step.EMAIL)
