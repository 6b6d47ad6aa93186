"""AuthnRequests from browsers, at the entrance and at the representation assertion service (FL-01 to FL-05).

Everybody may post. A request that is accepted leads to our own pages with a handle that opens the log-in once, in the
browser that follows it: the post itself comes from another site, so it carries no cookie of ours (AR-43, SE-01).
An attacker would send people elsewhere (AR-09), replay or alter a request (SG, TM-09), or make somebody finish a
log-in that the attacker began: its answer goes to the provider, where that browser asked for nothing.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from volmacht import clock
from volmacht.interfaces.saml.forms import View, door, refused_page
from volmacht.keystore import OwnEntity
from volmacht.logins import entities
from volmacht.logins.look_ups import StoredLookUps
from volmacht.logins.operations import issue_artifact, note_refusal, start_for_bvd, start_login
from volmacht.posting import sent_on
from volmacht.protocols.saml.handling.requests import Accepted, ForPage, ToAnswer, receive_request
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.environment import Environment
from volmacht.telling import tell


def entrance(environment: Environment) -> View:
    """`{P}/entrance/request_authentication`."""
    return _door(environment, OwnEntity.ENTRANCE)


def bvd(environment: Environment) -> View:
    """`{P}/bvd/request_authentication`."""
    return _door(environment, OwnEntity.BVD)


def _door(environment: Environment, entity: OwnEntity) -> View:
    def judge(request: HttpRequest, message: bytes, relay_state: str | None) -> HttpResponse:
        here = entities.door(environment, entity)
        received = receive_request(
            message,
            relay_state=relay_state,
            door=here,
            look_ups=StoredLookUps(environment, here.entity_id),
            now=clock.wall_clock(),
        )
        if isinstance(received, ForPage):
            return refused_page(
                request, received.refusal, environment=environment, sender=received.sender, why=received.why
            )
        if isinstance(received, ToAnswer):
            return _answer(request, received, environment, entity)
        return _accept(request, received, environment, entity)

    return door(judge, environment=environment)


def _answer(
    request: HttpRequest, received: ToAnswer, environment: Environment, entity: OwnEntity
) -> HttpResponse:
    sender = received.sender.entity_id
    tell("request answered", received.outcome.rule, environment=environment, sender=sender)
    note_refusal(environment, connection=sender, rule=received.outcome.rule)
    address = issue_artifact(received.sender, environment=environment, door=entity, outcome=received.outcome)
    return sent_on(request, address)


def _accept(
    request: HttpRequest, received: Accepted, environment: Environment, entity: OwnEntity
) -> HttpResponse:
    if not received.key_named:
        sender = received.sender.entity_id
        tell("request without KeyInfo", "SG-06", environment=environment, sender=sender)
    if entity is OwnEntity.BVD:
        started = start_for_bvd(received, environment=environment)
        if isinstance(started, Outcome):
            return _answer(request, ToAnswer(received.sender, started), environment, entity)
    else:
        started = start_login(received, environment=environment, door=entity)
    return sent_on(request, reverse("choosing:enter", args=[started.handle]))  # AR-43
