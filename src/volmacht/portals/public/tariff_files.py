"""Task: take the tariffs of all years along, as CSV or PDF (CN-22)."""

import csv
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.onboarding import queries
from volmacht.onboarding.documents.structure import Line, Paragraph, Span, Table
from volmacht.portals.public.planner import may_plan
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.document_pdf import text_pdf
from volmacht.portals.shared.limiting import too_many
from volmacht.portals.shared.money import written_euros
from volmacht.portals.shared.page_language import language
from volmacht.rules.tariffs import Tariff

COLUMNS = ("year", "unit", "euros_excluding_vat", "centrally_funded")
UNIT = "used mandate"


@audience(Audience.PUBLIC)
@require_safe
def csv_file(_request: HttpRequest) -> HttpResponse:
    """One line for each year; the names of columns are the same in both languages. Opens in a spreadsheet."""
    content = StringIO()
    lines = csv.writer(content)
    lines.writerow(COLUMNS)
    for tariff in queries.tariffs():
        cents = tariff.cents_per_use
        amount = "" if cents is None else f"{cents // 100}.{cents % 100:02d}"
        lines.writerow((tariff.year, UNIT, amount, "yes" if tariff.centrally_funded else "no"))
    return _file(content.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "csv")


@audience(Audience.PUBLIC)
@require_safe
def pdf_file(request: HttpRequest) -> HttpResponse:
    """The same on paper, in words."""
    if not may_plan(request):
        return too_many(request)
    head = (_line(gettext("Jaar")), _line(gettext("Per gebruikte machtiging")))
    rows = tuple((_line(str(tariff.year)), _line(_amount(tariff))) for tariff in reversed(queries.tariffs()))
    text = (
        Paragraph(
            _line(gettext("Tarief voor elke keer dat iemand met een machtiging bij u inlogt, zonder btw"))
        ),
        Table(head, rows),
        Paragraph(
            _line(gettext("Vanaf 2023 betaalt de rijksoverheid de kosten. U hoeft daarvoor niets te doen."))
        ),
    )
    made = gettext("Gemaakt op %(day)s") % {"day": written_date(clock.today())}
    return _file(text_pdf(gettext("Tarief per jaar"), made, text, language()), "application/pdf", "pdf")


def _line(text: str) -> Line:
    return (Span(text),)


def _amount(tariff: Tariff) -> str:
    if tariff.centrally_funded:
        return gettext("De rijksoverheid betaalt, u krijgt geen rekening")
    return written_euros(tariff.cents_per_use or 0)


def _file(content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f'attachment; filename="tarieven.{ending}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": name})
