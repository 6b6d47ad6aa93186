"""Requests as the represented person sees them: open, and why others are closed. Never a code."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.models import Request
from volmacht.rules.activating import RequestState
from volmacht.rules.environment import Environment
from volmacht.rules.granting import check_open_requests
from volmacht.rules.periods import day_of

MOST_SHOWN = 50
A_DAY = timedelta(days=1)


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

    @property
    def last_usable_day(self) -> date:
        """The last whole day on which it can be activated (DM-23)."""
        return day_of(self.expires_at) - A_DAY


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


def _without_mandate(
    represented: UUID, environment: Environment, states: Collection[RequestState]
) -> QuerySet[Request]:
    """Requests that did not become a mandate; with `states` those that stand so and whose term has not passed."""
    found = Request.objects.filter(represented_id=represented, environment=environment, mandate__isnull=True)
    return found.filter(state__in=states, expires_at__gt=clock.now()) if states else found


def count_requests(represented: UUID, states: Collection[RequestState], *, environment: Environment) -> int:
    """How many of this person's requests stand so, and can still become a mandate."""
    return _without_mandate(represented, environment, states).count()


def has_room(represented: UUID, *, environment: Environment) -> bool:
    """Whether one more request can be open (DM-25): to say so before somebody fills everything in."""
    opened = count_requests(represented, (RequestState.OPEN,), environment=environment)
    return check_open_requests(opened, limit=settings.OPEN_REQUESTS) is None


def list_requests(
    represented: UUID,
    *,
    environment: Environment,
    limit: int = MOST_SHOWN,
    only: Collection[RequestState] = (),
) -> list[RequestEntry]:
    """This person's requests that did not become a mandate, newest first.

    `only`: those that stand so and whose term has not passed. Of open ones there are never more than DM-25 lets be,
    also not when a locked one gets a new code; of locked ones there may be more than are shown.
    """
    found = _without_mandate(represented, environment, only)
    rows = found.select_related("mandate").prefetch_related("codes").order_by("-made_at")[:limit]
    return [entry for row in rows if (entry := as_entry(row))]


def request_for(request_id: UUID, represented: UUID, *, environment: Environment) -> RequestEntry | None:
    """One request of this person; None for anybody else's, and in another environment, as if it did not exist."""
    row = (
        Request.objects.filter(id=request_id, represented_id=represented, environment=environment)
        .select_related("mandate")
        .prefetch_related("codes")
        .first()
    )
    return as_entry(row) if row else None
