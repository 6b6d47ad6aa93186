"""The standard sentences of the desk: list, add, change, switch off."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from volmacht.audience import needs
from volmacht.onboarding import queries
from volmacht.onboarding.operations import keep_sentence
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.shared.objecting import again_because
from volmacht.portals.staff.acting import desk_actor
from volmacht.portals.staff.forms import text_field
from volmacht.portals.staff.showing import filled, show
from volmacht.rules.onboarding.cases import Objection
from volmacht.rules.roles import Permission

PAGE = "zinnen"


class SentenceForm(forms.Form):
    """A text in two languages; its title stays what it is called."""

    use_required_attribute = False
    titel = forms.CharField(
        label=_("Titel"), max_length=100, error_messages={"required": _("Vul een titel in.")}
    )
    nederlands = text_field(_("Tekst in het Nederlands"), missing=_("Schrijf de tekst."))
    engels = text_field(_("Tekst in het Engels"))
    gebruiken = forms.BooleanField(label=_("Deze zin mag worden gebruikt"), required=False)


@needs(Permission.MANAGE_STAFF)
@require_safe
def sentences(request: HttpRequest) -> HttpResponse:
    """All of them, also those that are switched off."""
    context = {"sentences": queries.standard_sentences(all_of_them=True), "done": take(request, PAGE)}
    return show(request, "sentences.html", context)


@needs(Permission.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add one."""
    if request.method == "POST":
        return _keep(request, None)
    return show(request, "sentence.html", {"form": filled(request, SentenceForm, {"gebruiken": True})})


@needs(Permission.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, sentence_id: UUID) -> HttpResponse:
    """Change one, or switch it off; under another title it is another sentence."""
    known = next((one for one in queries.standard_sentences(all_of_them=True) if one.id == sentence_id), None)
    if known is None:
        raise Http404
    if request.method == "POST":
        return _keep(request, known.title)
    initial = {
        "titel": known.title,
        "nederlands": known.text_nl,
        "engels": known.text_en,
        "gebruiken": known.active,
    }

    def make(*args: object, **named: object) -> SentenceForm:
        return _fixed(SentenceForm(*args, **named), known.title)  # type: ignore[arg-type] # whatever a form takes

    return show(request, "sentence.html", {"form": filled(request, make, initial), "known": known})


def _fixed(form: SentenceForm, title: str) -> SentenceForm:
    """A form whose title is given."""
    form.fields["titel"].disabled = True
    form.fields["titel"].initial = title
    form.initial["titel"] = title
    return form


def _keep(request: HttpRequest, title: str | None) -> HttpResponse:
    form = SentenceForm(request.POST)
    form = _fixed(form, title) if title else form
    if not form.is_valid():
        return show_again(request)
    if title is None and any(
        one.title == form.cleaned_data["titel"] for one in queries.standard_sentences(all_of_them=True)
    ):
        note(request, PAGE, gettext("Er is al een zin met deze titel. Verander die."))
        return redirect("staff:sentences")
    kept = keep_sentence(
        title=form.cleaned_data["titel"],
        text_nl=form.cleaned_data["nederlands"],
        text_en=form.cleaned_data["engels"],
        active=form.cleaned_data["gebruiken"],
        actor=desk_actor(request),
    )
    if isinstance(kept, Objection):
        return again_because(request, kept)
    accepted(request)
    note(request, PAGE, gettext("De zin is bewaard."))
    return redirect("staff:sentences")
