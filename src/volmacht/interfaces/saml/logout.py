"""Log-out of a provider at the entrance, and what the authentication service answers (FL-11, LO-01 to LO-14, LO-16).

Everybody may post; only a signed request of the connection that received the assertion ends anything. What is unknown
is answered like what was ended (ST-82), so that nobody can probe sessions.
"""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from volmacht import clock
from volmacht.interfaces.saml.forms import View, door, not_possible, refused_page
from volmacht.keystore import OwnEntity
from volmacht.logins import entities
from volmacht.logins.look_ups import StoredLookUps
from volmacht.logins.operations import Answer, Onward, begin_logout, finish_logout, finish_own_logout
from volmacht.logins.states import not_confirmed
from volmacht.posting import self_posting, sent_on
from volmacht.protocols.saml.bindings import Field
from volmacht.protocols.saml.handling.logout import receive_logout
from volmacht.protocols.saml.handling.pages import PageRefusal
from volmacht.protocols.saml.handling.requests import ForPage
from volmacht.protocols.saml.status import LogoutOutcome
from volmacht.rules.environment import Environment
from volmacht.telling import tell

REFUSED = {LogoutOutcome.DENIED, LogoutOutcome.UNSUPPORTED}


def request_logout(environment: Environment) -> View:
    """`{P}/entrance/request_logout`: ends what was asserted to this provider, and the log-in upstream."""

    def answer(request: HttpRequest, message: bytes, relay_state: str | None) -> HttpResponseBase:
        here = entities.door(environment, OwnEntity.ENTRANCE)
        asked = receive_logout(
            message, door=here, look_ups=StoredLookUps(environment, here.entity_id), now=clock.wall_clock()
        )
        if isinstance(asked, ForPage):
            return refused_page(
                request,
                asked.refusal,
                environment=environment,
                sender=asked.sender,
                why=asked.why,
                log_out=True,
            )
        step = begin_logout(asked, environment=environment, relay_state=relay_state)
        return _go_on(request, step, environment)

    return door(answer, environment=environment, log_out=True)


def logout_response(environment: Environment) -> View:
    """`{P}/entrance/logout_response`: the authentication service answers our LogoutRequest; the provider is told."""

    def answer(request: HttpRequest, message: bytes, relay_state: str | None) -> HttpResponseBase:
        step = finish_logout(message, environment=environment, relay_state=relay_state or "")
        if step is None:
            return refused_page(request, PageRefusal.NOT_THIS_BROWSER, environment=environment, log_out=True)
        return _go_on(request, step, environment)

    return door(answer, environment=environment, field=Field.RESPONSE, log_out=True)


def portal_logout_response(environment: Environment) -> View:
    """`{P}/portal/logout_response`: as above, for our portal, whose session ended before; on to its page (LO-16)."""

    def answer(request: HttpRequest, message: bytes, relay_state: str | None) -> HttpResponseBase:
        ended = finish_own_logout(message, environment=environment, relay_state=relay_state or "")
        if ended is None:
            return refused_page(request, PageRefusal.NOT_THIS_BROWSER, environment=environment, log_out=True)
        outcome = LogoutOutcome.DONE if ended.confirmed else LogoutOutcome.NOT_CONFIRMED
        _tell_answered(outcome, environment, entities.entity_id(environment, OwnEntity.PORTAL))
        return sent_on(request, ended.page if ended.confirmed else not_confirmed(ended.page))

    return door(answer, environment=environment, field=Field.RESPONSE, log_out=True)


def _go_on(request: HttpRequest, step: Onward | Answer, environment: Environment) -> HttpResponseBase:
    if isinstance(step, Answer):
        _tell_answered(step.outcome, environment, step.entity_id)
        if step.location is None and step.outcome in REFUSED:  # nowhere to send the status to
            return not_possible(request, PageRefusal.FORM, log_out=True)
        if step.location is None:
            confirmed = step.outcome is not LogoutOutcome.NOT_CONFIRMED
            return render(request, "door_saml/logged_out.html", {"confirmed": confirmed})
    return self_posting(request, step.location or "", step.fields)


def _tell_answered(outcome: LogoutOutcome, environment: Environment, entity_id: str) -> None:
    tell("log-out answered", outcome.rule, environment=environment, sender=entity_id)
