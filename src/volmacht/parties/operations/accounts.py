"""Making accounts and changing what is known of them. Passwords and second factors have modules of their own."""

from uuid import UUID, uuid4

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import SYSTEM, EventKind
from volmacht.audit.operations import record
from volmacht.parties.models import Account, Passkey, RecoveryCode, StaffMember
from volmacht.parties.operations.links import look_at_link, take_link
from volmacht.parties.operations.noting import acting_account, note_account
from volmacht.parties.operations.passwords import encoded, password_objection
from volmacht.parties.queries.accounts import KnownLink, folded_email
from volmacht.rules.accounts import LONGEST_NAME, AccountObjection, LinkPurpose, LogInMethod


def _name(text: str) -> str | None:
    name = " ".join(text.split())
    return name if 1 <= len(name) <= LONGEST_NAME else None


@transaction.atomic
def set_up_account(secret: str, *, name: str, password: str, language: str) -> UUID | AccountObjection:
    """Make the account of a link, or set the one it is for up anew: password chosen, no second factor yet.

    Objections: those of links and passwords, NAME_MISSING. The link is used up only when nothing is wrong.
    """
    link = look_at_link(secret)
    if isinstance(link, AccountObjection):
        return link
    if link.purpose is LinkPurpose.PASSWORD:
        return AccountObjection.LINK_UNKNOWN
    wrong = _name_objection(name) or password_objection(password, name=name, email=link.email)
    if wrong:
        return wrong
    link = take_link(secret)
    if isinstance(link, AccountObjection):
        return link
    return _set_up(link, _name(name) or "", password, language)


def _name_objection(name: str) -> AccountObjection | None:
    return None if _name(name) else AccountObjection.NAME_MISSING


def _set_up(link: KnownLink, name: str, password: str, language: str) -> UUID | AccountObjection:
    row = Account.objects.select_for_update().filter(email_folded=link.email).first()
    if row is not None and link.purpose is not LinkPurpose.SET_UP:
        return AccountObjection.LINK_USED  # the account was made meanwhile, by an invitation
    if row is None:
        row = create_account(email=link.email, name=name, language=language)
    Passkey.objects.filter(account=row).delete()
    RecoveryCode.objects.filter(account=row).delete()
    row.name, row.language, row.active = name, language, True
    row.password, row.totp_sealed, row.sessions_from = encoded(password), None, clock.wall_clock()
    row.save()
    if link.staff_id:
        StaffMember.objects.filter(id=link.staff_id).update(account=row)
    return row.id


def create_account(*, email: str, name: str, language: str) -> Account:
    """A new account without a way to log in; callers give it one."""
    row = Account.objects.create(
        id=uuid4(),
        email=email.strip(),
        email_folded=folded_email(email),
        name=name,
        language=language,
        created_at=clock.now(),
    )
    record(EventKind.ACCOUNT_CREATED, actor=SYSTEM, subject_id=row.id, object_id=row.id)
    return row


@transaction.atomic
def change_account(account_id: UUID, *, name: str, language: str) -> AccountObjection | None:
    """Another name or language. Objection: NAME_MISSING."""
    clean = _name(name)
    if clean is None:
        return AccountObjection.NAME_MISSING
    Account.objects.filter(id=account_id).update(name=clean, language=language)
    StaffMember.objects.filter(account_id=account_id).update(name=clean)
    return None


@transaction.atomic
def end_sessions(account_id: UUID) -> None:
    """Every log-in of this account until now has ended; pages log the one who asks in again."""
    Account.objects.filter(id=account_id).update(sessions_from=clock.wall_clock())
    note_account(account_id, "sessions_ended")


@transaction.atomic
def record_account_log_in(account_id: UUID, method: LogInMethod) -> None:
    """Somebody logged in completely."""
    record(
        EventKind.ACCOUNT_LOGGED_IN,
        actor=acting_account(account_id),
        subject_id=account_id,
        object_id=account_id,
        data={"method": method.value},
    )
