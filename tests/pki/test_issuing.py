"""Certificates of the test authorities: their names, extensions and dates, and whether others accept the path."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import ExtensionPolicy, PolicyBuilder, Store

from tests.pki.certificates import BITS, GEMEENTE, NOW, another_hierarchy, hierarchy, openssl_says
from volmacht.pki import (
    Authority,
    Hierarchy,
    IssuedCertificate,
    NotInForce,
    Organisation,
    Purpose,
    make_authority,
    pem_of,
)
from volmacht.protocols.saml.keys import UnsuitableKey

LATER = NOW + timedelta(days=1)
HOST = "dv.example.nl"


def issued(purpose: Purpose, *, by: Hierarchy | None = None, days: int = 365) -> IssuedCertificate:
    hosts = (HOST, "127.0.0.1") if purpose is Purpose.TLS_SERVER else ()
    return (by or hierarchy()).intermediate.issue(
        GEMEENTE, purpose, common_name=HOST, now=NOW, days=days, bits=BITS, hosts=hosts
    )


def names(name: x509.Name) -> dict[str, str]:
    return {attribute.rfc4514_attribute_name: str(attribute.value) for attribute in name}


def usage(certificate: x509.Certificate) -> set[str]:
    allowed = certificate.extensions.get_extension_for_class(x509.KeyUsage)
    assert allowed.critical
    signing = {"digital_signature", "content_commitment", "key_cert_sign", "crl_sign"}
    enciphering = {"key_encipherment", "data_encipherment", "key_agreement"}
    return {one for one in signing | enciphering if getattr(allowed.value, one)}


def extended_usage(certificate: x509.Certificate) -> list[x509.ObjectIdentifier]:
    try:
        return list(certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return []


def said_of(
    folder: Path, one: IssuedCertificate, root: Authority, options: Sequence[str] = (), at: datetime = LATER
) -> str:
    return openssl_says(
        folder,
        pem_of(one.own_key.certificate),
        root=root.certificates_pem,
        intermediates=pem_of(*one.intermediates),
        options=options,
        at=at,
    )


def test_the_authorities_have_names_in_the_style_of_pkioverheid() -> None:
    root, intermediate = hierarchy().root.certificate, hierarchy().intermediate.certificate
    assert names(root.subject) == {"C": "NL", "O": "Volmacht TEST", "CN": "Volmacht TEST Root CA"}
    assert root.issuer == root.subject == intermediate.issuer
    assert names(intermediate.subject)["CN"] == "Volmacht TEST Organisatie Services CA"


def test_an_organisation_stands_in_its_certificate_with_its_oin_as_serial_number() -> None:
    certificate = issued(Purpose.SIGNING).own_key.certificate
    (oin,) = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    assert oin.value == GEMEENTE.oin.value
    (organisation,) = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    assert organisation.value == "Gemeente Voorbeeld"
    assert certificate.issuer == hierarchy().intermediate.certificate.subject


@pytest.mark.parametrize(
    ("purpose", "uses", "extended"),
    [
        (Purpose.SIGNING, {"digital_signature"}, []),
        (Purpose.ENCRYPTION, {"key_encipherment"}, []),
        (Purpose.TLS_CLIENT, {"digital_signature"}, [ExtendedKeyUsageOID.CLIENT_AUTH]),
        (Purpose.TLS_SERVER, {"digital_signature"}, [ExtendedKeyUsageOID.SERVER_AUTH]),
    ],
)
def test_a_certificate_is_for_one_purpose(
    purpose: Purpose, uses: set[str], extended: list[x509.ObjectIdentifier]
) -> None:
    certificate = issued(purpose).own_key.certificate
    assert usage(certificate) == uses
    assert extended_usage(certificate) == extended
    constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical
    assert not constraints.value.ca


def test_an_authority_only_certifies_and_revokes() -> None:
    for authority, below in ((hierarchy().root, 1), (hierarchy().intermediate, 0)):
        constraints = authority.certificate.extensions.get_extension_for_class(x509.BasicConstraints)
        assert (constraints.critical, constraints.value.ca, constraints.value.path_length) == (
            True,
            True,
            below,
        )
        assert usage(authority.certificate) == {"key_cert_sign", "crl_sign"}


def test_every_certificate_points_at_the_key_of_its_issuer() -> None:
    leaf = issued(Purpose.SIGNING).own_key.certificate
    root, intermediate = hierarchy().root.certificate, hierarchy().intermediate.certificate
    for certificate, issuer in ((leaf, intermediate), (intermediate, root), (root, root)):
        pointer = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
        own = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        assert pointer.key_identifier == own.digest


@pytest.mark.parametrize(
    ("purpose", "options"),
    [
        (Purpose.SIGNING, []),
        (Purpose.ENCRYPTION, []),
        (Purpose.TLS_CLIENT, ["-purpose", "sslclient"]),
        (Purpose.TLS_SERVER, ["-purpose", "sslserver", "-verify_hostname", HOST]),
        (Purpose.TLS_SERVER, ["-purpose", "sslserver", "-verify_ip", "127.0.0.1"]),
    ],
)
def test_openssl_accepts_the_path_strictly(purpose: Purpose, options: list[str], tmp_path: Path) -> None:
    assert said_of(tmp_path, issued(purpose), hierarchy().root, options) == "certificate: OK"


@pytest.mark.parametrize(
    ("purpose", "options"),
    [
        (Purpose.TLS_CLIENT, ["-purpose", "sslserver"]),
        (Purpose.TLS_SERVER, ["-purpose", "sslclient"]),
        (Purpose.ENCRYPTION, ["-purpose", "sslclient"]),
        (Purpose.TLS_SERVER, ["-purpose", "sslserver", "-verify_hostname", "other.example.nl"]),
    ],
)
def test_openssl_refuses_another_use(purpose: Purpose, options: list[str], tmp_path: Path) -> None:
    assert "verification failed" in said_of(tmp_path, issued(purpose), hierarchy().root, options)


def test_openssl_refuses_the_path_to_another_root_of_the_same_name(tmp_path: Path) -> None:
    assert "verification failed" in said_of(tmp_path, issued(Purpose.SIGNING), another_hierarchy().root)


def test_openssl_refuses_it_after_its_last_day(tmp_path: Path) -> None:
    short = issued(Purpose.SIGNING, days=1)
    assert "expired" in said_of(tmp_path, short, hierarchy().root, at=NOW + timedelta(days=2))


def test_the_profile_for_the_web_accepts_a_server() -> None:
    server = issued(Purpose.TLS_SERVER)
    verifier = (
        PolicyBuilder()
        .store(Store([hierarchy().root.certificate]))
        .time(LATER)
        .build_server_verifier(x509.DNSName(HOST))
    )
    path = verifier.verify(server.own_key.certificate, list(server.intermediates))
    assert path == [server.own_key.certificate, *server.intermediates, hierarchy().root.certificate]


@pytest.mark.parametrize("purpose", [Purpose.SIGNING, Purpose.ENCRYPTION, Purpose.TLS_CLIENT])
def test_the_profile_for_the_web_accepts_the_authorities_above_any_certificate(purpose: Purpose) -> None:
    one = issued(purpose)
    verifier = (
        PolicyBuilder()
        .store(Store([hierarchy().root.certificate]))
        .time(LATER)
        .extension_policies(
            ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=ExtensionPolicy.permit_all()
        )
        .build_client_verifier()
    )
    assert len(verifier.verify(one.own_key.certificate, list(one.intermediates)).chain) == 3


def test_a_certificate_begins_now_in_whole_seconds_and_ends_when_told() -> None:
    certificate = issued(Purpose.SIGNING, days=30).own_key.certificate
    assert certificate.not_valid_before_utc == NOW.replace(microsecond=0)
    assert certificate.not_valid_after_utc == NOW.replace(microsecond=0) + timedelta(days=30)


def test_a_certificate_ends_no_later_than_its_issuer() -> None:
    certificate = issued(Purpose.SIGNING, days=365 * 50).own_key.certificate
    assert certificate.not_valid_after_utc == hierarchy().intermediate.certificate.not_valid_after_utc


@pytest.mark.parametrize("days", [-1, 365 * 10])
def test_an_authority_issues_nothing_outside_its_own_dates(days: int) -> None:
    authority = hierarchy().intermediate
    with pytest.raises(NotInForce):
        authority.issue(
            GEMEENTE, Purpose.SIGNING, common_name=HOST, now=NOW + timedelta(days=days), bits=BITS
        )


def test_only_a_root_has_authorities_below_it() -> None:
    with pytest.raises(ValueError, match="only a root"):
        hierarchy().intermediate.subordinate("Too deep", now=NOW, years=1, bits=BITS)


def test_keys_below_2048_bits_are_not_made() -> None:
    with pytest.raises(UnsuitableKey):
        make_authority("Small", now=NOW, years=1, bits=1024)
    with pytest.raises(UnsuitableKey):
        hierarchy().intermediate.issue(GEMEENTE, Purpose.SIGNING, common_name=HOST, now=NOW, bits=1024)


@pytest.mark.parametrize(
    ("purpose", "hosts"),
    [(Purpose.TLS_SERVER, ()), (Purpose.SIGNING, (HOST,)), (Purpose.TLS_CLIENT, (HOST,))],
)
def test_a_server_has_hosts_and_only_a_server(purpose: Purpose, hosts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="only a server"):
        hierarchy().intermediate.issue(GEMEENTE, purpose, common_name=HOST, now=NOW, bits=BITS, hosts=hosts)


@pytest.mark.parametrize("name", ["", "G" * 65])
def test_a_name_that_does_not_fit_in_a_certificate_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="64"):
        Organisation(name, GEMEENTE.oin)
    with pytest.raises(ValueError, match=r"64|1"):
        hierarchy().intermediate.issue(GEMEENTE, Purpose.SIGNING, common_name=name, now=NOW, bits=BITS)


def test_an_issued_key_is_named_after_its_certificate_and_comes_with_its_chain() -> None:
    one = issued(Purpose.TLS_CLIENT)
    assert one.own_key.published().name == one.own_key.name
    assert one.own_key.private_key.public_key() == one.own_key.certificate.public_key()
    assert one.intermediates == (hierarchy().intermediate.certificate,)
    assert one.chain_pem == pem_of(one.own_key.certificate, hierarchy().intermediate.certificate)
