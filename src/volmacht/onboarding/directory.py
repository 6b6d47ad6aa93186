"""Who takes part in connecting, as this app asks for it: organisations, members, suppliers, employees. Reads only."""

import importlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from volmacht.rules.roles import MemberRole, Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectingOrganisation:
    """An organisation that connects, or a supplier."""

    id: UUID
    name: str
    oin: str
    alb_name: str = ""
    proven: bool = False
    signatory_proven: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who works for an organisation."""

    account_id: UUID
    organisation_id: UUID
    name: str
    email: str
    roles: frozenset[MemberRole]
    proven: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """Somebody who works for the operator."""

    id: UUID
    name: str
    email: str
    active: bool
    permissions: frozenset[Permission]


class Directory(Protocol):
    """What connecting needs to know of people."""

    def organisation(self, organisation_id: UUID) -> ConnectingOrganisation | None:
        """An organisation that connects."""

    def member(self, account_id: UUID, organisation_id: UUID) -> Member | None:
        """A member who is one now."""

    def members(self, organisation_id: UUID) -> Collection[Member]:
        """All who are members now."""

    def suppliers_of(self, provider_id: UUID) -> frozenset[UUID]:
        """The suppliers that may act for a provider now."""

    def clients_of(self, supplier_id: UUID) -> frozenset[UUID]:
        """The providers that a supplier may act for now."""

    def employee(self, staff_id: UUID) -> Employee | None:
        """An employee of the operator, also one who is not active any more."""


class OfParties:
    """The directory that `parties` keeps."""

    def _ask(self, question: str, *given: UUID) -> Any:
        return getattr(importlib.import_module("volmacht.parties.queries"), question)(*given)

    def organisation(self, organisation_id: UUID) -> ConnectingOrganisation | None:
        """An organisation that connects."""
        found: ConnectingOrganisation | None = self._ask("connecting_organisation", organisation_id)
        return found

    def member(self, account_id: UUID, organisation_id: UUID) -> Member | None:
        """A member who is one now."""
        found: Member | None = self._ask("member", account_id, organisation_id)
        return found

    def members(self, organisation_id: UUID) -> Collection[Member]:
        """All who are members now."""
        found: Collection[Member] = self._ask("members", organisation_id)
        return found

    def suppliers_of(self, provider_id: UUID) -> frozenset[UUID]:
        """The suppliers that may act for a provider now."""
        return frozenset(consent.supplier_id for consent in self._ask("consents", provider_id))

    def clients_of(self, supplier_id: UUID) -> frozenset[UUID]:
        """The providers that a supplier may act for now."""
        return frozenset(consent.provider_id for consent in self._ask("clients_of", supplier_id))

    def employee(self, staff_id: UUID) -> Employee | None:
        """An employee of the operator."""
        found: Employee | None = self._ask("staff_member_by_id", staff_id)
        return found


_in_use: list[Directory] = [OfParties()]


def directory() -> Directory:
    """The directory of this process."""
    return _in_use[-1]
