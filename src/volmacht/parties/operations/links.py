"""Links to an e-mail address that make an account or a new password: once, for a while, bound to the address.

`look_at_link` changes nothing, so that a mail scanner uses nothing up. Callers of `take_link` hold a transaction.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.parties import queries
from volmacht.parties.models import AccountLink, StaffMember
from volmacht.parties.queries.accounts import KnownLink, folded_email, known_link
from volmacht.rules.accounts import PASSWORD_TERM, SET_UP_TERM, AccountObjection, LinkPurpose
from volmacht.sealing import Purpose, keyed_hash, keyed_hashes

TERMS: dict[LinkPurpose, timedelta] = {
    LinkPurpose.SET_UP: SET_UP_TERM,
    LinkPurpose.NEW_ACCOUNT: SET_UP_TERM,
    LinkPurpose.PASSWORD: PASSWORD_TERM,
}


@transaction.atomic
def make_link(
    purpose: LinkPurpose, *, email: str, account_id: UUID | None = None, staff_id: UUID | None = None
) -> str:
    """The secret of a new link; earlier ones for the same address and purpose do not work any more."""
    now = clock.now()
    same = AccountLink.objects.filter(purpose=purpose, email=folded_email(email), used_at=None)
    same.update(expires_at=now)
    secret = secrets.token_urlsafe(24)
    AccountLink.objects.create(
        purpose=purpose,
        email=folded_email(email),
        account_id=account_id,
        staff_id=staff_id,
        secret_hash=keyed_hash(Purpose.ACCOUNT_LINK, secret),
        made_at=now,
        expires_at=now + TERMS[purpose],
    )
    return secret


def link_for_employee(email: str) -> str | AccountObjection:
    """The secret of a link with which an employee chooses a password and second factor, the first time or anew."""
    row = StaffMember.objects.filter(email__iexact=email, active=True).first()
    if row is None:
        return AccountObjection.EMPLOYEE_UNKNOWN
    known = queries.account_with_email(row.email)
    return make_link(
        LinkPurpose.SET_UP, email=row.email, account_id=known.id if known else None, staff_id=row.id
    )


def link_for_address(email: str, *, forgotten: bool) -> tuple[LinkPurpose, str] | None:
    """What to mail to an address that somebody typed: a link for a new password, or for an account.

    None when there is nothing to mail: a password is forgotten of an account that is not there or not active.
    Who asks for an account and has one gets a link for the password.
    """
    known = queries.account_with_email(email)
    if known is not None:
        if not known.active:
            return None
        return LinkPurpose.PASSWORD, make_link(LinkPurpose.PASSWORD, email=email, account_id=known.id)
    if forgotten:
        return None
    return LinkPurpose.NEW_ACCOUNT, make_link(LinkPurpose.NEW_ACCOUNT, email=email)


def look_at_link(secret: str) -> KnownLink | AccountObjection:
    """What a link is for, while it works. LINK_UNKNOWN, LINK_USED or LINK_EXPIRED."""
    row = AccountLink.objects.filter(secret_hash__in=keyed_hashes(Purpose.ACCOUNT_LINK, secret)).first()
    return _judged(row)


def take_link(secret: str) -> KnownLink | AccountObjection:
    """The same, and from now on it was used: of two at once one gets it."""
    row = (
        AccountLink.objects.select_for_update()
        .filter(secret_hash__in=keyed_hashes(Purpose.ACCOUNT_LINK, secret))
        .first()
    )
    found = _judged(row)
    if row is not None and isinstance(found, KnownLink):
        AccountLink.objects.filter(id=row.id).update(used_at=clock.now())
    return found


def _judged(row: AccountLink | None) -> KnownLink | AccountObjection:
    if row is None:
        return AccountObjection.LINK_UNKNOWN
    if row.used_at is not None:
        return AccountObjection.LINK_USED
    if row.expires_at <= clock.now():
        return AccountObjection.LINK_EXPIRED
    return known_link(row)


def sweep_links() -> int:
    """Remove links that ended more than 30 days ago; until then who comes too late is told why."""
    removed, _ = AccountLink.objects.filter(expires_at__lt=clock.now() - timedelta(days=30)).delete()
    return removed
