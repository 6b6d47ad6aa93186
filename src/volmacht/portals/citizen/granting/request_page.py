"""Task: see what became of a request, make a new code, withdraw it, or say that it is not right (DM-16a, DM-39a)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from volmacht.limits.operations import Limited
from volmacht.mandates.operations import replace_code, withdraw_request
from volmacht.mandates.queries import RequestEntry, has_room, mandate_for, request_for
from volmacht.portals.citizen.granting import shown_codes
from volmacht.portals.citizen.granting.service_words import service_words
from volmacht.portals.shared import just_done
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date, written_moment
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.kept_forms import typed
from volmacht.portals.shared.limiting import allow, too_many
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.parts import SummaryRow, Text
from volmacht.portals.shared.party_words import party_name
from volmacht.portals.shared.reaching_us import reaching_us
from volmacht.portals.shared.wording import Words
from volmacht.rules.activating import RequestState
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal, Refused

CAN_BE_CHANGED = frozenset({RequestState.OPEN, RequestState.LOCKED})
BADGES: dict[RequestState, tuple[str, Text]] = {
    RequestState.OPEN: ("warning", gettext_lazy("Wacht op de code")),
    RequestState.LOCKED: ("danger", gettext_lazy("Code op slot")),
    RequestState.EXPIRED: ("neutral", gettext_lazy("Verlopen")),
    RequestState.WITHDRAWN: ("neutral", gettext_lazy("Ingetrokken")),
    RequestState.ACTIVATED: ("success", gettext_lazy("Geactiveerd")),
}
NO_ROOM_WORDS = Words(
    gettext_lazy("Er staan te veel aanvragen open"),
    gettext_lazy("Daarom kan een nieuwe code nu niet. Deze code blijft op slot."),
    gettext_lazy(
        "Trek bij Mijn machtigingen eerst een aanvraag in die u niet meer nodig hebt. Kom daarna hier terug."
    ),
)
WITHDRAWN, DISPUTED, TOO_LATE, NO_ROOM = "ingetrokken", "klopt-niet", "te-laat", "te-veel"
# Why it could not be done any more, by what the request is now.
MEANWHILE: dict[RequestState, Text] = {
    RequestState.ACTIVATED: gettext_lazy("Iemand had de code al gebruikt. De machtiging staat er dus al."),
    RequestState.WITHDRAWN: gettext_lazy("De aanvraag was al gestopt. De code werkt niet meer."),
    RequestState.EXPIRED: gettext_lazy("De aanvraag was al verlopen. De code werkt niet meer."),
}


def _own(request: HttpRequest, request_id: UUID) -> RequestEntry:
    entry = request_for(request_id, visitor(request).party_id, environment=environment_of(request))
    if entry is None:
        raise Http404
    return entry


def _rows(entry: RequestEntry) -> list[SummaryRow]:
    words = service_words(entry.service)
    period = gettext("Van %(first)s tot en met %(last)s") % {
        "first": written_date(entry.first_day),
        "last": written_date(entry.last_day),
    }
    rows = [
        SummaryRow(gettext("Waarvoor"), words.name.text),
        SummaryRow(gettext("Bij welke organisatie"), words.providers),
        SummaryRow(gettext("Periode van de machtiging"), period),
        SummaryRow(gettext("Gemaakt op"), written_moment(entry.made_at)),
    ]
    if entry.state is RequestState.LOCKED:
        rows.append(
            SummaryRow(gettext("Een nieuwe code kan tot en met"), written_date(entry.last_usable_day))
        )
    if entry.state is RequestState.OPEN:
        rows.append(SummaryRow(gettext("De code werkt tot en met"), written_date(entry.last_usable_day)))
    return rows


@audience(Audience.CITIZEN)
@require_safe
def show(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: its state in words, and what can be done now."""
    entry = _own(request, request_id)
    kind, state = BADGES[entry.state]
    happened = _confirmed(request, entry)
    context = {
        "entry": entry,
        "service": service_words(entry.service),
        "rows": _rows(entry),
        "state": entry.state.value,
        "badge_kind": kind,
        "badge": state,
        "can_be_changed": entry.state in CAN_BE_CHANGED,
        "code_shown": shown_codes.code_of(request, entry) is not None,
        "happened": happened,
        "meanwhile": MEANWHILE.get(entry.state),
        "who": _who_used_it(entry, visitor(request).party_id, environment_of(request)),
        "no_room": NO_ROOM_WORDS if happened == NO_ROOM else None,
        **(reaching_us() if happened == DISPUTED else {}),
    }
    return render(request, "citizen_granting/request.html", context)


def _confirmed(request: HttpRequest, entry: RequestEntry) -> str:
    """What was just done, unless the request is no longer so."""
    happened = just_done.take(request, str(entry.id))
    if happened in {WITHDRAWN, DISPUTED}:
        return happened if entry.state is RequestState.WITHDRAWN else ""
    if happened == NO_ROOM:
        full = entry.state is RequestState.LOCKED and not has_room(
            visitor(request).party_id, environment=environment_of(request)
        )
        return happened if full else ""
    return happened


def _who_used_it(entry: RequestEntry, represented: UUID, environment: Environment) -> str:
    mandate = (
        mandate_for(entry.mandate_id, represented, environment=environment) if entry.mandate_id else None
    )
    return party_name(mandate.other_name, mandate.other_kind) if mandate else ""


def _back(request: HttpRequest, request_id: UUID, happened: str = "") -> HttpResponseRedirect:
    if happened:
        just_done.note(request, str(request_id), happened)
    return redirect("granting:request", request_id)


def _pressed_too_late(request: HttpRequest, request_id: UUID) -> HttpResponseRedirect:
    """The log-in had ended when the button was pressed: it is pressed again, on the page where it stands."""
    typed(request)
    return _back(request, request_id)


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def new_code(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One click: the new code lives, the old one dies; shown at once.

    The button says which code it replaces, so that the second half of a double click replaces nothing.
    """
    entry = _own(request, request_id)
    if request.method != "POST":
        return _pressed_too_late(request, request_id)
    if entry.state in CAN_BE_CHANGED and request.POST.get("vervangt") != entry.code_made_at.isoformat():
        return (
            redirect("granting:done", request_id)
            if entry.state is RequestState.OPEN
            else _back(request, request_id)
        )
    login = visitor(request)
    if not allow(request, Limited.REQUEST_PER_PERSON, str(login.party_id)):
        return too_many(request)
    made = replace_code(
        request_id=request_id, represented=login.party_id, environment=environment_of(request)
    )
    if isinstance(made, Refused):
        full = made.refusal is Refusal.TOO_MANY_OPEN_REQUESTS
        return _back(request, request_id, NO_ROOM if full else TOO_LATE)
    shown_codes.keep(request, request_id, made.code)
    return redirect("granting:done", request_id)


def _end(request: HttpRequest, request_id: UUID, happened: str) -> HttpResponseRedirect:
    """Withdraw; a second click finds it withdrawn, and says so just the same."""
    _own(request, request_id)
    refused = withdraw_request(
        request_id=request_id,
        represented=visitor(request).party_id,
        disputed=happened == DISPUTED,
        environment=environment_of(request),
    )
    shown_codes.forget(request, request_id)
    if refused and refused.refusal is not Refusal.CODE_WITHDRAWN:
        return _back(request, request_id, TOO_LATE)
    return _back(request, request_id, happened)


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Ask whether it is sure; POST withdraws."""
    if request.method == "POST":
        return _end(request, request_id, WITHDRAWN)
    entry = _own(request, request_id)
    typed(request)
    if entry.state not in CAN_BE_CHANGED:
        return _back(request, request_id)
    context = {"entry": entry, "service": service_words(entry.service), "rows": _rows(entry)}
    return render(request, "citizen_granting/withdraw.html", context)


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One click: this is not right. The request ends at once."""
    if request.method == "POST":
        return _end(request, request_id, DISPUTED)
    _own(request, request_id)
    return _pressed_too_late(request, request_id)
