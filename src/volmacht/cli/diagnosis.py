"""What `volmacht doctor` looks at. A check yields sentences: what is wrong and what to do. None means well."""

import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from volmacht import clock
from volmacht.cli import neighbours, static_files
from volmacht.cli.certificates import certificates_last
from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import (
    database_problems,
    migrations_are_missing,
    refuse_another_profile,
    refuse_other_keys,
    require_database_file,
)
from volmacht.config.options import Options

HEARTBEAT_TERM = timedelta(minutes=1)
OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO

Check = Callable[[Options], Iterator[str]]


def keys_are_private(_options: Options) -> Iterator[str]:
    """Nobody else on this machine can read the keys."""
    from django.conf import settings

    path: Path = settings.KEY_FILE
    if path.stat().st_mode & OTHERS_MAY:
        yield f"others on this machine can read the keys: chmod 600 {path}"
    if path.parent.stat().st_mode & stat.S_IWOTH:
        yield f"others on this machine can replace the keys: chmod 700 {path.parent}"


def database_is_ready(options: Options) -> Iterator[str]:
    """The database answers, is of this version, and of this profile."""
    require_database_file()
    refuse_another_profile(options)
    if migrations_are_missing():
        yield "the database is behind this version: run `volmacht migrate`"


def keys_fit_the_database(_options: Options) -> Iterator[str]:
    """The keys open what rests there, and the newest checkpoint was signed with the one of the key file."""
    from django.conf import settings

    from volmacht.audit import queries
    from volmacht.audit.signing import checkpoint_text, public_key, signature_holds

    if migrations_are_missing():
        return
    refuse_other_keys()
    with database_problems():
        newest = queries.checkpoints(limit=1)
    for checkpoint in newest:
        text = checkpoint_text(checkpoint.day, checkpoint.moment, checkpoint.heads)
        key = public_key(settings.VOLMACHT_KEYS.checkpoint)
        if not signature_holds(key, bytes.fromhex(checkpoint.signature), text):
            yield f"the key file {settings.KEY_FILE} does not belong to this database: put the right one back"
        if checkpoint.moment > clock.now() + HEARTBEAT_TERM:
            yield f"the clock went back: it is before the checkpoint of {checkpoint.moment:%Y-%m-%d %H:%M} UTC"


def clock_is_right(options: Options) -> Iterator[str]:
    """Outside profile demo nothing may suggest that the clock was moved."""
    if not options.demo and (options.data / "clock-offset").exists():
        yield f"{options.data / 'clock-offset'} is from trying out: remove it (it is not used)"


def static_files_are_there(_options: Options) -> Iterator[str]:
    """What pages need is collected."""
    if not static_files.are_current():
        yield "style sheets and fonts are not collected for this version: `volmacht serve` does that at its start"


def fonts_are_there(_options: Options) -> Iterator[str]:
    """PDFs have their fonts."""
    from django.conf import settings

    for folder in settings.VOLMACHT_FONT_FOLDERS:
        if not any(Path(folder).rglob("*.ttf")):
            yield f"there are no fonts for PDFs in {folder}: run `make setup`"


def population_register_answers(options: Options) -> Iterator[str]:
    """It can be reached, and is a real one outside profile demo."""
    register = options.population_register_url
    if not register:
        yield "no population register is set up (VOLMACHT_BRP_URL): nobody new can log in or be represented"
    elif not neighbours.address_accepts_connections(register):
        yield f"the population register does not answer at {register}"
    else:
        neighbours.refuse_stand_in(options)


def registers_of_organisations_answer(options: Options) -> Iterator[str]:
    """Without both no organisation can sign up: its numbers and its name are looked up at once (CN-1).

    Each is asked once for who is in no register: what is no register at all cannot answer that.
    """
    from volmacht.parties.operations import fault_of_alb_register, fault_of_oin_register

    oin, alb = options.oin_register_url, options.alb_register_url
    named = (
        ("register of OINs", "VOLMACHT_OIN_REGISTER_URL", oin, fault_of_oin_register),
        ("list of who may use the BSN", "VOLMACHT_ALB_REGISTER_URL", alb, fault_of_alb_register),
    )
    for name, variable, address, fault_of in named:
        if not address:
            yield f"no {name} is set up ({variable}): no organisation can sign up"
        elif not neighbours.address_accepts_connections(address):
            yield f"the {name} does not answer at {address}"
        elif wrong := fault_of(address):
            yield f"what answers at {address} is no {name} ({wrong}): set {variable} right, or nobody can sign up"


def providers_can_test(options: Options) -> Iterator[str]:
    """Who connects gets certificates and test mandates; the portal can only say that there are none."""
    from volmacht.onboarding.queries import why_nobody_to_test_with

    if why := why_nobody_to_test_with():
        yield f"who connects has nobody to test with: {why}"
    if not (options.data / "pki" / "preproduction" / "issuing.key").exists():
        yield "who connects gets no test certificates here: `volmacht pki make`"


def log_in_is_real(options: Options) -> Iterator[str]:
    """Nobody logs in at a stand-in outside profile demo (AD-14)."""
    if not migrations_are_missing():
        neighbours.refuse_simulated_log_in(options)
    yield from ()


def log_in_is_connected(options: Options) -> Iterator[str]:
    """Who can be logged in, and where: the pages can only say that this is not connected to DigiD yet."""
    from volmacht.logins.entities import authentication_services
    from volmacht.rules.environment import Environment

    if options.demo or migrations_are_missing():
        return
    with database_problems():
        closed = [one for one in Environment if not authentication_services(one)]
    for environment in closed:
        yield (
            f"no authentication service is connected in {environment.value}, so nobody can log in there:"
            " `volmacht peers add`, then `volmacht metadata import`"
        )


def mail_server_answers(options: Options) -> Iterator[str]:
    """It can be reached."""
    if options.smtp_host and not neighbours.accepts_connections(options.smtp_host, options.smtp_port):
        yield f"the mail server does not answer at {options.smtp_host}:{options.smtp_port}"
    if not options.smtp_host and not options.demo:
        yield "no mail server is set up (VOLMACHT_SMTP_HOST): messages are only written to the data folder"


def worker_is_alive(options: Options) -> Iterator[str]:
    """The worker did something in the last minute."""
    heartbeat = options.data / "worker.heartbeat"
    if not heartbeat.exists():
        yield "the worker has never run: start `volmacht serve` (or `volmacht worker`)"
        return
    since = clock.wall_clock() - datetime.fromisoformat(heartbeat.read_text())
    if since > HEARTBEAT_TERM:
        yield f"the worker has not worked for {int(since.total_seconds() // 60)} minutes: no message is sent"


CHECKS: tuple[Check, ...] = (
    keys_are_private,
    database_is_ready,
    keys_fit_the_database,
    certificates_last,
    clock_is_right,
    static_files_are_there,
    fonts_are_there,
    population_register_answers,
    registers_of_organisations_answer,
    providers_can_test,
    log_in_is_real,
    log_in_is_connected,
    mail_server_answers,
    worker_is_alive,
)


def diagnose(options: Options) -> list[str]:
    """Everything that is wrong, each thing once."""
    found: list[str] = []
    for check in CHECKS:
        try:
            found += check(options)
        except CommandProblem as problem:
            found.append(str(problem))
    return list(dict.fromkeys(found))
