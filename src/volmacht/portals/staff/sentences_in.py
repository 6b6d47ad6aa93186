"""A standard sentence put into a text that somebody is writing: with a button, so that it needs no script."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from volmacht.onboarding import queries
from volmacht.portals.shared.kept_forms import show_again
from volmacht.portals.shared.page_language import language

BUTTON, CHOICE = "invoegen", "zin"
ADDED = 200  # the status with which a form is shown that only got a sentence


@dataclass(frozen=True, slots=True)
class Offered:
    """A sentence that can be put in."""

    id: UUID
    title: str


def offered() -> list[Offered]:
    """Those in use."""
    return [Offered(one.id, one.title) for one in queries.standard_sentences()]


def put_in(request: HttpRequest) -> HttpResponse | None:
    """The form again with the chosen sentence in the field that the button names; None when no such button was used."""
    field = request.POST.get(BUTTON, "")
    if not field:
        return None
    chosen = next(
        (one for one in queries.standard_sentences() if str(one.id) == request.POST.get(CHOICE)), None
    )
    data = request.POST.copy()
    if chosen is not None:
        sentence = (chosen.text_en if language() == "en" else "") or chosen.text_nl
        data[field] = "\n".join(filter(None, (data.get(field, "").rstrip(), sentence)))
    data.pop(BUTTON, None)
    request.POST = data  # type: ignore[assignment] # a form that is kept is read from here
    return show_again(request, status=ADDED)
