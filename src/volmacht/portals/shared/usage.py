"""Usage by month and service, from recorded uses: the question, the table, the CSV and the PDF (CN-22). Nobody by name.

For the desk, which sees all providers, and for an organisation, which sees its own.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.queries import UsageRow
from volmacht.onboarding import queries
from volmacht.onboarding.documents.structure import Block, Line, Paragraph, Span, Table
from volmacht.portals.shared.dates import month_name, written_date
from volmacht.portals.shared.document_pdf import text_pdf
from volmacht.portals.shared.environment_words import ENVIRONMENTS
from volmacht.portals.shared.filters import FilterForm
from volmacht.portals.shared.money import written_euros
from volmacht.portals.shared.page_language import language
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.spreadsheets import text_cell
from volmacht.rules.environment import Environment
from volmacht.rules.tariffs import Tariff, tariff_for

# Called the same in both languages, because a program may read them; the page says what each is.
COLUMNS: Mapping[str, Text] = {
    "month": _("Jaar en maand"),
    "provider": _("Naam van de aanbieder"),
    "provider_oin": _("OIN van de aanbieder"),
    "service": _("Naam van de dienst"),
    "service_uuid": _("ServiceUUID van de dienst"),
    "tariff": _("Tarief in euro, zonder btw. Er staat centrally_funded als de rijksoverheid betaalt."),
    "used_mandates": _("Hoeveel machtigingen in die maand zijn gebruikt"),
    "uses": _("Hoe vaak er een is gebruikt"),
}
FUNDED = "centrally_funded"  # in the column `tariff`, which is in euros otherwise
FIRST_YEAR = 2015


class UsageForm(FilterForm):
    """Which year and environment; this year, until another is asked."""

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

    def __init__(self, asked: QueryDict) -> None:
        """`asked`: what stands in the address."""
        super().__init__(asked or None, initial={"jaar": clock.today().year})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page or file is about."""

    year: int
    environment: Environment


@dataclass(frozen=True, slots=True)
class UsageLine:
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
class Usage:
    """Everything that page and files show. `with_provider`: of more than one."""

    asked: Asked
    lines: list[UsageLine]
    with_provider: bool

    @property
    def environment(self) -> str:
        """In words."""
        return str(ENVIRONMENTS[self.asked.environment])

    @property
    def columns(self) -> Iterable[tuple[str, Text]]:
        """What the file for a spreadsheet holds."""
        return COLUMNS.items()

    @property
    def tariff(self) -> str:
        """What this year costs, in a sentence."""
        return tariff_words(self.asked.year)

    @property
    def tariff_in_short(self) -> str:
        """The same, for a cell of the table."""
        return _in_short(_tariff(self.asked.year))


def asked_of(form: UsageForm) -> Asked:
    """The year and environment of the form; this year and production where it says nothing good."""
    given: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return Asked(
        given.get("jaar") or clock.today().year, Environment(given.get("omgeving") or Environment.PRODUCTION)
    )


def usage_of(asked: Asked, rows: Iterable[UsageRow], *, with_provider: bool) -> Usage:
    """What was counted, in words, by month."""
    services = {one.id: one for one in catalogue.all_services(asked.environment)}
    found = []
    for row in rows:
        provider, service = catalogue.provider(row.provider_id), services.get(row.service_id)
        found.append(
            UsageLine(
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
    return Usage(asked, sorted(found, key=lambda row: (row.month, row.provider, row.service)), with_provider)


def tariff_words(year: int) -> str:
    """What a year costs, in one sentence."""
    tariff = _tariff(year)
    if tariff is None:
        return gettext("Voor %(year)s is geen tarief bekend.") % {"year": year}
    if tariff.cents_per_use is None:
        return gettext("In %(year)s betaalt de rijksoverheid. Niemand krijgt een rekening.") % {"year": year}
    amount = written_euros(tariff.cents_per_use)
    return gettext("In %(year)s kost een gebruikte machtiging %(amount)s zonder btw.") % {
        "year": year,
        "amount": amount,
    }


def usage_csv(usage: Usage) -> HttpResponse:
    """One line for each month and service; columns are called the same in both languages. Opens in a spreadsheet."""
    content = StringIO()
    lines = csv.writer(content)
    lines.writerow(COLUMNS)
    tariff = _tariff(usage.asked.year)
    cents = tariff.cents_per_use if tariff else None
    price = "" if tariff is None else FUNDED if cents is None else f"{cents // 100}.{cents % 100:02d}"
    for row in usage.lines:
        texts = (row.provider, row.oin, row.service, row.service_uuid)
        lines.writerow((f"{row.month:%Y-%m}", *map(text_cell, texts), price, row.used_mandates, row.uses))
    return _file(content.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", usage, "csv")


def usage_pdf(usage: Usage, whose: str = "") -> HttpResponse:
    """The same on paper; `whose` stands in the title."""
    month, service = gettext("Maand"), gettext("Dienst")
    what = (gettext("Aanbieder"), service) if usage.with_provider else (service, gettext("Tarief"))
    names = (month, *what, gettext("Gebruikte machtigingen"), gettext("Keren gebruikt"))
    text: list[Block] = [Paragraph(_line(usage.tariff))]
    if usage.lines:
        text.append(Table(tuple(map(_line, names)), tuple(_cells(usage, row) for row in usage.lines)))
    else:
        text.append(Paragraph(_line(gettext("Er is niets gebruikt."))))
    made = gettext("Gemaakt op %(day)s") % {"day": written_date(clock.today())}
    counted = gettext("Gebruik")
    title = f"{counted} {usage.asked.year}, {usage.environment}"
    title = f"{whose}: {title}" if whose else title
    return _file(text_pdf(title, made, text, language()), "application/pdf", usage, "pdf")


def _cells(usage: Usage, row: UsageLine) -> tuple[Line, ...]:
    what = (row.provider, row.service) if usage.with_provider else (row.service, usage.tariff_in_short)
    return tuple(map(_line, (row.month_words, *what, str(row.used_mandates), str(row.uses))))


def _tariff(year: int) -> Tariff | None:
    return tariff_for(queries.tariffs(), year)


def _in_short(tariff: Tariff | None) -> str:
    if tariff is None:
        return gettext("onbekend")
    cents = tariff.cents_per_use
    return gettext("centraal gefinancierd") if cents is None else written_euros(cents)


def _line(text: str) -> Line:
    return (Span(text),)


def _file(content: bytes, kind: str, usage: Usage, ending: str) -> HttpResponse:
    name = f'attachment; filename="gebruik-{usage.asked.year}.{ending}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": name})
