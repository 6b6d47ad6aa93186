"""From our page to Volmacht and back: sends the browser with a question, takes the answer, opens the file.

A session holds names, never a number of a person. It is a new one once somebody is logged in, and over once a log-in
did not succeed (SE-03, SE-08).
"""

import logging
import secrets
from dataclasses import asdict
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from volmacht.audience import Audience, audience
from volmacht.standins.sample_provider.answers import LoggedIn, logged_in
from volmacht.standins.sample_provider.asking import Asked, ask
from volmacht.standins.sample_provider.described import ServiceOnOffer
from volmacht.standins.sample_provider.endings import Ending, NotLoggedIn
from volmacht.standins.sample_provider.posting import post_on
from volmacht.standins.sample_provider.records import resident, service, service_with
from volmacht.standins.sample_provider.resolving import resolve
from volmacht.standins.sample_provider.volmacht_documents import VolmachtNotThere

ASKED, WHO = "asked", "who"
FOR_SOMEBODY_ELSE = {"mijzelf": False, "iemand-anders": True}
log = logging.getLogger("volmacht.sample_provider")


@audience(Audience.PUBLIC)
@require_POST
def log_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the browser to Volmacht, with a RelayState that only this session knows."""
    chosen = service(slug)
    for_somebody_else = FOR_SOMEBODY_ELSE.get(request.POST.get("voor", ""))
    if chosen is None or for_somebody_else is None:
        return redirect("home")
    try:
        asked, form = ask(chosen.uuid, for_somebody_else=for_somebody_else)
    except VolmachtNotThere as problem:
        return not_logged_in(request, Ending.NOT_NOW, str(problem))
    request.session[ASKED] = asdict(asked)
    return post_on(request, form, going="in")


@audience(Audience.PUBLIC)
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """The browser brings an artifact. One that this session did not ask for is left alone: it may be another's."""
    asked = _asked(request)
    if asked is None:
        return not_logged_in(request, Ending.NOT_ASKED, "an answer that was not asked for")
    request.session.flush()  # the question is used up, and whoever was logged in before is not any more
    about = service_with(asked.service_uuid)
    try:
        answer = resolve(request.GET.get("SAMLart", ""), asked)
        who = _on_file(about, logged_in(answer, minimum=about.minimum_level))
    except VolmachtNotThere as problem:
        return not_logged_in(request, Ending.NOT_NOW, str(problem))
    except NotLoggedIn as no:
        return not_logged_in(request, no.ending, str(no))
    request.session[WHO] = who
    return redirect("file", about.slug)


def _asked(request: HttpRequest) -> Asked | None:
    """What this browser asked, if the answer brings its RelayState."""
    remembered = request.session.get(ASKED)
    if remembered is None:
        return None
    brought = request.GET.get("RelayState", "")
    fits = secrets.compare_digest(brought.encode(), remembered["relay_state"].encode())
    return Asked(**remembered) if fits else None


def _on_file(about: ServiceOnOffer, person: LoggedIn) -> dict[str, object]:
    """What the session holds: names and file, and by what to log out. Raises NotLoggedIn."""
    helper, subject = resident(person.acting), resident(person.represented or person.acting)
    if helper is None or subject is None:
        raise NotLoggedIn(Ending.UNKNOWN_PERSON, "somebody without a file")
    return {
        "slug": about.slug,
        "acting": helper.name,
        "represented": subject.name if person.represented else None,
        "waste_tax": subject.waste_tax,
        "name_id": person.name_id,
        "session_index": person.session_index,
    }


@audience(Audience.PUBLIC)
@require_GET
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """The file of the person it is about, with plainly for whom one acts; only with a log-in for this service."""
    who = request.session.get(WHO)
    if who is None or who["slug"] != slug:
        return redirect("home")
    return render(request, "sample_provider/file.html", {"who": who, "service": service(slug)})


def not_logged_in(request: HttpRequest, ending: Ending, reason: str) -> HttpResponse:
    """A page in plain words with a number; the log line with the same number has the reason (SE-06)."""
    reference = secrets.token_hex(4)
    log.info("nobody logged in: %s, reference %s", reason, reference)
    status = HTTPStatus.SERVICE_UNAVAILABLE if ending is Ending.NOT_NOW else HTTPStatus.FORBIDDEN
    context = {"ending": ending.value, "reference": reference}
    return render(request, "sample_provider/not_logged_in.html", context, status=status)
