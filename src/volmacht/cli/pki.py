"""`volmacht pki …`: the test authority of an environment, in the style of PKIoverheid. Not for real production.

`make` it, `issue` key and certificate to somebody, `sign` a request of theirs, list the `anchors` we believe.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from volmacht import clock
from volmacht.cli.authority_files import (
    CERTIFICATE_BEFORE,
    bits,
    issued_files,
    make_authority_files,
    refuse_real_production,
    refuse_to_overwrite,
    write_issued,
)
from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import start_django
from volmacht.config.options import Options

if TYPE_CHECKING:
    from volmacht.pki import Authority, Organisation, Purpose
    from volmacht.rules.environment import Environment

PURPOSES = ("signing", "encryption", "tls-client", "tls-server")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Four actions, each for one environment."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    make = actions.add_parser("make", help="make the test authority; an existing one is left alone")
    make.set_defaults(carry_out=make_authority)
    issue = actions.add_parser("issue", help="make keys with certificates for an organisation")
    _about_organisation(issue)
    issue.add_argument("--for", dest="purposes", required=True, metavar="LIST", help=", ".join(PURPOSES))
    issue.add_argument("--out", required=True, type=Path, metavar="DIR", help="where the files go")
    issue.add_argument("--replace", action="store_true", help="write over keys that are there")
    issue.set_defaults(carry_out=issue_certificates)
    sign = actions.add_parser("sign", help="make a certificate of a signing request")
    sign.add_argument("request", metavar="CSR", type=Path)
    _about_organisation(sign)
    sign.add_argument("--for", dest="purposes", required=True, metavar="PURPOSE", help=", ".join(PURPOSES))
    sign.add_argument("--out", type=Path, metavar="FILE", help="where it goes; otherwise it is printed")
    sign.add_argument("--replace", action="store_true", help="write over a file that is there")
    sign.set_defaults(carry_out=sign_request)
    anchors = actions.add_parser("anchors", help="which authorities this environment believes")
    anchors.set_defaults(carry_out=list_anchors)
    for action in (make, issue, sign, anchors):
        action.add_argument("--environment", default="preproduction", choices=("preproduction", "production"))


def _about_organisation(action: argparse.ArgumentParser) -> None:
    action.add_argument("name", metavar="NAME", help="of the organisation")
    action.add_argument("oin", metavar="OIN", help="20 digits")
    action.add_argument("--host", action="append", default=[], help="host name of a TLS server")


def _environment(arguments: argparse.Namespace) -> "Environment":
    from volmacht.rules.environment import Environment

    return Environment(arguments.environment)


def _authority(options: Options, environment: "Environment") -> "Authority":
    from volmacht.keystore.certifying import read_authority

    refuse_real_production(options, environment)
    authority = read_authority(environment)
    if authority is None:
        raise CommandProblem(
            f"there is no test authority yet: volmacht pki make --environment {environment.value}"
        )
    return authority


def make_authority(arguments: argparse.Namespace) -> int:
    """Make it, and say where it is."""
    options, environment = start_django(), _environment(arguments)
    from volmacht.keystore.believing import anchors_folder, trust_folder

    make_authority_files(options, environment, clock.wall_clock())
    print(f"The test authority of {environment.value}: {trust_folder(environment)}")
    print(
        f"What it issues is believed here, by {anchors_folder(environment)}. Its keys never leave this machine."
    )
    return 0


def issue_certificates(arguments: argparse.Namespace) -> int:
    """One key and certificate for each purpose."""
    options, environment = start_django(), _environment(arguments)
    authority, purposes = _authority(options, environment), _purposes(arguments.purposes)
    if not arguments.replace:
        refuse_to_overwrite([file for one in purposes for file in issued_files(arguments.out, one.value)])
    for purpose in purposes:
        hosts = _hosts(purpose, arguments.host)
        with _refusals():
            issued = authority.issue(
                _organisation(arguments),
                purpose,
                common_name=hosts[0] if hosts else f"{arguments.name} {purpose.value}"[:64],
                now=clock.wall_clock() - CERTIFICATE_BEFORE,
                bits=bits(options),
                hosts=hosts,
            )
        for file in write_issued(arguments.out, purpose.value, issued):
            print(file)
    return 0


def sign_request(arguments: argparse.Namespace) -> int:
    """The certificate, followed by the intermediate, as PEM."""
    options, environment = start_django(), _environment(arguments)
    from volmacht.keystore.certifying import certify

    _authority(options, environment)
    purposes = _purposes(arguments.purposes)
    if len(purposes) != 1:
        raise CommandProblem("a key is for one purpose: --for takes one here")
    if arguments.out and not arguments.replace:
        refuse_to_overwrite([arguments.out])
    with _refusals():
        pem = certify(
            _read(arguments.request),
            _organisation(arguments),
            purposes[0],
            environment=environment,
            now=clock.wall_clock(),
            hosts=_hosts(purposes[0], arguments.host),
        )
    if arguments.out:
        arguments.out.write_bytes(pem)
        print(arguments.out)
    else:
        print(pem.decode(), end="")
    return 0


def list_anchors(arguments: argparse.Namespace) -> int:
    """One line an authority."""
    start_django()
    from volmacht.keystore import trust_anchors
    from volmacht.keystore.believing import anchors_folder

    environment = _environment(arguments)
    print(f"{anchors_folder(environment)}:")
    with _refusals():
        anchors = trust_anchors(environment)
    for anchor in anchors:
        print(f"  {anchor.subject.rfc4514_string()}, until {anchor.not_valid_after_utc:%Y-%m-%d}")
    if not anchors:
        print("  nobody: put the certificates of your authority there, as .pem, or make a test authority")
    return 0


def _purposes(text: str) -> "list[Purpose]":
    from volmacht.pki import Purpose

    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in PURPOSES]
    if unknown or not names:
        raise CommandProblem(f"--for takes {', '.join(PURPOSES)}")
    return [Purpose(name) for name in dict.fromkeys(names)]


def _hosts(purpose: "Purpose", given: list[str]) -> tuple[str, ...]:
    from volmacht.pki import Purpose

    if purpose is not Purpose.TLS_SERVER:
        return ()
    if not given:
        raise CommandProblem("a TLS server has a host name: --host")
    return tuple(given)


def _organisation(arguments: argparse.Namespace) -> "Organisation":
    from volmacht.pki import Organisation
    from volmacht.rules.identifiers import InvalidIdentifier, Oin

    try:
        return Organisation(arguments.name, Oin(arguments.oin))
    except InvalidIdentifier as problem:
        raise CommandProblem("an OIN has 20 digits") from problem


@contextmanager
def _refusals() -> Iterator[None]:
    """Everything that the authority refuses is a ValueError that says why."""
    try:
        yield
    except ValueError as problem:
        raise CommandProblem(f"that cannot be: {problem}") from problem


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise CommandProblem(f"{file} cannot be read") from problem
