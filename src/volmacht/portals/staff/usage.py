"""Usage by month and service, from recorded uses: as page, CSV and PDF (CN-22). Nobody by name."""

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.audience import needs
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.queries import usage as used
from volmacht.onboarding import queries
from volmacht.onboarding.documents.structure import Block, Line, Paragraph, Span, Table
from volmacht.portals.shared.dates import month_name, written_date
from volmacht.portals.shared.document_pdf import text_pdf
from volmacht.portals.shared.money import written_euros
from volmacht.portals.shared.page_language import language
from volmacht.portals.shared.spreadsheets import text_cell
from volmacht.portals.staff.forms import FilterForm
from volmacht.portals.staff.showing import show
from volmacht.portals.staff.words import ENVIRONMENTS
from volmacht.rules.environment import Environment
from volmacht.rules.roles import Permission
from volmacht.rules.tariffs import tariff_for

COLUMNS = ("month", "provider", "provider_oin", "service", "service_uuid", "used_mandates", "uses")
FIRST_YEAR = 2015


class UsageForm(FilterForm):
    """Which year, environment and provider."""

    jaar = forms.IntegerField(
        label=_("Jaar"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=9998,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Vul een jaar in van vier cijfers.")
        ),
    )
    omgeving = forms.ChoiceField(
        label=_("Omgeving"),
        required=False,
        choices=[
            (one.value, ENVIRONMENTS[one]) for one in (Environment.PRODUCTION, Environment.PREPRODUCTION)
        ],
    )
    aanbieder = forms.UUIDField(label=_("Aanbieder"), required=False, widget=forms.Select)


@dataclass(frozen=True, slots=True)
class Row:
    """A month of a service, in words."""

    month: date
    month_words: str
    provider: str
    oin: str
    service: str
    service_uuid: str
    used_mandates: int
    uses: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page or file is about."""

    year: int
    environment: Environment
    provider: UUID | None


def _form(request: HttpRequest) -> UsageForm:
    form = UsageForm(request.GET or None, initial={"jaar": clock.today().year})
    environment = request.GET.get("omgeving", "")
    listed = catalogue.providers(
        Environment(environment) if environment in set(Environment) else Environment.PRODUCTION
    )
    choices = [("", gettext("Alle")), *((str(one.id), one.name) for one in listed)]
    form.fields["aanbieder"].widget = forms.Select(choices=choices)
    return form


def _asked(form: UsageForm) -> Asked:
    given: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return Asked(
        given.get("jaar") or clock.today().year,
        Environment(given.get("omgeving") or Environment.PRODUCTION),
        given.get("aanbieder"),
    )


def _rows(asked: Asked) -> list[Row]:
    services = {one.id: one for one in catalogue.all_services(asked.environment)}
    found = []
    for row in used(asked.environment, asked.provider, asked.year):
        provider, service = catalogue.provider(row.provider_id), services.get(row.service_id)
        found.append(
            Row(
                month=row.month,
                month_words=f"{month_name(row.month.month)} {row.month.year}",
                provider=provider.name if provider else "",
                oin=provider.oin if provider else "",
                service=service.name if service else "",
                service_uuid=str(service.service_uuid) if service else "",
                used_mandates=row.used_mandates,
                uses=row.uses,
            )
        )
    return sorted(found, key=lambda row: (row.month, row.provider, row.service))


def tariff_words(year: int) -> str:
    """What a year costs, in one sentence."""
    tariff = tariff_for(queries.tariffs(), year)
    if tariff is None:
        return gettext("Voor %(year)s is geen tarief bekend.") % {"year": year}
    if tariff.cents_per_use is None:
        return gettext("In %(year)s betaalt de rijksoverheid. Niemand krijgt een rekening.") % {"year": year}
    amount = written_euros(tariff.cents_per_use)
    return gettext("In %(year)s kost een gebruikte machtiging %(amount)s zonder btw.") % {
        "year": year,
        "amount": amount,
    }


@needs(Permission.SEE_CASES)
@require_safe
def usage(request: HttpRequest) -> HttpResponse:
    """The table."""
    form = _form(request)
    asked = _asked(form)
    context = {
        "form": form,
        "asked": asked,
        "rows": _rows(asked),
        "environment": ENVIRONMENTS[asked.environment],
        "tariff": tariff_words(asked.year),
        "query": request.GET.urlencode(),
    }
    return show(request, "usage.html", context, status=400 if form.is_bound and form.errors else 200)


@needs(Permission.SEE_CASES)
@require_safe
def usage_csv(request: HttpRequest) -> HttpResponse:
    """One line for each month and service; columns are called the same in both languages. Opens in a spreadsheet."""
    asked = _asked(_form(request))
    content = StringIO()
    lines = csv.writer(content)
    lines.writerow(COLUMNS)
    for row in _rows(asked):
        texts = (row.provider, row.oin, row.service, row.service_uuid)
        lines.writerow((f"{row.month:%Y-%m}", *map(text_cell, texts), row.used_mandates, row.uses))
    return _file(content.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", asked, "csv")


@needs(Permission.SEE_CASES)
@require_safe
def usage_pdf(request: HttpRequest) -> HttpResponse:
    """The same on paper."""
    asked = _asked(_form(request))
    names = (
        gettext("Maand"),
        gettext("Aanbieder"),
        gettext("Dienst"),
        gettext("Gebruikte machtigingen"),
        gettext("Keren gebruikt"),
    )
    rows = tuple(
        tuple(map(_line, (row.month_words, row.provider, row.service, str(row.used_mandates), str(row.uses))))
        for row in _rows(asked)
    )
    text: list[Block] = [Paragraph(_line(tariff_words(asked.year)))]
    text.append(
        Table(tuple(map(_line, names)), rows) if rows else Paragraph(_line(gettext("Er is niets gebruikt.")))
    )
    made = gettext("Gemaakt op %(day)s") % {"day": written_date(clock.today())}
    what = gettext("Gebruik")
    title = f"{what} {asked.year}, {ENVIRONMENTS[asked.environment]}"
    return _file(text_pdf(title, made, text, language()), "application/pdf", asked, "pdf")


def _line(text: str) -> Line:
    return (Span(text),)


def _file(content: bytes, kind: str, asked: Asked, ending: str) -> HttpResponse:
    name = f'attachment; filename="gebruik-{asked.year}.{ending}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": name})
