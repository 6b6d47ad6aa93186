"""Who takes part in the tests of connecting: organisations, their members, suppliers, people at the desk.

Written as the rows that `parties` reads: how somebody comes to be a member is tested there.
"""

from uuid import UUID, uuid4

from volmacht import clock
from volmacht.onboarding.actors import CaseActor
from volmacht.parties.models import (
    Account,
    ConnectingOrganisation,
    Membership,
    Organisation,
    Party,
    StaffMember,
    SupplierConsent,
)
from volmacht.rules.onboarding.cases import Side
from volmacht.rules.roles import MemberRole, StaffRole

OIN = "00000001999900000000"
SUPPLIER_OIN = "00000001888800000000"


class Town:
    """Adds and changes who takes part."""

    def add_body(self, name: str, oin: str, *, is_supplier: bool = False) -> UUID:
        """An organisation that is proven."""
        now = clock.now()
        party = Party.objects.create(kind="organisation", name=name, created_at=now)
        Organisation.objects.create(party=party, oin=oin)
        ConnectingOrganisation.objects.create(
            party=party, alb_name=name, is_supplier=is_supplier, created_at=now, proven_at=now
        )
        return party.id

    def unprove(self, body: UUID) -> None:
        """It was not proven that its members act for it."""
        ConnectingOrganisation.objects.filter(party_id=body).update(proven_at=None)

    def unprove_signatories(self, body: UUID) -> None:
        """Of no signatory the identity is recorded."""
        Membership.objects.filter(organisation_id=body).update(proven_at=None)

    def prove(self, body: UUID) -> None:
        """Both again."""
        now = clock.now()
        ConnectingOrganisation.objects.filter(party_id=body).update(proven_at=now)
        Membership.objects.filter(organisation_id=body).update(proven_at=now)

    def forget_alb_name(self, body: UUID) -> None:
        """It does not stand in the list of who may use a BSN."""
        ConnectingOrganisation.objects.filter(party_id=body).update(alb_name="")

    def rename(self, body: UUID, name: str) -> None:
        """Another name."""
        Party.objects.filter(id=body).update(name=name)

    def change_oin(self, body: UUID, oin: str) -> None:
        """Another number."""
        Organisation.objects.filter(party_id=body).update(oin=oin)

    def consent(self, body: UUID, supplier: UUID) -> None:
        """The provider lets a supplier act."""
        given_by = self._account("")
        SupplierConsent.objects.create(
            provider_id=body, supplier_id=supplier, given_by=given_by, given_at=clock.now()
        )

    def end_consents(self, *bodies: UUID) -> None:
        """No provider lets a supplier act any more; or only these do not."""
        consents = (
            SupplierConsent.objects.filter(provider_id__in=bodies) if bodies else SupplierConsent.objects
        )
        consents.update(ended_at=clock.now())

    def add_member(
        self, body: UUID, *roles: MemberRole, email: str = "", side: Side = Side.PROVIDER
    ) -> CaseActor:
        """Somebody who works there, as the actor that a page makes of them; a signatory is proven."""
        account = self._account(email)
        proven_at = clock.now() if MemberRole.SIGNATORY in roles else None
        Membership.objects.create(
            account=account,
            organisation_id=body,
            roles=list(roles),
            since=clock.now(),
            proven_at=proven_at,
        )
        return CaseActor(side, account.id, account.name, roles[0].value if roles else "", body)

    def leave(self, actor: CaseActor) -> None:
        """Somebody is no member any more."""
        Membership.objects.filter(account_id=_id(actor)).update(ended_at=clock.now())

    def add_employee(self, *roles: StaffRole, email: str = "", staff_id: UUID | None = None) -> CaseActor:
        """An employee of the operator."""
        email = email or f"{uuid4().hex[:8]}@volmacht.example"
        if staff_id is None:
            staff_id = StaffMember.objects.create(name="Medewerker", email=email, created_at=clock.now()).id
        StaffMember.objects.filter(id=staff_id).update(roles=list(roles))
        return CaseActor(Side.OPERATOR, staff_id, "Medewerker", roles[0].value)

    def dismiss(self, actor: CaseActor) -> None:
        """An employee who left."""
        StaffMember.objects.filter(id=_id(actor)).update(active=False)

    def same_person(self, employee: CaseActor, member: CaseActor) -> None:
        """The employee logs in with the account of the member."""
        StaffMember.objects.filter(id=_id(employee)).update(account_id=member.id)

    def _account(self, email: str) -> Account:
        email = email or f"{uuid4().hex[:12]}@dorp.example"
        return Account.objects.create(
            email=email, email_folded=email.casefold(), name="Iemand", created_at=clock.now()
        )


def _id(actor: CaseActor) -> UUID:
    assert actor.id is not None
    return actor.id
