"""Task: choose who may act: somebody new, who gets a code (DM-16a), or somebody mandated before (DM-12)."""

from dataclasses import dataclass, replace
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.queries import has_room, known_representatives
from volmacht.paging import Page, page_number
from volmacht.portals.citizen.granting import draft as drafts
from volmacht.portals.citizen.granting.draft import NEW, Draft, Step
from volmacht.portals.citizen.granting.step_frame import step_frame
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.kept_forms import show_again, shown_again, typed
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.party_words import party_name
from volmacht.rules.kinds import PartyKind, allows
from volmacht.rules.searching import folded, words

SEARCH = "zoek"
LONGEST_SEARCH = 200
SEARCH_FROM = 10


@dataclass(frozen=True, slots=True)
class Known:
    """The people to choose from: everyone, and those on this page of the list."""

    everyone: dict[UUID, str]
    shown: dict[UUID, str]
    page: Page


def _known(request: HttpRequest, party_id: UUID, service: ServiceEntry) -> Known:
    """Whom this person mandated before, as far as this service takes that kind of representative."""
    everyone = {
        known.id: party_name(known.name, known.kind)
        for known in known_representatives(party_id, environment=environment_of(request))
        if allows(service.representative_kind, known.kind)
    }
    asked = words(request.GET.get(SEARCH, "")[:LONGEST_SEARCH])
    found = [id_ for id_, name in everyone.items() if all(word in folded(name) for word in asked)]
    page = Page(min(page_number(request), Page(1, len(found)).last), len(found))
    shown = {id_: everyone[id_] for id_ in found[page.start : page.start + page.size]}
    return Known(everyone, shown, page)


class RepresentativeForm(forms.Form):
    """Somebody new, or one of the people shown; somebody chosen on another page of the list stays chosen."""

    use_required_attribute = False
    gemachtigde = forms.ChoiceField(
        label=gettext_lazy("Kies een persoon"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies wie dit voor u mag doen."),
            "invalid_choice": gettext_lazy("Kies iemand uit de lijst."),
        },
    )

    def __init__(self, known: Known, chosen: str, data: QueryDict | None) -> None:
        super().__init__(data, initial={"gemachtigde": chosen or (NEW if not known.everyone else "")})
        marked = data.get("gemachtigde", "") if data else chosen
        people = [
            (str(id_), name)
            for id_, name in known.everyone.items()
            if id_ in known.shown or str(id_) == marked
        ]
        choices = [(NEW, gettext("Iemand die ik nog niet eerder heb gemachtigd")), *people]
        self.fields["gemachtigde"].choices = choices  # type: ignore[attr-defined] # a ChoiceField has them


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def representative(request: HttpRequest) -> HttpResponse:
    """Who may act; who is new is not named: the code decides."""
    draft = drafts.read(request)
    early = drafts.too_early(request, draft, Step.REPRESENTATIVE)
    service = catalogue.service(draft.service_id) if draft else None
    if early or draft is None or service is None:
        return early or drafts.restart(request)
    known = _known(request, visitor(request).party_id, service)
    form = RepresentativeForm(known, draft.representative, typed(request))
    if request.method == "POST":
        if not form.is_valid():
            return show_again(request)
        chosen = replace(draft, representative=form.cleaned_data["gemachtigde"])
        return drafts.go_on(request, chosen, Step.REPRESENTATIVE)
    return _page(request, draft, service, known, form)


def _page(
    request: HttpRequest, draft: Draft, service: ServiceEntry, known: Known, form: RepresentativeForm
) -> HttpResponse:
    context = {
        "form": form,
        "frame_of_step": step_frame(request, draft, service, Step.REPRESENTATIVE),
        "known": known,
        "only_organisations": not allows(service.representative_kind, PartyKind.PERSON),
        "has_room": has_room(visitor(request).party_id, environment=environment_of(request)),
        "page": known.page,
        "search": len(known.everyone) > SEARCH_FROM,
        "text": request.GET.get(SEARCH, "")[:LONGEST_SEARCH].strip(),
    }
    again = shown_again(request)
    status = again.status if again else 200
    return render(request, "citizen_granting/representative.html", context, status=status)
