"""Reading sign-ups that nobody proved: whether they are to end, and who wants to prove one (decision 0044)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from volmacht import clock
from volmacht.parties.models import Claim, ConnectingOrganisation, Invitation, Membership
from volmacht.rules.accounts import CLAIM_TERM, SIGN_UP_REMINDER, SIGN_UP_TERM, SignUpDue, sign_up_due
from volmacht.rules.roles import MemberRole


@dataclass(frozen=True, slots=True)
class UnprovenSignUp:
    """An organisation of which nobody proved that they act for it. `quiet_since`: when somebody last came to it."""

    organisation_id: UUID
    quiet_since: datetime
    reminded_at: datetime | None

    def due(self, now: datetime, happened: datetime | None = None) -> SignUpDue | None:
        """What is to be done about it. `happened`: the last thing that a higher layer knows of, such as a case."""
        quiet_since = max(self.quiet_since, happened or self.quiet_since)
        return sign_up_due(quiet_since=quiet_since, reminded_at=self.reminded_at, now=now)


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """What an account is to prove, of an organisation that somebody else signed up. Of those others nothing.

    `proven`: somebody proved it meanwhile, and the claim came to nothing.
    """

    organisation_id: UUID
    name: str
    oin: str
    proven: bool


@dataclass(frozen=True, slots=True)
class WaitingForProof:
    """An organisation that is proven, while nobody established who signs for it."""

    organisation_id: UUID
    name: str
    since: datetime


def waiting_for_proof(*, most: int = 20) -> tuple[WaitingForProof, ...]:
    """Those whose signatory an employee is to establish, who waits longest first (CK-D3)."""
    active = Membership.objects.filter(ended_at=None)
    done = active.exclude(proven_at=None).values("organisation_id")
    rows = (
        active.filter(organisation__is_supplier=False, organisation__proven_at__isnull=False)
        .exclude(organisation_id__in=done)
        .select_related("organisation__party")
        .order_by("since", "id")
    )
    found: dict[UUID, WaitingForProof] = {}
    for row in rows[: most * 10]:  # several of one organisation, and members who do not sign
        if MemberRole.SIGNATORY in row.roles:
            body = row.organisation
            found.setdefault(body.party_id, WaitingForProof(body.party_id, body.party.name, row.since))
    return tuple(found.values())[:most]


def unproven_sign_up(organisation_id: UUID) -> UnprovenSignUp | None:
    """One of them; None when it is proven, or is none."""
    row = ConnectingOrganisation.objects.filter(party_id=organisation_id, proven_at=None).first()
    if row is None:
        return None
    came = Membership.objects.filter(organisation_id=organisation_id).aggregate(Max("since"))["since__max"]
    invited = Invitation.objects.filter(organisation_id=organisation_id).aggregate(Max("invited_at"))
    moments = [moment for moment in (row.created_at, came, invited["invited_at__max"]) if moment]
    return UnprovenSignUp(organisation_id, max(moments), row.reminded_at)


def quiet_sign_ups() -> list[UnprovenSignUp]:
    """Those about which something is to be done now, as far as is known here, oldest first."""
    now = clock.now()
    old = ConnectingOrganisation.objects.filter(
        proven_at=None, created_at__lte=now - SIGN_UP_TERM + SIGN_UP_REMINDER
    )
    ids = old.order_by("created_at", "party_id").values_list("party_id", flat=True)
    return [found for id_ in ids if (found := unproven_sign_up(id_)) and found.due(now)]


def claim_of(account_id: UUID) -> KnownClaim | None:
    """What this account is to prove now, within its term."""
    row = (
        Claim.objects.filter(account_id=account_id, made_at__gt=clock.now() - CLAIM_TERM)
        .select_related("organisation")
        .first()
    )
    if row is None:
        return None
    return KnownClaim(row.organisation_id, row.name, row.oin, row.organisation.proven_at is not None)
