"""Proof that an organisation and its signatory are who they say. A proof is recorded once.

Whom we believe is given. An assessor records what they checked as one of a closed list; never what stands on a
document.
"""

import secrets
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import Actor, ActorKind, EventKind
from volmacht.audit.operations import record
from volmacht.parties import queries
from volmacht.parties.models import Challenge, ConnectingOrganisation, Membership
from volmacht.parties.operations.noting import acting_account
from volmacht.pki.possession import PossessionFault, possession_fault
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.rules.accounts import BY_ASSESSOR, CHALLENGE_TERM, AccountObjection, ProofHow
from volmacht.rules.identifiers import KvkNumber, Oin
from volmacht.rules.roles import MemberRole, Permission, Right

OBJECTIONS: dict[PossessionFault, AccountObjection] = {
    PossessionFault.UNREADABLE: AccountObjection.CERTIFICATE_UNREADABLE,
    PossessionFault.KEY: AccountObjection.CERTIFICATE_KEY,
    PossessionFault.NOT_VALID_NOW: AccountObjection.CERTIFICATE_NOT_VALID_NOW,
    PossessionFault.NOT_TRUSTED: AccountObjection.CERTIFICATE_NOT_TRUSTED,
    PossessionFault.OTHER_OIN: AccountObjection.CERTIFICATE_OTHER_OIN,
    PossessionFault.SIGNATURE: AccountObjection.SIGNATURE_WRONG,
}


def _may_prove(account_id: UUID, organisation_id: UUID) -> bool:
    who = queries.member(account_id, organisation_id)
    return who is not None and Right.UPLOAD in who.rights


@transaction.atomic
def start_challenge(*, account_id: UUID, organisation_id: UUID) -> UUID | AccountObjection:
    """A text to sign, for an hour, by this account for this organisation. Objections: NOT_ALLOWED, ALREADY_PROVEN."""
    organisation = queries.connecting_organisation(organisation_id)
    if organisation is None or not _may_prove(account_id, organisation_id):
        return AccountObjection.NOT_ALLOWED
    if organisation.proven:
        return AccountObjection.ALREADY_PROVEN
    now = clock.now()
    row = Challenge.objects.create(
        organisation_id=organisation_id,
        account_id=account_id,
        text=f"volmacht-proof-of-organisation {organisation.oin} {secrets.token_hex(32)}\n",
        expires_at=now + CHALLENGE_TERM,
    )
    return row.id


@transaction.atomic
def prove_by_certificate(
    *, account_id: UUID, challenge_id: UUID, signature: bytes, certificate: bytes, trusted: Iterable[Trust]
) -> AccountObjection | None:
    """The organisation is proven by the signed text. The text can be tried again within its hour.

    Objections: NOT_ALLOWED, CHALLENGE_OVER, and what is wrong with certificate or signature.
    """
    row = Challenge.objects.select_for_update().filter(id=challenge_id, account_id=account_id).first()
    if row is None or not _may_prove(account_id, row.organisation_id):
        return AccountObjection.NOT_ALLOWED
    if row.used_at is not None or row.expires_at <= clock.now():
        return AccountObjection.CHALLENGE_OVER
    organisation = queries.connecting_organisation(row.organisation_id)
    assert organisation is not None  # noqa: S101 - the row refers to it
    fault = possession_fault(
        row.text.encode(),
        signature=signature,
        certificate=certificate,
        oin=Oin(organisation.oin),
        trusted=trusted,
        now=clock.wall_clock(),
    )
    if fault:
        return OBJECTIONS[fault]
    Challenge.objects.filter(id=challenge_id).update(used_at=clock.now())
    _proven(organisation.id, ProofHow.CERTIFICATE, acting_account(account_id), account_id)
    return None


@transaction.atomic
def prove_by_eherkenning(
    *, account_id: UUID, organisation_id: UUID, kvk: KvkNumber
) -> AccountObjection | None:
    """The organisation is proven by a log-in with eHerkenning for its number.

    Objections: NOT_ALLOWED, KVK_OF_ANOTHER.
    """
    if not _may_prove(account_id, organisation_id):
        return AccountObjection.NOT_ALLOWED
    organisation = queries.connecting_organisation(organisation_id)
    if organisation is None or organisation.kvk_number != kvk.value:
        return AccountObjection.KVK_OF_ANOTHER
    _proven(organisation_id, ProofHow.EHERKENNING, acting_account(account_id), account_id)
    return None


def _assessor(by: UUID, organisation_id: UUID, how: ProofHow) -> Actor | None:
    """The employee as an actor, if they may record this: not of an organisation that they belong to themselves."""
    staff = queries.staff_member_by_id(by)
    if staff is None or Permission.RECORD_PROOF not in staff.permissions or how not in BY_ASSESSOR:
        return None
    return None if queries.belongs_to(staff, organisation_id) else Actor(ActorKind.STAFF, by)


@transaction.atomic
def record_proof_of_organisation(
    *, by: UUID, organisation_id: UUID, how: ProofHow
) -> AccountObjection | None:
    """An assessor checked that the members act for the organisation. Objection: NOT_ALLOWED."""
    actor = _assessor(by, organisation_id, how)
    if actor is None or queries.connecting_organisation(organisation_id) is None:
        return AccountObjection.NOT_ALLOWED
    _proven(organisation_id, how, actor, by)
    return None


def _proven(organisation_id: UUID, how: ProofHow, actor: Actor, by: UUID) -> None:
    changed = ConnectingOrganisation.objects.filter(party_id=organisation_id, proven_at=None).update(
        proven_at=clock.now(), proven_how=how, proven_by=by
    )
    if changed:
        record(
            EventKind.ORGANISATION_PROVEN,
            actor=actor,
            subject_id=organisation_id,
            object_id=by,
            data={"how": how.value},
        )


@transaction.atomic
def record_proof_of_signatory(
    *, by: UUID, organisation_id: UUID, account_id: UUID, how: ProofHow
) -> AccountObjection | None:
    """An assessor checked who a signatory is. Objections: NOT_ALLOWED, NOT_A_SIGNATORY."""
    actor = _assessor(by, organisation_id, how)
    if actor is None:
        return AccountObjection.NOT_ALLOWED
    member = queries.member(account_id, organisation_id)
    if member is None or MemberRole.SIGNATORY not in member.roles:
        return AccountObjection.NOT_A_SIGNATORY
    changed = Membership.objects.filter(
        account_id=account_id, organisation_id=organisation_id, ended_at=None, proven_at=None
    ).update(proven_at=clock.now(), proven_how=how, proven_by=by)
    if changed:
        record(
            EventKind.SIGNATORY_PROVEN,
            actor=actor,
            subject_id=organisation_id,
            object_id=account_id,
            data={"how": how.value},
        )
    return None
