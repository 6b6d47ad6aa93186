"""Proof that an organisation and its signatory are who they say. A proof is recorded once.

Whom we believe is given. Who proves an organisation that others signed up and never proved takes it over (decision
0044): `set_aside` is what higher layers do then with what they keep of it. An assessor records what they checked as one
of a closed list; never what stands on a document.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import Actor, ActorKind, EventKind
from volmacht.audit.operations import record
from volmacht.parties import queries
from volmacht.parties.models import Challenge, Claim, ConnectingOrganisation, Membership
from volmacht.parties.operations.holding import hold_everything
from volmacht.parties.operations.noting import acting_account
from volmacht.parties.operations.taking_over import SetAside, take_over
from volmacht.parties.queries import KnownConnectingOrganisation
from volmacht.pki.possession import PossessionFault, possession_fault
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.rules.accounts import BY_ASSESSOR, CHALLENGE_TERM, CLAIM_TERM, AccountObjection, ProofHow
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


@dataclass(frozen=True, slots=True)
class _Subject:
    """What somebody may prove: an organisation they work for, or one that others signed up and that they claim."""

    organisation: KnownConnectingOrganisation
    oin: str
    claim: Claim | None


def _subject(account_id: UUID, organisation_id: UUID) -> _Subject | AccountObjection:
    organisation = queries.connecting_organisation(organisation_id)
    if organisation is None:
        return AccountObjection.NOT_ALLOWED
    claims = Claim.objects.filter(account_id=account_id, organisation_id=organisation_id)
    claim = claims.filter(made_at__gt=clock.now() - CLAIM_TERM).first()
    if claim is not None:
        found = _Subject(organisation, claim.oin, claim)
        return AccountObjection.ORGANISATION_EXISTS if organisation.proven else found
    who = queries.member(account_id, organisation_id)
    if who is None or Right.UPLOAD not in who.rights:
        return AccountObjection.NOT_ALLOWED
    return _Subject(organisation, organisation.oin, None)


@transaction.atomic
def start_challenge(*, account_id: UUID, organisation_id: UUID) -> UUID | AccountObjection:
    """A text to sign, for an hour, by this account for this organisation.

    Objections: NOT_ALLOWED, ALREADY_PROVEN; and ORGANISATION_EXISTS for a claim that came too late.
    """
    subject = _subject(account_id, organisation_id)
    if isinstance(subject, AccountObjection):
        return subject
    if subject.organisation.proven:
        return AccountObjection.ALREADY_PROVEN
    now = clock.now()
    row = Challenge.objects.create(
        organisation_id=organisation_id,
        account_id=account_id,
        text=f"volmacht-proof-of-organisation {subject.oin} {secrets.token_hex(32)}\n",
        expires_at=now + CHALLENGE_TERM,
    )
    return row.id


@transaction.atomic
def prove_by_certificate(
    *,
    account_id: UUID,
    challenge_id: UUID,
    signature: bytes,
    certificate: bytes,
    trust: Trust,
    set_aside: SetAside,
) -> AccountObjection | None:
    """The organisation is proven by the signed text. The text can be tried again within its hour.

    Objections: NOT_ALLOWED, CHALLENGE_OVER, ORGANISATION_EXISTS, and what is wrong with certificate or signature.
    """
    rows = Challenge.objects.filter(id=challenge_id, account_id=account_id)
    organisation_id = rows.values_list("organisation_id", flat=True).first()
    if organisation_id is None:
        return AccountObjection.NOT_ALLOWED
    hold_everything(organisation_id)
    subject, row = _subject(account_id, organisation_id), rows.select_for_update().first()
    if isinstance(subject, AccountObjection):
        return subject
    if row is None or row.used_at is not None or row.expires_at <= clock.now():
        return AccountObjection.CHALLENGE_OVER
    fault = possession_fault(
        row.text.encode(),
        signature=signature,
        certificate=certificate,
        oin=Oin(subject.oin),
        trust=trust,
        now=clock.wall_clock(),
    )
    if fault:
        return OBJECTIONS[fault]
    Challenge.objects.filter(id=challenge_id).update(used_at=clock.now())
    return _prove(subject, ProofHow.CERTIFICATE, acting_account(account_id), account_id, set_aside)


@transaction.atomic
def prove_by_eherkenning(
    *, account_id: UUID, organisation_id: UUID, kvk: KvkNumber, employee: str, set_aside: SetAside
) -> AccountObjection | None:
    """The organisation is proven by a log-in with eHerkenning for its number; `employee` is who logged in there.

    Objections: NOT_ALLOWED, ORGANISATION_EXISTS, KVK_OF_ANOTHER.
    """
    hold_everything(organisation_id)
    subject = _subject(account_id, organisation_id)
    if isinstance(subject, AccountObjection):
        return subject
    if subject.organisation.kvk_number != kvk.value:
        return AccountObjection.KVK_OF_ANOTHER
    actor = Actor(ActorKind.ACCOUNT, account_id, employee)
    return _prove(subject, ProofHow.EHERKENNING, actor, account_id, set_aside)


def _prove(
    subject: _Subject, how: ProofHow, actor: Actor, by: UUID, set_aside: SetAside
) -> AccountObjection | None:
    if subject.claim is not None:
        objection = take_over(subject.claim, subject.organisation, actor=actor, set_aside=set_aside)
        if objection:
            return objection
    _proven(subject.organisation.id, how, actor, by)
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
