"""Putting what rests here under the current keys, while everything runs (DM-06). Used through `operations`.

Row by row, and only where the row is still as it was read: whoever writes at the same moment wins. So it can be broken
off, done twice, or done by two. A look-up finds a person before and after, as it tries the hashes under all keys.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from volmacht.parties.models import Account, EmailAddress, Person
from volmacht.sealing import CannotOpen, Purpose, current_hash_version, keyed_hash, resealed, unseal

BATCH = 200

Change = dict[str, Any]
"""The columns of one row that get new values."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of some rows: looked at, changed, and how many could not be opened."""

    seen: int
    changed: int
    unreadable: int


def rekey_people() -> Iterator[Batch]:
    """Seal and hash every BSN under the current keys, batch by batch."""
    people = Person.objects.filter(bsn_sealed__isnull=False)
    yield from _each_batch(people, "bsn_sealed", _of_person)


def rekey_email_addresses() -> Iterator[Batch]:
    """Seal every e-mail address under the current key, batch by batch."""
    yield from _each_batch(EmailAddress.objects.all(), "address_sealed", _of_address)


def rekey_accounts() -> Iterator[Batch]:
    """Seal the secret of every app under the current key, batch by batch."""
    yield from _each_batch(Account.objects.filter(totp_sealed__isnull=False), "totp_sealed", _of_account)


def people_hashed_under(version: int) -> int:
    """How many people are found by a hash under this version of the key."""
    return Person.objects.filter(bsn_hash__isnull=False, bsn_hash_version=version).count()


def _of_person(row: Person) -> Change | None:
    """Hash and version change together, so that one never tells a lie about the other."""
    sealed, version = bytes(row.bsn_sealed or b""), current_hash_version()
    new = resealed(Purpose.BSN, row.party_id, sealed)
    if new is None and row.bsn_hash_version == version:
        return None
    bsn = unseal(Purpose.BSN, row.party_id, sealed).decode()
    return {
        "bsn_sealed": new or sealed,
        "bsn_hash": keyed_hash(Purpose.BSN, bsn, version),
        "bsn_hash_version": version,
    }


def _of_address(row: EmailAddress) -> Change | None:
    new = resealed(Purpose.EMAIL_ADDRESS, row.id, bytes(row.address_sealed))
    return {"address_sealed": new} if new else None


def _of_account(row: Account) -> Change | None:
    new = resealed(Purpose.TOTP, row.id, bytes(row.totp_sealed or b""))
    return {"totp_sealed": new} if new else None


def _each_batch(
    rows: QuerySet[Any], column: str, change_of: Callable[[Any], Change | None]
) -> Iterator[Batch]:
    last = None
    while True:
        following = rows.order_by("pk") if last is None else rows.order_by("pk").filter(pk__gt=last)
        found = list(following[:BATCH])
        if not found:
            return
        yield _change(rows, column, found, change_of)
        last = found[-1].pk


def _change(
    rows: QuerySet[Any], column: str, found: list[Any], change_of: Callable[[Any], Change | None]
) -> Batch:
    """Work out everything first, so that the write lock is held for writing only."""
    changes: list[tuple[Any, Change]] = []
    unreadable = 0
    for row in found:
        try:
            change = change_of(row)
        except CannotOpen:
            unreadable += 1
            continue
        if change:
            changes.append((row, change))
    if not changes:
        return Batch(len(found), 0, unreadable)
    with transaction.atomic():
        changed = sum(
            rows.filter(pk=row.pk, **{column: bytes(getattr(row, column))}).update(**change)
            for row, change in changes
        )
    return Batch(len(found), changed, unreadable)
