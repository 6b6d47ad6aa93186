"""Task: choose the service or set of services for which somebody may act (DM-10, DM-24). Most used first."""

from collections.abc import Mapping
from uuid import UUID

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.queries import popularity
from volmacht.parties import queries as parties
from volmacht.portals.citizen.granting import draft as drafts
from volmacht.portals.citizen.granting.draft import Step
from volmacht.portals.citizen.granting.service_words import conditions, service_words
from volmacht.portals.citizen.granting.visitor import visitor
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.login_session import LoggedIn
from volmacht.portals.shared.paging import Page, page_number
from volmacht.portals.shared.wording import refusal_words
from volmacht.rules.environment import Environment
from volmacht.rules.granting import check_represented, check_service_for_grant
from volmacht.rules.refusals import Refusal

SEARCH = "zoek"
LONGEST_SEARCH = 200
ON_A_PAGE = 10
POPULARITY, POPULARITY_SECONDS = "granting-popularity", 600


def _most_used() -> Mapping[UUID, int]:
    """How often each service was chosen; counted again at most every ten minutes, for it reads a year of mandates."""
    found: Mapping[UUID, int] | None = cache.get(POPULARITY)
    if found is None:
        found = popularity()
        cache.set(POPULARITY, found, POPULARITY_SECONDS)
    return found


@audience(Audience.CITIZEN)
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Every service for which a mandate can be given, or those that hold the words searched for."""
    text = request.GET.get(SEARCH, "")[:LONGEST_SEARCH].strip()
    used = _most_used()
    found = sorted(
        catalogue.offered(Environment.PRODUCTION, words=text, language=get_language() or "nl"),
        key=lambda entry: -used.get(entry.id, 0),
    )
    last = Page(1, len(found), ON_A_PAGE).last
    page = Page(min(page_number(request), last), len(found), ON_A_PAGE)
    shown = found[page.start : page.start + page.size]
    context = {
        "found": [service_words(entry) for entry in shown],
        "page": page,
        "text": text,
        "changing": drafts.is_changing(request),
        "step": 1,
        "total": _number_of_steps(request),
    }
    return render(request, "citizen_granting/services.html", context)


def _number_of_steps(request: HttpRequest) -> int:
    draft = drafts.read(request)
    asks_email = draft.asks_email if draft else _asks_email(request)
    return len(Step) - (not asks_email)


def _asks_email(request: HttpRequest) -> bool:
    return parties.confirmed_address(visitor(request).party_id) is None


def obstacle(entry: ServiceEntry, login: LoggedIn) -> Refusal | None:
    """Why this person cannot give a mandate for this service, as far as is known now; granting asks again."""
    person = parties.party(login.party_id)
    if entry.is_set and not entry.members:
        return Refusal.SERVICE_INACTIVE
    refusal = check_service_for_grant(
        catalogue.status(entry.id),
        entry.representative_kind,
        None,
        level=login.level,
        minimum_level=entry.minimum_level,
    )
    if refusal or person is None:
        return refusal
    return check_represented(person.facts(), minimum_age=entry.minimum_age, today=clock.today())


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """What the service covers and asks; POST chooses it."""
    entry = catalogue.service(service_id)
    if entry is None or entry.environment is not Environment.PRODUCTION:
        raise Http404
    refusal = obstacle(entry, visitor(request))
    if request.method == "POST" and not refusal:
        draft = drafts.with_service(drafts.read(request), entry, asks_email=_asks_email(request))
        return drafts.go_on(request, draft, Step.SERVICE)
    context = {
        "service": service_words(entry),
        "members": [service_words(member) for member in catalogue.members(entry)],
        "conditions": conditions(entry),
        "words": refusal_words(refusal) if refusal else None,
        "log_in_again": refusal is Refusal.LEVEL_TOO_LOW,
        "changing": drafts.is_changing(request),
        "step": 1,
        "total": _number_of_steps(request),
    }
    status = 409 if refusal and request.method == "POST" else 200
    return render(request, "citizen_granting/service.html", context, status=status)
