"""`volmacht keys announce|switch|retire ENTITY USE`: new keys for the log-in interface without a failed log-in (MD-40).

Each step is recorded in the audit chain together with the change on disk.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from volmacht import clock
from volmacht.cli.authority_files import (
    bits,
    common_name,
    issue_own,
    own_hosts,
    own_oin,
    own_organisation,
)
from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import database_problems, start_django
from volmacht.config.options import Options

if TYPE_CHECKING:
    from volmacht.keystore import KeyUse, OwnEntity, RolloverRefused
    from volmacht.rules.environment import Environment

    Place = tuple[Environment, OwnEntity, KeyUse]

SENTENCES = {
    "already-announced": "a new key is announced already: switch to it first",
    "nothing-announced": "no new key is announced: `volmacht keys announce` first",
    "still-retiring": "the key before the present one is still retiring: retire it first",
    "nothing-retiring": "no key is retiring",
    "too-early": "other parties may not have read our metadata yet: wait until {until}, or say --now",
    "used-elsewhere": "this key is in use already, and a key never serves two entities, environments or uses",
    "not-for-this-use": "the certificate is not for this use: see its key usage and extended key usage",
    "other-oin": "the certificate is of another organisation: its serialNumber is not VOLMACHT_OIN",
    "not-valid-now": "the certificate is not valid today",
    "other-key": "the certificate is for another key than the one that was requested",
}


def add_actions(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The three steps."""
    step = _step(actions, "announce", "make a new key and publish its certificate", announce_key)
    step.add_argument(
        "--certificate", metavar="FILE", type=Path, help="what an authority made of our signing request"
    )
    step.add_argument("--host", action="append", default=[], help="host name of a server certificate")
    step = _step(actions, "switch", "use the announced key from now on", switch_key)
    step.add_argument("--now", action="store_true", help="also when other parties may not know it yet")
    step = _step(actions, "retire", "destroy the key before the present one", retire_key)
    step.add_argument("--now", action="store_true", help="also when other parties may still need it")


def _step(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, says: str, carry_out: object
) -> argparse.ArgumentParser:
    step = actions.add_parser(name, help=says, description=says.capitalize() + ".")
    step.add_argument("entity", metavar="ENTITY", choices=("entrance", "bvd", "portal"))
    step.add_argument("use", metavar="USE", choices=("signing", "encryption", "tls", "server"))
    step.add_argument("--environment", required=True, choices=("preproduction", "production"))
    step.set_defaults(carry_out=carry_out)
    return step


def _place(arguments: argparse.Namespace) -> "Place":
    from volmacht.keystore import KeyUse, OwnEntity
    from volmacht.rules.environment import Environment

    entity, use = OwnEntity(arguments.entity), KeyUse(arguments.use)
    if use is KeyUse.SERVER and entity is not OwnEntity.ENTRANCE:
        raise CommandProblem("there is one server certificate for all back channels: entrance server")
    return Environment(arguments.environment), entity, use


def announce_key(arguments: argparse.Namespace) -> int:
    """With the test authority at once; else a signing request first, and the key once its certificate is given."""
    options = start_django()
    place = _place(arguments)
    if arguments.certificate:
        return _take_certificate(options, place, arguments.certificate)
    from volmacht.keystore.certifying import read_authority

    authority = read_authority(place[0])
    if authority is None:
        return _request(options, place, arguments.host)
    from volmacht.keystore import announce

    now = clock.wall_clock()
    with _recorded(place, "announced"):
        issued = issue_own(options, authority, place[1], place[2], now=now, hosts=arguments.host)
        stored = announce(
            *place, key=issued.own_key, chain=issued.intermediates, oin=own_oin(options), now=now
        )
    print(f"{' '.join(place[1:])}: {stored.name[:16]} is {stored.state.value}.")
    return 0


def _request(options: Options, place: "Place", given: list[str]) -> int:
    from volmacht.keystore import request_certificate

    hosts = own_hosts(options, place[2], given)
    request = request_certificate(
        *place,
        organisation=own_organisation(options),
        common_name=common_name(place[1], place[2], hosts),
        bits=bits(options),
        hosts=hosts,
    )
    print(f"Have this request signed by your authority: {request}")
    print("Then give the same command with --certificate FILE (PEM; the certificates above it after it).")
    return 0


def _take_certificate(options: Options, place: "Place", file: Path) -> int:
    from volmacht.keystore import announce, forget_request, requested_key
    from volmacht.pki import certificates_from

    try:
        certificate, *chain = certificates_from(file.read_bytes())
        key = requested_key(*place, certificate)
    except (OSError, ValueError) as problem:
        raise CommandProblem(f"{file} holds no certificate that can be read") from problem
    if key is None:
        raise CommandProblem("no key waits for a certificate: first `volmacht keys announce` without one")
    with _recorded(place, "announced"):
        stored = announce(*place, key=key, chain=chain, oin=own_oin(options), now=clock.wall_clock())
    forget_request(*place)
    print(f"{' '.join(place[1:])}: {stored.name[:16]} is {stored.state.value}.")
    return 0


def switch_key(arguments: argparse.Namespace) -> int:
    """The announced key becomes the active one."""
    start_django()
    from volmacht.keystore import switch

    place = _place(arguments)
    with _recorded(place, "switched"):
        stored = switch(*place, now=clock.wall_clock(), at_once=arguments.now)
    print(f"{' '.join(place[1:])}: {stored.name[:16]} is in use.")
    return 0


def retire_key(arguments: argparse.Namespace) -> int:
    """The retiring key is destroyed."""
    start_django()
    from volmacht.keystore import retire

    place = _place(arguments)
    with _recorded(place, "retired"):
        stored = retire(*place, now=clock.wall_clock(), at_once=arguments.now)
    print(f"{' '.join(place[1:])}: {stored.name[:16]} is destroyed.")
    return 0


@contextmanager
def _recorded(place: "Place", step: str) -> Iterator[None]:
    """The event and the change, or neither; a refusal in words. Raises CommandProblem."""
    from django.db import transaction

    from volmacht.audit.kinds import INSTALLATION, SYSTEM, EventKind
    from volmacht.audit.operations import record
    from volmacht.keystore import RolloverRefused

    environment, entity, use = place
    data = {"of": entity.value, "use": use.value, "environment": environment.value, "step": step}
    try:
        with database_problems(), transaction.atomic():
            record(EventKind.KEYS_CHANGED, actor=SYSTEM, subject_id=INSTALLATION, data=data)
            yield
    except RolloverRefused as refused:
        raise CommandProblem(_sentence(refused)) from refused


def _sentence(refused: "RolloverRefused") -> str:
    until = f"{refused.until:%Y-%m-%d %H:%M} UTC" if refused.until else ""
    return SENTENCES[refused.objection.value].format(until=until)
