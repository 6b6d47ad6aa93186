"""Keys, certificates and authorities as bytes: what is written reads back, and what does not fit is refused."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_ec_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.pki.certificates import a_key, another_hierarchy, hierarchy
from volmacht.pki import Authority, certificates_from, pem_of, private_key_from, private_key_pem
from volmacht.protocols.saml.keys import UnsuitableKey

PASSWORD = b"correct horse"


def test_an_authority_reads_back_with_what_stands_above_it() -> None:
    own = hierarchy().intermediate
    loaded = Authority.load(private_key_pem(own.private_key), own.certificates_pem)
    assert (loaded.certificate, loaded.above) == (own.certificate, own.above)
    assert loaded.intermediates == own.intermediates == (own.certificate,)
    assert loaded.private_key.private_numbers() == own.private_key.private_numbers()


def test_a_root_has_no_intermediates() -> None:
    root = hierarchy().root
    loaded = Authority.load(private_key_pem(root.private_key), root.certificate.public_bytes(Encoding.DER))
    assert (loaded.above, loaded.intermediates) == ((), ())


def test_a_certificate_of_another_key_is_refused() -> None:
    with pytest.raises(UnsuitableKey):
        Authority.load(
            private_key_pem(another_hierarchy().root.private_key), hierarchy().root.certificates_pem
        )


def test_an_authority_does_not_show_its_key_when_printed() -> None:
    assert "private" not in repr(hierarchy().intermediate).lower()


def test_a_private_key_is_read_from_pem_and_der() -> None:
    der = a_key().private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    for data in (der, private_key_pem(a_key())):
        assert private_key_from(data).private_numbers() == a_key().private_numbers()


def test_a_private_key_with_a_password_opens_with_that_only() -> None:
    data = private_key_pem(a_key(), PASSWORD)
    assert b"ENCRYPTED" in data
    assert private_key_from(data, PASSWORD).private_numbers() == a_key().private_numbers()
    with pytest.raises(ValueError, match="password"):
        private_key_from(data)


def test_a_wrong_password_is_said_to_be_wrong_whatever_it_decrypts_to() -> None:
    """One in 290 leaves padding that happens to be good, and noise where the key should be: tried until one does."""
    data, why = private_key_pem(a_key(), PASSWORD), set()
    for number in range(20_000):
        with pytest.raises(ValueError, match="the password does not fit") as refused:
            private_key_from(data, b"other %d" % number)
        why.add(str(refused.value.__cause__)[:20])
        if len(why) > 1:
            return
    pytest.fail("no password left noise, so this proved nothing")


def test_a_password_for_a_key_that_has_none_is_refused() -> None:
    with pytest.raises(ValueError, match="password"):
        private_key_from(private_key_pem(a_key()), PASSWORD)


def test_a_private_key_that_is_not_rsa_is_refused() -> None:
    other = generate_ec_key(SECP256R1()).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(UnsuitableKey):
        private_key_from(other)


def test_several_certificates_read_back_in_their_order() -> None:
    several = [hierarchy().intermediate.certificate, hierarchy().root.certificate]
    assert certificates_from(pem_of(*several)) == several


@pytest.mark.parametrize(
    "data", [b"", b"text", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_what_is_no_certificate_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        certificates_from(data)
