"""`volmacht sample …`: the sample service as that of your own organisation, for who tries connecting in the demo.

`keys DIR --oin OIN` makes three keys with a signing request each. With the certificates that the portal gives for
those, and `service.toml` from there, in the same folder, `metadata DIR` writes the document to upload, and `run DIR`
serves.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from volmacht.cli.authority_files import refuse_to_overwrite
from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import start_django

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

NAMES = ("signing", "encryption", "tls")
DESCRIPTION = "service.toml"
PORT = 9000
FOR_THE_DEMO = (
    "the sample service is for trying out (VOLMACHT_DEMO=1): elsewhere metadata with addresses at localhost are refused"
    "; docs/providers/README.md says what your own service needs"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Three actions, each on one folder."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    keys = actions.add_parser("keys", help="make three keys, and a signing request for each")
    keys.add_argument("folder", metavar="DIR", type=Path)
    keys.add_argument("--oin", required=True, help="of your organisation, 20 digits")
    keys.set_defaults(carry_out=make_keys)
    metadata = actions.add_parser("metadata", help="write metadata.xml, to upload in the portal")
    run = actions.add_parser("run", help="serve, until it is stopped")
    for action, carry_out in ((metadata, write_metadata), (run, serve)):
        action.add_argument("folder", metavar="DIR", type=Path)
        action.add_argument("--port", type=int, default=PORT, help=f"where it listens; {PORT}")
        action.set_defaults(carry_out=carry_out)


def make_keys(arguments: argparse.Namespace) -> int:
    """One key for each purpose: RSA of 3072 bits, for its owner only."""
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

    from volmacht.keystore.files import private_folder, write_private
    from volmacht.pki import private_key_pem
    from volmacht.rules.identifiers import InvalidIdentifier, Oin

    try:
        oin = Oin.parse(arguments.oin)
    except InvalidIdentifier as problem:
        raise CommandProblem("an OIN has 20 digits") from problem
    folder = private_folder(arguments.folder)
    refuse_to_overwrite([folder / f"{name}.key.pem" for name in NAMES])
    for name in NAMES:
        key = generate_private_key(65537, 3072)
        write_private(folder / f"{name}.key.pem", private_key_pem(key))
        (folder / f"{name}.csr").write_bytes(_request(key, name, oin.value))
        print(folder / f"{name}.csr")
    print("Ask a certificate for each in the portal, and keep it beside its key as", end=" ")
    print(", ".join(f"{name}.crt.pem" for name in NAMES) + ".")
    return 0


def _request(key: "RSAPrivateKey", name: str, oin: str) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.x509.oid import NameOID

    from volmacht.pki import pem_of

    subject = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.SERIAL_NUMBER, oin)]
    )
    return pem_of(x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, SHA256()))


def write_metadata(arguments: argparse.Namespace) -> int:
    """The signed document of the service at this port; the service itself writes it."""
    target = arguments.folder / "metadata.xml"
    done = subprocess.run(  # noqa: S603 - our own program, no shell
        (*_command(arguments), "--write-metadata", str(target)), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise CommandProblem(done.stderr.strip().removeprefix("sample provider: "))
    print(target)
    return 0


def serve(arguments: argparse.Namespace) -> int:
    """The same program as Gemeente Voorbeeld, in place of this process."""
    command = _command(arguments)
    print(f"Your service: http://localhost:{arguments.port}/ (Ctrl+C stops it)", flush=True)
    os.execv(sys.executable, command)  # noqa: S606 - our own program, no shell


def _command(arguments: argparse.Namespace) -> tuple[str, ...]:
    """How the sample service is started on what is in the folder; it shares nothing with this process."""
    options = start_django()
    if not options.demo:
        raise CommandProblem(FOR_THE_DEMO)
    from volmacht.keystore.believing import anchors_folder
    from volmacht.standins.sample_provider.described import BadDescription, read_description, volmacht_of

    description = arguments.folder / DESCRIPTION
    if not description.is_file():
        raise CommandProblem(f"{description} is not there: download it in the portal, at Metadata")
    try:
        environment, volmacht = read_description(description).environment, volmacht_of(description)
    except BadDescription as problem:
        raise CommandProblem(str(problem)) from problem
    return (
        *(sys.executable, "-m", "volmacht.standins.sample_provider"),
        *("--port", str(arguments.port)),
        *("--volmacht", volmacht or options.base_url),
        *("--service", str(description)),
        *("--keys", str(arguments.folder)),
        *("--anchors", str(anchors_folder(environment))),
    )
