"""MP001 and MP004, on the back channel (BR-01 to BR-13). A machine calls: each answer is JSON, also a failure.

An attacker in the place of a client learns nothing about another's transactions: they are not there (BR-11).
"""

from collections.abc import Callable
from urllib.parse import parse_qsl

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from volmacht.audience import Audience, audience
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import RestClientEntry
from volmacht.interfaces.bvd_rest.clients import client_of, log
from volmacht.interfaces.bvd_rest.problems import NO_STORE, refused
from volmacht.logins import entities
from volmacht.logins.operations import retrieve_choice, start_choice
from volmacht.protocols.bvd_rest import answers
from volmacht.protocols.bvd_rest.handling import receive_initiate, receive_retrieve
from volmacht.protocols.bvd_rest.problems import Problem
from volmacht.protocols.bvd_rest.questions import JSON, LARGEST_BODY
from volmacht.rules.environment import Environment

View = Callable[[HttpRequest], HttpResponse]
Answer = Callable[[HttpRequest, RestClientEntry], bytes | Problem]
MOST_PARAMETERS = 4
LONGEST_QUERY = 200


def initiate(environment: Environment) -> View:
    """MP001: `POST {P}/bvd-proxy/initiate`."""

    def answer(request: HttpRequest, client: RestClientEntry) -> bytes | Problem:
        accepted = receive_initiate(
            request.read(LARGEST_BODY + 1),
            content_type=request.headers.get("Content-Type", ""),
            offers=lambda oin, service: catalogue.rest_offer(environment, oin, service),
        )
        if isinstance(accepted, Problem):
            return accepted
        started = start_choice(accepted, environment=environment, client=client.id)
        if isinstance(started, Problem):
            return started
        return answers.redirect(entities.choice(environment, started.handle))

    return _call(environment, "POST", answer)


def retrieve(environment: Environment) -> View:
    """MP004: `GET {P}/bvd-proxy/mandates/retrieve?transactionId=`."""

    def answer(request: HttpRequest, client: RestClientEntry) -> bytes | Problem:
        transaction = receive_retrieve(_parameters(request))
        if isinstance(transaction, Problem):
            return transaction
        retrieved = retrieve_choice(transaction, client=client.id)
        if isinstance(retrieved, Problem):
            return retrieved
        return answers.mandate(retrieved.acting, retrieved.represented)

    return _call(environment, "GET", answer)


def _parameters(request: HttpRequest) -> list[tuple[str, str]]:
    """Those of the query, however often each stands there; nothing for one that is longer than it can be."""
    query: str = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return []
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS, errors="strict")
    except ValueError:
        return []


def _call(environment: Environment, method: str, answer: Answer) -> View:
    """A view that lets a client of this environment ask, and turns whatever is wrong into a problem document."""

    @audience(Audience.PROVIDER)
    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        if request.method != method:
            return refused(Problem.METHOD, method=method)
        try:
            client = client_of(request, environment)
            answered = client if isinstance(client, Problem) else answer(request, client)
        except UnreadablePostError:
            return refused(Problem.MALFORMED)
        except (DatabaseError, InterfaceError):
            log.exception("call failed")
            return refused(Problem.UNAVAILABLE)
        if isinstance(answered, Problem):
            known = "" if isinstance(client, Problem) else client.entity_id
            log.warning("call refused", problem=answered.code, client=known)
            return refused(answered)
        return HttpResponse(answered, content_type=JSON, headers=NO_STORE)

    return view
