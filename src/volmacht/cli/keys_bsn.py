"""`volmacht keys rotate-bsn`: new keys for BSNs and everything else that rests sealed, while Volmacht runs (DM-06).

Announce, make current, write everything again, retire. Where it stands is read from the key file and the tables, so
the command goes on where an earlier one was broken off. Between steps it waits until every process on this machine
has looked at the file.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from volmacht import clock
from volmacht.cli.key_use import hashed_under, sealed_under
from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import database_problems, start_django
from volmacht.config.keys import (
    LOOK_SECONDS,
    KeyFileProblem,
    KeyKind,
    announce_versions,
    make_newest_current,
    retire_version,
    versions_in,
)
from volmacht.config.options import Options

if TYPE_CHECKING:
    from volmacht.parties.operations import Batch

# After this every process has seen a change and answered the request it was in.
SPREADING_SECONDS = 8 * LOOK_SECONDS


class Step(StrEnum):
    """One step, for machines that each have a copy of the key file; without it all of them in turn."""

    ANNOUNCE = "announce"
    SWITCH = "switch"
    REWRITE = "rewrite"
    RETIRE = "retire"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """All steps, or one."""
    parser.add_argument(
        "--step", choices=[step.value for step in Step], help="only this step: several machines"
    )
    parser.add_argument(
        "--only-machine", action="store_true", help="no other machine runs Volmacht on this database"
    )
    parser.set_defaults(carry_out=carry_out)


def carry_out(arguments: argparse.Namespace) -> int:
    """Rotate, or carry out the one step."""
    options = start_django()
    from django.conf import settings

    path: Path = settings.KEY_FILE
    _refuse_half_of_several(options, arguments)
    with _alone(path), database_problems():
        if arguments.step:
            STEPS[Step(arguments.step)](path)
        else:
            _all_steps(path)
    return 0


def _refuse_half_of_several(options: Options, arguments: argparse.Namespace) -> None:
    """A machine with yesterday's key file would find nobody, and store who logs in as somebody new."""
    if options.database_url and not options.demo and not (arguments.step or arguments.only_machine):
        raise CommandProblem(
            "other machines may use this database, and each needs the new key file at the right moment: "
            "see docs/operators/keys.md, or say --only-machine"
        )


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    from volmacht.keystore.files import ChangedBySomebodyElse, changing

    try:
        with changing(path.parent, wait=False):
            yield
    except ChangedBySomebodyElse as problem:
        raise CommandProblem("the keys are being changed by another command at this moment") from problem
    except KeyFileProblem as problem:
        raise CommandProblem(str(problem)) from problem


def _all_steps(path: Path) -> None:
    if _is_unfinished(path):
        print("An earlier rotation was not finished; this one goes on with it.", flush=True)
    else:
        _announce(path)
    if any(versions.announced for versions in versions_in(path).values()):
        _wait()
        _switch(path)
    _wait()
    _rewrite(path)
    _wait()
    _retire(path)


def _is_unfinished(path: Path) -> bool:
    """Whether versions of an earlier rotation wait to be used, or old ones to be retired.

    An old hashing key may stay for long, for keys of connections; that alone does not hold up the next rotation.
    """
    from volmacht.parties.operations import people_hashed_under

    versions = versions_in(path)
    if any(kind.announced for kind in versions.values()) or versions[KeyKind.ENCRYPTION].old:
        return True
    return any(people_hashed_under(old) for old in versions[KeyKind.HASHING].old)


def _wait() -> None:
    time.sleep(SPREADING_SECONDS)


def _announce(path: Path) -> None:
    if any(versions.announced for versions in versions_in(path).values()):
        raise CommandProblem("new versions are announced already: go on with --step switch")
    announce_versions(path)
    names = ", ".join(f"{kind} {versions.announced}" for kind, versions in versions_in(path).items())
    print(f"Announced: {names}. Make a copy of {path} now, and keep it apart from the database.", flush=True)


def _switch(path: Path) -> None:
    from django.db import transaction

    from volmacht.audit.kinds import INSTALLATION, SYSTEM, EventKind
    from volmacht.audit.operations import record

    before = versions_in(path)
    if not any(versions.announced for versions in before.values()):
        raise CommandProblem("no new version is announced: begin with --step announce")
    data = {kind.value: versions.announced for kind, versions in before.items()}
    with transaction.atomic():
        record(
            EventKind.KEYS_CHANGED,
            actor=SYSTEM,
            subject_id=INSTALLATION,
            data={"of": "bsn", "step": "switched", **data},
        )
        make_newest_current(path, clock.wall_clock())
    print("New values are sealed and hashed with the new versions.", flush=True)


def _rewrite(path: Path) -> None:
    """Go over everything until nothing is left to change: others may have written with the old key meanwhile."""
    from volmacht.notifications.operations import reseal_messages
    from volmacht.parties.operations import rekey_accounts, rekey_email_addresses, rekey_people
    from volmacht.sealing import look_for_new_keys

    look_for_new_keys()
    if any(versions.announced for versions in versions_in(path).values()):
        raise CommandProblem("the new versions are not current yet: first --step switch")
    changed = 1
    while changed:
        changed = sum(batch.changed for batch in _told("people", rekey_people()))
        changed += sum(batch.changed for batch in _told("e-mail addresses", rekey_email_addresses()))
        changed += sum(batch.changed for batch in _told("accounts", rekey_accounts()))
        changed += reseal_messages()
    print("Everything that rests for long is under the new versions.", flush=True)


def _told(what: str, batches: "Iterator[Batch]") -> "Iterator[Batch]":
    """The same batches, with a line of progress each; silent when there is nothing to do."""
    seen = changed = unreadable = 0
    for batch in batches:
        seen, changed, unreadable = seen + batch.seen, changed + batch.changed, unreadable + batch.unreadable
        if batch.changed:
            print(f"{what}: {seen} looked at, {changed} written again", flush=True)
        yield batch
    if unreadable:
        print(f"{what}: {unreadable} cannot be opened with any key that is left", flush=True)


def _retire(path: Path) -> None:
    """Take out what nothing needs; say what needs the rest."""
    retired = []
    for kind, versions in versions_in(path).items():
        for old in versions.old:
            uses = list(
                sealed_under(old) if kind is KeyKind.ENCRYPTION else hashed_under(old, versions.since)
            )
            if uses:
                print(f"{kind} {old} stays, for now: {'; '.join(uses)}.", flush=True)
            else:
                _retire_one(path, kind, old)
                retired.append(f"{kind} {old}")
    if retired:
        print(f"Retired: {', '.join(retired)}.", flush=True)
    if any(versions.old for versions in versions_in(path).values()):
        print("Later retire what stays: volmacht keys rotate-bsn --step retire", flush=True)


def _retire_one(path: Path, kind: KeyKind, version: int) -> None:
    from django.db import transaction

    from volmacht.audit.kinds import INSTALLATION, SYSTEM, EventKind
    from volmacht.audit.operations import record

    with transaction.atomic():
        record(
            EventKind.KEYS_CHANGED,
            actor=SYSTEM,
            subject_id=INSTALLATION,
            data={"of": "bsn", "step": "retired", kind.value: version},
        )
        retire_version(path, kind, version)


STEPS: dict[Step, Callable[[Path], None]] = {
    Step.ANNOUNCE: _announce,
    Step.SWITCH: _switch,
    Step.REWRITE: _rewrite,
    Step.RETIRE: _retire,
}
