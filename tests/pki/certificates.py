"""One test hierarchy for all tests of certificates, made once a process, and what `openssl verify` says of a path."""

import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from volmacht.pki import Hierarchy, Organisation, make_hierarchy
from volmacht.rules.identifiers import Oin

NOW = datetime(2026, 11, 25, 12, 0, 0, 250_000, tzinfo=UTC)
BITS = 2048
GEMEENTE = Organisation("Gemeente Voorbeeld", Oin("00000009999999999004"))


@cache
def hierarchy() -> Hierarchy:
    """The root and the intermediate."""
    return make_hierarchy(now=NOW, bits=BITS)


@cache
def another_hierarchy() -> Hierarchy:
    """With the same names and other keys."""
    return make_hierarchy(now=NOW, bits=BITS)


@cache
def a_key(bits: int = BITS) -> RSAPrivateKey:
    """A key of an organisation."""
    return generate_private_key(65537, bits)


def request_for(key: RSAPrivateKey, *oins: str) -> x509.CertificateSigningRequest:
    """A signing request with these OINs in its subject."""
    names = [x509.NameAttribute(NameOID.COMMON_NAME, "asked.example.nl")]
    names += [x509.NameAttribute(NameOID.SERIAL_NUMBER, oin) for oin in oins]
    return x509.CertificateSigningRequestBuilder().subject_name(x509.Name(names)).sign(key, SHA256())


def openssl_says(
    folder: Path,
    certificate: bytes,
    *,
    root: bytes,
    intermediates: bytes,
    options: Sequence[str] = (),
    at: datetime = NOW,
) -> str:
    """What `openssl verify` says of it: "certificate: OK", or the errors."""
    for name, data in (("certificate", certificate), ("root", root), ("intermediates", intermediates)):
        (folder / name).write_bytes(data)
    command = ["openssl", "verify", "-attime", str(int(at.timestamp())), "-x509_strict", *options]
    command += ["-CAfile", "root", "-untrusted", "intermediates", "certificate"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip()
