"""Our own keys and the authorities we believe, read from the folders that the command line names. Touches files only.

`<keys>/<environment>/`: `signing.key.pem`, `signing.crt.pem`, `server.key.pem`, `server.crt.pem` (with its chain).
`<anchors>/<environment>/*.pem`, or in a folder `anchors` in it: certificates of authorities, one or more in each file.
"""

from pathlib import Path

from cryptography import x509

from volmacht.protocols.saml.keys import OwnKey
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin
from volmacht.standins import pem_files
from volmacht.standins.pem_files import KeyFileProblem

SIGNING, SERVER = "signing", "server"


def environments(keys: Path) -> tuple[Environment, ...]:
    """Those for which there is a folder with keys: without one, an environment does not exist here (AD-14)."""
    found = tuple(environment for environment in Environment if (keys / environment.value).is_dir())
    if not found:
        raise KeyFileProblem(f"{keys} has no folder {' or '.join(Environment)}")
    return found


def server_pair(keys: Path, environment: Environment) -> tuple[Path, Path]:
    """The files of the certificate for TLS, with those above it, and of its key."""
    return pem_files.pem_pair(keys / environment.value, SERVER)


def signing_key(keys: Path, environment: Environment, oin: Oin) -> OwnKey:
    """The key that signs, of which the certificate must have our OIN (MD-24). Raises KeyFileProblem."""
    return pem_files.own_key(keys / environment.value, SIGNING, oin)


def anchors(folder: Path, environment: Environment) -> tuple[x509.Certificate, ...]:
    """The authorities of an environment. Raises KeyFileProblem when there is none."""
    return pem_files.authorities(folder / environment.value)
