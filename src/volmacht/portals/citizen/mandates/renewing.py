"""Task: let a mandate go on longer, in one step, to at most the service's maximum from today (DM-34)."""

from datetime import date
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from volmacht import clock
from volmacht.mandates.operations import renew_mandate
from volmacht.mandates.queries import MandateEntry
from volmacht.notifications.kinds import Side
from volmacht.portals.citizen.mandates.happened import Happened, to_mandate
from volmacht.portals.citizen.mandates.mandate_words import other_name
from volmacht.portals.citizen.mandates.own_mandate import own_mandate
from volmacht.portals.citizen.mandates.showing import longest_renewal, mandate_rows
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.fitting_words import fitting_words
from volmacht.portals.shared.forms import DutchDateField
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again, typed
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.service_words import service_words
from volmacht.portals.shared.wording import Words
from volmacht.rules.periods import longest_last_day
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.validity import Phase

LONGEST, OWN = "langst", "zelf"


class RenewForm(forms.Form):
    """As long as possible, or until a day of one's own."""

    use_required_attribute = False
    until = forms.ChoiceField(
        label=gettext_lazy("Tot wanneer mag de machtiging doorgaan?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies tot wanneer de machtiging doorgaat.")},
    )
    last_day = DutchDateField(
        label=gettext_lazy("Laatste dag"),
        help_text=gettext_lazy(
            "Vul dit in als u hierboven kiest voor een dag die u zelf kiest. Laat het anders leeg."
        ),
        required=False,
        asked_sometimes=True,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, longest: date, entry: MandateEntry, data: QueryDict | None) -> None:
        super().__init__(data, initial={"seen": entry.last_day.isoformat()})
        self.longest = longest
        self.fields["last_day"].example = longest  # type: ignore[attr-defined] # a DutchDateField has one
        self.fields["until"].choices = [  # type: ignore[attr-defined] # a ChoiceField has them
            (LONGEST, gettext("Zo lang mogelijk: tot en met %(day)s") % {"day": written_date(longest)}),
            (OWN, gettext("Tot en met een dag die ik zelf kies")),
        ]

    def clean(self) -> dict[str, object]:
        """A day of one's own must be given."""
        own = self.cleaned_data.get("until") == OWN
        if own and not self.cleaned_data.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", gettext("Vul de laatste dag in."))
        return self.cleaned_data

    @property
    def new_last_day(self) -> date:
        """The day that was chosen; of a valid form."""
        chosen: date = self.cleaned_data["last_day"]
        return self.longest if self.cleaned_data["until"] == LONGEST else chosen


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """For the represented person only; to others the page does not exist."""
    entry = own_mandate(request, mandate_id)
    if entry.side is not Side.REPRESENTED:
        raise Http404
    if entry.phase is Phase.ENDED:
        return to_mandate(request, mandate_id, Happened.TOO_LATE)
    longest = longest_last_day(clock.today(), entry.service.longest_months)
    form = RenewForm(longest, entry, typed(request))
    return _answer(request, entry, form) if request.method == "POST" else _page(request, entry, form)


def _answer(request: HttpRequest, entry: MandateEntry, form: RenewForm) -> HttpResponse:
    """Renew it, or show again what was asked and why it cannot be."""
    if not form.is_valid():
        return show_again(request)
    login = visitor(request)
    refused = renew_mandate(
        mandate_id=entry.id,
        represented=login.party_id,
        level=login.level,
        last_day=form.new_last_day,
        environment=environment_of(request),
    )
    if refused and not _done_already(request, entry.id, form, refused):
        if refused.refusal is Refusal.ALREADY_ENDED:
            return to_mandate(request, entry.id, Happened.TOO_LATE)
        return show_again(request, refused=refused)
    accepted(request)
    return to_mandate(request, entry.id, Happened.RENEWED)


def _done_already(request: HttpRequest, mandate_id: UUID, form: RenewForm, refused: Refused) -> bool:
    """The second half of a double click finds what the first half did."""
    if refused.refusal is not Refusal.RENEWAL_NOT_LONGER:
        return False
    now = own_mandate(request, mandate_id).last_day
    return now == form.new_last_day and form.cleaned_data["seen"] not in {"", now.isoformat()}


def _words(refused: Refused, entry: MandateEntry) -> Words:
    return fitting_words(refused.refusal, reader=Side.REPRESENTED, level=entry.service.minimum_level)


def _page(request: HttpRequest, entry: MandateEntry, form: RenewForm) -> HttpResponse:
    again = shown_again(request)
    refused = again.refused if again else None
    context = {
        "form": form,
        "entry": entry,
        "name": other_name(entry),
        "service": service_words(entry.service),
        "rows": mandate_rows(entry),
        "longest": longest_renewal(entry),
        "log_in_again": refused is not None and refused.refusal is Refusal.LEVEL_TOO_LOW,
        "words": _words(refused, entry) if refused else None,
    }
    return render(request, "citizen_mandates/renew.html", context, status=again.status if again else 200)
