"""Reading organisations that connect: their members, invitations, suppliers and clients.

What somebody may not know of is not told apart here from what is not there: pages ask `member` first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from volmacht import clock
from volmacht.parties.models import (
    Challenge,
    ConnectingOrganisation,
    Invitation,
    Membership,
    Organisation,
    SupplierConsent,
)
from volmacht.parties.queries.staff import KnownStaff
from volmacht.rules.accounts import ProofHow
from volmacht.rules.roles import MemberRole, Right, rights_of


@dataclass(frozen=True, slots=True)
class KnownConnectingOrganisation:
    """An organisation that connects, or supplies one that does.

    `proven`: its members act for it, that was shown. `signatory_proven`: the identity of at least one signatory who is
    a member still was recorded.
    """

    id: UUID
    name: str
    oin: str
    kvk_number: str
    alb_name: str
    public_task: str
    legal_basis: str
    is_supplier: bool
    proven: bool
    proven_how: ProofHow | None
    signatory_proven: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works for an organisation. `proven`: their identity as signatory was recorded."""

    account_id: UUID
    organisation_id: UUID
    name: str
    email: str
    language: str
    roles: frozenset[MemberRole]
    since: datetime
    proven: bool

    @property
    def rights(self) -> frozenset[Right]:
        """What they may do for their own organisation."""
        return rights_of(self.roles)


@dataclass(frozen=True, slots=True)
class KnownInvitation:
    """An invitation that was not used."""

    id: UUID
    organisation_id: UUID
    organisation_name: str
    email: str
    roles: frozenset[MemberRole]
    invited_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Consent:
    """A supplier that may act for a provider now."""

    provider_id: UUID
    provider_name: str
    supplier_id: UUID
    supplier_name: str
    given_by: UUID
    since: datetime


@dataclass(frozen=True, slots=True)
class KnownChallenge:
    """A text to be signed, for an organisation."""

    id: UUID
    organisation_id: UUID
    text: str
    expires_at: datetime


def _with_role(rows: QuerySet[Membership], role: MemberRole) -> list[Membership]:
    """Few people work for one organisation: looked at here, as the databases ask within JSON in different ways."""
    return [row for row in rows if role in row.roles]


def connecting_organisation(party_id: UUID) -> KnownConnectingOrganisation | None:
    """What is known of an organisation because it connects."""
    row = (
        ConnectingOrganisation.objects.filter(party_id=party_id).select_related("party__organisation").first()
    )
    if row is None:
        return None
    numbers = row.party.organisation
    proven = Membership.objects.filter(
        organisation_id=party_id, ended_at=None, proven_at__isnull=False, account__active=True
    )
    return KnownConnectingOrganisation(
        id=row.party_id,
        name=row.party.name,
        oin=numbers.oin or "",
        kvk_number=numbers.kvk_number or "",
        alb_name=row.alb_name,
        public_task=row.public_task,
        legal_basis=row.legal_basis,
        is_supplier=row.is_supplier,
        proven=row.proven_at is not None,
        proven_how=ProofHow(row.proven_how) if row.proven_how else None,
        signatory_proven=bool(_with_role(proven, MemberRole.SIGNATORY)),
        created_at=row.created_at,
    )


def oins_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """The OINs of these connecting organisations, by id."""
    rows = ConnectingOrganisation.objects.select_related("party__organisation").filter(party_id__in=ids)
    return {row.party_id: row.party.organisation.oin or "" for row in rows}


def connecting_organisations() -> list[KnownConnectingOrganisation]:
    """All of them, by name: for employees only."""
    ids = ConnectingOrganisation.objects.order_by("party__name", "party_id").values_list(
        "party_id", flat=True
    )
    return [known for id_ in ids if (known := connecting_organisation(id_))]


def _found(words: Collection[str]) -> QuerySet[ConnectingOrganisation]:
    """Those with every word in a name or number. `words` are folded (`rules.searching`)."""
    rows = ConnectingOrganisation.objects.order_by("party__name", "party_id")
    for word in words:
        rows = rows.filter(
            Q(party__search_name__contains=word)
            | Q(party__name__icontains=word)
            | Q(party__organisation__oin__contains=word)
            | Q(party__organisation__kvk_number__contains=word)
        )
    return rows


def find_organisations(
    words: Collection[str], *, start: int, rows: int
) -> tuple[list[KnownConnectingOrganisation], int]:
    """A part of those that connect and have every word, by name, and how many there are: for employees only."""
    found = _found(words)
    ids = list(found.values_list("party_id", flat=True)[start : start + rows])
    return [known for id_ in ids if (known := connecting_organisation(id_))], found.count()


def ids_of_organisations(words: Collection[str], *, most: int) -> list[UUID]:
    """The ids of the first of those: for employees only."""
    return list(_found(words).values_list("party_id", flat=True)[:most])


def organisation_with_oin(oin: str) -> UUID | None:
    """The id of the organisation that connects with this OIN."""
    found = Organisation.objects.filter(oin=oin, party__connecting__isnull=False)
    return found.values_list("party_id", flat=True).first()


def has_signatory(organisation_id: UUID) -> bool:
    """Whether anybody can sign for an organisation now."""
    rows = Membership.objects.filter(organisation_id=organisation_id, ended_at=None, account__active=True)
    return bool(_with_role(rows, MemberRole.SIGNATORY))


def _member(row: Membership) -> Member:
    return Member(
        account_id=row.account_id,
        organisation_id=row.organisation_id,
        name=row.account.name,
        email=row.account.email,
        language=row.account.language,
        roles=frozenset(map(MemberRole, row.roles)),
        since=row.since,
        proven=row.proven_at is not None,
    )


def _active() -> QuerySet[Membership]:
    return Membership.objects.filter(ended_at=None, account__active=True).select_related("account")


def member(account_id: UUID, organisation_id: UUID) -> Member | None:
    """Somebody as a member of one organisation; None when they are not, or not any more."""
    row = _active().filter(account_id=account_id, organisation_id=organisation_id).first()
    return _member(row) if row else None


def members(organisation_id: UUID) -> list[Member]:
    """Everybody who works for an organisation now, longest first."""
    return [_member(row) for row in _active().filter(organisation_id=organisation_id).order_by("since", "id")]


def organisations_of(account_id: UUID) -> list[KnownConnectingOrganisation]:
    """For which organisations somebody works, by name."""
    ids = _active().filter(account_id=account_id).values_list("organisation_id", flat=True)
    known = [organisation for id_ in ids if (organisation := connecting_organisation(id_))]
    return sorted(known, key=lambda organisation: (organisation.name.casefold(), str(organisation.id)))


def _consents() -> QuerySet[SupplierConsent]:
    rows = SupplierConsent.objects.filter(ended_at=None).select_related("provider__party", "supplier__party")
    return rows.order_by("given_at", "id")


def _consent(row: SupplierConsent) -> Consent:
    return Consent(
        provider_id=row.provider_id,
        provider_name=row.provider.party.name,
        supplier_id=row.supplier_id,
        supplier_name=row.supplier.party.name,
        given_by=row.given_by_id,
        since=row.given_at,
    )


def consents(provider_id: UUID) -> list[Consent]:
    """Which suppliers may act for a provider now."""
    return [_consent(row) for row in _consents().filter(provider_id=provider_id)]


def clients_of(supplier_id: UUID) -> list[Consent]:
    """For which providers a supplier may act now."""
    return [_consent(row) for row in _consents().filter(supplier_id=supplier_id)]


def rights_for(account_id: UUID, organisation_id: UUID) -> frozenset[Right]:
    """What somebody may do for an organisation: as its member, or as a member of a supplier that it lets act."""
    own = member(account_id, organisation_id)
    rights = set(own.rights if own else ())
    for consent in consents(organisation_id):
        colleague = member(account_id, consent.supplier_id)
        if colleague:
            rights |= rights_of(colleague.roles, as_supplier=True)
    return frozenset(rights)


def belongs_to(employee: KnownStaff, organisation_id: UUID) -> bool:
    """Whether an employee is a member of an organisation, or of a supplier that acts for it: by account or address."""
    bodies = (organisation_id, *(consent.supplier_id for consent in consents(organisation_id)))
    return any(
        one.account_id == employee.account_id or one.email.casefold() == employee.email.casefold()
        for body in bodies
        for one in members(body)
    )


def known_invitation(row: Invitation) -> KnownInvitation:
    """Of its row, with organisation and party."""
    return KnownInvitation(
        id=row.id,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation.party.name,
        email=row.email,
        roles=frozenset(map(MemberRole, row.roles)),
        invited_at=row.invited_at,
        expires_at=row.expires_at,
    )


def open_invitations(organisation_id: UUID) -> list[KnownInvitation]:
    """Invitations of an organisation that can be used still, newest first."""
    rows = Invitation.objects.filter(
        organisation_id=organisation_id, used_at=None, withdrawn_at=None, expires_at__gt=clock.now()
    )
    rows = rows.select_related("organisation__party").order_by("-invited_at", "id")
    return [known_invitation(row) for row in rows]


def challenge(challenge_id: UUID, account_id: UUID) -> KnownChallenge | None:
    """A text that this account may let its organisation sign now."""
    row = Challenge.objects.filter(
        id=challenge_id, account_id=account_id, used_at=None, expires_at__gt=clock.now()
    ).first()
    return KnownChallenge(row.id, row.organisation_id, row.text, row.expires_at) if row else None
