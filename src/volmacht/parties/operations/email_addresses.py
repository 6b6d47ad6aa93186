"""E-mail addresses of parties: given, confirmed by a link, and removed (DM-50)."""

import secrets
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.operations import record
from volmacht.parties import queries
from volmacht.parties.models import EmailAddress
from volmacht.parties.operations.people import hold
from volmacht.sealing import Purpose, keyed_hash, keyed_hashes, seal

CONFIRMATION_TERM = timedelta(days=2)


class ErasedPerson(RuntimeError):
    """A personal value was about to be kept of somebody who was erased."""


@transaction.atomic
def give_email_address(party_id: UUID, address: str, language: str) -> tuple[UUID, str]:
    """Keep an unconfirmed address; returns its id and the secret of the link that confirms it.

    Replaces an earlier unconfirmed address. The secret itself is kept as a keyed hash only, for two days.
    Raises ErasedPerson: whoever offers an address holds the party, and asks first.
    """
    if not hold(party_id):
        raise ErasedPerson
    EmailAddress.objects.filter(party_id=party_id, confirmed_at__isnull=True).delete()
    secret = secrets.token_urlsafe(24)
    now = clock.now()
    address_id = uuid4()
    row = EmailAddress.objects.create(
        id=address_id,
        party_id=party_id,
        address_sealed=seal(Purpose.EMAIL_ADDRESS, address_id, address.encode()),
        language=language,
        given_at=now,
        link_hash=keyed_hash(Purpose.LINK, secret),
        link_expires_at=now + CONFIRMATION_TERM,
    )
    record(
        EventKind.EMAIL_ADDRESS_GIVEN,
        actor=queries.acting(party_id),
        subject_id=party_id,
        object_id=row.id,
    )
    return row.id, secret


def address_to_confirm(secret: str) -> UUID | None:
    """The address that a link is for, while it is fresh; changes nothing, so that a mail scanner cannot confirm."""
    row = EmailAddress.objects.filter(
        link_hash__in=keyed_hashes(Purpose.LINK, secret), link_expires_at__gt=clock.now()
    ).first()
    return row.id if row else None


@transaction.atomic
def confirm_email_address(secret: str) -> bool:
    """Confirm by the link's secret, once; the address becomes the party's only one."""
    row = (
        EmailAddress.objects.select_for_update()
        .filter(link_hash__in=keyed_hashes(Purpose.LINK, secret), link_expires_at__gt=clock.now())
        .first()
    )
    if row is None:
        return False
    EmailAddress.objects.filter(party_id=row.party_id).exclude(id=row.id).delete()
    row.confirmed_at, row.link_hash, row.link_expires_at = clock.now(), None, None
    row.save()
    record(
        EventKind.EMAIL_ADDRESS_CONFIRMED,
        actor=queries.acting(row.party_id),
        subject_id=row.party_id,
        object_id=row.id,
    )
    return True


@transaction.atomic
def remove_email_addresses(party_id: UUID) -> None:
    """No e-mail any more for this party."""
    removed, _ = EmailAddress.objects.filter(party_id=party_id).delete()
    if removed:
        record(EventKind.EMAIL_ADDRESS_REMOVED, actor=queries.acting(party_id), subject_id=party_id)
