"""How much mandates are used, by month and service: what a tariff counts, and nobody by name (CN-22)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import TruncMonth

from volmacht.mandates.models import Use
from volmacht.rules.environment import Environment
from volmacht.rules.periods import AMSTERDAM, start_of


@dataclass(frozen=True, slots=True)
class UsageRow:
    """One month of one service. `used_mandates` counts each mandate once a month, `uses` every time."""

    month: date
    provider_id: UUID
    service_id: UUID
    used_mandates: int
    uses: int


def usage(environment: Environment, provider_id: UUID | None, year: int) -> tuple[UsageRow, ...]:
    """What was used with a mandate in a year and was allowed, of one provider or all; months are those of Amsterdam."""
    found = Use.objects.filter(
        environment=environment,
        refusal="",
        mandate__isnull=False,
        moment__gte=start_of(date(year, 1, 1)),
        moment__lt=start_of(date(year + 1, 1, 1)),
    )
    if provider_id is not None:
        found = found.filter(provider_id=provider_id)
    rows = (
        found.annotate(month=TruncMonth("moment", tzinfo=AMSTERDAM))
        .values("month", "provider_id", "service_id")
        .annotate(used=Count("mandate_id", distinct=True), uses=Count("id"))
        .order_by("month", "provider_id", "service_id")
    )
    return tuple(
        UsageRow(_day(row["month"]), row["provider_id"], row["service_id"], row["used"], row["uses"])
        for row in rows
    )


def _day(month: datetime) -> date:
    return month.astimezone(AMSTERDAM).date()
