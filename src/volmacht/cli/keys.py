"""`volmacht keys …`: the key file, the keys of the log-in interface, and their rollover. Each action has its own file.

`make` writes the key file, once; `list` tells which keys there are and what they wait for.
"""

import argparse
from datetime import datetime, timedelta

from volmacht import clock
from volmacht.cli import keys_bsn, keys_saml
from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import start_django
from volmacht.config.keys import KeyFileProblem, key_file, make_key_file, versions_in
from volmacht.config.options import BadOption, options_of_this_process

EXPIRES_SOON = timedelta(days=90)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Make, list, the three steps of a rollover, and the keys of BSNs."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("make", help="make the key file; an existing one is left alone").set_defaults(
        carry_out=carry_out
    )
    actions.add_parser("list", help="which keys there are").set_defaults(carry_out=list_keys)
    keys_saml.add_actions(actions)
    keys_bsn.add_arguments(
        actions.add_parser("rotate-bsn", help="new keys for BSNs and what else rests sealed, while it runs")
    )


def carry_out(_arguments: argparse.Namespace) -> int:
    """Make the file, readable by its owner only, unless it is there; says where it stands."""
    try:
        options = options_of_this_process()
    except BadOption as problem:
        raise CommandProblem(str(problem)) from problem
    path = key_file(options.data)
    make_key_file(path)
    start_django()  # reads the file, and says so if that cannot be
    print(f"The key file of this installation: {path}")
    print("Keep a copy in a safe place, apart from copies of the database: without it no BSN can be read.")
    return 0


def list_keys(_arguments: argparse.Namespace) -> int:
    """One line a key; never a secret."""
    options = start_django()
    try:
        kinds = versions_in(key_file(options.data))
    except KeyFileProblem as problem:
        raise CommandProblem(str(problem)) from problem
    print("Key file:")
    for kind, versions in kinds.items():
        others = [f"{old} kept for old values" for old in versions.old]
        others += [f"{versions.announced} announced"] if versions.announced else []
        since = f" since {versions.since:%Y-%m-%d}" if versions.since else ""
        print(f"  {kind}: {', '.join([f'{versions.current} current{since}', *others])}")
    _list_saml()
    return 0


def _list_saml() -> None:
    from volmacht.keystore import OwnEntity, stored_keys
    from volmacht.rules.environment import Environment

    for environment in Environment:
        for entity in OwnEntity:
            keys = stored_keys(environment, entity)
            if keys:
                print(f"{environment.value} {entity.value}:")
            for key in keys:
                ends = key.certificate().not_valid_after_utc
                print(
                    f"  {key.use.value}: {key.state.value} since {key.since:%Y-%m-%d}, certificate until "
                    f"{ends:%Y-%m-%d}{_remark(ends)}, {key.name[:16]}"
                )


def _remark(ends: datetime) -> str:
    left = ends - clock.wall_clock()
    if left < timedelta():
        return " (EXPIRED)"
    return f" (in {left.days} days)" if left < EXPIRES_SOON else ""
