"""The neighbours that `volmacht serve` simulates in profile demo: how they are started, whether they answer, and
taking in what they publish, as an administrator would with `volmacht metadata import`.

One port each from PORT + 1: the population register, Gemeente Voorbeeld, (our own back channel,) DigiD and eHerkenning
with a back channel of their own, and the registers of organisations.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from volmacht import clock
from volmacht.cli import ports
from volmacht.cli.children import Child, running
from volmacht.cli.problem import CommandProblem
from volmacht.cli.stand_in_keys import SAMPLE_PROVIDER, folder_of
from volmacht.config.options import Options

if TYPE_CHECKING:
    from volmacht.rules.environment import Environment

PATIENCE_SECONDS = 15.0
REGISTER, SAMPLE, DIGID, EHERKENNING, ORGANISATIONS = 1, 2, 4, 6, 8  # after PORT


def population_register(options: Options) -> Child:
    """The stand-in for the population register."""
    return Child.python(
        "population register",
        "volmacht.standins.population_register",
        *("--port", str(options.port + REGISTER)),
        log=options.data / "log" / "population-register.log",
    )


def organisation_register(options: Options) -> Child:
    """The stand-in for the registers of organisations: of OINs, and of who may use the BSN."""
    return Child.python(
        "registers of organisations",
        "volmacht.standins.organisation_register",
        *("--port", str(options.port + ORGANISATIONS)),
        log=options.data / "log" / "organisation-register.log",
    )


@contextmanager
def answering(options: Options, child: Child, after: int) -> Iterator[None]:
    """One of the registers, for as long as the block lasts; waits until it answers. Raises CommandProblem."""
    with running(child) as process:
        ends = clock.ticks() + PATIENCE_SECONDS
        while not ports.answers(options.port + after, "/health"):
            if process.poll() is not None or clock.ticks() > ends:
                raise CommandProblem(f"the {child.name} does not start.\n{child.last_words()}")
            time.sleep(0.05)
        yield


def stand_ins(options: Options) -> list[Child]:
    """All of them."""
    return [
        population_register(options),
        organisation_register(options),
        _authentication_service(options, "digid", DIGID),
        _authentication_service(options, "eherkenning", EHERKENNING),
        _sample_provider(options),
    ]


def _authentication_service(options: Options, kind: str, after: int) -> Child:
    port = options.port + after
    return Child.python(
        kind,
        "volmacht.standins.authentication_service",
        *("--kind", kind, "--port", str(port), "--back-port", str(port + 1)),
        *("--volmacht", options.base_url, "--keys", str(folder_of(options, kind))),
        *("--anchors", str(options.data / "pki")),
        log=options.data / "log" / f"{kind}.log",
    )


def _sample_provider(options: Options) -> Child:
    return Child.python(
        "sample provider",
        "volmacht.standins.sample_provider",
        *("--port", str(options.port + SAMPLE), "--volmacht", options.base_url),
        *("--keys", str(folder_of(options, SAMPLE_PROVIDER))),
        *("--anchors", str(options.data / "pki" / "production")),
        log=options.data / "log" / "sample-provider.log",
    )


def require_free_ports(options: Options) -> None:
    """Raises CommandProblem when a port that a stand-in needs is taken."""
    for after, purpose in (
        (REGISTER, "population register"),
        (SAMPLE, "sample provider"),
        (DIGID, "DigiD"),
        (DIGID + 1, "back channel of DigiD"),
        (EHERKENNING, "eHerkenning"),
        (EHERKENNING + 1, "back channel of eHerkenning"),
        (ORGANISATIONS, "registers of organisations"),
    ):
        ports.require_free(options.port + after, purpose)


@dataclass(frozen=True, slots=True)
class _Published:
    environment: "Environment"
    entity_id: str
    port: int
    path: str

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}{self.path}"


def _published(options: Options) -> Iterator[_Published]:
    from volmacht.demo.scenario import SAMPLE_ENTITY
    from volmacht.rules.environment import Environment
    from volmacht.standins.authentication_service.kinds import PREFIXES, Kind

    for kind, after in ((Kind.DIGID, DIGID), (Kind.EHERKENNING, EHERKENNING)):
        for environment in Environment:
            path = f"/{PREFIXES[environment]}/metadata/idp"
            yield _Published(environment, kind.entity_id(environment), options.port + after, path)
    yield _Published(Environment.PRODUCTION, SAMPLE_ENTITY, options.port + SAMPLE, "/saml/metadata")


def answer(options: Options) -> bool:
    """Whether everything that publishes metadata does so now."""
    return all(ports.answers(one.port, one.path) for one in _published(options))


def add_what_is_new(options: Options) -> None:
    """A demo of an older version gets what came since. Raises CommandProblem."""
    from volmacht.demo import accounts, scenario
    from volmacht.installation.queries import scenario_is_loaded

    scenario.add_what_is_new()
    if scenario_is_loaded() and not accounts.demo_accounts_are_there():
        with answering(options, organisation_register(options), ORGANISATIONS):
            accounts.load_accounts()


def take_in_metadata(options: Options) -> None:
    """Read what they publish, where that is not known yet or was read at another port. Raises CommandProblem.

    Whom the catalogue does not know is left alone: a database without the demo's scenario.
    """
    from volmacht.catalogue import queries
    from volmacht.catalogue.operations import import_from_address

    now = clock.wall_clock()
    for one in _published(options):
        registered = dict(queries.metadata_of_all(one.environment))
        if one.entity_id not in registered:
            continue
        stored = registered[one.entity_id]
        peer = queries.peer(one.environment, one.entity_id)
        if stored and stored.source == one.address and peer and peer.counts_at(now):
            continue
        outcome = import_from_address(
            environment=one.environment, entity_id=one.entity_id, address=one.address
        )
        if not outcome.is_good:
            found = "; ".join(f"{finding.rule} {finding.code}" for finding in outcome.findings)
            raise CommandProblem(f"the metadata at {one.address} is not taken in: {outcome.outcome} {found}")
        for finding in outcome.findings:
            sys.stderr.write(f"volmacht: {one.address}: {finding.rule} {finding.code}\n")
