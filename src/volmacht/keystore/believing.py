"""Which authorities we believe in an environment: those that an administrator put on disk (SG-12).

`<data>/pki/<environment>/anchors/*.pem`. Read at each call; callers keep what they made of it.
"""

import threading
from pathlib import Path

from cryptography import x509
from django.conf import settings

from volmacht.keystore.files import Mark, mark_of, private_folder, write_private
from volmacht.pki import certificates_from, pem_of
from volmacht.rules.environment import Environment

_State = tuple[tuple[tuple[Path, Mark | None], ...], Mark | None]
"""Of the anchors that a bundle is made of, and of the bundle itself."""

_bundled: dict[Path, _State] = {}
_bundling = threading.Lock()


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

    Asked for with each connection: anchors are read again only when a file changed. Of those that ask at the same
    moment one does that; the others wait for it.
    """
    path = trust_folder(environment) / "anchors.pem"
    if _bundled.get(path) != _state(path, environment):
        with _bundling:
            _bundle(path, environment)
    return path


def _state(path: Path, environment: Environment) -> _State:
    anchors = sorted(anchors_folder(environment).glob("*.pem"))
    return tuple((one, mark_of(one)) for one in anchors), mark_of(path)


def _bundle(path: Path, environment: Environment) -> None:
    """Until it is seen to hold what stands in the folder: another process may write what stood there before."""
    while _bundled.get(path) != (state := _state(path, environment)):
        bundle = pem_of(*trust_anchors(environment))
        if path.exists() and path.read_bytes() == bundle:
            _bundled[path] = state
        else:
            private_folder(path.parent)
            write_private(path, bundle)
