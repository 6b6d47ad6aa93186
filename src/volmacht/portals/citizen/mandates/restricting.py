"""Task: make a mandate shorter, or take services of a set away (DM-34). Either party may."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from volmacht.mandates.operations import restrict_mandate
from volmacht.mandates.queries import MandateEntry
from volmacht.notifications.kinds import Side
from volmacht.portals.citizen.mandates.mandate_words import person_name, service_name, service_words
from volmacht.portals.citizen.mandates.showing import mandate_rows
from volmacht.portals.citizen.mandates.visiting import Happened, own_mandate, to_mandate, typed, visitor
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.forms import DutchDateField
from volmacht.portals.shared.wording import refusal_words
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.validity import Phase


class RestrictForm(forms.Form):
    """A new last day; for a set also which services stay."""

    use_required_attribute = False
    last_day = DutchDateField(
        label=gettext_lazy("Laatste dag"),
        error_messages={"required": gettext_lazy("Vul de laatste dag in.")},
    )
    keep = forms.MultipleChoiceField(
        label=gettext_lazy("Voor welke diensten blijft de machtiging?"),
        help_text=gettext_lazy("Haal het vinkje weg bij wat niet meer mag."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy(
                "Laat minstens één dienst staan. Wilt u alles stoppen? Stop dan de machtiging."
            ),
            "invalid_choice": gettext_lazy("Kies uit de diensten van deze machtiging."),
        },
    )

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, entry: MandateEntry, data: QueryDict | None) -> None:
        services = [(str(id_), service_name(id_)) for id_ in entry.covered]
        initial = {"last_day": entry.last_day, "keep": [id_ for id_, _ in services], "seen": seen_as(entry)}
        super().__init__(data, initial=initial)
        help_text = gettext("Nu is dat %(day)s. Een latere dag kan hier niet.")
        self.fields["last_day"].help_text = help_text % {"day": written_date(entry.last_day)}
        if len(services) > 1:
            self.fields["keep"].choices = services  # type: ignore[attr-defined] # a MultipleChoiceField has them
        else:
            del self.fields["keep"]

    @property
    def kept(self) -> frozenset[UUID] | None:
        """The services that stay; None when there is nothing to choose."""
        chosen = self.cleaned_data.get("keep")
        return None if chosen is None else frozenset(UUID(id_) for id_ in chosen)


def seen_as(entry: MandateEntry) -> str:
    """What the form showed, so that the second half of a double click is told from asking for no change."""
    return f"{entry.last_day}/{len(entry.covered)}"


def _done_already(request: HttpRequest, mandate_id: UUID, form: RestrictForm, refused: Refused) -> bool:
    if refused.refusal is not Refusal.NOT_SHORTER:
        return False
    entry = own_mandate(request, mandate_id)
    same = form.cleaned_data["last_day"] == entry.last_day and form.kept in {None, frozenset(entry.covered)}
    return same and form.cleaned_data["seen"] not in {"", seen_as(entry)}


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def restrict(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Shorter, smaller or both."""
    entry, refused = own_mandate(request, mandate_id), None
    if entry.phase is Phase.ENDED:
        return to_mandate(mandate_id, Happened.TOO_LATE)
    form = RestrictForm(entry, typed(request))
    if request.method == "POST" and form.is_valid():
        refused = restrict_mandate(
            mandate_id=mandate_id,
            by=visitor(request).party_id,
            last_day=form.cleaned_data["last_day"],
            keep=form.kept,
        )
        if refused is None or _done_already(request, mandate_id, form, refused):
            return to_mandate(mandate_id, Happened.RESTRICTED)
        if refused.refusal is Refusal.ALREADY_ENDED:
            return to_mandate(mandate_id, Happened.TOO_LATE)
    return _page(request, entry, form, refused)


def _page(
    request: HttpRequest, entry: MandateEntry, form: RestrictForm, refused: Refused | None
) -> HttpResponse:
    context = {
        "form": form,
        "entry": entry,
        "gave": entry.side is Side.REPRESENTED,
        "name": person_name(entry.other_name),
        "service": service_words(entry.service),
        "rows": mandate_rows(entry),
        "words": refusal_words(refused.refusal) if refused else None,
        "nothing_left": refused is not None and refused.refusal is Refusal.NOTHING_LEFT,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "citizen_mandates/restrict.html", context, status=status)
