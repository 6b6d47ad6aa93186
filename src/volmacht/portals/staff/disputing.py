"""What a dispute is about, for the employee who finds out what is not right: names and days, never a BSN (DM-39a)."""

from uuid import UUID

from django.utils.translation import gettext

from volmacht.catalogue import queries as catalogue
from volmacht.mandates.queries import Disputed, disputed
from volmacht.portals.shared.dates import written_date, written_moment
from volmacht.portals.shared.parts import SummaryRow
from volmacht.portals.shared.service_words import service_name
from volmacht.portals.shared.wording import ENDS, REFUSALS, ROUTES


def dispute_rows(subject: str, about_id: UUID | None) -> list[SummaryRow]:
    """What is known of it; nothing when it is not there any more."""
    found = disputed(subject, about_id) if about_id else None
    if found is None:
        return []
    rows = [
        SummaryRow(gettext("Dienst"), service_name(found.service_id)),
        SummaryRow(gettext("Wanneer"), written_moment(found.moment)),
        SummaryRow(gettext("Voor wie"), found.represented or gettext("onbekend")),
    ]
    if found.representative:
        rows.append(SummaryRow(gettext("Gemachtigde"), found.representative))
    if found.employee:
        rows.append(SummaryRow(gettext("Medewerker van de gemachtigde"), found.employee))
    return rows + _what(found)


def _what(found: Disputed) -> list[SummaryRow]:
    rows = []
    provider = catalogue.provider(found.provider_id) if found.provider_id else None
    if provider:
        rows.append(SummaryRow(gettext("Aanbieder"), provider.name))
    if found.refusal:
        rows.append(SummaryRow(gettext("Antwoord"), REFUSALS[found.refusal].title))
    if found.first_day and found.last_day:
        days = {"first": written_date(found.first_day), "last": written_date(found.last_day)}
        rows.append(SummaryRow(gettext("Periode"), gettext("%(first)s tot en met %(last)s") % days))
    if found.route:
        rows.append(SummaryRow(gettext("Hoe"), ROUTES[found.route]))
    if found.ended_at and found.end_reason:
        ended = f"{written_date(found.ended_at)}: {ENDS[found.end_reason]}"
        rows.append(SummaryRow(gettext("Gestopt"), ended))
    return rows
