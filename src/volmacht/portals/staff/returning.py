"""Task: give a form back with what must be otherwise. First tick the answers, then write the reason of each (CN-11)."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from volmacht.audience import needs
from volmacht.onboarding.operations import return_with_reasons
from volmacht.portals.shared.case_words import OBJECTIONS
from volmacht.portals.shared.just_done import note
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.shared.objecting import again_because
from volmacht.portals.shared.parts import Text
from volmacht.portals.staff.acting import DeskCase, desk_case
from volmacht.portals.staff.answers import filled_in
from volmacht.portals.staff.checked import returned_with
from volmacht.portals.staff.forms import text_field
from volmacht.portals.staff.sentences_in import offered, put_in
from volmacht.portals.staff.showing import filled, show
from volmacht.rules.onboarding.cases import Action, Objection
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.with_metadata import METADATA
from volmacht.rules.roles import Permission

TICKED = "veld"
MOST = 100  # answers in one return
NOTE = "toelichting"


@dataclass(frozen=True, slots=True)
class Ticked:
    """An answer that must be otherwise; `name` is what the address and the form call it."""

    name: str
    form: FormKey
    page: PageKey
    key: str
    label: Text
    group: Text
    value: str


def answers_of(here: DeskCase) -> dict[str, Ticked]:
    """Every answer on the forms that are judged now, and the metadata beside them, by name."""
    found = {}
    for form in filter(None, (filled_in(here, key) for key in here.page.forms)):
        for group in form.groups:
            for answer in group.answers:
                name = f"{form.form.value}/{group.page.value}/{answer.key}"
                found[name] = Ticked(
                    name, form.form, group.page, answer.key, answer.label, group.name, answer.value
                )
    if beside := returned_with(here):
        name = f"{beside[0].value}/{beside[1].value}/{METADATA}"
        given = here.page.metadata.name if here.page.metadata else "–"
        label = _("Het document met metadata")
        found[name] = Ticked(name, *beside, METADATA, label, _("Metadata"), given)
    return found


class ReasonsForm(forms.Form):
    """A reason for each answer that was ticked, and what is to be said of the whole."""

    use_required_attribute = False

    def __init__(self, *args: object, ticked: list[Ticked], **named: object) -> None:
        """`ticked`: what must be otherwise."""
        super().__init__(*args, **named)  # type: ignore[arg-type] # whatever a form takes
        for one in ticked:
            self.fields[one.name] = text_field(
                f"{one.group} – {one.label}",
                hint=gettext("Er staat nu: %(value)s") % {"value": one.value},
                missing=_("Schrijf op wat er anders moet."),
                rows=3,
            )
        self.fields[NOTE] = text_field(_("Wat wilt u er verder over zeggen?"), rows=4)


@needs(Permission.JUDGE_CASES)
@require_safe
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """Tick the answers."""
    here = desk_case(request, number)
    groups: dict[Text, list[Ticked]] = {}
    for one in answers_of(here).values():
        groups.setdefault(one.group, []).append(one)
    objection = here.page.objection_to(Action.RETURN)
    context = {
        "case": here.page.case,
        "groups": list(groups.items()),
        "ticked": set(request.GET.getlist(TICKED)),
        "nothing": "verder" in request.GET,
        "not_allowed": OBJECTIONS[objection] if objection else None,
    }
    return show(request, "return_choose.html", context)


@needs(Permission.JUDGE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: HttpRequest, number: str) -> HttpResponse:
    """Write the reasons, and give it back."""
    here = desk_case(request, number)
    known = answers_of(here)
    ticked = [known[name] for name in dict.fromkeys(request.GET.getlist(TICKED)) if name in known][:MOST]
    if not ticked and request.method != "POST":
        return redirect(f"{_choose(number)}?verder=1")
    if request.method == "POST":
        return put_in(request) or _give_back(request, here, ReasonsForm(request.POST, ticked=ticked), ticked)

    def make(*args: object, **named: object) -> ReasonsForm:
        return ReasonsForm(*args, ticked=ticked, **named)

    form = filled(request, make)
    context = {
        "case": here.page.case,
        "form": form,
        "sentences": offered(),
        "back": f"{_choose(number)}?{request.GET.urlencode()}",
    }
    return show(request, "return_reasons.html", context)


def _choose(number: str) -> str:
    return reverse("staff:return", args=[number])


def _give_back(request: HttpRequest, here: DeskCase, form: ReasonsForm, ticked: list[Ticked]) -> HttpResponse:
    if not form.is_valid():
        return show_again(request)
    why: dict[tuple[FormKey, PageKey], dict[str, str]] = {}
    for one in ticked:
        why.setdefault((one.form, one.page), {})[one.key] = form.cleaned_data[one.name]
    done = return_with_reasons(
        case_id=here.page.case.id, reasons=why, note=form.cleaned_data[NOTE], actor=here.actor
    )
    if isinstance(done, Objection):
        return again_because(request, done)
    accepted(request)
    note(request, here.number, gettext("Het formulier is teruggegeven."))
    return redirect("staff:case", here.number)
