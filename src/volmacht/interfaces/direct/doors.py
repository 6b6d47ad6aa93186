"""The two doors: `ask` (a browser, sent by a provider) and `fetch` (the provider's server, with its key).

An attacker would send people with a false return address (there is none in the question: it is registered),
guess or replay artifacts (random, hashed, once, two minutes, for one connection) or ask about another
provider's service (NOT_OWN_SERVICE, DM-43). BSNs travel only in the answer's body.
"""

import json
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import activate
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from volmacht.audience import Audience, audience
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ConnectionEntry
from volmacht.limits.operations import Limited, allow
from volmacht.limits.queries import network_address
from volmacht.logins.operations import Delivered, deliver, start_login
from volmacht.logins.states import SESSION_KEY, Representation
from volmacht.parties.queries import bsn_of
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refused

LONGEST_RELAY_STATE = 80
LONGEST_BODY = 2000


def _not_possible(request: HttpRequest, reason: str, *, status: int = 400) -> HttpResponse:
    return render(request, "direct/not_possible.html", {"reason": reason}, status=status)


@audience(Audience.PUBLIC)
@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """`aansluiting` (entity id), `dienst` (ServiceUUID), `vertegenwoordiging` (none, optional, mandatory) and
    `kenmerk` (RelayState, at most 80 bytes): begin a log-in and go on in the choosing pages, in the language of
    `taal` (nl, en; may be left out)."""
    language = request.GET.get("taal", "")
    activate(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)
    relay_state = request.GET.get("kenmerk", "")
    asking = catalogue.connection_by_entity_id(Environment.PRODUCTION, request.GET.get("aansluiting", ""))
    try:
        service = catalogue.service_by_uuid(Environment.PRODUCTION, UUID(request.GET.get("dienst", "")))
        representation = Representation(request.GET.get("vertegenwoordiging", ""))
    except ValueError:
        return _not_possible(request, "question")
    if asking is None or service is None or len(relay_state.encode()) > LONGEST_RELAY_STATE:
        return _not_possible(request, "question")
    if not allow(Limited.ASK_PER_ADDRESS, network_address(request)):
        return _not_possible(request, "too_many", status=429)
    started = start_login(
        connection_id=asking.id, service_id=service.id, representation=representation, relay_state=relay_state
    )
    if isinstance(started, Refused):
        return _not_possible(request, started.refusal)
    request.session[SESSION_KEY] = str(started)
    return redirect("choosing:begin", started)


def _caller(request: HttpRequest) -> ConnectionEntry | None:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return catalogue.connection_with_key(key.strip()) if scheme.lower() == "bearer" and key.strip() else None


def _artifact(request: HttpRequest) -> str | None:
    if len(request.body) > LONGEST_BODY:
        return None
    try:
        artifact = json.loads(request.body)["artifact"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return artifact if isinstance(artifact, str) and artifact.isascii() else None


@audience(Audience.PROVIDER)
@csrf_exempt
@require_POST
def fetch(request: HttpRequest) -> HttpResponse:
    """The answer, once. 401 without a known key, 400 for nonsense, 404 for an artifact that gives nothing."""
    caller = _caller(request)
    if caller is None:
        return JsonResponse({"status": "unknown_caller"}, status=401)
    if not allow(Limited.DOOR_PER_CONNECTION, str(caller.id)):
        return JsonResponse({"status": "too_many"}, status=429)
    artifact = _artifact(request)
    if artifact is None:
        return JsonResponse({"status": "bad_question"}, status=400)
    answer = deliver(artifact, connection_id=caller.id)
    if isinstance(answer, Refused):
        return JsonResponse({"status": "nothing_here"}, status=404)
    return JsonResponse(_body(answer))


def _body(answer: Delivered) -> dict[str, object]:
    body: dict[str, object] = {"relay_state": answer.relay_state}
    if answer.cancelled:
        return body | {"status": "cancelled"}
    if answer.refusal is not None or answer.acting is None or answer.level is None:
        return body | {"status": "refused", "reason": answer.refusal}
    return body | {
        "status": "ok",
        "acting": _bsn(answer.acting),
        "represented": _bsn(answer.represented) if answer.represented else None,
        "level": int(answer.level),
    }


def _bsn(party_id: UUID) -> str | None:
    bsn = bsn_of(party_id)
    return bsn.value if bsn else None
