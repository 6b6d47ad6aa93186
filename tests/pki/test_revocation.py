"""Revocation lists: what stands in them, until when, and that OpenSSL acts on them."""

from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from tests.pki.certificates import BITS, GEMEENTE, NOW, hierarchy, openssl_says
from volmacht.pki import Authority, IssuedCertificate, Purpose, Revocation, Revoked, pem_of, revocation_list


def issued() -> IssuedCertificate:
    return hierarchy().intermediate.issue(GEMEENTE, Purpose.SIGNING, common_name="dv", now=NOW, bits=BITS)


def list_of(authority: Authority, *revoked: Revoked) -> x509.CertificateRevocationList:
    return revocation_list(authority, revoked, now=NOW + timedelta(days=1))


def said_with(folder: Path, certificate: x509.Certificate, *lists: x509.CertificateRevocationList) -> str:
    (folder / "lists").write_bytes(pem_of(*lists))
    return openssl_says(
        folder,
        pem_of(certificate),
        root=pem_of(hierarchy().root.certificate),
        intermediates=pem_of(hierarchy().intermediate.certificate),
        options=["-crl_check_all", "-CRLfile", "lists"],
        at=NOW + timedelta(days=2),
    )


def test_a_list_is_signed_by_its_authority_and_says_when_the_next_is_due() -> None:
    authority = hierarchy().intermediate
    one = list_of(authority)
    key = authority.certificate.public_key()
    assert isinstance(key, RSAPublicKey)
    assert one.is_signature_valid(key)
    assert one.issuer == authority.certificate.subject
    assert one.next_update_utc is not None
    assert one.next_update_utc - one.last_update_utc == timedelta(days=7)


def test_a_revoked_certificate_is_found_with_its_moment_and_reason() -> None:
    one = list_of(
        hierarchy().intermediate,
        Revoked(17, NOW, Revocation.key_compromise),
        Revoked(18, NOW),
    )
    with_reason = one.get_revoked_certificate_by_serial_number(17)
    without = one.get_revoked_certificate_by_serial_number(18)
    assert with_reason is not None
    assert without is not None
    assert with_reason.revocation_date_utc == NOW.replace(microsecond=0)
    reason = with_reason.extensions.get_extension_for_class(x509.CRLReason).value
    assert (reason.reason, len(without.extensions)) == (Revocation.key_compromise, 0)
    assert one.get_revoked_certificate_by_serial_number(19) is None


def test_a_later_list_has_a_higher_number() -> None:
    numbers = [
        revocation_list(hierarchy().intermediate, (), now=NOW + timedelta(hours=hours))
        .extensions.get_extension_for_class(x509.CRLNumber)
        .value.crl_number
        for hours in (0, 1)
    ]
    assert numbers[0] < numbers[1]


def test_openssl_refuses_a_certificate_once_it_is_on_the_list(tmp_path: Path) -> None:
    certificate = issued().own_key.certificate
    of_root = list_of(hierarchy().root)
    before = list_of(hierarchy().intermediate)
    after = list_of(hierarchy().intermediate, Revoked(certificate.serial_number, NOW))
    assert said_with(tmp_path, certificate, of_root, before) == "certificate: OK"
    assert "certificate revoked" in said_with(tmp_path, certificate, of_root, after)
