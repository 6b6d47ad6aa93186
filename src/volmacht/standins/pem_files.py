"""Keys and certificates of a stand-in, as PEM files in folders that the command line named. Touches files only."""

from pathlib import Path

from cryptography import x509

from volmacht.pki import certificates_from, private_key_from
from volmacht.protocols.saml.keys import OwnKey, UnsuitableKey, key_name, rsa_key_of
from volmacht.protocols.saml.metadata.certificates import oin_of
from volmacht.rules.identifiers import Oin


class KeyFileProblem(RuntimeError):
    """A file that is needed is missing or holds something else; the message is for who started us."""


def pem_pair(folder: Path, name: str) -> tuple[Path, Path]:
    """The files of a certificate, with those above it, and of its key."""
    return folder / f"{name}.crt.pem", folder / f"{name}.key.pem"


def own_key(folder: Path, name: str, oin: Oin) -> OwnKey:
    """The key of this name, of which the certificate must have our OIN (MD-24). Raises KeyFileProblem."""
    certificate_file, key_file = pem_pair(folder, name)
    try:
        key = private_key_from(key_file.read_bytes())
        certificate = certificates_from(certificate_file.read_bytes())[0]
        fits = key.public_key() == rsa_key_of(certificate)
    except (OSError, ValueError, UnsuitableKey) as problem:
        raise KeyFileProblem(f"{folder}: no usable {name} key: {problem}") from problem
    if not fits:
        raise KeyFileProblem(f"{certificate_file} is for another key")
    if oin_of(certificate) != oin:
        raise KeyFileProblem(f"{certificate_file} is not for the OIN {oin}")
    return OwnKey(key, certificate, key_name(certificate))


def authorities(folder: Path) -> tuple[x509.Certificate, ...]:
    """Whom we believe: `*.pem` here, or in a folder `anchors` in it. Raises KeyFileProblem when there is nobody."""
    try:
        found = {
            certificate: None
            for path in sorted([*folder.glob("*.pem"), *folder.glob("anchors/*.pem")])
            for certificate in certificates_from(path.read_bytes())
        }
    except (OSError, ValueError) as problem:
        raise KeyFileProblem(f"{folder}: a file is no certificate: {problem}") from problem
    if not found:
        raise KeyFileProblem(f"{folder} has no certificates of authorities (*.pem)")
    return tuple(found)
