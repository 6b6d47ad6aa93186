"""Who takes part in the tests of connecting: a municipality, its supplier, and people at the desk."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.directory import ConnectingOrganisation, Employee, Member
from volmacht.rules.onboarding.cases import Side
from volmacht.rules.roles import MemberRole, StaffRole, permissions_of

OIN = "00000001999900000000"
SUPPLIER_OIN = "00000001888800000000"


@dataclass
class Town:
    """A directory in memory, and the actors in it."""

    bodies: dict[UUID, ConnectingOrganisation] = field(default_factory=dict)
    people: list[Member] = field(default_factory=list)
    employees: dict[UUID, Employee] = field(default_factory=dict)
    consents: set[tuple[UUID, UUID]] = field(default_factory=set)

    def organisation(self, organisation_id: UUID) -> ConnectingOrganisation | None:
        return self.bodies.get(organisation_id)

    def member(self, account_id: UUID, organisation_id: UUID) -> Member | None:
        found = (one for one in self.people if one.account_id == account_id)
        return next((one for one in found if one.organisation_id == organisation_id), None)

    def members(self, organisation_id: UUID) -> Collection[Member]:
        return [one for one in self.people if one.organisation_id == organisation_id]

    def suppliers_of(self, provider_id: UUID) -> frozenset[UUID]:
        return frozenset(supplier for provider, supplier in self.consents if provider == provider_id)

    def clients_of(self, supplier_id: UUID) -> frozenset[UUID]:
        return frozenset(provider for provider, supplier in self.consents if supplier == supplier_id)

    def employee(self, staff_id: UUID) -> Employee | None:
        return self.employees.get(staff_id)

    def add_body(self, name: str, oin: str) -> UUID:
        """An organisation that is proven in every way."""
        from volmacht.parties.models import Party

        body = Party.objects.create(kind="organisation", name=name, created_at="2026-01-05T09:00:00Z").id
        self.bodies[body] = ConnectingOrganisation(
            id=body, name=name, oin=oin, alb_name=name, proven=True, signatory_proven=True
        )
        return body

    def change(self, body: UUID, **changes: object) -> None:
        """Another fact about an organisation."""
        self.bodies[body] = replace(self.bodies[body], **changes)  # type: ignore[arg-type] # facts of the test

    def add_member(
        self, body: UUID, *roles: MemberRole, email: str = "", side: Side = Side.PROVIDER
    ) -> CaseActor:
        """Somebody who works there, as the actor that a page makes of them."""
        account = uuid4()
        email = email or f"{account.hex[:8]}@{body.hex[:8]}.example"
        self.people.append(
            Member(
                account_id=account,
                organisation_id=body,
                name="Iemand",
                email=email,
                roles=frozenset(roles),
            )
        )
        return CaseActor(side, account, "Iemand", roles[0].value if roles else "", body)

    def leave(self, actor: CaseActor) -> None:
        """Somebody is no member any more."""
        self.people = [one for one in self.people if one.account_id != actor.id]

    def add_employee(self, staff_id: UUID, *roles: StaffRole, email: str = "") -> CaseActor:
        """An employee of the operator."""
        email = email or f"{staff_id.hex[:8]}@volmacht.example"
        self.employees[staff_id] = Employee(
            id=staff_id, name="Medewerker", email=email, active=True, permissions=permissions_of(roles)
        )
        return CaseActor(Side.OPERATOR, staff_id, "Medewerker", roles[0].value)
