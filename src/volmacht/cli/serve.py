"""`volmacht serve`: the web server, the worker, and in profile demo the simulated neighbours."""

import argparse
import sys
from urllib.parse import urlsplit

from volmacht.cli import ports, stand_ins, static_files
from volmacht.cli.children import Child, Supervisor, set_log_aside
from volmacht.cli.first_keys import make_first_keys
from volmacht.cli.neighbours import refuse_simulated_log_in, refuse_stand_in
from volmacht.cli.problem import CommandProblem
from volmacht.cli.stand_in_keys import make_stand_in_keys
from volmacht.cli.starting import migrations_are_missing, refuse_other_keys, start_on_database
from volmacht.cli.welcome import welcome
from volmacht.config.options import BACK_CHANNEL, LAST_PORT, Options

BLOCKING_THREADS = 16


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: everything is in the options."""
    parser.set_defaults(carry_out=carry_out)


def _children(options: Options) -> list[Child]:
    """One process for pages: figures and the catalogue's snapshot are kept per process."""
    log = options.data / "log"
    web = Child.python(
        "web server",
        "granian",
        *("--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--port", str(options.port)),
        *("--workers", "1", "--blocking-threads", str(BLOCKING_THREADS), "--workers-kill-timeout", "3"),
        *("--log-level", "warning"),
        "volmacht.config.wsgi:application",
        log=log / "web.log" if options.demo else None,
    )
    back_channel = Child.python(
        "back channel",
        "gunicorn",
        *("--config", "python:volmacht.config.back_channel", "volmacht.config.wsgi:application"),
        log=log / "back-channel.log" if options.demo else None,
        environment={"VOLMACHT_LISTENER": BACK_CHANNEL},
    )
    worker = Child.python(
        "worker", "volmacht.cli.main", "worker", log=log / "worker.log" if options.demo else None
    )
    doors = [web, back_channel] if _has_back_channel() else [web]
    if not options.demo:
        return [*doors, worker]
    return [*stand_ins.stand_ins(options), *doors, worker]


def _has_back_channel() -> bool:
    """Whether there is a key with which it can be opened: without SAML keys nobody hands in artifacts."""
    from volmacht.keystore import KeyUse, OwnEntity, stored_keys
    from volmacht.rules.environment import Environment

    return any(
        key.use is KeyUse.SERVER
        for environment in Environment
        for key in stored_keys(environment, OwnEntity.ENTRANCE)
    )


def require_free_ports(options: Options) -> None:
    """Raises CommandProblem when a port we need is taken."""
    ports.require_free(options.port, "Volmacht")
    if options.demo or _has_back_channel():
        ports.require_free(options.port + 3, "back channel")
    if options.demo:
        stand_ins.require_free_ports(options)


def serve(options: Options) -> None:
    """Keep everything running until told to stop. Raises CommandProblem."""
    if options.demo:
        make_first_keys(options)
        make_stand_in_keys(options)
        stand_ins.add_what_is_new(options)
        (options.data / LAST_PORT).write_text(f"{options.port}\n", "utf-8")
    children = _children(options)
    for child in children:
        set_log_aside(child)
    supervisor = Supervisor(children, announce=lambda text: print(f"volmacht: {text}", file=sys.stderr))
    supervisor.stop_at_signals()
    supervisor.keep_running(
        ready=lambda: _ready(options),
        when_ready=lambda: _open(options),
    )


def _ready(options: Options) -> bool:
    host = urlsplit(options.base_url).netloc
    return ports.answers(options.port, "/health/ready", host=host) and (
        not options.demo or stand_ins.answer(options)
    )


def _open(options: Options) -> None:
    if options.demo:
        stand_ins.take_in_metadata(options)
    print(welcome(options), flush=True)


def carry_out(_arguments: argparse.Namespace) -> int:
    """Check what must be there, then serve."""
    options = start_on_database()
    refuse_stand_in(options)
    if migrations_are_missing():
        raise CommandProblem("the database is behind this version: run `volmacht migrate`")
    refuse_other_keys()
    refuse_simulated_log_in(options)
    require_free_ports(options)
    static_files.collect()
    serve(options)
    return 0
