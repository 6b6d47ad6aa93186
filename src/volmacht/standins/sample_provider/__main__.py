"""Starts Gemeente Voorbeeld: `python -m volmacht.standins.sample_provider --port N --register URL --key-file FILE`."""

import argparse
import os
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

ADDRESS = "VOORBEELD_ADRES"
REGISTER = "VOORBEELD_REGISTER"
KEY = "VOORBEELD_SLEUTEL"


def main() -> None:
    """Read the command line, hand it to the process that serves, serve."""
    parser = argparse.ArgumentParser(prog=f"python -m {__package__}")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument(
        "--register", required=True, help="address of Volmacht, such as http://localhost:8000"
    )
    parser.add_argument("--key-file", type=Path, required=True, help="file with the key for the back channel")
    options = parser.parse_args()
    os.environ[ADDRESS] = f"http://localhost:{options.port}"
    os.environ[REGISTER] = options.register.rstrip("/")
    os.environ[KEY] = options.key_file.read_text().strip()
    Granian(
        f"{__package__}.application:application",
        address="127.0.0.1",
        port=options.port,
        interface=Interfaces.WSGI,
        workers=1,  # sessions live in the memory of one process
        blocking_threads=8,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main()
