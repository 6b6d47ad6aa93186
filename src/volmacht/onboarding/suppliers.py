"""Which supplier acts for which provider now, by id: consents can end at any moment, so this is asked at every act."""

from uuid import UUID

from volmacht.parties import queries as parties


def suppliers_of(provider_id: UUID) -> frozenset[UUID]:
    """The suppliers that may act for a provider now."""
    return frozenset(consent.supplier_id for consent in parties.consents(provider_id))


def oins_of_suppliers(provider_id: UUID | None) -> frozenset[str]:
    """The OINs of the suppliers that may act for a provider now."""
    if provider_id is None:
        return frozenset()
    found = map(parties.connecting_organisation, suppliers_of(provider_id))
    return frozenset(supplier.oin for supplier in found if supplier)


def clients_of(supplier_id: UUID) -> frozenset[UUID]:
    """The providers that a supplier may act for now."""
    return frozenset(consent.provider_id for consent in parties.clients_of(supplier_id))
