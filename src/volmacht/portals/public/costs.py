"""Task: see what using mandates costs, by year, and work out one's own costs (CN-22)."""

import re
from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.onboarding import queries
from volmacht.portals.public.sections import show
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.money import written_euros, written_number
from volmacht.rules.tariffs import Tariff, cost_of, tariff_for

MOST_USES = 1_000_000_000
NOT_A_COUNT = gettext_lazy("Vul een heel getal in, bijvoorbeeld 12500 of 12.500.")
# 12.500, 12,500 or 12 500, in either language: parts of a use are not counted, so nothing else can be meant.
GROUPED = re.compile(r"\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+|(?:[ \N{NO-BREAK SPACE}]\d{3})+)", re.ASCII)
SEPARATORS = str.maketrans("", "", "., \N{NO-BREAK SPACE}")


class CountField(forms.IntegerField):
    """A whole number as people write it, with or without a mark between thousands."""

    def to_python(self, value: str | None) -> int | None:
        """Raises ValidationError for what is no whole number."""
        typed = (value or "").strip()
        if GROUPED.fullmatch(typed):
            typed = typed.translate(SEPARATORS)
        elif any(separator in typed for separator in ".,"):  # Django reads 12500.0 as 12500
            raise forms.ValidationError(self.error_messages["invalid"])
        return super().to_python(typed)


class CostForm(forms.Form):
    """The calculator: a year that has a tariff, and how often mandates are used in it."""

    jaar = forms.TypedChoiceField(
        label=gettext_lazy("Jaar"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Kies een jaar."),
            "invalid_choice": gettext_lazy("Kies een jaar waarvan het tarief bekend is."),
        },
    )
    gebruik = CountField(
        label=gettext_lazy("Hoe vaak wordt er bij u in dat jaar een machtiging gebruikt?"),
        help_text=gettext_lazy("Bijvoorbeeld 12500 of 12.500."),
        min_value=0,
        max_value=MOST_USES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": NOT_A_COUNT,
            "invalid": NOT_A_COUNT,
            "min_value": gettext_lazy("Vul 0 of een hoger getal in."),
            "max_value": gettext_lazy("Dit getal is te groot. Vul ten hoogste 1.000.000.000 in."),
        },
    )


def cost_form(tariffs: tuple[Tariff, ...], given: QueryDict | None = None) -> CostForm:
    """The calculator for the years there are tariffs for, the latest first."""
    form = CostForm(given)
    years = cast("forms.TypedChoiceField", form.fields["jaar"])
    years.choices = [(tariff.year, str(tariff.year)) for tariff in reversed(tariffs)]
    return form


@audience(Audience.PUBLIC)
@require_safe
def costs(request: HttpRequest) -> HttpResponse:
    """The table and the calculator; its answers stand in the address."""
    tariffs = queries.tariffs()
    asked = "jaar" in request.GET or "gebruik" in request.GET
    form = cost_form(tariffs, request.GET if asked else None)
    this_year = clock.today().year
    answered = asked and form.is_valid()
    values = {
        "form": form,
        "rows": [(tariff, written_euros(tariff.cents_per_use or 0)) for tariff in reversed(tariffs)],
        "this_year": this_year,
        "now": tariff_for(tariffs, this_year),
        "outcome": _outcome(tariffs, form.cleaned_data) if answered else None,
    }
    return show(request, "costs.html", values, status=400 if asked and not answered else 200)


def _outcome(tariffs: tuple[Tariff, ...], given: dict[str, int]) -> dict[str, object]:
    """The answer of the calculator in words; the form offers only years that have a tariff."""
    tariff = next(tariff for tariff in tariffs if tariff.year == given["jaar"])
    return {
        "tariff": tariff,
        "uses": written_number(given["gebruik"]),
        "each": written_euros(tariff.cents_per_use or 0),
        "total": written_euros(cost_of(tariff, given["gebruik"])),
    }
