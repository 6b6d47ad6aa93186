"""Task: prove that one acts for the organisation, by signing a text with the key of a certificate with its OIN.

Only authorities of production count: those of pre-production may certify for tests whatever is asked.
The private key never comes here: the member signs on an own machine, and uploads signature and certificate.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from volmacht.catalogue.queries import trust
from volmacht.limits.operations import Limited, allow
from volmacht.logins.operations import proof_services
from volmacht.onboarding.operations import set_aside
from volmacht.parties import queries as parties
from volmacht.parties.operations import prove_by_certificate, start_challenge
from volmacht.portals.accounts.eherkenning import AT, objected
from volmacht.portals.accounts.proof_form import ProofForm
from volmacht.portals.accounts.proving_who import Subject, who_may_prove
from volmacht.portals.accounts.showing import bound, page
from volmacht.portals.accounts.where import Capacity, begin_as
from volmacht.portals.shared.account_session import account_visitor
from volmacht.portals.shared.account_words import objection_words
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.shared.kept_plan import kept_plan
from volmacht.rules.accounts import AccountObjection
from volmacht.rules.environment import Environment

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

CHALLENGE = "proof-challenge"


@who_may_prove
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, subject: Subject) -> HttpResponse:
    """How to prove it, and whether it is proven; a POST brings signature and certificate."""
    text = _text(request)
    if request.method == "POST":
        return _judge(request, subject, text)
    context = {
        "form": bound(request, ProofForm),
        "organisation": subject,
        "text": text,
        "services": proof_services(),
        "at": AT,
        "plan": bool(kept_plan(request)),
    }
    objection = AccountObjection.ORGANISATION_EXISTS if subject.too_late else objected(request)
    return page(request, "prove", context | ({"words": objection_words(objection)} if objection else {}))


def _text(request: HttpRequest) -> parties.KnownChallenge | None:
    kept = request.session.get(CHALLENGE)
    return parties.challenge(UUID(kept), account_visitor(request).account_id) if kept else None


@who_may_prove
@require_POST
def new_text(request: HttpRequest, subject: Subject) -> HttpResponse:
    """A new text to sign."""
    started = start_challenge(
        account_id=account_visitor(request).account_id, organisation_id=subject.organisation_id
    )
    if not isinstance(started, AccountObjection):
        request.session[CHALLENGE] = str(started)
    return redirect("accounts:prove")


@who_may_prove
@require_safe
def download_text(request: HttpRequest, _subject: Subject) -> HttpResponse:
    """The text as a file: every byte of it is signed."""
    text = _text(request)
    if text is None:
        return redirect("accounts:prove")
    response = HttpResponse(text.text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="challenge.txt"'
    return response


def _judge(request: HttpRequest, subject: Subject, text: parties.KnownChallenge | None) -> HttpResponse:
    form = ProofForm(request.POST, request.FILES)
    if text is None or text.organisation_id != subject.organisation_id:
        return show_again(request, objection=AccountObjection.CHALLENGE_OVER, status=409)
    if not form.is_valid():
        return show_again(request, objection=AccountObjection.CERTIFICATE_UNREADABLE)
    if not allow(Limited.SIGN_UP_PER_ACCOUNT, str(account_visitor(request).account_id)):
        return show_again(request, objection=AccountObjection.TOO_MANY_TRIES, status=429)
    objection = prove_by_certificate(
        account_id=account_visitor(request).account_id,
        challenge_id=text.id,
        signature=_content(form.cleaned_data["handtekening"]),
        certificate=_content(form.cleaned_data["certificaat"]),
        trust=trust(Environment.PRODUCTION),
        set_aside=set_aside,
    )
    if objection:
        return show_again(request, objection=objection, status=409)
    accepted(request)
    request.session.pop(CHALLENGE, None)
    begin_as(request, Capacity(subject.name, organisation_id=subject.organisation_id))
    return redirect("accounts:prove")


def _content(file: "UploadedFile[bytes]") -> bytes:
    content: bytes = file.read()
    return content
