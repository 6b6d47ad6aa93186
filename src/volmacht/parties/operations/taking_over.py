"""How a sign-up that nobody proved ends: taken over by who proves the organisation, or lapsed (decision 0044).

Either way nobody of before works for it any more, and nothing of before is left for who comes next. What higher layers
keep of the organisation, such as its cases, they set aside themselves, in the same transaction: callers give the
function for that, so that none can forget it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from volmacht import clock
from volmacht.audit.kinds import SYSTEM, Actor, EventKind
from volmacht.audit.operations import record
from volmacht.parties import queries
from volmacht.parties.models import (
    Claim,
    ConnectingOrganisation,
    Invitation,
    Membership,
    Organisation,
    Party,
    SupplierConsent,
)
from volmacht.parties.operations.holding import hold_everything
from volmacht.parties.queries import KnownConnectingOrganisation, Member
from volmacht.rules.accounts import CLAIM_TERM, AccountObjection, SignUpDue, SignUpEnding
from volmacht.rules.roles import MemberRole
from volmacht.rules.searching import folded


@dataclass(frozen=True, slots=True)
class EndedSignUp:
    """A sign-up that came to nothing: who worked for the organisation until now, and why they do not any more.

    Who takes it over is none of them, also when they worked for it before.
    """

    organisation: KnownConnectingOrganisation
    members: tuple[Member, ...]
    ending: SignUpEnding


SetAside = Callable[[EndedSignUp], None]


def take_over(
    claim: Claim, organisation: KnownConnectingOrganisation, *, actor: Actor, set_aside: SetAside
) -> AccountObjection | None:
    """Who made the claim is the only member from now on, and signs. For callers that hold the organisation.

    Objection: ORGANISATION_EXISTS, when the number that was claimed came to belong to another meanwhile.
    """
    numbers = Organisation.objects.filter(Q(oin=claim.oin) | Q(kvk_number=organisation.kvk_number))
    if numbers.exclude(party_id=organisation.id).exists():
        return AccountObjection.ORGANISATION_EXISTS
    _end(organisation, SignUpEnding.TAKEN_OVER, actor, set_aside)
    now = clock.now()
    ConnectingOrganisation.objects.filter(party_id=organisation.id).update(
        alb_name=claim.alb_name,
        public_task=claim.public_task,
        legal_basis=claim.legal_basis,
        is_supplier=claim.is_supplier,
        created_at=now,
        reminded_at=None,
    )
    Organisation.objects.filter(party_id=organisation.id).update(oin=claim.oin)
    Party.objects.filter(id=organisation.id).update(name=claim.name, search_name=folded(claim.name)[:400])
    Membership.objects.create(
        account_id=claim.account_id,
        organisation_id=organisation.id,
        roles=[MemberRole.SIGNATORY],
        since=now,
    )
    record(
        EventKind.ORGANISATION_TAKEN_OVER,
        actor=actor,
        subject_id=organisation.id,
        object_id=claim.account_id,
        data={"supplier": claim.is_supplier},
    )
    Claim.objects.filter(account_id=claim.account_id).delete()
    return None


@transaction.atomic
def lapse_sign_up(organisation_id: UUID, *, happened: datetime | None, set_aside: SetAside) -> bool:
    """End a sign-up that nobody proved in time, if that is still so; its numbers are free from now on.

    `happened`: see `UnprovenSignUp.due`.
    The party stays, as it may have acted for people; what was said of it and who worked for it goes.
    """
    hold_everything(organisation_id)
    organisation = queries.connecting_organisation(organisation_id)
    due = queries.unproven_sign_up(organisation_id)
    if organisation is None or due is None or due.due(clock.now(), happened) is not SignUpDue.LAPSE:
        return False
    _end(organisation, SignUpEnding.LAPSED, SYSTEM, set_aside)
    for table in (Membership, Invitation):
        table.objects.filter(organisation_id=organisation_id).delete()
    SupplierConsent.objects.filter(_either(organisation_id)).delete()
    ConnectingOrganisation.objects.filter(party_id=organisation_id).delete()
    Organisation.objects.filter(party_id=organisation_id).update(oin=None)
    record(EventKind.SIGN_UP_LAPSED, actor=SYSTEM, subject_id=organisation_id, object_id=organisation_id)
    return True


@transaction.atomic
def note_reminder(organisation_id: UUID, *, happened: datetime | None) -> bool:
    """Its members are told now that the sign-up lapses; False when that is not due (any more)."""
    hold_everything(organisation_id)
    found = queries.unproven_sign_up(organisation_id)
    if found is None or found.due(clock.now(), happened) is not SignUpDue.REMIND:
        return False
    ConnectingOrganisation.objects.filter(party_id=organisation_id).update(reminded_at=clock.now())
    return True


def _end(
    organisation: KnownConnectingOrganisation, ending: SignUpEnding, actor: Actor, set_aside: SetAside
) -> None:
    """Memberships, invitations and consents first: what is set aside afterwards is told to nobody by habit."""
    now = clock.now()
    members = tuple(one for one in queries.members(organisation.id) if one.account_id != actor.id)
    rows = Membership.objects.filter(organisation_id=organisation.id, ended_at=None)
    for account_id, roles in list(rows.values_list("account_id", "roles")):
        data = {"roles": " ".join(sorted(roles))}
        record(
            EventKind.MEMBER_LEFT, actor=actor, subject_id=organisation.id, object_id=account_id, data=data
        )
    rows.update(ended_at=now)
    invited = Invitation.objects.filter(organisation_id=organisation.id, used_at=None, withdrawn_at=None)
    invited.update(withdrawn_at=now)
    consents = SupplierConsent.objects.filter(_either(organisation.id), ended_at=None)
    for provider_id, supplier_id in list(consents.values_list("provider_id", "supplier_id")):
        record(EventKind.SUPPLIER_CONSENT_ENDED, actor=actor, subject_id=provider_id, object_id=supplier_id)
    consents.update(ended_at=now)
    set_aside(EndedSignUp(organisation, members, ending))


def _either(organisation_id: UUID) -> Q:
    return Q(provider_id=organisation_id) | Q(supplier_id=organisation_id)


@transaction.atomic
def drop_claim(account_id: UUID) -> None:
    """They do not want to prove it any more."""
    Claim.objects.filter(account_id=account_id).delete()


def sweep_claims() -> int:
    """Remove claims that were not proven in time; how many."""
    return Claim.objects.filter(made_at__lte=clock.now() - CLAIM_TERM).delete()[0]
