"""Requests as the represented person sees them: open, and why others are closed. Never a code."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.models import Request
from volmacht.rules.activating import RequestState
from volmacht.rules.environment import Environment


@dataclass(frozen=True, slots=True)
class RequestEntry:
    """One request. `state` says EXPIRED when its term has passed, whatever is stored."""

    id: UUID
    service: ServiceEntry
    first_day: date
    last_day: date
    state: RequestState
    made_at: datetime
    expires_at: datetime
    closed_at: datetime | None
    mandate_id: UUID | None
    code_made_at: datetime


def as_entry(request: Request) -> RequestEntry | None:
    """A row with its mandate and its codes; None when its service is not known any more."""
    service = catalogue.service(request.service_id)
    if service is None:
        return None
    state = RequestState(request.state)
    if state in {RequestState.OPEN, RequestState.LOCKED} and request.expires_at <= clock.now():
        state = RequestState.EXPIRED
    mandate = getattr(request, "mandate", None)
    return RequestEntry(
        id=request.id,
        service=service,
        first_day=request.first_day,
        last_day=request.last_day,
        state=state,
        made_at=request.made_at,
        expires_at=request.expires_at,
        closed_at=request.closed_at,
        mandate_id=mandate.id if mandate else None,
        code_made_at=max((code.made_at for code in request.codes.all()), default=request.made_at),
    )


def list_requests(
    represented: UUID,
    environment: Environment = Environment.PRODUCTION,
    *,
    limit: int = 50,
    only_open: bool = False,
) -> list[RequestEntry]:
    """This person's requests that did not become a mandate, newest first.

    `only_open`: those that wait for a representative, locked ones too, because a new code helps them.
    """
    found = Request.objects.filter(represented_id=represented, environment=environment, mandate__isnull=True)
    if only_open:
        waiting = (RequestState.OPEN, RequestState.LOCKED)
        found = found.filter(state__in=waiting, expires_at__gt=clock.now())
    rows = found.select_related("mandate").prefetch_related("codes").order_by("-made_at")[:limit]
    return [entry for row in rows if (entry := as_entry(row))]


def request_for(request_id: UUID, represented: UUID) -> RequestEntry | None:
    """One request of this person; None for anybody else's, as if it did not exist."""
    row = (
        Request.objects.filter(id=request_id, represented_id=represented)
        .select_related("mandate")
        .prefetch_related("codes")
        .first()
    )
    return as_entry(row) if row else None
