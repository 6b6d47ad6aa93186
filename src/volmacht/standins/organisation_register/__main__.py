"""Starts the stand-in for the registers of organisations: `python -m volmacht.standins.organisation_register --port N`.

Listens on this machine only, until it is stopped.
"""

import argparse
import sys

from granian import Granian
from granian.constants import Interfaces

from volmacht.ports import is_free
from volmacht.standins.organisation_register.app import OrganisationRegisterStandIn
from volmacht.standins.organisation_register.organisations import load_organisations


def main() -> int:
    """Read the command line and the file, serve; 2 when the port is in use, which it would share."""
    application()  # a mistake in the file is told here, before a server starts
    port = _options().port
    if not is_free(port):
        sys.stderr.write(f"registers of organisations: port {port} is in use by another program\n")
        return 2
    Granian(
        f"{__package__}.__main__:{application.__name__}",
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_access=False,
    ).serve()
    return 0


def application() -> OrganisationRegisterStandIn:
    """The application. The server calls it too, in the process it starts."""
    return OrganisationRegisterStandIn(load_organisations())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m {__package__}")
    parser.add_argument("--port", type=int, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
