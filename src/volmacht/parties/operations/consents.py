"""Suppliers that may act for a provider: its signatory gives and withdraws that."""

from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.operations import record
from volmacht.parties import queries
from volmacht.parties.models import SupplierConsent
from volmacht.parties.operations.holding import hold_members
from volmacht.parties.operations.noting import acting_account
from volmacht.rules.accounts import AccountObjection
from volmacht.rules.identifiers import InvalidIdentifier, Oin
from volmacht.rules.roles import Right


def _may_sign(by: UUID, provider_id: UUID) -> bool:
    who = queries.member(by, provider_id)
    return who is not None and Right.SIGN in who.rights


@transaction.atomic
def give_supplier_consent(*, by: UUID, provider_id: UUID, supplier_oin: str) -> UUID | AccountObjection:
    """Let a supplier act for a provider; the id of the supplier.

    Objections: NOT_ALLOWED, OIN_FORM, CONSENT_EXISTS, and NOT_A_SUPPLIER, which is the same for an OIN that is not
    here, for an organisation that is no supplier, and for a supplier that did not prove itself.
    """
    hold_members(provider_id)
    if not _may_sign(by, provider_id):
        return AccountObjection.NOT_ALLOWED
    try:
        oin = Oin.parse(supplier_oin)
    except InvalidIdentifier:
        return AccountObjection.OIN_FORM
    supplier_id = queries.organisation_with_oin(oin.value)
    supplier = queries.connecting_organisation(supplier_id) if supplier_id else None
    if supplier is None or not supplier.is_supplier or not supplier.proven or supplier.id == provider_id:
        return AccountObjection.NOT_A_SUPPLIER
    if any(one.supplier_id == supplier.id for one in queries.consents(provider_id)):
        return AccountObjection.CONSENT_EXISTS
    SupplierConsent.objects.create(
        provider_id=provider_id, supplier_id=supplier.id, given_by_id=by, given_at=clock.now()
    )
    _record(EventKind.SUPPLIER_CONSENT_GIVEN, by, provider_id, supplier.id)
    return supplier.id


@transaction.atomic
def end_supplier_consent(*, by: UUID, provider_id: UUID, supplier_id: UUID) -> AccountObjection | None:
    """The supplier does not act for the provider any more, from now on. Objections: NOT_ALLOWED, NO_CONSENT."""
    if not _may_sign(by, provider_id):
        return AccountObjection.NOT_ALLOWED
    given = SupplierConsent.objects.filter(provider_id=provider_id, supplier_id=supplier_id, ended_at=None)
    if not given.update(ended_at=clock.now(), ended_by_id=by):
        return AccountObjection.NO_CONSENT
    _record(EventKind.SUPPLIER_CONSENT_ENDED, by, provider_id, supplier_id)
    return None


def _record(kind: EventKind, by: UUID, provider_id: UUID, supplier_id: UUID) -> None:
    record(kind, actor=acting_account(by), subject_id=provider_id, object_id=supplier_id)
