"""Passkeys (WebAuthn): adding one, and logging in with one. The device must check who holds it, so one is two factors.

`webauthn` reads and checks what a browser sends; which site we are comes from the address of the installation. The
challenge is kept by the page, in its sealed session, and used once.
"""

import base64
import json
from urllib.parse import urlsplit
from uuid import UUID

import webauthn
from django.conf import settings
from django.db import IntegrityError, transaction
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from volmacht import clock
from volmacht.parties.models import Account, Passkey
from volmacht.parties.operations.noting import note_account
from volmacht.rules.accounts import AccountChange, AccountObjection

LONGEST_NAME = 60
LONGEST_ANSWER = 16 * 1024
# What `webauthn` raises for an answer that is not right, and what Python does for one that is no answer at all.
NO_ANSWER = (WebAuthnException, ValueError, TypeError, KeyError, IndexError, EOFError, AttributeError)


def _site() -> str:
    return urlsplit(settings.VOLMACHT.base_url).hostname or ""


def _origin() -> str:
    parts = urlsplit(settings.VOLMACHT.base_url)
    return f"{parts.scheme}://{parts.netloc}"


def ask_for_new_passkey(account_id: UUID) -> tuple[str, str]:
    """What the browser is asked to make, as JSON, and the challenge that the page keeps."""
    row = Account.objects.get(id=account_id)
    options = webauthn.generate_registration_options(
        rp_id=_site(),
        rp_name=settings.VOLMACHT.operator_name,
        user_name=row.email,
        user_display_name=row.name,
        user_id=row.id.bytes,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=bytes(id_))
            for id_ in Passkey.objects.filter(account_id=account_id).values_list("credential_id", flat=True)
        ],
    )
    return webauthn.options_to_json(options), base64.b64encode(options.challenge).decode()


@transaction.atomic
def add_passkey(account_id: UUID, *, challenge: str, answer: str, name: str) -> UUID | AccountObjection:
    """Keep the passkey that a browser made. Objections: PASSKEY_NOT_ACCEPTED, PASSKEY_KNOWN."""
    if not challenge or len(answer) > LONGEST_ANSWER:
        return AccountObjection.PASSKEY_NOT_ACCEPTED
    try:
        verified = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64.b64decode(challenge),
            expected_rp_id=_site(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    except NO_ANSWER:
        return AccountObjection.PASSKEY_NOT_ACCEPTED
    try:
        with transaction.atomic():
            row = Passkey.objects.create(
                account_id=account_id,
                credential_id=verified.credential_id,
                public_key=verified.credential_public_key,
                sign_count=verified.sign_count,
                name=" ".join(name.split())[:LONGEST_NAME],
                created_at=clock.now(),
            )
    except IntegrityError:
        return AccountObjection.PASSKEY_KNOWN
    note_account(account_id, AccountChange.PASSKEY_ADDED)
    return row.id


@transaction.atomic
def remove_passkey(account_id: UUID, passkey_id: UUID) -> AccountObjection | None:
    """Take a passkey away; one that is not there is gone already. Objection: LAST_SECOND_FACTOR."""
    row = Account.objects.select_for_update().get(id=account_id)
    mine = Passkey.objects.filter(account_id=account_id)
    if row.totp_sealed is None and not mine.exclude(id=passkey_id).exists():
        return AccountObjection.LAST_SECOND_FACTOR
    removed, _ = mine.filter(id=passkey_id).delete()
    if removed:
        note_account(account_id, AccountChange.PASSKEY_REMOVED)
    return None


def ask_for_passkey() -> tuple[str, str]:
    """What the browser is asked for when somebody logs in, as JSON, and the challenge that the page keeps.

    Names no passkey: the browser knows which ones are for this site, and nobody learns who has one.
    """
    options = webauthn.generate_authentication_options(
        rp_id=_site(), user_verification=UserVerificationRequirement.REQUIRED
    )
    return webauthn.options_to_json(options), base64.b64encode(options.challenge).decode()


@transaction.atomic
def try_passkey(*, challenge: str, answer: str) -> UUID | AccountObjection:
    """Whose passkey answered. Objection: PASSKEY_NOT_ACCEPTED, also when its count of signatures went back."""
    row = _answering(answer)
    if row is None:
        return AccountObjection.PASSKEY_NOT_ACCEPTED
    try:
        verified = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=base64.b64decode(challenge),
            expected_rp_id=_site(),
            expected_origin=_origin(),
            credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except NO_ANSWER:
        return AccountObjection.PASSKEY_NOT_ACCEPTED
    row.sign_count, row.last_used_at = verified.new_sign_count, clock.now()
    row.save(update_fields=["sign_count", "last_used_at"])
    return row.account_id


def _answering(answer: str) -> Passkey | None:
    """The passkey that an answer says it is of, if its account is active."""
    if len(answer) > LONGEST_ANSWER:
        return None
    try:
        credential_id = base64url_to_bytes(json.loads(answer)["rawId"])
    except NO_ANSWER:
        return None
    rows = Passkey.objects.select_for_update(of=("self",)).filter(account__active=True)
    return rows.filter(credential_id=credential_id).first()
