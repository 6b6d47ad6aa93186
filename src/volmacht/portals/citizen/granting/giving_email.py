"""Task: give an e-mail address, or not (DM-50). It counts once it was confirmed with the link that is mailed to it."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from volmacht.catalogue import queries as catalogue
from volmacht.limits.operations import Limited
from volmacht.parties import queries as parties
from volmacht.portals.citizen.granting import draft as drafts
from volmacht.portals.citizen.granting.draft import Draft, Step
from volmacht.portals.citizen.granting.step_frame import step_frame
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.email_address import EmailForm, offer_address, waiting_address
from volmacht.portals.shared.kept_forms import show_again, shown_again, typed
from volmacht.portals.shared.limiting import allow
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.wording import refusal_words
from volmacht.rules.refusals import Refusal, Refused

SKIP = "overslaan"


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def email(request: HttpRequest) -> HttpResponse:
    """Ask for an address; it may be skipped."""
    draft = drafts.read(request)
    early = drafts.too_early(request, draft, Step.EMAIL)
    service = catalogue.service(draft.service_id) if draft else None
    if early or draft is None or service is None:
        return early or drafts.restart(request)
    if not draft.asks_email:
        return redirect(drafts.address(Step.CHECK, draft.window))
    if request.method == "POST":
        return _answer(request, draft)
    again = shown_again(request)
    context = {
        "form": EmailForm(typed(request), may_skip=True),
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
    form = EmailForm(request.POST, may_skip=True)
    if not form.is_valid():
        return show_again(request)
    if not allow(request, Limited.EMAIL_PER_PERSON, str(party_id)):
        return show_again(request, refused=Refused(Refusal.TOO_MANY_ATTEMPTS), status=429)
    refused = offer_address(party_id, form.cleaned_data["email"], get_language() or "nl")
    if refused:
        return show_again(request, refused=refused, status=409)
    return drafts.go_on(request, answered, Step.EMAIL)
