"""Who is named in an assertion, encrypted for those who may read it (AS-19, EN-12, AD-16). Pure.

A citizen by BSN. An employee by a pseudonym that differs for each service provider, with the number of the
organisation beside it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.encryption import Identifier, encrypted_id
from volmacht.protocols.saml.keys import RecipientKey
from volmacht.protocols.xml.names import ENTITY_CONCERNED_KVK, PSEUDONYM
from volmacht.standins.authentication_service.accounts import Account


@dataclass(frozen=True, slots=True)
class Named:
    """EncryptedIDs for the attributes of an assertion."""

    acting: tuple[bytes, ...]
    concerned: tuple[bytes, ...] = ()


def named(account: Account, provider: str, recipients: Sequence[RecipientKey]) -> Named:
    """Who logged in, for these recipients. Raises ValueError without any, or for an account that is nobody."""
    if account.bsn is not None:
        return Named((_encrypted(Identifier.of_bsn(account.bsn), recipients),))
    if account.kvk is None:
        raise ValueError("an account without a number")
    acting = Identifier(PSEUDONYM, pseudonym(account, provider))
    organisation = Identifier(ENTITY_CONCERNED_KVK, account.kvk.value)
    return Named((_encrypted(acting, recipients),), (_encrypted(organisation, recipients),))


def pseudonym(account: Account, provider: str) -> str:
    """The same for an employee each time, and another at each service provider."""
    told = f"{account.number}/{account.key}/{provider}"
    return hashlib.sha256(told.encode()).hexdigest()[:32].upper()


def _encrypted(identifier: Identifier, recipients: Sequence[RecipientKey]) -> bytes:
    return serialised(encrypted_id(identifier, recipients))
