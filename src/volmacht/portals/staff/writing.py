"""Tasks: write to the organisation, write a note for colleagues, and say whose a case is."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from volmacht.audience import Audience, audience, needs
from volmacht.onboarding import operations
from volmacht.parties import queries as parties
from volmacht.portals.shared.just_done import note as tell
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.shared.objecting import again_because
from volmacht.portals.shared.parts import Text
from volmacht.portals.staff.acting import DeskCase, desk_case
from volmacht.portals.staff.forms import MessageForm, text_field
from volmacht.portals.staff.sentences_in import offered, put_in
from volmacht.portals.staff.showing import filled, show
from volmacht.rules.onboarding.cases import CaseKind, Objection
from volmacht.rules.roles import Permission

NOBODY, ME = "niemand", "mij"


class InternalForm(forms.Form):
    """A note."""

    use_required_attribute = False
    tekst = text_field(_("Uw notitie"), missing=_("Schrijf een notitie."), rows=8)


@needs(Permission.WRITE_TO_ORGANISATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, number: str) -> HttpResponse:
    """A message that the organisation reads; in a question it is the answer."""
    words = (
        _("Een bericht sturen"),
        _("De organisatie leest dit in haar dossier, en krijgt een e-mail dat er een bericht is."),
        _("Stuur het bericht"),
        _("Het bericht is verstuurd."),
    )
    return _write(request, number, MessageForm, words, operations.answer)


@audience(Audience.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, number: str) -> HttpResponse:
    """A note that the organisation does not see."""
    words = (
        _("Een interne notitie schrijven"),
        _("Alleen collega's lezen dit. De organisatie ziet het niet."),
        _("Bewaar de notitie"),
        _("De notitie is bewaard."),
    )
    return _write(request, number, InternalForm, words, operations.note_internally)


def _write(
    request: HttpRequest,
    number: str,
    make: type[forms.Form],
    words: tuple[Text, Text, Text, Text],
    write: Callable[..., UUID | Objection],
) -> HttpResponse:
    here = desk_case(request, number)
    if request.method == "POST":
        return put_in(request) or _written(request, here, make(request.POST), write, words[3])
    title, about, button, _done = words
    context = {
        "case": here.page.case,
        "title": title,
        "about": about,
        "button": button,
        "form": filled(request, make),
        "sentences": offered(),
    }
    return show(request, "write.html", context)


def _written(
    request: HttpRequest, here: DeskCase, form: forms.Form, write: Callable[..., UUID | Objection], done: Text
) -> HttpResponse:
    if not form.is_valid():
        return show_again(request)
    found = write(case_id=here.page.case.id, text=form.cleaned_data["tekst"], actor=here.actor)
    if isinstance(found, Objection):
        return again_because(request, found)
    accepted(request)
    tell(request, here.number, str(done))
    return redirect("staff:case", here.number)


class AssignForm(forms.Form):
    """Whose a case is."""

    use_required_attribute = False
    wie = forms.ChoiceField(
        label=_("Wie krijgt het dossier?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies iemand."), "invalid_choice": _("Kies iemand uit de lijst.")},
    )

    def __init__(self, *args: object, here: DeskCase, **named: object) -> None:
        """`here`: who may have this case depends on what it is."""
        super().__init__(*args, **named)  # type: ignore[arg-type] # whatever a form takes
        colleagues = [one for one in _able(here.page.case.kind) if one.id != here.actor.id]
        self.fields["wie"].choices = [  # type: ignore[attr-defined] # of a choice field
            (ME, gettext("Ik zelf")),
            *((str(one.id), one.name) for one in colleagues),
            (NOBODY, gettext("Niemand")),
        ]


def _able(kind: CaseKind) -> list[parties.KnownStaff]:
    needed = {Permission.HANDLE_DISPUTES if kind is CaseKind.DISPUTE else Permission.JUDGE_CASES}
    needed |= {Permission.WRITE_TO_ORGANISATIONS} if kind is CaseKind.QUESTION else set()
    return [one for one in parties.staff() if one.permissions & needed]


@audience(Audience.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """To me, to a colleague, or to nobody."""
    here = desk_case(request, number)
    if request.method == "POST":
        form = AssignForm(request.POST, here=here)
        return _assigned(request, here, form) if form.is_valid() else show_again(request)

    def make(*args: object, **named: object) -> AssignForm:
        return AssignForm(*args, here=here, **named)

    return show(request, "assign.html", {"case": here.page.case, "form": filled(request, make)})


def _assigned(request: HttpRequest, here: DeskCase, form: AssignForm) -> HttpResponse:
    chosen: str = form.cleaned_data["wie"]
    to = {ME: here.actor.id, NOBODY: None}.get(chosen) if chosen in {ME, NOBODY} else UUID(chosen)
    objection = operations.assign(case_id=here.page.case.id, to=to, actor=here.actor)
    if objection:
        return again_because(request, objection)
    accepted(request)
    tell(request, here.number, gettext("Het dossier is toegewezen."))
    return redirect("staff:case", here.number)
