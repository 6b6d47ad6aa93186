"""`volmacht peers`: the authentication services and outside BVDs that an environment trusts (DM-64, RO-05, RT-04)."""

import argparse
from typing import TYPE_CHECKING
from uuid import UUID

from volmacht.cli.catalogue import add_employees, two_employees
from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import database_problems, start_django
from volmacht.rules.environment import Environment

if TYPE_CHECKING:
    from volmacht.catalogue.kinds import ChangeKind
    from volmacht.catalogue.queries import PinnedPeerEntry

ROLES = ("AD", "BVD")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add, change, switch off or on again, list."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser(
        "add", help="pin a peer; its metadata comes later, with `volmacht metadata import`"
    )
    _add_identity(add)
    add.add_argument("--role", choices=ROLES, required=True)
    add.add_argument(
        "--oin", help="what its certificates carry; only for an AD whose entity id names none (RO-05)"
    )
    _add_words(add)
    add_employees(add)
    add.set_defaults(carry_out=_add)
    change = actions.add_parser(
        "change", help="other words, or another list of kinds; what is left out stays"
    )
    _add_identity(change)
    _add_words(change)
    add_employees(change)
    change.set_defaults(carry_out=_alter)
    for action, active in (("off", False), ("on", True)):
        switch = actions.add_parser(action, help=f"switch a peer {action}")
        _add_identity(switch)
        add_employees(switch)
        switch.set_defaults(carry_out=_switch, active=active)
    listing = actions.add_parser("list", help="the peers that count now")
    listing.add_argument("--environment", choices=list(Environment), type=Environment, required=True)
    listing.set_defaults(carry_out=_list)


def _add_identity(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--environment", choices=list(Environment), type=Environment, required=True)
    parser.add_argument("--entity-id", metavar="ID", required=True)


def _add_words(parser: argparse.ArgumentParser) -> None:
    """What a peer may state, and how people know it."""
    parser.add_argument(
        "--representation-type",
        action="append",
        metavar="URN",
        help="a kind of representation that this BVD may state; may be repeated (RT-04)",
    )
    parser.add_argument("--name", help="how people know it; needed for a BVD")
    parser.add_argument("--name-en", help="the same in English")
    parser.add_argument("--purpose", help="what it is for, in a sentence or two, for who must choose")
    parser.add_argument("--purpose-en", help="the same in English")


def _words(arguments: argparse.Namespace) -> dict[str, object]:
    given = {
        "representation_types": arguments.representation_type,
        "name": arguments.name,
        "name_en": arguments.name_en,
        "purpose": arguments.purpose,
        "purpose_en": arguments.purpose_en,
    }
    return {name: value for name, value in given.items() if value is not None}


def _add(arguments: argparse.Namespace) -> int:
    start_django()
    from volmacht.catalogue.kinds import ChangeKind

    content: dict[str, object] = {
        "environment": arguments.environment,
        "entity_id": arguments.entity_id,
        "role": arguments.role,
        "oin": arguments.oin,
        **_words(arguments),
    }
    carry_out_change(arguments, ChangeKind.ADD_PEER, content)
    print(f"{arguments.entity_id} is pinned in {arguments.environment}.")
    print("Next: `volmacht metadata import`.")
    return 0


def _alter(arguments: argparse.Namespace) -> int:
    start_django()
    from volmacht.catalogue.kinds import ChangeKind

    with database_problems():
        peer = _peer(arguments)
    carry_out_change(arguments, ChangeKind.CHANGE_PEER, {"id": peer, **_words(arguments)})
    print(f"{arguments.entity_id} is changed in {arguments.environment}.")
    return 0


def _switch(arguments: argparse.Namespace) -> int:
    start_django()
    from volmacht.catalogue.kinds import ChangeKind

    with database_problems():
        peer = _peer(arguments)
    carry_out_change(arguments, ChangeKind.SWITCH_PEER, {"id": peer, "active": arguments.active})
    print(f"{arguments.entity_id} is switched {arguments.action} in {arguments.environment}.")
    return 0


def _peer(arguments: argparse.Namespace) -> UUID:
    from volmacht.catalogue import queries

    found = queries.pinned_peer(arguments.environment, arguments.entity_id)
    if found is None:
        raise CommandProblem(f"no peer {arguments.entity_id} is pinned in {arguments.environment}")
    return found.id


def carry_out_change(arguments: argparse.Namespace, kind: "ChangeKind", content: dict[str, object]) -> None:
    """Propose and approve a change of the catalogue. Raises CommandProblem."""
    from django.db import transaction

    from volmacht.catalogue import operations

    with database_problems():
        proposer, approver = two_employees(arguments)
        try:
            with transaction.atomic():
                proposal = operations.propose(kind, content, by=proposer)
                objection = operations.approve(proposal, by=approver)
                transaction.set_rollback(objection is not None)
        except (operations.InvalidContent, operations.NotStaff) as problem:
            raise CommandProblem(str(problem)) from problem
    if objection is not None:
        raise CommandProblem(f"nothing is changed: {objection.objection} {objection.detail}".strip())


def _list(arguments: argparse.Namespace) -> int:
    start_django()
    from volmacht.catalogue import queries
    from volmacht.protocols.saml.entity_ids import Role

    with database_problems():
        found = [peer for role in ROLES for peer in queries.pinned_peers(arguments.environment, Role(role))]
    for peer in found:
        print(_line(peer))
    if not found:
        print(f"No peer is pinned in {arguments.environment}.")
    return 0


def _line(peer: "PinnedPeerEntry") -> str:
    types = " ".join(sorted(peer.representation_types))
    name = f" “{peer.name}”" if peer.name else ""
    return f"{peer.role} {peer.entity_id} (OIN {peer.oin}){name} {types}".rstrip()
