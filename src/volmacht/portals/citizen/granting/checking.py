"""Task: see everything once more, agree, and give the mandate: with a code (DM-10) or directly (DM-12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.limits.operations import Limited
from volmacht.mandates.operations import grant_directly, request_mandate
from volmacht.mandates.queries import MandateEntry
from volmacht.notifications.kinds import Side
from volmacht.parties import queries as parties
from volmacht.portals.citizen.granting import draft as drafts
from volmacht.portals.citizen.granting import shown_codes
from volmacht.portals.citizen.granting.draft import Draft, Step
from volmacht.portals.citizen.granting.overview import existing_mandate, helpers_for, overview
from volmacht.portals.citizen.granting.service_words import service_words
from volmacht.portals.citizen.granting.step_frame import step_frame
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.fitting_words import fitting_words
from volmacht.portals.shared.kept_forms import show_again, shown_again, typed
from volmacht.portals.shared.limiting import allow
from volmacht.portals.shared.login_session import LoggedIn, visitor
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.wording import Words
from volmacht.rules.granting import check_existing
from volmacht.rules.kinds import PartyKind
from volmacht.rules.periods import Period
from volmacht.rules.refusals import Refusal, Refused

OTHER_SERVICE = gettext_lazy("Kies een andere dienst")
OTHER_PERSON = gettext_lazy("Kies iemand anders")
OTHER_PERIOD = gettext_lazy("Kies andere datums")
MY_MANDATES = gettext_lazy("Ga naar Mijn machtigingen")


@dataclass(frozen=True, slots=True)
class WayOut:
    """Where somebody can do something about a refusal."""

    url_name: str
    text: Text
    changes: bool = True

    def address(self, window: str) -> str:
        """The page; one of the journey comes back to the overview of this window."""
        query = {drafts.WINDOW: window, drafts.CHANGING: "1"}
        return reverse(self.url_name) + (f"?{urlencode(query)}" if self.changes else "")


WAYS_OUT: Mapping[Refusal, WayOut] = {
    **dict.fromkeys(
        (Refusal.START_IN_PAST, Refusal.START_TOO_FAR, Refusal.END_BEFORE_START, Refusal.PERIOD_TOO_LONG),
        WayOut("granting:period", OTHER_PERIOD),
    ),
    **dict.fromkeys(
        (
            Refusal.SERVICE_UNKNOWN,
            Refusal.SERVICE_INACTIVE,
            Refusal.SERVICE_NOT_MANDATABLE,
            Refusal.CONNECTION_INACTIVE,
            Refusal.ORGANISATION_INACTIVE,
            Refusal.REPRESENTATIVE_CANNOT_LOG_IN,
        ),
        WayOut("granting:services", OTHER_SERVICE),
    ),
    **dict.fromkeys(
        (
            Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED,
            Refusal.REPRESENTATIVE_DECEASED,
            Refusal.REPRESENTATIVE_TOO_YOUNG,
            Refusal.NOT_KNOWN_REPRESENTATIVE,
            Refusal.SAME_PERSON,
            Refusal.PERSON_UNKNOWN,
        ),
        WayOut("granting:representative", OTHER_PERSON),
    ),
    Refusal.MANDATE_EXISTS: WayOut("granting:period", OTHER_PERIOD),
    Refusal.TOO_MANY_OPEN_REQUESTS: WayOut("mandates:mine", MY_MANDATES, changes=False),
    Refusal.LEVEL_TOO_LOW: WayOut(
        "shared:log-out", gettext_lazy("Log uit, en log daarna veiliger in"), changes=False
    ),
    **dict.fromkeys(
        (Refusal.UNDER_GUARDIANSHIP, Refusal.REPRESENTED_DECEASED, Refusal.REPRESENTED_TOO_YOUNG),
        WayOut("shared:help", gettext_lazy("Lees meer op de pagina Hulp"), changes=False),
    ),
}
STATUS = {Refusal.REGISTER_UNAVAILABLE: 503, Refusal.TOO_MANY_ATTEMPTS: 429}
CONFLICT = 409


class ConsentForm(forms.Form):
    """The permission question, answered with yes."""

    use_required_attribute = False
    toestemming = forms.BooleanField(
        label=gettext_lazy("Ja, dat mag"),
        widget=forms.CheckboxInput({"aria-describedby": "toestemming-vraag id_toestemming_error"}),
        error_messages={"required": gettext_lazy("Zet hier een vinkje als u de machtiging wilt geven.")},
    )


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The overview; POST gives the mandate, once."""
    draft = drafts.read(request)
    service = catalogue.service(draft.service_id) if draft else None
    elsewhere = _elsewhere(request, draft)
    if elsewhere or draft is None or service is None:
        return elsewhere or drafts.restart(request)
    return _answer(request, draft) if request.method == "POST" else _page(request, draft, service)


def _answer(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Give it, or show the overview again: it was another one, nobody agreed, or it was refused."""
    if request.POST.get("overzicht") != draft.fingerprint:
        return show_again(request, status=CONFLICT)
    if not ConsentForm(request.POST).is_valid():
        return show_again(request)
    outcome = _give(request, visitor(request), draft)
    if isinstance(outcome, Refused):
        return show_again(request, refused=outcome, status=STATUS.get(outcome.refusal, CONFLICT))
    return outcome


def _elsewhere(request: HttpRequest, draft: Draft | None) -> HttpResponseRedirect | None:
    """Where to go instead: to what this order made before, or to a page that has no answer yet."""
    once = request.POST.get("opdracht", "")
    if draft is None or (once and once != str(draft.once)):
        made = drafts.already_made(request, once)
        if made:
            return made
    return drafts.too_early(request, draft, Step.CHECK)


def _give(request: HttpRequest, login: LoggedIn, draft: Draft) -> HttpResponse | Refused:
    """Carry the draft out and lead to the result, or say why not; the draft stays then."""
    if draft.first_day is None or draft.last_day is None:
        return redirect(drafts.address(draft.missing, draft.window))
    if not allow(request, Limited.REQUEST_PER_PERSON, str(login.party_id)):
        return Refused(Refusal.TOO_MANY_ATTEMPTS)
    representative = draft.known_representative
    if representative is not None:
        granted = grant_directly(
            represented=login.party_id,
            level=login.level,
            service_id=draft.service_id,
            representative=representative,
            first_day=draft.first_day,
            last_day=draft.last_day,
            once=draft.once,
            environment=environment_of(request),
        )
        if isinstance(granted, Refused):
            return granted
        return drafts.finish(request, draft, "granting:done-direct", granted.mandate_id)
    made = request_mandate(
        represented=login.party_id,
        level=login.level,
        service_id=draft.service_id,
        first_day=draft.first_day,
        last_day=draft.last_day,
        once=draft.once,
        environment=environment_of(request),
    )
    if isinstance(made, Refused):
        return made
    if made.code is not None:
        shown_codes.keep(request, made.request_id, made.code)
    else:
        shown_codes.take_over(request, made.request_id)
    return drafts.finish(request, draft, "granting:done", made.request_id)


def _in_the_way(existing: MandateEntry, draft: Draft) -> Refused | None:
    """What granting is going to say about the mandate that exists, so that it can be changed first."""
    period = Period(existing.first_day, existing.last_day)
    refusal = check_existing(draft.first_day, [period], clock.today()) if draft.first_day else None
    return Refused(refusal, existing.last_day) if refusal else None


def _page(request: HttpRequest, draft: Draft, service: ServiceEntry) -> HttpResponse:
    login, again, answers = visitor(request), shown_again(request), typed(request)
    changed = again is not None and again.fields.get("overzicht") != draft.fingerprint
    refused = again.refused if again and not changed else None
    existing = existing_mandate(login.party_id, draft)
    if existing and refused is None:
        refused = _in_the_way(existing, draft)
    way_out = WAYS_OUT.get(refused.refusal) if refused else None
    context = {
        "form": ConsentForm(None if changed else answers),
        "draft": draft,
        "service": service_words(service),
        "members": [service_words(member) for member in catalogue.members(service)],
        "rows": overview(login.party_id, draft, service),
        "existing": existing,
        "with_number": _with_number(draft),
        "shorter": existing is not None and draft.last_day is not None and draft.last_day < existing.last_day,
        "others": () if draft.known_representative else helpers_for(login.party_id, draft),
        "changed": changed,
        "refused": refused,
        "words": _words(refused, service) if refused else None,
        "way_out": (way_out.address(draft.window), way_out.text) if way_out else None,
        "frame_of_step": step_frame(request, draft, service, Step.CHECK),
    }
    return render(request, "citizen_granting/check.html", context, status=again.status if again else 200)


def _with_number(draft: Draft) -> bool:
    """Whether an organisation was chosen: then the page says how to see whose number it is."""
    known = parties.party(draft.known_representative) if draft.known_representative else None
    return known is not None and known.kind is PartyKind.ORGANISATION


def _words(refused: Refused, service: ServiceEntry) -> Words:
    return fitting_words(refused.refusal, reader=Side.REPRESENTED, level=service.minimum_level)
