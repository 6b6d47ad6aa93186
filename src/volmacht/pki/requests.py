"""Certificate signing requests: read, and checked before anything is issued from them. Only the key is taken."""

from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from volmacht.pki.subjects import oins_of
from volmacht.protocols.saml.keys import LARGEST_BITS, SMALLEST_BITS
from volmacht.rules.identifiers import Oin

LARGEST_REQUEST = 64 * 1024
_PEM = b"-----BEGIN"


class RequestFault(StrEnum):
    """What is wrong with a request."""

    MALFORMED = "malformed"
    SIGNATURE = "signature"
    KEY = "key"
    OTHER_OIN = "other-oin"


class RequestRefused(ValueError):
    """No certificate is issued from this request."""

    def __init__(self, fault: RequestFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def request_from(data: bytes) -> x509.CertificateSigningRequest:
    """A request of at most 64 KiB, in PEM or DER; its signature is not checked yet. Raises RequestRefused."""
    if len(data) > LARGEST_REQUEST:
        raise RequestRefused(RequestFault.MALFORMED)
    load = x509.load_pem_x509_csr if _PEM in data else x509.load_der_x509_csr
    try:
        return load(data)
    except ValueError:
        raise RequestRefused(RequestFault.MALFORMED) from None


def key_requested(request: x509.CertificateSigningRequest, oin: Oin) -> RSAPublicKey:
    """The key to certify for the organisation with this OIN. Raises RequestRefused.

    The request is signed by that key, which is RSA of 2048 to 8192 bits. An OIN in it is this one; none is fine.
    """
    try:
        key, signed = request.public_key(), request.is_signature_valid
    except UnsupportedAlgorithm:
        raise RequestRefused(RequestFault.KEY) from None
    except ValueError:
        raise RequestRefused(RequestFault.MALFORMED) from None
    if not isinstance(key, RSAPublicKey) or not SMALLEST_BITS <= key.key_size <= LARGEST_BITS:
        raise RequestRefused(RequestFault.KEY)
    if not signed:
        raise RequestRefused(RequestFault.SIGNATURE)
    if any(found != oin.value for found in oins_of(request.subject)):
        raise RequestRefused(RequestFault.OTHER_OIN)
    return key
