"""Texts that an organisation signs to prove itself, and certificates of an authority that counts or does not."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm

from tests.accounts import Somebody
from volmacht import clock
from volmacht.parties import operations, queries
from volmacht.pki import Hierarchy, IssuedCertificate, Organisation, Purpose, make_hierarchy, pem_of
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.rules.accounts import AccountObjection
from volmacht.rules.identifiers import Oin

OIN = "00000003900000010000"


@cache
def hierarchy() -> Hierarchy:
    return make_hierarchy(now=clock.wall_clock() - timedelta(days=60), bits=2048)


@cache
def stranger() -> Hierarchy:
    return make_hierarchy(now=clock.wall_clock() - timedelta(days=60), bits=2048)


def trusted() -> Trust:
    """The authorities of the environment, which issued the certificates."""
    return Trust(
        anchors=(hierarchy().root.certificate,), intermediates=(hierarchy().intermediate.certificate,)
    )


def nothing_to_set_aside(_ended: operations.EndedSignUp) -> None:
    """Nobody is to lose a sign-up here."""
    raise AssertionError("a sign-up came to nothing")


@cache
def certificate(
    oin: str = OIN, *, by: Callable[[], Hierarchy] = hierarchy, days_ago: int = 1
) -> IssuedCertificate:
    """Of an organisation, for ten days."""
    return by().intermediate.issue(
        Organisation("Gemeente Testdam", Oin(oin)),
        Purpose.SIGNING,
        common_name="testdam.example",
        now=clock.wall_clock() - timedelta(days=days_ago),
        days=10,
        bits=2048,
    )


def started(by: Somebody, organisation: UUID) -> queries.KnownChallenge:
    """A text to sign."""
    found = operations.start_challenge(account_id=by.id, organisation_id=organisation)
    assert isinstance(found, UUID), found
    challenge = queries.challenge(found, by.id)
    assert challenge is not None
    return challenge


def sign(text: str, key: IssuedCertificate, how: HashAlgorithm | None = None) -> bytes:
    """As `openssl dgst -sha256 -sign` does."""
    return key.own_key.private_key.sign(text.encode(), PKCS1v15(), how or SHA256())


def prove_with(
    by: Somebody,
    organisation: UUID,
    own: IssuedCertificate,
    set_aside: Callable[[operations.EndedSignUp], None],
) -> AccountObjection | None:
    """Ask for a text, sign it and hand it in."""
    text = started(by, organisation)
    return operations.prove_by_certificate(
        account_id=by.id,
        challenge_id=text.id,
        signature=sign(text.text, own),
        certificate=pem_of(own.own_key.certificate),
        trust=trusted(),
        set_aside=set_aside,
    )
