"""Starts the stand-in for an authentication service, front and back channel in one process.

`python -m volmacht.standins.authentication_service --kind digid|eherkenning --port N --back-port M --volmacht URL
--keys DIR --anchors DIR`; what is in the folders, `key_files` tells. Listens on this machine only, until it is stopped.
"""

import argparse
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from volmacht.ports import is_free
from volmacht.standins.authentication_service.configuration import Configuration, tell
from volmacht.standins.authentication_service.kinds import Kind


def main() -> int:
    """Read the command line, hand it to the settings, serve; 2 when a file is missing or wrong or a port is in use."""
    options = _options()
    for port in (options.port, options.back_port):
        if not is_free(port):
            sys.stderr.write(f"authentication service: port {port} is in use by another program\n")
            return 2
    tell(
        Configuration(
            kind=options.kind,
            front=f"http://localhost:{options.port}",
            back_port=options.back_port,
            volmacht=options.volmacht.rstrip("/"),
            keys=options.keys.absolute(),
            anchors=options.anchors.absolute(),
        )
    )
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    return _serve(options.port, options.back_port)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m {__package__}")
    parser.add_argument("--kind", type=Kind, required=True, choices=list(Kind))
    parser.add_argument("--port", type=int, required=True, help="for browsers, over HTTP")
    parser.add_argument("--back-port", type=int, required=True, help="for artifacts, over mutual TLS")
    parser.add_argument(
        "--volmacht", required=True, help="address of Volmacht, such as http://localhost:8000"
    )
    parser.add_argument(
        "--keys", type=Path, required=True, help="folder with a folder of keys an environment"
    )
    parser.add_argument("--anchors", type=Path, required=True, help="folder with authorities an environment")
    return parser.parse_args()


def _serve(port: int, back_port: int) -> int:
    from volmacht.standins.authentication_service.servers import BackServer, FrontServer, tls_context
    from volmacht.standins.authentication_service.services import services
    from volmacht.standins.pem_files import KeyFileProblem

    try:
        contexts = {environment: tls_context(service) for environment, service in services().items()}
    except KeyFileProblem as problem:
        sys.stderr.write(f"authentication service: {problem}\n")
        return 2
    from volmacht.standins.authentication_service.application import application
    from volmacht.standins.authentication_service.back_channel import application as back_application

    back = BackServer(back_port, back_application, contexts)
    front = FrontServer(port, application)
    threading.Thread(target=back.serve_forever, daemon=True, name="back channel").start()
    front.serve_forever()
    return 0


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
