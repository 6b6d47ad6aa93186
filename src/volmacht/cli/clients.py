"""`volmacht clients`: who may ask the register over REST, with which certificates (DM-64, BR-05, BR-11)."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from volmacht.cli.catalogue import add_employees
from volmacht.cli.peers import carry_out_change
from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import database_problems, start_django
from volmacht.rules.environment import Environment

if TYPE_CHECKING:
    from volmacht.catalogue.queries import RestClientEntry


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add, change, switch off or on again, list."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="register an authentication service or entrance")
    _add_identity(add)
    add.add_argument("--return-url", metavar="URL", required=True)
    _add_certificates(add, required=True)
    add_employees(add)
    add.set_defaults(carry_out=_add)
    change = actions.add_parser(
        "change", help="another return URL, or other certificates: those named, no others"
    )
    _add_identity(change)
    change.add_argument("--return-url", metavar="URL")
    _add_certificates(change, required=False)
    add_employees(change)
    change.set_defaults(carry_out=_change)
    for action, active in (("off", False), ("on", True)):
        switch = actions.add_parser(action, help=f"switch a client {action}")
        _add_identity(switch)
        add_employees(switch)
        switch.set_defaults(carry_out=_switch, active=active)
    listing = actions.add_parser("list", help="the clients, and whether they count now")
    listing.add_argument("--environment", choices=list(Environment), type=Environment, required=True)
    listing.set_defaults(carry_out=_list)


def _add_identity(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--environment", choices=list(Environment), type=Environment, required=True)
    parser.add_argument("--entity-id", metavar="ID", required=True)


def _add_certificates(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument(
        "--certificate",
        metavar="FILE",
        type=Path,
        action="append",
        required=required,
        default=None if required else [],
        help="a certificate that it may show, as PEM; may be repeated",
    )


def _add(arguments: argparse.Namespace) -> int:
    start_django()
    from volmacht.catalogue.kinds import ChangeKind

    content: dict[str, object] = {
        "environment": arguments.environment,
        "entity_id": arguments.entity_id,
        "return_url": arguments.return_url,
        "certificates": _fingerprints(arguments),
    }
    carry_out_change(arguments, ChangeKind.ADD_CLIENT, content)
    print(f"{arguments.entity_id} may ask over REST in {arguments.environment}.")
    return 0


def _change(arguments: argparse.Namespace) -> int:
    start_django()
    from volmacht.catalogue.kinds import ChangeKind

    wanted = {"return_url": arguments.return_url, "certificates": _fingerprints(arguments)}
    changed = {name: value for name, value in wanted.items() if value}
    if not changed:
        raise CommandProblem("say what changes: --return-url or --certificate")
    carry_out_change(arguments, ChangeKind.CHANGE_CLIENT, {"id": _client(arguments).id, **changed})
    print(f"{arguments.entity_id} is changed in {arguments.environment}.")
    return 0


def _switch(arguments: argparse.Namespace) -> int:
    start_django()
    from volmacht.catalogue.kinds import ChangeKind

    content = {"id": _client(arguments).id, "active": arguments.active}
    carry_out_change(arguments, ChangeKind.SWITCH_CLIENT, content)
    print(f"{arguments.entity_id} is switched {arguments.action} in {arguments.environment}.")
    return 0


def _client(arguments: argparse.Namespace) -> "RestClientEntry":
    from volmacht.catalogue import queries

    with database_problems():
        for client in queries.rest_clients(arguments.environment):
            if client.entity_id == arguments.entity_id:
                return client
    raise CommandProblem(f"no client {arguments.entity_id} is registered in {arguments.environment}")


def _fingerprints(arguments: argparse.Namespace) -> list[str]:
    """Of the files; each must be of the organisation in the entity id, and for TLS clients. Raises CommandProblem."""
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    from volmacht.protocols.saml.metadata.certificates import is_for_tls_clients, may_be_used_for
    from volmacht.protocols.saml.metadata.trust import Purpose, oin_of

    found = []
    for path in arguments.certificate:
        try:
            certificate = x509.load_pem_x509_certificate(path.read_bytes())
        except OSError as problem:
            raise CommandProblem(f"{path}: {problem.strerror}") from problem
        except ValueError as problem:
            raise CommandProblem(f"{path}: is not a certificate in PEM") from problem
        oin = oin_of(certificate)
        if oin is None or f":{oin}:" not in arguments.entity_id:
            raise CommandProblem(f"{path}: its OIN is {oin}, and not the one in {arguments.entity_id}")
        if not is_for_tls_clients(certificate) or not may_be_used_for(certificate, Purpose.TLS_CLIENT):
            raise CommandProblem(f"{path}: is not for TLS clients, so nobody could ask with it")
        found.append(certificate.fingerprint(SHA256()).hex())
    return found


def _list(arguments: argparse.Namespace) -> int:
    start_django()
    from volmacht.catalogue import queries

    with database_problems():
        found = queries.rest_clients(arguments.environment)
    for client in found:
        print(f"{client.entity_id} {'on' if client.active else 'off'}, returns to {client.return_url}")
        for fingerprint in sorted(client.certificates):
            print(f"  SHA-256 {fingerprint}")
    if not found:
        print(f"No client is registered in {arguments.environment}.")
    return 0
