"""Codes of an app (TOTP, RFC 6238) and recovery codes: each works once.

How often somebody may try is for the pages, which count before they ask. Real time, which nobody can move.
"""

import base64
import secrets
from uuid import UUID

from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.db.models import Q

from volmacht import clock
from volmacht.parties.models import Account, Passkey, RecoveryCode
from volmacht.parties.operations.noting import note_account
from volmacht.rules.accounts import RECOVERY_CODES, AccountChange, AccountObjection
from volmacht.sealing import Purpose, current_hash_version, keyed_hash, keyed_hashes, seal, unseal

SECRET_BYTES, DIGITS, STEP_SECONDS = 20, 6, 30
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"  # no signs that look alike, and no words
GROUPS, GROUP = 2, 5


def new_totp_secret() -> str:
    """A secret for an app, as people can type it (base32)."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def _totp(secret: bytes) -> TOTP:
    # SHA-1 within HMAC is what every app knows (RFC 6238); it is not broken in this use.
    return TOTP(secret, DIGITS, SHA1(), STEP_SECONDS, enforce_key_length=False)  # noqa: S303


def totp_address(secret: str, *, email: str, issuer: str) -> str:
    """What the QR code for an app says."""
    return _totp(base64.b32decode(secret)).get_provisioning_uri(email, issuer)


def _step_of(secret: bytes, code: str, after: int) -> int | None:
    """The time step of a code, if it is of now, of just before or just after, and later than the last one accepted."""
    typed = "".join(code.split())
    if len(typed) != DIGITS or not (typed.isascii() and typed.isdigit()):
        return None
    now = int(clock.wall_clock().timestamp()) // STEP_SECONDS
    for step in (now - 1, now, now + 1):
        if step > after and bytes_eq(_totp(secret).generate(step * STEP_SECONDS), typed.encode()):
            return step
    return None


@transaction.atomic
def set_totp(account_id: UUID, *, secret: str, code: str) -> AccountObjection | None:
    """Take an app into use, by a code that it shows. Objection: WRONG_CODE."""
    key = base64.b32decode(secret)
    step = _step_of(key, code, 0)
    if step is None:
        return AccountObjection.WRONG_CODE
    sealed = seal(Purpose.TOTP, account_id, key)
    Account.objects.filter(id=account_id).update(totp_sealed=sealed, totp_step=step)
    note_account(account_id, AccountChange.TOTP_CHANGED)
    return None


@transaction.atomic
def use_totp(account_id: UUID, code: str) -> AccountObjection | None:
    """A code of the app, once. Objection: WRONG_CODE, also for a code that was used already."""
    row = Account.objects.select_for_update().get(id=account_id)
    if row.totp_sealed is None:
        return AccountObjection.WRONG_CODE
    step = _step_of(unseal(Purpose.TOTP, row.id, bytes(row.totp_sealed)), code, row.totp_step)
    if step is None:
        return AccountObjection.WRONG_CODE
    Account.objects.filter(id=account_id).update(totp_step=step)
    return None


@transaction.atomic
def remove_totp(account_id: UUID) -> AccountObjection | None:
    """No app any more. Objection: LAST_SECOND_FACTOR."""
    if not Passkey.objects.filter(account_id=account_id).exists():
        return AccountObjection.LAST_SECOND_FACTOR
    Account.objects.filter(id=account_id).update(totp_sealed=None, totp_step=0)
    note_account(account_id, AccountChange.TOTP_CHANGED)
    return None


@transaction.atomic
def renew_recovery_codes(account_id: UUID) -> list[str]:
    """Ten new codes, to be shown once; earlier ones do not work any more."""
    RecoveryCode.objects.filter(account_id=account_id).delete()
    version = current_hash_version()
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(
            account_id=account_id,
            code_hash=keyed_hash(Purpose.RECOVERY_CODE, _bound(account_id, code), version),
            hash_version=version,
        )
        for code in codes
    )
    note_account(account_id, AccountChange.RECOVERY_CODES_RENEWED)
    return codes


def _new_code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def _bound(account_id: UUID, code: str) -> str:
    symbols = "".join(sign for sign in code.upper() if sign in ALPHABET)
    return f"{account_id}\0{symbols}"


@transaction.atomic
def use_recovery_code(account_id: UUID, code: str) -> AccountObjection | None:
    """A recovery code, once. Objection: WRONG_CODE."""
    hashes = keyed_hashes(Purpose.RECOVERY_CODE, _bound(account_id, code[:64]))
    unused = RecoveryCode.objects.filter(Q(account_id=account_id, code_hash__in=hashes), used_at=None)
    if not unused.update(used_at=clock.now()):
        return AccountObjection.WRONG_CODE
    note_account(account_id, AccountChange.RECOVERY_CODE_USED)
    return None


def recovery_codes_hashed_under(version: int) -> int:
    """How many recovery codes that were not used are found by a hash under this version of the key."""
    return RecoveryCode.objects.filter(used_at=None, hash_version=version).count()
