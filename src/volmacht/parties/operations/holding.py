"""Keeping others from an organisation that connects, until the transaction ends (PostgreSQL; SQLite has one writer)."""

from uuid import UUID

from volmacht.parties.models import ConnectingOrganisation
from volmacht.parties.operations.people import hold


def hold_members(organisation_id: UUID) -> None:
    """Let nobody else change who works for it, or whom it lets act."""
    rows = ConnectingOrganisation.objects.select_for_update().filter(party_id=organisation_id)
    list(rows.values_list("party_id", flat=True))


def hold_everything(organisation_id: UUID) -> None:
    """The same, and let nobody begin a case of it: whose it is may change. Always in this order."""
    hold(organisation_id)
    hold_members(organisation_id)
