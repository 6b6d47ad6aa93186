"""Log-out of a provider at the entrance, and what the authentication service answers (FL-11, LO-01 to LO-14, LO-16).

Everybody may post; only a signed request of the connection that received the assertion ends anything. What is unknown
is answered like what was ended (ST-82), so that nobody can probe sessions.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from volmacht import clock
from volmacht.audience import Audience, audience
from volmacht.interfaces.saml.forms import Refused, log, read_form, refused_page, speak_their_language
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

REFUSED = {LogoutOutcome.DENIED, LogoutOutcome.UNSUPPORTED}
View = Callable[[HttpRequest], HttpResponseBase]


def _door(answer: Callable[[HttpRequest, bytes, str | None], HttpResponseBase], *, field: Field) -> View:
    """A view for a form that holds a message; a form that cannot be read is refused here."""

    @audience(Audience.PROVIDER)  # a browser brings it, but what counts is who signed it
    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponseBase:
        speak_their_language(request)
        try:
            message, relay_state = read_form(request, field=field)
        except Refused as refused:
            return refused_page(request, refused.refusal)
        return answer(request, message, relay_state)

    return view


def request_logout(environment: Environment) -> View:
    """`{P}/entrance/request_logout`: ends what was asserted to this provider, and the log-in upstream."""

    def answer(request: HttpRequest, message: bytes, relay_state: str | None) -> HttpResponseBase:
        door = entities.door(environment, OwnEntity.ENTRANCE)
        asked = receive_logout(
            message, door=door, look_ups=StoredLookUps(environment, door.entity_id), now=clock.wall_clock()
        )
        if isinstance(asked, ForPage):
            return refused_page(request, asked.refusal)
        return _go_on(request, begin_logout(asked, environment=environment, relay_state=relay_state))

    return _door(answer, field=Field.REQUEST)


def logout_response(environment: Environment) -> View:
    """`{P}/entrance/logout_response`: the authentication service answers our LogoutRequest; the provider is told."""

    def answer(request: HttpRequest, message: bytes, relay_state: str | None) -> HttpResponseBase:
        step = finish_logout(message, environment=environment, relay_state=relay_state or "")
        return refused_page(request, PageRefusal.NOT_THIS_BROWSER) if step is None else _go_on(request, step)

    return _door(answer, field=Field.RESPONSE)


def portal_logout_response(environment: Environment) -> View:
    """`{P}/portal/logout_response`: as above, for our portal, whose session ended before; on to its page (LO-16)."""

    def answer(request: HttpRequest, message: bytes, relay_state: str | None) -> HttpResponseBase:
        ended = finish_own_logout(message, environment=environment, relay_state=relay_state or "")
        if ended is None:
            return refused_page(request, PageRefusal.NOT_THIS_BROWSER)
        log.info("own log-out answered", confirmed=ended.confirmed)
        return sent_on(request, ended.page if ended.confirmed else not_confirmed(ended.page))

    return _door(answer, field=Field.RESPONSE)


def _go_on(request: HttpRequest, step: Onward | Answer) -> HttpResponseBase:
    if isinstance(step, Answer):
        log.info("log-out answered", rule=step.outcome.rule)
        if step.location is None and step.outcome in REFUSED:
            return refused_page(request, PageRefusal.FORM)  # nowhere to send the status to
        if step.location is None:
            confirmed = step.outcome is not LogoutOutcome.NOT_CONFIRMED
            return render(request, "door_saml/logged_out.html", {"confirmed": confirmed})
    return self_posting(request, step.location or "", step.fields)
