"""Starts the stand-in for the population register.

`python -m volmacht.standins.population_register --port N [--people FILE …] [--api-key KEY] [--faults]`.
Listens on this machine only, until it is stopped.
"""

import argparse
import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from volmacht.ports import is_free
from volmacht.standins.population_register.app import PopulationRegisterStandIn
from volmacht.standins.population_register.people import PEOPLE_FILES, load_people
from volmacht.standins.population_register.register import Register


def main() -> int:
    """Read the command line, check the files of people, serve; 2 when the port is in use, which it would share."""
    application()  # a mistake in the command line or in a file is told here, before a server starts
    port = _options().port
    if not is_free(port):
        sys.stderr.write(f"population register: port {port} is in use by another program\n")
        return 2
    Granian(
        f"{__package__}.__main__:{application.__name__}",
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,  # facts and faults live in the memory of one process
        blocking_threads=8,
        log_access=False,
    ).serve()
    return 0


def application() -> PopulationRegisterStandIn:
    """The application the command line asks for. The server calls it too, in the process it starts."""
    options = _options()
    register = Register(load_people(options.people))
    return PopulationRegisterStandIn(register, options.api_key, faults_enabled=options.faults)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m {__package__}")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--people", type=Path, nargs="+", default=PEOPLE_FILES, metavar="FILE")
    parser.add_argument("--api-key", default="demo-key", help="what X-API-KEY must be (default: demo-key)")
    parser.add_argument("--faults", action="store_true", help="open POST /stand-in/fault")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
