"""What a certificate is for, and the extensions that say so (MD-11, MD-44): never two purposes in one."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from ipaddress import ip_address
from typing import Final

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID


class Purpose(StrEnum):
    """What an organisation does with a key."""

    SIGNING = "signing"
    ENCRYPTION = "encryption"
    TLS_CLIENT = "tls-client"
    TLS_SERVER = "tls-server"


_SIGNS: Final = {Purpose.SIGNING, Purpose.TLS_CLIENT, Purpose.TLS_SERVER}
_ENCIPHERS: Final = {Purpose.ENCRYPTION}
_EXTENDED: Final = {
    Purpose.TLS_CLIENT: ExtendedKeyUsageOID.CLIENT_AUTH,
    Purpose.TLS_SERVER: ExtendedKeyUsageOID.SERVER_AUTH,
}


def extensions_for(purpose: Purpose, hosts: Sequence[str]) -> Iterator[tuple[x509.ExtensionType, bool]]:
    """The extensions of this purpose, each with whether it is critical.

    `hosts`: host names or IP addresses of a server. Raises ValueError when a server has none, or another purpose has.
    """
    if bool(hosts) is not (purpose is Purpose.TLS_SERVER):
        raise ValueError("a server has hosts, and only a server")
    yield key_usage(signs=purpose in _SIGNS, enciphers=purpose in _ENCIPHERS), True
    if purpose in _EXTENDED:
        yield x509.ExtendedKeyUsage([_EXTENDED[purpose]]), False
    if hosts:
        yield x509.SubjectAlternativeName([_general_name(host) for host in hosts]), False


def key_usage(*, signs: bool = False, enciphers: bool = False, certifies: bool = False) -> x509.KeyUsage:
    """digitalSignature, keyEncipherment, or what an authority does: keyCertSign and cRLSign."""
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=False,
        key_encipherment=enciphers,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
