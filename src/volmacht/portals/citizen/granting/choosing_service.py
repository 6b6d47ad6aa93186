"""Task: choose the service or set of services for which somebody may act (DM-10, DM-24). Most used first."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.queries import has_room, popularity
from volmacht.notifications.kinds import Side
from volmacht.paging import PARAMETER, Page, page_number
from volmacht.parties import queries as parties
from volmacht.portals.citizen.granting import draft as drafts
from volmacht.portals.citizen.granting.draft import Draft, Step
from volmacht.portals.citizen.granting.service_words import conditions, service_words
from volmacht.portals.shared import just_done
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.environments import environment_of, in_preproduction
from volmacht.portals.shared.fitting_words import fitting_words, words_at_no_service
from volmacht.portals.shared.kept_forms import SEE_OTHER
from volmacht.portals.shared.login_session import LoggedIn, visitor
from volmacht.portals.shared.who_logs_in import kinds_that_log_in
from volmacht.rules.environment import Environment
from volmacht.rules.granting import check_represented, check_service_for_grant
from volmacht.rules.refusals import Refusal

SEARCH = "zoek"
LONGEST_SEARCH = 200
ON_A_PAGE = 10
KEPT = (SEARCH, PARAMETER, drafts.CHANGING)
POPULARITY, POPULARITY_SECONDS = "granting-popularity", 600


def _most_used(environment: Environment) -> Mapping[UUID, int]:
    """How often each service was chosen; counted again at most every ten minutes, for it reads a year of mandates."""
    found: Mapping[UUID, int] | None = cache.get(f"{POPULARITY}-{environment}")
    if found is None:
        found = popularity(environment=environment)
        cache.set(f"{POPULARITY}-{environment}", found, POPULARITY_SECONDS)
    return found


@audience(Audience.CITIZEN)
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Every service for which a mandate can be given, or those that hold the words searched for."""
    window = drafts.window_of(request)
    if not window:  # from here on this window has a key of its own, also for who comes back with the browser
        asked = {name: request.GET[name][:LONGEST_SEARCH] for name in KEPT if name in request.GET}
        return redirect(f"{request.path}?{urlencode({**asked, drafts.WINDOW: drafts.new_window()})}")
    refusal = at_no_service(visitor(request), environment_of(request))
    if refusal:
        return _nowhere(request, refusal)
    text = request.GET.get(SEARCH, "")[:LONGEST_SEARCH].strip()
    used = _most_used(environment_of(request))
    found = sorted(
        catalogue.offered(environment_of(request), words=text, language=get_language() or "nl"),
        key=lambda entry: -used.get(entry.id, 0),
    )
    last = Page(1, len(found), ON_A_PAGE).last
    page = Page(min(page_number(request), last), len(found), ON_A_PAGE)
    shown = found[page.start : page.start + page.size]
    context = {
        "found": [service_words(entry) for entry in shown],
        "page": page,
        "text": text,
        "by_use": any(used.get(entry.id) for entry in found),
        "gone": bool(just_done.take(request, drafts.GONE)),
        **_around(request, window),
    }
    return render(request, "citizen_granting/services.html", context)


def _nowhere(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Somebody who cannot mandate anybody hears so before anything is chosen."""
    return render(request, "citizen_granting/not_possible.html", {"words": words_at_no_service(refusal)})


def _around(request: HttpRequest, window: str) -> dict[str, object]:
    """What both pages of this step have around them."""
    changing = drafts.is_changing(request)
    draft = drafts.read(request) if drafts.window_of(request) else None
    asks_email = draft.asks_email if draft else _asks_email(request)
    return {
        "changing": changing,
        "window": window,
        "query": urlencode({drafts.WINDOW: window} | ({drafts.CHANGING: "1"} if changing else {})),
        "back": drafts.address(Step.CHECK, window),
        "has_room": has_room(visitor(request).party_id, environment=environment_of(request)),
        "step": 1,
        "total": len(Step) - (not asks_email),
    }


def _asks_email(request: HttpRequest) -> bool:
    """Not in pre-production: an address is the party's in every environment, and is given where people are real."""
    return not in_preproduction(request) and parties.confirmed_address(visitor(request).party_id) is None


def at_no_service(login: LoggedIn, environment: Environment) -> Refusal | None:
    """Why this party cannot mandate anybody at all, as far as is known now; None when some service is possible."""
    if login.is_organisation:
        return Refusal.REPRESENTED_NOT_A_PERSON
    person = parties.party(login.party_id)
    offered: Sequence[ServiceEntry] = catalogue.offered(environment)
    if person is None or not offered:
        return None
    lowest = min(entry.minimum_age for entry in offered)
    return check_represented(person.facts(), minimum_age=lowest, today=clock.today())


def obstacle(entry: ServiceEntry, login: LoggedIn) -> Refusal | None:
    """Why this party cannot give a mandate for this service, as far as is known now; granting asks again."""
    if login.is_organisation:
        return Refusal.REPRESENTED_NOT_A_PERSON
    person = parties.party(login.party_id)
    if entry.is_set and not entry.members:
        return Refusal.SERVICE_INACTIVE
    refusal = check_service_for_grant(
        catalogue.status(entry.id),
        entry.representative_kind,
        None,
        level=login.level,
        minimum_level=entry.minimum_level,
        that_log_in=kinds_that_log_in(),
    )
    if refusal or person is None:
        return refusal
    return check_represented(person.facts(), minimum_age=entry.minimum_age, today=clock.today())


def _chosen(request: HttpRequest, entry: ServiceEntry, window: str) -> Draft:
    """The draft of this window for this service; the e-mail page is decided once, when the draft begins."""
    draft = drafts.read(request) if drafts.window_of(request) else None
    if draft is not None:
        return drafts.with_service(draft, entry)
    return Draft(window=window, once=uuid4(), service_id=entry.id, asks_email=_asks_email(request))


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """What the service covers and asks; POST chooses it."""
    entry = catalogue.service(service_id)
    if entry is None or entry.environment is not environment_of(request):
        raise Http404
    window = drafts.window_of(request) or drafts.new_window()
    login = visitor(request)
    refusal = obstacle(entry, login)
    if request.method == "POST":
        if not refusal:
            return drafts.go_on(request, _chosen(request, entry, window), Step.SERVICE)
        response = redirect(request.get_full_path())  # the page itself says why not
        response.status_code = SEE_OTHER
        return response
    level = entry.minimum_level
    context = {
        "service": service_words(entry),
        "members": [service_words(member) for member in catalogue.members(entry)],
        "conditions": conditions(entry),
        "words": fitting_words(refusal, reader=Side.REPRESENTED, level=level) if refusal else None,
        "log_in_again": refusal is Refusal.LEVEL_TOO_LOW,
        "other_service": refusal is None or refusal is not at_no_service(login, environment_of(request)),
        **_around(request, window),
    }
    return render(request, "citizen_granting/service.html", context)
