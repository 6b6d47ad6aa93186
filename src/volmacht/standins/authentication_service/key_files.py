"""Our own keys and the authorities we believe, read from the folders that the command line names. Touches files only.

`<keys>/<environment>/`: `signing.key.pem`, `signing.crt.pem`, `server.key.pem`, `server.crt.pem` (with its chain).
`<anchors>/<environment>/*.pem`, or in a folder `anchors` in it: certificates of authorities, one or more in each file.
"""

from pathlib import Path

from cryptography import x509

from volmacht.pki import certificates_from, private_key_from
from volmacht.protocols.saml.keys import OwnKey, UnsuitableKey, key_name, rsa_key_of
from volmacht.protocols.saml.metadata.certificates import oin_of
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

SIGNING, SERVER = "signing", "server"


class KeyFileProblem(RuntimeError):
    """A file that is needed is missing or holds something else; the message is for who started us."""


def environments(keys: Path) -> tuple[Environment, ...]:
    """Those for which there is a folder with keys: without one, an environment does not exist here (AD-14)."""
    found = tuple(environment for environment in Environment if (keys / environment.value).is_dir())
    if not found:
        raise KeyFileProblem(f"{keys} has no folder {' or '.join(Environment)}")
    return found


def pem_pair(keys: Path, environment: Environment, name: str) -> tuple[Path, Path]:
    """The files of a certificate, with those above it, and of its key."""
    folder = keys / environment.value
    return folder / f"{name}.crt.pem", folder / f"{name}.key.pem"


def signing_key(keys: Path, environment: Environment, oin: Oin) -> OwnKey:
    """The key that signs, of which the certificate must have our OIN (MD-24). Raises KeyFileProblem."""
    certificate_file, key_file = pem_pair(keys, environment, SIGNING)
    try:
        key = private_key_from(key_file.read_bytes())
        certificate = certificates_from(certificate_file.read_bytes())[0]
        fits = key.public_key() == rsa_key_of(certificate)
    except (OSError, ValueError, UnsuitableKey) as problem:
        raise KeyFileProblem(f"{certificate_file.parent}: no usable {SIGNING} key: {problem}") from problem
    if not fits:
        raise KeyFileProblem(f"{certificate_file} is for another key")
    if oin_of(certificate) != oin:
        raise KeyFileProblem(f"{certificate_file} is not for the OIN {oin}")
    return OwnKey(key, certificate, key_name(certificate))


def anchors(folder: Path, environment: Environment) -> tuple[x509.Certificate, ...]:
    """The authorities of an environment. Raises KeyFileProblem when there is none."""
    own = folder / environment.value
    try:
        found = {
            certificate: None
            for path in sorted([*own.glob("*.pem"), *own.glob("anchors/*.pem")])
            for certificate in certificates_from(path.read_bytes())
        }
    except (OSError, ValueError) as problem:
        raise KeyFileProblem(f"{own}: a file is no certificate: {problem}") from problem
    if not found:
        raise KeyFileProblem(f"{own} has no certificates of authorities (*.pem)")
    return tuple(found)
