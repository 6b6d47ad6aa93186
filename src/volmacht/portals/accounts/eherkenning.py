"""Task: prove that one acts for the organisation, by logging in at eHerkenning for its KvK number.

The account stays who is logged in here: who came back is asked for which organisation, and logged in nowhere. What the
visit was for stands in the session of who began it, and in no address.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from volmacht.limits.operations import Limited, allow
from volmacht.logins.operations import (
    Failed,
    ProofCame,
    ProofLogIn,
    begin_proof_visit,
    finish_kept_proof,
    proof_services,
)
from volmacht.onboarding.operations import set_aside
from volmacht.parties.operations import prove_by_eherkenning
from volmacht.portals.accounts.proving_who import Subject, who_may_prove
from volmacht.portals.accounts.where import Capacity, begin_as
from volmacht.portals.shared import just_done
from volmacht.portals.shared.account_session import account_visitor
from volmacht.posting import self_posting
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.accounts import AccountObjection

AT = "bij"  # the field that names the service
OBJECTED = "proof-objection"
LONGEST = 200  # of what comes back in an address
OBJECTIONS = {
    Outcome.CANCELLED: AccountObjection.EHERKENNING_STOPPED,
    Outcome.AUTHENTICATION_FAILED: AccountObjection.EHERKENNING_FAILED,
    Outcome.LEVEL_TOO_LOW: AccountObjection.EHERKENNING_LEVEL,
}


def objected(request: HttpRequest) -> AccountObjection | None:
    """What was wrong with the visit that just ended, for the page that tells it: once."""
    noted = just_done.take(request, OBJECTED)
    return AccountObjection(noted) if noted else None


@who_may_prove
@require_POST
def leave(request: HttpRequest, subject: Subject) -> HttpResponseBase:
    """Go to eHerkenning."""
    if not allow(Limited.SIGN_UP_PER_ACCOUNT, str(account_visitor(request).account_id)):
        return _back(request, AccountObjection.TOO_MANY_TRIES)
    service = next((one for one in proof_services() if one == request.POST.get(AT)), None)
    sent = (
        begin_proof_visit(
            request.session, service, belongs_to=_key(request, subject), language=get_language() or ""
        )
        if service
        else None
    )
    if sent is None:
        return _back(request, AccountObjection.EHERKENNING_AWAY)
    return self_posting(request, sent.location, sent.fields)


@who_may_prove
@require_GET
def come_back(request: HttpRequest, subject: Subject) -> HttpResponseBase:
    """Judge who came back; the page of the proof says what came of it, and this address is used up."""
    came = finish_kept_proof(
        request.session,
        artifact=request.GET.get("SAMLart", "")[:LONGEST],
        relay_state=request.GET.get("RelayState", "")[:LONGEST],
    )
    objection = _judged(request, subject, came)
    if objection:
        return _back(request, objection)
    begin_as(request, Capacity(subject.name, organisation_id=subject.organisation_id))
    return redirect("accounts:prove")


def _judged(request: HttpRequest, subject: Subject, came: ProofCame | None) -> AccountObjection | None:
    if came is None or came.belongs_to != _key(request, subject):
        return AccountObjection.EHERKENNING_OVER
    if isinstance(came.outcome, Failed):
        return OBJECTIONS.get(came.outcome.outcome, AccountObjection.EHERKENNING_AWAY)
    return _proven(request, subject, came.outcome)


def _proven(request: HttpRequest, subject: Subject, who: ProofLogIn) -> AccountObjection | None:
    return prove_by_eherkenning(
        account_id=account_visitor(request).account_id,
        organisation_id=subject.organisation_id,
        kvk=who.organisation,
        employee=who.employee,
        set_aside=set_aside,
    )


def _key(request: HttpRequest, subject: Subject) -> str:
    """What a visit is for: this account, this organisation, in this way."""
    return f"{account_visitor(request).account_id} {subject.organisation_id} {subject.claimed}"


def _back(request: HttpRequest, objection: AccountObjection) -> HttpResponse:
    just_done.note(request, OBJECTED, objection.value)
    return redirect("accounts:prove")
