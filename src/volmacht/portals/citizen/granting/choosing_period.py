"""Task: choose from when and for how long the mandate holds (DM-10, DM-30, DM-31)."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.portals.citizen.granting import draft as drafts
from volmacht.portals.citizen.granting.draft import Draft, Step
from volmacht.portals.citizen.granting.service_words import MONTHS_IN_A_YEAR, months_in_words
from volmacht.portals.citizen.granting.step_frame import step_frame
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.forms import DutchDateField
from volmacht.portals.shared.kept_forms import show_again, shown_again, typed
from volmacht.portals.shared.wording import refusal_words
from volmacht.rules.periods import (
    START_WITHIN_MONTHS,
    Period,
    PeriodPreset,
    add_months,
    check_period,
    longest_last_day,
    preset_period,
)
from volmacht.rules.refusals import Refusal

FIELD_OF = {
    Refusal.START_IN_PAST: "begin",
    Refusal.START_TOO_FAR: "begin",
    Refusal.END_BEFORE_START: "einddatum",
    Refusal.PERIOD_TOO_LONG: "einddatum",
}


def _ends(first_day: date, longest: int) -> list[tuple[str, str]]:
    """The ends to choose from, each with what it means in dates."""
    named = {
        PeriodPreset.MONTH: months_in_words(1),
        PeriodPreset.YEAR: months_in_words(MONTHS_IN_A_YEAR),
        PeriodPreset.MAXIMUM: gettext("Zo lang als mag: %(time)s") % {"time": months_in_words(longest)},
    }
    shorter = {PeriodPreset.MONTH: longest > 1, PeriodPreset.YEAR: longest > MONTHS_IN_A_YEAR}
    choices = [
        (
            preset.value,
            gettext("%(time)s, tot en met %(day)s")
            % {"time": name, "day": written_date(preset_period(preset, first_day, longest).last_day)},
        )
        for preset, name in named.items()
        if shorter.get(preset, True)
    ]
    return [*choices, (PeriodPreset.OWN.value, gettext("Ik kies zelf een laatste dag"))]


class PeriodForm(forms.Form):
    """Start, and a preset end or a date of one's own. When valid, `period` is what was chosen."""

    use_required_attribute = False
    begin = DutchDateField(
        label=gettext_lazy("Vanaf welke dag"),
        error_messages={"required": gettext_lazy("Vul in wanneer de machtiging begint.")},
    )
    einde = forms.ChoiceField(
        label=gettext_lazy("Hoe lang"),
        help_text=gettext_lazy("Begint de machtiging later? Dan schuift de laatste dag mee."),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies hoe lang de machtiging duurt."),
            "invalid_choice": gettext_lazy("Kies een van de mogelijkheden."),
        },
    )
    einddatum = DutchDateField(
        label=gettext_lazy("Uw eigen laatste dag"),
        help_text=gettext_lazy(
            "Vul dit in als u hierboven zelf een laatste dag kiest. Laat het anders leeg. Deze dag telt nog mee."
        ),
        required=False,
        asked_sometimes=True,
    )

    def __init__(self, service: ServiceEntry, draft: Draft, data: QueryDict | None) -> None:
        self.today = clock.today()
        self.longest = service.longest_months
        self.period: Period | None = None
        begin = max(draft.first_day or self.today, self.today)
        own = draft.last_day if draft.preset is PeriodPreset.OWN else None
        super().__init__(data, initial={"begin": begin, "einde": draft.preset, "einddatum": own})
        self.fields["einddatum"].example = longest_last_day(begin, self.longest)  # type: ignore[attr-defined] # a DutchDateField has one
        latest = {"day": written_date(add_months(self.today, START_WITHIN_MONTHS))}
        self.fields["begin"].help_text = (
            gettext("Vandaag staat al ingevuld. Wilt u een latere dag? Dat kan tot en met %(day)s.") % latest
        )
        self._offer_ends(begin)

    def _offer_ends(self, first_day: date) -> None:
        self.fields["einde"].choices = _ends(first_day, self.longest)  # type: ignore[attr-defined] # a ChoiceField has them

    def clean(self) -> dict[str, Any]:
        """Turn the answers into a period, and judge it."""
        answers = super().clean() or {}
        first_day = answers.get("begin")
        if first_day is None:
            return answers
        refusal = check_period(first_day, first_day, today=self.today, longest_months=self.longest)
        if refusal:
            self._refuse(refusal, first_day)
            return answers
        self._offer_ends(first_day)
        last_day = self._last_day(first_day)
        if last_day is not None:
            refusal = check_period(first_day, last_day, today=self.today, longest_months=self.longest)
            if refusal:
                self._refuse(refusal, first_day)
            else:
                self.period = Period(first_day, last_day)
        return answers

    def _last_day(self, first_day: date) -> date | None:
        """The chosen end; None when the answers do not say, and then the form has an error."""
        chosen, own = self.cleaned_data.get("einde"), self.cleaned_data.get("einddatum")
        if not chosen or "einddatum" in self.errors:
            return None
        if chosen == PeriodPreset.OWN:
            if own is None:
                self.add_error("einddatum", gettext("Vul in tot en met welke dag de machtiging duurt."))
            return own
        if own is not None and own != self.initial["einddatum"]:
            text = gettext("U koos hierboven al hoe lang. Maak deze datum leeg, of kies daar ‘%(own)s’.")
            self.add_error("einddatum", text % {"own": gettext("Ik kies zelf een laatste dag")})
            return None
        return preset_period(PeriodPreset(chosen), first_day, self.longest).last_day

    def _refuse(self, refusal: Refusal, first_day: date) -> None:
        words = refusal_words(refusal)
        latest = {
            Refusal.START_TOO_FAR: add_months(self.today, START_WITHIN_MONTHS),
            Refusal.PERIOD_TOO_LONG: longest_last_day(first_day, self.longest)
            if refusal is Refusal.PERIOD_TOO_LONG
            else None,
        }.get(refusal)
        way_out = (
            gettext("U kunt kiezen tot en met %(day)s.") % {"day": written_date(latest)}
            if latest
            else words.way_out
        )
        self.add_error(FIELD_OF[refusal], f"{words.title}. {way_out}")


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def period(request: HttpRequest) -> HttpResponse:
    """From when until when."""
    draft = drafts.read(request)
    early = drafts.too_early(request, draft, Step.PERIOD)
    service = catalogue.service(draft.service_id) if draft else None
    if early or draft is None or service is None:
        return early or drafts.restart(request)
    form = PeriodForm(service, draft, typed(request))
    if request.method == "POST" and form.is_valid() and form.period:
        chosen = replace(
            draft,
            first_day=form.period.first_day,
            last_day=form.period.last_day,
            preset=PeriodPreset(form.cleaned_data["einde"]),
        )
        return drafts.go_on(request, chosen, Step.PERIOD)
    if request.method == "POST":
        return show_again(request)
    context = {
        "form": form,
        "frame_of_step": step_frame(request, draft, service, Step.PERIOD),
        "longest": months_in_words(service.longest_months),
    }
    again = shown_again(request)
    status = again.status if again else 200
    return render(request, "citizen_granting/period.html", context, status=status)
