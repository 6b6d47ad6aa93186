"""Which authorities we believe in an environment: those that an administrator put on disk (SG-12).

`<data>/pki/<environment>/anchors/*.pem`. Read at each call; callers keep what they made of it.
"""

from pathlib import Path

from cryptography import x509
from django.conf import settings

from volmacht.keystore.files import Mark, mark_of, private_folder, write_private
from volmacht.pki import certificates_from, pem_of
from volmacht.rules.environment import Environment

# Of each bundle: the anchors it was made of, and its own state.
_BUNDLED: dict[Path, tuple[tuple[tuple[Path, Mark | None], ...], Mark | None]] = {}


def trust_folder(environment: Environment) -> Path:
    """Where anchors and the test authority of an environment stand; need not exist."""
    data: Path = settings.VOLMACHT.data
    return data / "pki" / environment.value


def anchors_folder(environment: Environment) -> Path:
    """Where the pinned authorities stand, one or more in each PEM file."""
    return trust_folder(environment) / "anchors"


def trust_anchors(environment: Environment) -> tuple[x509.Certificate, ...]:
    """Every pinned authority. Raises ValueError for a file that holds something else."""
    return tuple(
        anchor
        for path in sorted(anchors_folder(environment).glob("*.pem"))
        for anchor in certificates_from(path.read_bytes())
    )


def trust_bundle(environment: Environment) -> Path:
    """One file with all anchors, as TLS libraries take it; written anew when an anchor came or went.

    Asked for with each connection: anchors are read again only when a file changed.
    """
    path = trust_folder(environment) / "anchors.pem"
    anchors = sorted(anchors_folder(environment).glob("*.pem"))
    found = tuple((one, mark_of(one)) for one in anchors)
    if _BUNDLED.get(path) != (found, mark_of(path)):
        _write_bundle(path, environment)
        _BUNDLED[path] = found, mark_of(path)
    return path


def _write_bundle(path: Path, environment: Environment) -> None:
    bundle = pem_of(*trust_anchors(environment))
    if not path.exists() or path.read_bytes() != bundle:
        private_folder(path.parent)
        write_private(path, bundle)
