"""AuthnRequests from browsers, at the entrance and at the representation assertion service (FL-01 to FL-05).

Everybody may post. A request that is accepted leads to our own pages with a handle that opens the log-in once, in the
browser that follows it: the post itself comes from another site, so it carries no cookie of ours (AR-43, SE-01).
An attacker would send people elsewhere (AR-09), replay or alter a request (SG, TM-09), or make somebody finish a
log-in that the attacker began: its answer goes to the provider, where that browser asked for nothing.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from volmacht import clock
from volmacht.audience import Audience, audience
from volmacht.interfaces.saml.forms import Refused, read_form, refused_page, speak_their_language
from volmacht.keystore import OwnEntity
from volmacht.logins import entities
from volmacht.logins.look_ups import StoredLookUps
from volmacht.logins.operations import refuse_request, start_for_bvd, start_login
from volmacht.posting import sent_on
from volmacht.protocols.saml.handling.requests import Accepted, ForPage, ToAnswer, receive_request
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.environment import Environment
from volmacht.telling import tell

View = Callable[[HttpRequest], HttpResponse]


def entrance(environment: Environment) -> View:
    """`{P}/entrance/request_authentication`."""
    return _door(environment, OwnEntity.ENTRANCE)


def bvd(environment: Environment) -> View:
    """`{P}/bvd/request_authentication`."""
    return _door(environment, OwnEntity.BVD)


def _door(environment: Environment, entity: OwnEntity) -> View:
    @audience(Audience.PROVIDER)  # a browser brings it, but what counts is who signed it
    @csrf_exempt
    def request_authentication(request: HttpRequest) -> HttpResponse:
        """Judge an AuthnRequest and send the browser on."""
        speak_their_language(request)
        try:
            message, relay_state = read_form(request)
        except Refused as refused:
            return refused_page(request, refused.refusal, environment=environment)
        door = entities.door(environment, entity)
        received = receive_request(
            message,
            relay_state=relay_state,
            door=door,
            look_ups=StoredLookUps(environment, door.entity_id),
            now=clock.wall_clock(),
        )
        if isinstance(received, ForPage):
            return refused_page(request, received.refusal, environment=environment, sender=received.sender)
        if isinstance(received, ToAnswer):
            return _answer(request, received, environment, entity)
        return _accept(request, received, environment, entity)

    return request_authentication


def _answer(
    request: HttpRequest, received: ToAnswer, environment: Environment, entity: OwnEntity
) -> HttpResponse:
    sender = received.sender.entity_id
    tell("request answered", received.outcome.rule, environment=environment, sender=sender)
    address = refuse_request(received.sender, received.outcome, environment=environment, door=entity)
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
