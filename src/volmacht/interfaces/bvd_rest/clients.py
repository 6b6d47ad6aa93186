"""Which client calls: by the certificate that is pinned for it in this environment (BR-11, RO-03, TL-02).

The listener lets in who shows a certificate of a pinned authority; here it must be one of exactly this client, still
believed: an attacker with another's certificate, a revoked one, or one of pre-production is nobody.
"""

import structlog
from cryptography.hazmat.primitives.hashes import SHA256
from django.http import HttpRequest

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import RestClientEntry
from volmacht.interfaces.client_certificate import client_certificate
from volmacht.limits.operations import Limited, allow_here
from volmacht.protocols.bvd_rest.problems import Problem
from volmacht.protocols.saml.metadata.trust import client_faults
from volmacht.rules.environment import Environment

log = structlog.get_logger("volmacht.bvd_rest")


def client_of(request: HttpRequest, environment: Environment) -> RestClientEntry | Problem:
    """The client, counted as one call of it. Problem: NO_CERTIFICATE, NOT_A_CLIENT, TOO_MANY."""
    certificate = client_certificate(request)
    if certificate is None:
        return Problem.NO_CERTIFICATE
    client = catalogue.rest_client_showing(environment, certificate.fingerprint(SHA256()).hex())
    if client is None or not client.active:
        return Problem.NOT_A_CLIENT
    faults = client_faults(
        certificate, oin=client.oin, trust=catalogue.trust(environment), now=clock.wall_clock()
    )
    if faults:
        log.warning("certificate not believed", client=client.entity_id, faults=[str(one) for one in faults])
        return Problem.NOT_A_CLIENT
    return client if allow_here(Limited.REST_PER_CLIENT, str(client.id)) else Problem.TOO_MANY
