"""Certificates from signing requests: only the key is taken, and only from a request that is sound."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_ec_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.pki.certificates import GEMEENTE, NOW, a_key, hierarchy, openssl_says, request_for
from volmacht.pki import Purpose, RequestFault, RequestRefused, pem_of, request_from

HOST = "dv.example.nl"
OIN = GEMEENTE.oin.value


def issued_from(request: x509.CertificateSigningRequest) -> x509.Certificate:
    return hierarchy().intermediate.issue_from_csr(
        request, GEMEENTE, Purpose.TLS_CLIENT, common_name=HOST, now=NOW
    )


def fault_of(request: x509.CertificateSigningRequest) -> RequestFault:
    with pytest.raises(RequestRefused) as caught:
        issued_from(request)
    return caught.value.fault


@pytest.mark.parametrize("oins", [(), (OIN,), (OIN, OIN)])
def test_a_request_with_the_right_oin_or_none_gets_a_certificate(oins: tuple[str, ...]) -> None:
    certificate = issued_from(request_for(a_key(), *oins))
    assert certificate.public_key() == a_key().public_key()


def test_names_come_from_whoever_issues_and_not_from_the_request() -> None:
    subject = issued_from(request_for(a_key(), OIN)).subject
    assert [name.value for name in subject.get_attributes_for_oid(NameOID.COMMON_NAME)] == [HOST]
    assert [name.value for name in subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)] == [OIN]
    assert [name.value for name in subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)] == [
        GEMEENTE.name
    ]


def test_a_request_cannot_make_an_authority_of_itself() -> None:
    greedy = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([]))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("bank.example.nl")]), critical=False)
        .sign(a_key(), SHA256())
    )
    extensions = issued_from(greedy).extensions
    assert not extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    with pytest.raises(x509.ExtensionNotFound):
        extensions.get_extension_for_class(x509.SubjectAlternativeName)


def test_openssl_accepts_the_certificate(tmp_path: Path) -> None:
    said = openssl_says(
        tmp_path,
        pem_of(issued_from(request_for(a_key()))),
        root=pem_of(hierarchy().root.certificate),
        intermediates=pem_of(hierarchy().intermediate.certificate),
        options=["-purpose", "sslclient"],
    )
    assert said == "certificate: OK"


@pytest.mark.parametrize("oins", [("00000009999999999005",), (OIN, "00000009999999999005"), ("4",)])
def test_a_request_with_another_oin_is_refused(oins: tuple[str, ...]) -> None:
    assert fault_of(request_for(a_key(), *oins)) is RequestFault.OTHER_OIN


def test_a_request_that_its_own_key_did_not_sign_is_refused() -> None:
    der = bytearray(request_for(a_key(), OIN).public_bytes(Encoding.DER))
    der[-1] ^= 1
    assert fault_of(x509.load_der_x509_csr(bytes(der))) is RequestFault.SIGNATURE


def test_a_request_with_a_small_key_is_refused() -> None:
    assert fault_of(request_for(a_key(1024), OIN)) is RequestFault.KEY


def test_a_request_with_a_key_that_is_not_rsa_is_refused() -> None:
    request = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([]))
        .sign(generate_ec_key(SECP256R1()), SHA256())
    )
    assert fault_of(request) is RequestFault.KEY


def test_a_request_is_read_from_pem_and_der() -> None:
    request = request_for(a_key(), OIN)
    assert request_from(pem_of(request)) == request
    assert request_from(request.public_bytes(Encoding.DER)) == request
    assert request_from(b"asked for by us\n" + pem_of(request)) == request


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
        b"0" * 65_537,
    ],
)
def test_what_is_no_request_is_refused(data: bytes) -> None:
    with pytest.raises(RequestRefused) as caught:
        request_from(data)
    assert caught.value.fault is RequestFault.MALFORMED


def test_a_certificate_is_no_request() -> None:
    with pytest.raises(RequestRefused):
        request_from(pem_of(hierarchy().root.certificate))
