"""Starts Gemeente Voorbeeld.

`python -m volmacht.standins.sample_provider --port N --volmacht URL --keys DIR --anchors DIR`, in pre-production with
`--environment preproduction`; as the service of another organisation with `--service FILE` (see `described`). In the
first folder:
`signing`, `encryption` and `tls`, each with `.key.pem` and `.crt.pem`; in the second: authorities that we believe, as
`*.pem`. Listens on this machine only, until it is stopped.
"""

import argparse
import os
import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from volmacht.ports import is_free
from volmacht.rules.environment import Environment
from volmacht.standins.pem_files import KeyFileProblem


def main() -> int:
    """Read the command line, hand it to the process that serves, serve.

    2 when a file is missing or wrong, or the port is in use: the server would share it without a word.
    """
    options = _options()
    if options.write_metadata is None and not is_free(options.port):
        sys.stderr.write(f"sample provider: port {options.port} is in use by another program\n")
        return 2
    os.environ["VOORBEELD_ADRES"] = f"http://localhost:{options.port}"
    os.environ["VOORBEELD_VOLMACHT"] = options.volmacht.rstrip("/")
    os.environ["VOORBEELD_OMGEVING"] = options.environment
    os.environ["VOORBEELD_DIENST"] = str(options.service.absolute()) if options.service else ""
    os.environ["VOORBEELD_SLEUTELS"] = str(options.keys.absolute())
    os.environ["VOORBEELD_AUTORITEITEN"] = str(options.anchors.absolute())
    from volmacht.standins.sample_provider.described import BadDescription

    try:
        _look_at_files(with_trust=options.write_metadata is None)
    except (KeyFileProblem, BadDescription) as problem:
        sys.stderr.write(f"sample provider: {problem}\n")
        return 2
    if options.write_metadata is not None:
        from volmacht.standins.sample_provider import own_entity

        options.write_metadata.write_bytes(own_entity.metadata())
        return 0
    Granian(
        f"{__package__}.application:application",
        address="127.0.0.1",
        port=options.port,
        interface=Interfaces.WSGI,
        workers=1,  # sessions live in the memory of one process
        blocking_threads=8,
        log_access=False,  # addresses hold artifacts
    ).serve()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m {__package__}")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument(
        "--volmacht", required=True, help="address of Volmacht, such as http://localhost:8000"
    )
    parser.add_argument("--environment", choices=list(Environment), default=Environment.PRODUCTION)
    parser.add_argument("--service", type=Path, help="a file that says whose service this is")
    parser.add_argument("--keys", type=Path, required=True, help="folder with our keys and certificates")
    parser.add_argument("--anchors", type=Path, required=True, help="folder with authorities that we believe")
    parser.add_argument("--write-metadata", type=Path, metavar="FILE", help="write our metadata, and stop")
    return parser.parse_args()


def _look_at_files(*, with_trust: bool) -> None:
    """All of them, before anybody comes. Raises KeyFileProblem and BadDescription."""
    from volmacht.standins.sample_provider import own_entity, resolving

    own_entity.keys()
    if with_trust:
        own_entity.trust()
        resolving.tls()


if __name__ == "__main__":
    sys.exit(main())
