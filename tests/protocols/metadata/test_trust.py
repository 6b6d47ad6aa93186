"""Certificates: which are believed, for what, and whose they are (MD-23, MD-24, SG-12, TL-03)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.protocols.keyring import own_key
from tests.protocols.metadata.documents import DV, DV_OIN, LC, LC_OIN, NOW, hierarchy, key, trust
from volmacht.pki import Purpose as Use
from volmacht.pki import Revoked, revocation_list
from volmacht.protocols.saml.metadata.certificates import Purpose, load_certificate, oin_of
from volmacht.protocols.saml.metadata.trust import (
    JUDGED_SECONDS,
    MOST_JUDGED,
    CertificateFault,
    Judge,
    Trust,
    client_certificate_faults,
)
from volmacht.rules.identifiers import Oin

SIGNING = key(DV_OIN).certificate
UZI_NAME = b"2.16.528.1.1003.1.3.5.5.2-1-12345678-S-90000123-00.000-00000000"


def faults(
    certificate: x509.Certificate, believed: Trust | None = None, now: datetime = NOW, *, use: str = "signing"
) -> tuple[CertificateFault, ...]:
    return Judge(believed or trust(), now).faults(certificate, Purpose(use))


def issued(
    *extensions: x509.ExtensionType, public_key: ec.EllipticCurvePublicKey | None = None
) -> x509.Certificate:
    """A certificate that the pinned intermediate issues with just these extensions."""
    authority = hierarchy().intermediate
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "odd")]))
        .issuer_name(authority.certificate.subject)
        .public_key(public_key or SIGNING.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(authority.key_identifier(), critical=False)
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(authority.private_key, SHA256())


def uzi_certificate(name: bytes, tag: int = 0x16) -> x509.Certificate:
    der = bytes([tag, len(name)]) + name
    return issued(
        x509.SubjectAlternativeName([x509.OtherName(x509.ObjectIdentifier("2.5.5.5"), der)]),
    )


def test_a_certificate_below_the_pinned_root_is_believed() -> None:
    assert faults(SIGNING) == ()


def test_an_intermediate_can_be_pinned_itself() -> None:
    assert faults(SIGNING, Trust((hierarchy().intermediate.certificate,))) == ()


def test_without_the_intermediate_there_is_no_path() -> None:
    assert faults(SIGNING, trust(intermediates=())) == (CertificateFault.UNTRUSTED,)


def test_an_intermediate_that_is_not_below_the_pinned_root_brings_nothing() -> None:
    other = hierarchy("other")
    certificate = key(DV_OIN, issuer="other").certificate
    assert faults(certificate, trust(intermediates=(other.intermediate.certificate,))) == (
        CertificateFault.UNTRUSTED,
    )


def test_nothing_pinned_means_nothing_believed() -> None:
    assert faults(SIGNING, trust(anchors=())) == (CertificateFault.UNTRUSTED,)


def test_a_certificate_that_signed_itself_is_not_believed() -> None:
    assert CertificateFault.UNTRUSTED in faults(own_key("somebody").certificate)


def test_an_expired_certificate_is_not_believed() -> None:
    after = SIGNING.not_valid_after_utc + timedelta(seconds=1)
    assert faults(SIGNING, now=after) == (CertificateFault.EXPIRED,)


def test_a_certificate_announced_ahead_has_no_other_fault() -> None:
    before = SIGNING.not_valid_before_utc - timedelta(seconds=1)
    assert faults(SIGNING, now=before) == (CertificateFault.NOT_YET_VALID,)


def test_the_path_of_a_certificate_announced_ahead_is_judged_already() -> None:
    certificate = key(DV_OIN, issuer="other").certificate
    before = certificate.not_valid_before_utc - timedelta(seconds=1)
    assert faults(certificate, now=before) == (
        CertificateFault.NOT_YET_VALID,
        CertificateFault.UNTRUSTED,
    )


def test_an_authority_is_nobodys_own_certificate() -> None:
    assert CertificateFault.OF_AUTHORITY in faults(hierarchy().intermediate.certificate)


def test_an_organisation_cannot_issue_for_another() -> None:
    signer = key(LC_OIN)
    forged = (
        x509.CertificateBuilder()
        .subject_name(SIGNING.subject)
        .issuer_name(signer.certificate.subject)
        .public_key(SIGNING.public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(SIGNING.extensions.get_extension_for_class(x509.KeyUsage).value, critical=True)
        .sign(signer.private_key, SHA256())
    )
    believed = trust(intermediates=(hierarchy().intermediate.certificate, signer.certificate))
    assert faults(forged, believed) == (CertificateFault.UNTRUSTED,)


def test_a_revoked_certificate_is_not_believed() -> None:
    revoked = revocation_list(hierarchy().intermediate, [Revoked(SIGNING.serial_number, NOW)], now=NOW)
    assert faults(SIGNING, trust(revoked=(revoked,))) == (CertificateFault.REVOKED,)


def test_a_revocation_list_past_its_date_still_revokes() -> None:
    then = NOW - timedelta(days=60)
    revoked = revocation_list(hierarchy().intermediate, [Revoked(SIGNING.serial_number, then)], now=then)
    assert faults(SIGNING, trust(revoked=(revoked,))) == (CertificateFault.REVOKED,)


def test_a_revoked_intermediate_takes_all_below_it_along() -> None:
    number = hierarchy().intermediate.certificate.serial_number
    revoked = revocation_list(hierarchy().root, [Revoked(number, NOW)], now=NOW)
    assert faults(SIGNING, trust(revoked=(revoked,))) == (CertificateFault.REVOKED,)


def test_the_list_of_another_authority_of_the_same_name_revokes_nothing() -> None:
    theirs = revocation_list(hierarchy("other").intermediate, [Revoked(SIGNING.serial_number, NOW)], now=NOW)
    assert faults(SIGNING, trust(revoked=(theirs,))) == ()


def test_where_revocation_must_be_known_a_current_list_of_each_authority_is_needed() -> None:
    lists = [revocation_list(one, [], now=NOW) for one in (hierarchy().intermediate, hierarchy().root)]
    strict = trust(revoked=tuple(lists), revocation_required=True)
    assert faults(SIGNING, strict) == ()
    assert faults(SIGNING, replace(strict, revoked=(lists[0],))) == (CertificateFault.REVOCATION_UNKNOWN,)
    assert faults(SIGNING, strict, NOW + timedelta(days=8)) == (CertificateFault.REVOCATION_UNKNOWN,)


@pytest.mark.parametrize(
    ("use", "purpose", "wanted"),
    [
        (Use.ENCRYPTION, "signing", (CertificateFault.KEY_USAGE,)),
        (Use.SIGNING, "encryption", (CertificateFault.KEY_USAGE,)),
        (Use.ENCRYPTION, "encryption", ()),
        (Use.TLS_CLIENT, "signing", ()),
        (Use.TLS_CLIENT, "tls-client", ()),
        (Use.SIGNING, "tls-client", (CertificateFault.NOT_FOR_TLS_CLIENTS,)),
    ],
)
def test_a_key_is_used_only_for_what_its_certificate_says(
    use: Use, purpose: str, wanted: tuple[CertificateFault, ...]
) -> None:
    assert faults(key(DV_OIN, use).certificate, use=purpose) == wanted


def test_a_certificate_that_does_not_say_what_its_key_is_for_is_for_nothing() -> None:
    assert faults(issued()) == (CertificateFault.KEY_USAGE,)


def test_a_key_that_is_not_rsa_is_unsuitable() -> None:
    certificate = issued(public_key=ec.generate_private_key(ec.SECP256R1()).public_key())
    assert CertificateFault.KEY_UNSUITABLE in faults(certificate)


def test_the_oin_stands_in_the_serial_number_of_the_subject() -> None:
    assert oin_of(SIGNING) == Oin(DV_OIN)
    assert oin_of(own_key("somebody", oin="0000000999999999901").certificate) is None
    assert oin_of(issued()) is None


@pytest.mark.parametrize(
    ("name", "tag", "wanted"),
    [
        (UZI_NAME, 0x16, Oin("00000009900001230000")),
        (UZI_NAME.replace(b"-S-", b"-Z-"), 0x16, None),
        (UZI_NAME, 0x0C, None),
        (UZI_NAME + b"\xff", 0x16, None),
    ],
)
def test_a_uzi_subscriber_has_an_oin_only_where_that_is_allowed(
    name: bytes, tag: int, wanted: Oin | None
) -> None:
    certificate = uzi_certificate(name, tag)
    assert oin_of(certificate, uzi=True) == wanted
    assert oin_of(certificate) is None


@pytest.mark.parametrize("damage", [0, 4, 60, 200, 500])
def test_a_damaged_certificate_is_unreadable_or_not_believed(damage: int) -> None:
    der = bytearray(SIGNING.public_bytes(Encoding.DER))
    der[damage] ^= 0x55
    try:
        certificate = load_certificate(bytes(der))
    except ValueError:
        return
    assert faults(certificate) != ()


def test_a_client_certificate_that_its_issuer_lists_is_accepted() -> None:
    certificate = key(DV_OIN, Use.TLS_CLIENT).certificate
    assert client_certificate_faults(certificate, issuer=DV, trust=trust(), now=NOW) == ()


def test_a_client_certificate_of_another_party_is_refused() -> None:
    certificate = key(DV_OIN, Use.TLS_CLIENT).certificate
    assert client_certificate_faults(certificate, issuer=LC, trust=trust(), now=NOW) == (
        CertificateFault.OTHER_OIN,
        CertificateFault.NOT_LISTED,
    )


def test_a_client_certificate_that_is_not_in_the_metadata_is_refused() -> None:
    certificate = key(DV_OIN, Use.TLS_CLIENT, 5).certificate
    assert client_certificate_faults(certificate, issuer=DV, trust=trust(), now=NOW) == (
        CertificateFault.NOT_LISTED,
    )


def test_a_listed_signing_certificate_is_not_enough_for_tls() -> None:
    assert client_certificate_faults(SIGNING, issuer=DV, trust=trust(), now=NOW) == (
        CertificateFault.NOT_FOR_TLS_CLIENTS,
    )


def test_a_client_certificate_that_was_accepted_is_refused_with_the_next_revocation_list_and_after_its_end() -> (
    None
):
    certificate, before = key(DV_OIN, Use.TLS_CLIENT).certificate, trust()
    for _ in range(2):
        assert client_certificate_faults(certificate, issuer=DV, trust=before, now=NOW) == ()
    lists = revocation_list(hierarchy().intermediate, [Revoked(certificate.serial_number, NOW)], now=NOW)
    after = replace(before, revoked=(lists,))
    assert client_certificate_faults(certificate, issuer=DV, trust=after, now=NOW) == (
        CertificateFault.REVOKED,
    )
    late = certificate.not_valid_after_utc + timedelta(seconds=JUDGED_SECONDS)
    assert client_certificate_faults(certificate, issuer=DV, trust=before, now=late) == (
        CertificateFault.EXPIRED,
    )


def test_what_was_judged_lately_takes_no_more_memory_than_a_thousand_callers_need() -> None:
    certificate, believed = key(DV_OIN, Use.TLS_CLIENT).certificate, trust()
    for second in range(MOST_JUDGED + 1):
        then = NOW + timedelta(seconds=second * JUDGED_SECONDS)
        client_certificate_faults(certificate, issuer=DV, trust=believed, now=then)
    assert len(believed.judged) == 1
