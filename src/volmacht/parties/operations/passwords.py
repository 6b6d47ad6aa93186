"""Passwords of accounts: judged by Django's validators, kept by its strongest hasher.

Unknown address and wrong password take the same time and get the same answer. How often somebody may try is for the
pages, which count before they ask.
"""

from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from volmacht import clock
from volmacht.parties.models import Account
from volmacht.parties.operations.links import look_at_link, take_link
from volmacht.parties.operations.noting import note_account
from volmacht.parties.queries.accounts import folded_email
from volmacht.rules.accounts import LONGEST_PASSWORD, AccountChange, AccountObjection, LinkPurpose

OBJECTIONS = {
    "password_too_short": AccountObjection.PASSWORD_TOO_SHORT,
    "password_too_common": AccountObjection.PASSWORD_COMMON,
    "password_entirely_numeric": AccountObjection.PASSWORD_NUMERIC,
    "password_too_similar": AccountObjection.PASSWORD_LIKE_YOU,
}


def password_objection(password: str, *, name: str, email: str) -> AccountObjection | None:
    """What is wrong with a password for somebody with this name and address; one thing at a time."""
    if len(password) > LONGEST_PASSWORD:
        return AccountObjection.PASSWORD_TOO_LONG
    try:
        validate_password(password, Account(name=name, email=email))  # type: ignore[arg-type]  # any model with these attributes
    except ValidationError as error:
        return OBJECTIONS[error.error_list[0].code or ""]
    return None


def encoded(password: str) -> str:
    """As it is kept."""
    return make_password(password)


@cache
def _nobody() -> str:
    """What an unknown address is compared with, so that it takes as long as a known one."""
    return make_password("nobody has this password")


def try_password(email: str, password: str) -> UUID | AccountObjection:
    """Whose password this is. Objection: WRONG."""
    row = Account.objects.filter(email_folded=folded_email(email), active=True).first()
    kept = row.password if row and row.password else _nobody()
    fits = len(password) <= LONGEST_PASSWORD and check_password(password, kept)
    return row.id if row and row.password and fits else AccountObjection.WRONG


@transaction.atomic
def choose_password(secret: str, password: str) -> UUID | AccountObjection:
    """A new password by the link for a forgotten one; the second factors stay, every log-in ends."""
    link = look_at_link(secret)
    if isinstance(link, AccountObjection):
        return link
    if link.purpose is not LinkPurpose.PASSWORD or link.account_id is None:
        return AccountObjection.LINK_UNKNOWN
    row = Account.objects.get(id=link.account_id)
    wrong = password_objection(password, name=row.name, email=row.email)
    if wrong:
        return wrong
    link = take_link(secret)
    if isinstance(link, AccountObjection):
        return link
    _set(row.id, password)
    return row.id


@transaction.atomic
def change_password(account_id: UUID, *, old: str, new: str) -> AccountObjection | None:
    """Another password by who knows the present one; every other log-in ends. WRONG when they do not know it."""
    row = Account.objects.get(id=account_id)
    if row.password and not (len(old) <= LONGEST_PASSWORD and check_password(old, row.password)):
        return AccountObjection.WRONG
    wrong = password_objection(new, name=row.name, email=row.email)
    if wrong is None:
        _set(account_id, new)
    return wrong


def _set(account_id: UUID, password: str) -> None:
    Account.objects.filter(id=account_id).update(password=encoded(password), sessions_from=clock.wall_clock())
    note_account(account_id, AccountChange.PASSWORD_CHANGED)
