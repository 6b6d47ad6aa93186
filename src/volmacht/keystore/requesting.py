"""A key that waits for its certificate from a real authority: made here, requested, and taken when that came.

The private key never leaves the folder of its entity; one request at a time for each use.
"""

from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

from volmacht.keystore.files import private_folder, write_private
from volmacht.keystore.stored import KeyUse, OwnEntity, folder_of
from volmacht.pki import Organisation, pem_of, private_key_from, private_key_pem
from volmacht.pki.subjects import organisation_name
from volmacht.protocols.saml.keys import OwnKey, key_name
from volmacht.rules.environment import Environment

_EXPONENT = 65537


def _waiting_key(environment: Environment, entity: OwnEntity, use: KeyUse) -> Path:
    return folder_of(environment, entity) / f"requested-{use}.key"


def request_certificate(
    environment: Environment,
    entity: OwnEntity,
    use: KeyUse,
    *,
    organisation: Organisation,
    common_name: str,
    bits: int,
    hosts: Sequence[str] = (),
) -> Path:
    """Write a signing request (PEM) for a new key; asked again, for the same key. Returns its file."""
    waiting = _waiting_key(environment, entity, use)
    private_folder(waiting.parent)
    if waiting.exists():
        key = private_key_from(waiting.read_bytes())
    else:
        key = generate_private_key(_EXPONENT, bits)
        write_private(waiting, private_key_pem(key))
    request = waiting.with_suffix(".csr")
    write_private(request, pem_of(_request(key, organisation, common_name, hosts)))
    return request


def _request(
    key: RSAPrivateKey, organisation: Organisation, common_name: str, hosts: Sequence[str]
) -> x509.CertificateSigningRequest:
    builder = x509.CertificateSigningRequestBuilder().subject_name(
        organisation_name(organisation, common_name)
    )
    if hosts:
        names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(key, SHA256())


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def requested_key(
    environment: Environment, entity: OwnEntity, use: KeyUse, certificate: x509.Certificate
) -> OwnKey | None:
    """The key that waited, with its certificate; None when none waited. `announce` checks that they fit."""
    waiting = _waiting_key(environment, entity, use)
    if not waiting.exists():
        return None
    return OwnKey(private_key_from(waiting.read_bytes()), certificate, key_name(certificate))


def forget_request(environment: Environment, entity: OwnEntity, use: KeyUse) -> None:
    """The certificate came and was taken: the next request makes a new key."""
    waiting = _waiting_key(environment, entity, use)
    waiting.unlink(missing_ok=True)
    waiting.with_suffix(".csr").unlink(missing_ok=True)
