"""Looking at the neighbours: do they answer, and is one of them a stand-in (AD-14)?

A stand-in for the population register is known by how it answers; one for an authentication service by the invented OIN
of its entity id and certificates, which is what production would go by.
"""

import socket
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from volmacht.cli.problem import CommandProblem
from volmacht.config.options import Options

SECONDS = 3.0
DEFAULT_PORTS = {"http": 80, "https": 443}
# The stand-in knows this path and wants POST; a real register has never heard of it.
STAND_IN_PATH = "/stand-in/person"


def accepts_connections(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    try:
        with socket.create_connection((host, port), timeout=SECONDS):
            return True
    except OSError:
        return False


def address_accepts_connections(url: str) -> bool:
    """Whether somebody listens at the host and port of an address."""
    parts = urlsplit(url)
    return accepts_connections(parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme])


def population_register_is_stand_in(options: Options) -> bool:
    """Whether the population register that is set up is the one with invented people."""
    parts = urlsplit(options.population_register_url)
    address = f"{parts.scheme}://{parts.netloc}{STAND_IN_PATH}"
    try:
        answer = httpx.get(
            address, headers={"X-API-KEY": options.population_register_key}, timeout=SECONDS, trust_env=False
        )
    except httpx.HTTPError:
        return False  # not reachable now: `volmacht doctor` says so
    return answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED


def refuse_stand_in(options: Options) -> None:
    """Outside profile demo nobody is answered from invented people. Raises CommandProblem."""
    if not options.demo and options.population_register_url and population_register_is_stand_in(options):
        raise CommandProblem(
            "VOLMACHT_BRP_URL is a stand-in with invented people; that is for VOLMACHT_DEMO=1 only"
        )


def refuse_simulated_log_in(options: Options) -> None:
    """Outside profile demo nobody logs in to production as an invented person (AD-14). Raises CommandProblem.

    One that is switched off does no harm, and cannot be switched on: `volmacht.catalogue.peer_changes`.
    """
    from django.conf import settings

    from volmacht.catalogue import queries
    from volmacht.cli.starting import database_problems
    from volmacht.protocols.saml.entity_ids import Role
    from volmacht.rules.environment import Environment

    if options.demo:
        return
    with database_problems():
        pinned = queries.pinned_peers(Environment.PRODUCTION, Role.AD)
    for peer in pinned:
        if peer.oin in settings.SIMULATED_OINS:
            raise CommandProblem(
                f"production is set to log people in at a stand-in ({peer.entity_id}); that is for VOLMACHT_DEMO=1"
                " only: `volmacht peers off`"
            )
