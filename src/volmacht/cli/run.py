"""`volmacht run`: what `make run` calls. Prepares everything, loads the demo scenario once, and serves."""

import argparse

from volmacht import clock
from volmacht.cli import stand_ins, static_files
from volmacht.cli.authority_files import make_authority_files
from volmacht.cli.migrate import migrate
from volmacht.cli.neighbours import refuse_simulated_log_in, refuse_stand_in
from volmacht.cli.problem import CommandProblem
from volmacht.cli.serve import require_free_ports, serve
from volmacht.cli.starting import refuse_other_keys, start_django
from volmacht.config.options import Options


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: everything is in the options."""
    parser.set_defaults(carry_out=carry_out)


def _load_scenario(options: Options) -> None:
    """Replay the demo scenario through the operations; they ask the registers."""
    from volmacht.demo.replaying import ScenarioProblem
    from volmacht.demo.scenario import load
    from volmacht.rules.environment import Environment

    print(
        "Volmacht wordt gevuld met verzonnen mensen en machtigingen... / "
        "Filling Volmacht with invented people and mandates...",
        flush=True,
    )
    for environment in Environment:  # organisations that connect in the scenario have certificates
        make_authority_files(options, environment, clock.wall_clock())
    with (
        stand_ins.answering(options, stand_ins.population_register(options), stand_ins.REGISTER),
        stand_ins.answering(options, stand_ins.organisation_register(options), stand_ins.ORGANISATIONS),
    ):
        try:
            load()
        except ScenarioProblem as problem:
            raise CommandProblem(f"the demo could not be loaded: {problem}") from problem


def carry_out(_arguments: argparse.Namespace) -> int:
    """Prepare and serve, until told to stop."""
    options = start_django(begins=True)
    require_free_ports(options)
    migrate(options)
    refuse_other_keys()
    refuse_stand_in(options)
    refuse_simulated_log_in(options)
    static_files.collect()
    from volmacht.installation import queries

    if options.demo and not queries.scenario_is_loaded():
        _load_scenario(options)
    serve(options)
    return 0
