"""Tariffs: what a used mandate costs in a year, or that the government pays and nobody gets an invoice (CN-22)."""

import re
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from volmacht import clock
from volmacht.audience import needs
from volmacht.onboarding import queries
from volmacht.onboarding.operations import set_tariff
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.shared.money import written_euros
from volmacht.portals.shared.objecting import again_because
from volmacht.portals.staff.acting import desk_actor
from volmacht.portals.staff.showing import filled, show
from volmacht.rules.roles import Permission
from volmacht.rules.tariffs import Tariff, tariff_for

PAGE = "tarieven"
FIRST_YEAR, YEARS_AHEAD = 2015, 5
FUNDED, AMOUNT = "rijk", "bedrag"
EUROS = re.compile(r"(\d{1,7})(?:[.,](\d{2}))?", re.ASCII)


class TariffForm(forms.Form):
    """A year, and who pays."""

    use_required_attribute = False
    jaar = forms.IntegerField(
        label=_("Jaar"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Vul een jaar in."), "invalid": _("Vul een jaar in van vier cijfers.")},
    )
    wie = forms.ChoiceField(
        label=_("Wie betaalt?"),
        choices=((FUNDED, _("De rijksoverheid: niemand krijgt een rekening")), (AMOUNT, _("De aanbieder"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wie betaalt.")},
    )
    bedrag = forms.CharField(
        label=_("Bedrag per gebruikte machtiging, in euro's zonder btw"),
        help_text=_("Alleen als de aanbieder betaalt. Bijvoorbeeld 0,25."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def clean_jaar(self) -> int:
        """A year that can be meant."""
        year: int = self.cleaned_data["jaar"]
        last = clock.today().year + YEARS_AHEAD
        if not FIRST_YEAR <= year <= last:
            text = gettext("Vul een jaar in van %(first)s tot en met %(last)s.")
            raise forms.ValidationError(text % {"first": FIRST_YEAR, "last": last})
        return year

    def clean(self) -> dict[str, Any]:
        """An amount belongs to who pays it."""
        who, typed = self.cleaned_data.get("wie"), self.cleaned_data.get("bedrag", "").strip()
        found = EUROS.fullmatch(typed)
        if who == AMOUNT and not found:
            self.add_error("bedrag", _("Vul een bedrag in, bijvoorbeeld 0,25."))
        if who == FUNDED and typed:
            self.add_error("bedrag", _("Laat dit leeg als de rijksoverheid betaalt."))
        if who == AMOUNT and found:
            self.cleaned_data["cents"] = int(found[1]) * 100 + int(found[2] or 0)
        return self.cleaned_data

    @property
    def tariff(self) -> Tariff:
        """What was typed, after `is_valid()`."""
        cents = self.cleaned_data.get("cents")
        return Tariff(self.cleaned_data["jaar"], cents, centrally_funded=cents is None)


@needs(Permission.MANAGE_TARIFFS)
@require_safe
def tariffs(request: HttpRequest) -> HttpResponse:
    """The table, the latest year first."""
    rows = [(one, written_euros(one.cents_per_use or 0)) for one in reversed(queries.tariffs())]
    return show(request, "tariffs.html", {"rows": rows, "done": take(request, PAGE)})


@needs(Permission.MANAGE_TARIFFS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a year."""
    if request.method == "POST":
        return _set(request, None)
    return show(request, "tariff.html", {"form": filled(request, TariffForm)})


@needs(Permission.MANAGE_TARIFFS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, year: int) -> HttpResponse:
    """Change a year."""
    known = tariff_for(queries.tariffs(), year)
    if known is None:
        raise Http404
    if request.method == "POST":
        return _set(request, year)
    cents = known.cents_per_use
    initial = {
        "jaar": year,
        "wie": FUNDED if known.centrally_funded else AMOUNT,
        "bedrag": "" if cents is None else f"{cents // 100},{cents % 100:02d}",
    }
    form = filled(request, TariffForm, initial)
    form.fields["jaar"].disabled = True
    return show(request, "tariff.html", {"form": form, "year": year})


def _set(request: HttpRequest, year: int | None) -> HttpResponse:
    form = TariffForm(request.POST, initial={"jaar": year})
    form.fields["jaar"].disabled = year is not None
    if form.is_valid() and year is None and tariff_for(queries.tariffs(), form.tariff.year):
        return redirect("staff:tariff", form.tariff.year)
    if not form.is_valid():
        return show_again(request)
    objection = set_tariff(tariff=form.tariff, actor=desk_actor(request))
    if objection:
        return again_because(request, objection)
    accepted(request)
    note(request, PAGE, gettext("Het tarief is bewaard."))
    return redirect("staff:tariffs")
