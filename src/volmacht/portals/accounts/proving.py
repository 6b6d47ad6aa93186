"""Task: prove that one acts for the organisation, by signing a text with the key of a certificate with its OIN.

Only authorities of production count: those of pre-production may certify for tests whatever is asked.
The private key never comes here: the member signs on an own machine, and uploads signature and certificate.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from volmacht.catalogue.queries import trust
from volmacht.limits.operations import Limited, allow
from volmacht.parties import queries as parties
from volmacht.parties.operations import prove_by_certificate, start_challenge
from volmacht.portals.accounts.proof_form import ProofForm
from volmacht.portals.accounts.showing import bound, page
from volmacht.portals.shared.account_session import account_visitor, acting_for
from volmacht.portals.shared.audience import needs_right
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.rules.accounts import AccountObjection
from volmacht.rules.environment import Environment
from volmacht.rules.roles import Right

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

CHALLENGE = "proof-challenge"


@needs_right(Right.UPLOAD)
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """How to prove it, and whether it is proven; a POST brings signature and certificate."""
    organisation = parties.connecting_organisation(acting_for(request))
    if organisation is None:
        raise Http404
    text = _text(request)
    if request.method == "POST":
        return _judge(request, text)
    form = bound(request, ProofForm)
    return page(request, "prove", {"form": form, "organisation": organisation, "text": text})


def _text(request: HttpRequest) -> parties.KnownChallenge | None:
    kept = request.session.get(CHALLENGE)
    return parties.challenge(UUID(kept), account_visitor(request).account_id) if kept else None


@needs_right(Right.UPLOAD)
@require_POST
def new_text(request: HttpRequest) -> HttpResponse:
    """A new text to sign."""
    started = start_challenge(
        account_id=account_visitor(request).account_id, organisation_id=acting_for(request)
    )
    if not isinstance(started, AccountObjection):
        request.session[CHALLENGE] = str(started)
    return redirect("accounts:prove")


@needs_right(Right.UPLOAD)
@require_safe
def download_text(request: HttpRequest) -> HttpResponse:
    """The text as a file: every byte of it is signed."""
    text = _text(request)
    if text is None:
        return redirect("accounts:prove")
    response = HttpResponse(text.text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="challenge.txt"'
    return response


def _judge(request: HttpRequest, text: parties.KnownChallenge | None) -> HttpResponse:
    form = ProofForm(request.POST, request.FILES)
    if text is None:
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
        trusted=[trust(Environment.PRODUCTION)],
    )
    if objection:
        return show_again(request, objection=objection, status=409)
    accepted(request)
    request.session.pop(CHALLENGE, None)
    return redirect(reverse("accounts:prove"))


def _content(file: "UploadedFile[bytes]") -> bytes:
    content: bytes = file.read()
    return content
