"""What somebody said of that it is not right, for the employee who finds out: who, for which service, when (DM-39a)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from volmacht.mandates.models import Mandate, Request, Use
from volmacht.rules.ends import EndReason
from volmacht.rules.refusals import Refusal
from volmacht.rules.routes import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """Names and days, never a BSN. `moment` is when it was registered, used or asked."""

    service_id: UUID
    moment: datetime
    represented: str
    representative: str = ""  # a request names nobody
    employee: str = ""  # the pseudonym of who acted for an organisation
    provider_id: UUID | None = None  # of a use
    refusal: Refusal | None = None
    first_day: date | None = None
    last_day: date | None = None
    route: Route | None = None
    ended_at: datetime | None = None
    end_reason: EndReason | None = None


def disputed(subject: str, about_id: UUID) -> Disputed | None:
    """A mandate, use or request; None when it is not there any more."""
    match subject:
        case "mandate":
            return _mandate(about_id)
        case "use":
            return _use(about_id)
        case "request":
            return _request(about_id)
        case _:
            return None


def _mandate(about_id: UUID) -> Disputed | None:
    row = Mandate.objects.filter(id=about_id).select_related("represented", "representative").first()
    if row is None:
        return None
    return Disputed(
        service_id=row.service_id,
        moment=row.registered_at,
        represented=row.represented.name,
        representative=row.representative.name,
        first_day=row.first_day,
        last_day=row.last_day,
        route=Route(row.route),
        ended_at=row.ended_at,
        end_reason=EndReason(row.end_reason) if row.end_reason else None,
    )


def _use(about_id: UUID) -> Disputed | None:
    row = Use.objects.filter(id=about_id).select_related("represented", "representative").first()
    if row is None:
        return None
    return Disputed(
        service_id=row.service_id,
        moment=row.moment,
        represented=row.represented.name if row.represented else "",
        representative=row.representative.name,
        employee=row.employee,
        provider_id=row.provider_id,
        refusal=Refusal(row.refusal) if row.refusal else None,
    )


def _request(about_id: UUID) -> Disputed | None:
    row = Request.objects.filter(id=about_id).select_related("represented").first()
    if row is None:
        return None
    return Disputed(
        service_id=row.service_id,
        moment=row.made_at,
        represented=row.represented.name,
        first_day=row.first_day,
        last_day=row.last_day,
        route=Route(row.route),
    )
