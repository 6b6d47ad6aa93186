"""What every page of the journey has around its question: which step, for what and for whom, and the way back."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext

from volmacht.catalogue.queries import ServiceEntry
from volmacht.parties import queries as parties
from volmacht.portals.citizen.granting import draft as drafts
from volmacht.portals.citizen.granting.draft import Draft, Step
from volmacht.portals.citizen.granting.service_words import ServiceWords, service_words
from volmacht.portals.shared.party_words import party_name


@dataclass(frozen=True, slots=True)
class StepFrame:
    """`action` is where the form goes, `here` the page without a search, `back` the page before (or the overview)."""

    step: int
    total: int
    service: ServiceWords
    who: str
    changing: bool
    window: str
    action: str
    here: str
    back: str


def step_frame(request: HttpRequest, draft: Draft, service: ServiceEntry, step: Step) -> StepFrame:
    """The frame of a page after the first."""
    changing = drafts.is_changing(request)
    before = draft.steps[draft.steps.index(step) - 1]
    back = (
        drafts.address(Step.CHECK, draft.window)
        if changing
        else drafts.service_address(draft)
        if before is Step.SERVICE
        else drafts.address(before, draft.window)
    )
    query = request.GET.copy()
    query[drafts.WINDOW] = draft.window  # also when this page was asked for by an address without it
    return StepFrame(
        step=draft.steps.index(step) + 1,
        total=len(draft.steps),
        service=service_words(service),
        who=representative_words(draft) if step is not Step.REPRESENTATIVE else "",
        changing=changing,
        window=draft.window,
        action=f"?{query.urlencode()}",
        here=drafts.address(step, draft.window, changing=changing),
        back=back,
    )


def representative_words(draft: Draft) -> str:
    """Who may act, as far as that is known."""
    if draft.known_representative is None:
        return gettext("Degene aan wie u de code geeft")
    known = parties.party(draft.known_representative)
    return party_name(known.name, known.kind) if known else ""
