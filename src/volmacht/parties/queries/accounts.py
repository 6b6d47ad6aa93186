"""Reading accounts: who somebody is and how they can log in. Never a password, secret or code."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from volmacht.parties.models import Account, AccountLink, Passkey, RecoveryCode
from volmacht.rules.accounts import LinkPurpose
from volmacht.sealing import oldest_hash_version


def folded_email(email: str) -> str:
    """What two ways of writing one address have in common."""
    return email.strip().casefold()


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account. Log-ins from before `sessions_from` have ended."""

    id: UUID
    email: str
    name: str
    language: str
    active: bool
    has_password: bool
    has_totp: bool
    number_of_passkeys: int
    sessions_from: datetime | None

    @property
    def has_second_factor(self) -> bool:
        """Whether it can be logged in to completely."""
        return self.has_totp or self.number_of_passkeys > 0


@dataclass(frozen=True, slots=True)
class KnownPasskey:
    """A passkey as its owner knows it."""

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownLink:
    """A link to an address: what for, and whether it works still. `staff_id` for an employee."""

    purpose: LinkPurpose
    email: str
    account_id: UUID | None
    staff_id: UUID | None
    used: bool
    expires_at: datetime


def known_link(row: AccountLink) -> KnownLink:
    """Of its row."""
    return KnownLink(
        purpose=LinkPurpose(row.purpose),
        email=row.email,
        account_id=row.account_id,
        staff_id=row.staff_id,
        used=row.used_at is not None,
        expires_at=row.expires_at,
    )


def _known(row: Account | None) -> KnownAccount | None:
    if row is None:
        return None
    return KnownAccount(
        id=row.id,
        email=row.email,
        name=row.name,
        language=row.language,
        active=row.active,
        has_password=bool(row.password),
        has_totp=row.totp_sealed is not None,
        number_of_passkeys=Passkey.objects.filter(account_id=row.id).count(),
        sessions_from=row.sessions_from,
    )


def account(account_id: UUID) -> KnownAccount | None:
    """One account by its id."""
    return _known(Account.objects.filter(id=account_id).first())


def account_with_email(email: str) -> KnownAccount | None:
    """One account by its address, however that is written."""
    return _known(Account.objects.filter(email_folded=folded_email(email)).first())


def counts_since(account_id: UUID) -> tuple[bool, datetime | None] | None:
    """Whether an account is active, and from when log-ins count: asked with every page; None when there is none."""
    return Account.objects.filter(id=account_id).values_list("active", "sessions_from").first()


def passkeys(account_id: UUID) -> list[KnownPasskey]:
    """The passkeys of an account, oldest first."""
    rows = Passkey.objects.filter(account_id=account_id).order_by("created_at", "id")
    return [KnownPasskey(row.id, row.name, row.created_at, row.last_used_at) for row in rows]


def recovery_codes_left(account_id: UUID) -> int:
    """How many recovery codes still work."""
    codes = RecoveryCode.objects.filter(account_id=account_id, used_at=None)
    return codes.filter(hash_version__gte=oldest_hash_version()).count()
