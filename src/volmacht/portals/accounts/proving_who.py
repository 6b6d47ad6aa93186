"""Which organisation somebody may prove: the one they claim, else the one that they act for and may upload for.

A claim comes first: it is what they asked for last, and they can drop it. Nothing of it stands in an address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from volmacht.parties import queries as parties
from volmacht.parties.operations import drop_claim
from volmacht.portals.shared.account_session import account_visitor
from volmacht.portals.shared.audience import Audience, audience, choose_first
from volmacht.rules.roles import Right


@dataclass(frozen=True, slots=True)
class Subject:
    """An organisation to prove. `claimed`: others signed it up, and nothing of them is known here."""

    organisation_id: UUID
    name: str
    oin: str
    proven: bool
    claimed: bool = False

    @property
    def too_late(self) -> bool:
        """Whether somebody else proved it first."""
        return self.claimed and self.proven


View = Callable[..., HttpResponseBase]


def subject_of(request: HttpRequest) -> Subject | None:
    """What this visitor may prove now. Raises PermissionDenied for a member who may not."""
    login = account_visitor(request)
    claim = parties.claim_of(login.account_id)
    if claim is not None:
        return Subject(claim.organisation_id, claim.name, claim.oin, claim.proven, claimed=True)
    here = login.organisation_id
    known = parties.connecting_organisation(here) if here else None
    if known is None or parties.member(login.account_id, known.id) is None:
        return None
    if Right.UPLOAD not in parties.rights_for(login.account_id, known.id):
        raise PermissionDenied
    return Subject(known.id, known.name, known.oin, known.proven)


def who_may_prove(view: Callable[..., HttpResponseBase]) -> View:
    """For whoever has something to prove, which the view gets; others choose first for whom they act."""

    @audience(Audience.ACCOUNT)
    @wraps(view)
    def with_subject(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        subject = subject_of(request)
        if subject is None:
            return choose_first(request, account_visitor(request))
        return view(request, subject, *args, **kwargs)

    return with_subject


@audience(Audience.ACCOUNT)
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Not to prove what one claimed after all."""
    drop_claim(account_visitor(request).account_id)
    return redirect("accounts:own")
