"""Members of an organisation: inviting, joining, other roles, leaving. Only who may sign makes somebody a signatory.

Each operation judges itself whether who asks may do it: the membership is looked up, never believed.
"""

import secrets
from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.operations import record
from volmacht.parties import queries
from volmacht.parties.models import Claim, Invitation, Membership
from volmacht.parties.operations.holding import hold_members
from volmacht.parties.operations.noting import acting_account
from volmacht.parties.queries.accounts import folded_email
from volmacht.parties.queries.organisations import KnownInvitation, Member, known_invitation
from volmacht.rules.accounts import INVITATION_TERM, AccountObjection
from volmacht.rules.roles import MemberRole, Right
from volmacht.sealing import Purpose, keyed_hash, keyed_hashes


def _may_give(by: UUID, organisation_id: UUID, roles: Collection[MemberRole]) -> Member | AccountObjection:
    """Who asks, if they may manage members and give or take these roles."""
    who = queries.member(by, organisation_id)
    if who is None or Right.MANAGE_MEMBERS not in who.rights:
        return AccountObjection.NOT_ALLOWED
    if MemberRole.SIGNATORY in roles and Right.SIGN not in who.rights:
        return AccountObjection.NOT_ALLOWED
    return who


@transaction.atomic
def invite_member(
    *, by: UUID, organisation_id: UUID, email: str, roles: Collection[MemberRole]
) -> tuple[UUID, str] | AccountObjection:
    """The id of an invitation and the secret of its link; an earlier one to the same address is withdrawn.

    Objections: NOT_ALLOWED, NO_ROLE, ALREADY_MEMBER.
    """
    hold_members(organisation_id)
    who = _may_give(by, organisation_id, roles)
    if isinstance(who, AccountObjection):
        return who
    if not roles:
        return AccountObjection.NO_ROLE
    address = folded_email(email)
    if any(folded_email(one.email) == address for one in queries.members(organisation_id)):
        return AccountObjection.ALREADY_MEMBER
    now = clock.now()
    earlier = Invitation.objects.filter(organisation_id=organisation_id, email=address, used_at=None)
    earlier.filter(withdrawn_at=None).update(withdrawn_at=now)
    secret = secrets.token_urlsafe(24)
    row = Invitation.objects.create(
        organisation_id=organisation_id,
        email=address,
        roles=sorted(roles),
        secret_hash=keyed_hash(Purpose.INVITATION, secret),
        invited_by_id=by,
        invited_at=now,
        expires_at=now + INVITATION_TERM,
    )
    _record(EventKind.MEMBER_INVITED, by, organisation_id, row.id, roles)
    return row.id, secret


def _record(
    kind: EventKind, by: UUID, organisation_id: UUID, object_id: UUID, roles: Collection[MemberRole]
) -> None:
    record(
        kind,
        actor=acting_account(by),
        subject_id=organisation_id,
        object_id=object_id,
        data={"roles": " ".join(sorted(roles))},
    )


@transaction.atomic
def withdraw_invitation(invitation_id: UUID, *, by: UUID) -> AccountObjection | None:
    """It does not work any more. Objection: NOT_ALLOWED, also for one that is not there."""
    row = Invitation.objects.filter(id=invitation_id).first()
    if row is None:
        return AccountObjection.NOT_ALLOWED
    who = _may_give(by, row.organisation_id, [MemberRole(role) for role in row.roles])
    if isinstance(who, AccountObjection):
        return who
    Invitation.objects.filter(id=invitation_id, used_at=None, withdrawn_at=None).update(
        withdrawn_at=clock.now()
    )
    return None


def look_at_invitation(secret: str) -> KnownInvitation | AccountObjection:
    """What an invitation is for, while it works. LINK_UNKNOWN, LINK_USED, LINK_EXPIRED."""
    return _judged(_invitation(secret))


def _invitation(secret: str) -> Invitation | None:
    rows = Invitation.objects.select_related("organisation__party")
    return rows.filter(secret_hash__in=keyed_hashes(Purpose.INVITATION, secret)).first()


def _judged(row: Invitation | None) -> KnownInvitation | AccountObjection:
    if row is None or row.withdrawn_at is not None:
        return AccountObjection.LINK_UNKNOWN
    if row.used_at is not None:
        return AccountObjection.LINK_USED
    if row.expires_at <= clock.now():
        return AccountObjection.LINK_EXPIRED
    return known_invitation(row)


@transaction.atomic
def accept_invitation(secret: str, account_id: UUID) -> Member | AccountObjection:
    """Become a member. Objections: those of `look_at_invitation`, LINK_FOR_ANOTHER.

    The roles are given by who invited: if they may not give them any more, the invitation is not good any more.
    """
    row = _invitation(secret)
    if row is not None:
        hold_members(row.organisation_id)
        row = _invitation(secret)
    invitation = _judged(row)
    if isinstance(invitation, AccountObjection):
        return invitation
    who = queries.account(account_id)
    if who is None or folded_email(who.email) != invitation.email:
        return AccountObjection.LINK_FOR_ANOTHER
    inviting = Invitation.objects.values_list("invited_by_id", flat=True).get(id=invitation.id)
    if isinstance(_may_give(inviting, invitation.organisation_id, invitation.roles), AccountObjection):
        return AccountObjection.LINK_UNKNOWN
    if queries.member(account_id, invitation.organisation_id):
        return AccountObjection.ALREADY_MEMBER
    return _join(invitation, account_id)


def _join(invitation: KnownInvitation, account_id: UUID) -> Member:
    now = clock.now()
    Invitation.objects.filter(id=invitation.id).update(used_at=now)
    here = Membership.objects.filter(account_id=account_id, organisation_id=invitation.organisation_id)
    here.filter(ended_at=None).update(ended_at=now)  # of an account that was not active
    Claim.objects.filter(account_id=account_id, organisation_id=invitation.organisation_id).delete()
    Membership.objects.create(
        account_id=account_id,
        organisation_id=invitation.organisation_id,
        roles=sorted(invitation.roles),
        since=now,
    )
    _record(EventKind.MEMBER_JOINED, account_id, invitation.organisation_id, account_id, invitation.roles)
    joined = queries.member(account_id, invitation.organisation_id)
    assert joined is not None  # noqa: S101 - the row was made just now
    return joined


def _alone_in_signing(organisation_id: UUID, account_id: UUID) -> bool:
    signing = [one for one in queries.members(organisation_id) if MemberRole.SIGNATORY in one.roles]
    return [one.account_id for one in signing] == [account_id]


@transaction.atomic
def change_member_roles(
    *,
    by: UUID,
    organisation_id: UUID,
    account_id: UUID,
    roles: Collection[MemberRole],
    without_signatory: bool = False,
) -> AccountObjection | None:
    """Other roles. Who is no signatory any more must be proven again to become one.

    `without_signatory`: it was said that the organisation then cannot sign.
    Objections: NOT_ALLOWED, NO_ROLE, NOT_A_MEMBER, LAST_SIGNATORY.
    """
    hold_members(organisation_id)
    before = queries.member(account_id, organisation_id)
    changed = set(roles) ^ set(before.roles if before else ())
    who = _may_give(by, organisation_id, changed)
    if isinstance(who, AccountObjection):
        return who
    if before is None:
        return AccountObjection.NOT_A_MEMBER
    if not roles:
        return AccountObjection.NO_ROLE
    signs = MemberRole.SIGNATORY in roles
    if not signs and _alone_in_signing(organisation_id, account_id) and not without_signatory:
        return AccountObjection.LAST_SIGNATORY
    rows = Membership.objects.filter(account_id=account_id, organisation_id=organisation_id, ended_at=None)
    rows.update(roles=sorted(roles))
    if not signs:
        rows.update(proven_at=None, proven_how="", proven_by=None)
    _record(EventKind.MEMBER_CHANGED, by, organisation_id, account_id, roles)
    return None


@transaction.atomic
def remove_member(
    *, by: UUID, organisation_id: UUID, account_id: UUID, without_signatory: bool = False
) -> AccountObjection | None:
    """End a membership, at once; everybody may end their own. Open invitations that they gave do not work any more.

    Objections: NOT_ALLOWED, NOT_A_MEMBER, LAST_SIGNATORY (see `change_member_roles`).
    """
    hold_members(organisation_id)
    leaving = queries.member(account_id, organisation_id)
    if by != account_id:
        who = _may_give(by, organisation_id, leaving.roles if leaving else ())
        if isinstance(who, AccountObjection):
            return who
    if leaving is None:
        return AccountObjection.NOT_A_MEMBER
    if _alone_in_signing(organisation_id, account_id) and not without_signatory:
        return AccountObjection.LAST_SIGNATORY
    rows = Membership.objects.filter(account_id=account_id, organisation_id=organisation_id, ended_at=None)
    rows.update(ended_at=clock.now())
    _record(EventKind.MEMBER_LEFT, by, organisation_id, account_id, leaving.roles)
    return None
