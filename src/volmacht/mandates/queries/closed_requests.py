"""Requests that came to nothing: withdrawn, or their term has passed. In pages, like every list that grows."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from volmacht import clock
from volmacht.mandates.models import Request
from volmacht.mandates.queries.requests import RequestEntry, as_entry
from volmacht.rules.activating import RequestState
from volmacht.rules.environment import Environment

PAGE_SIZE = 20
WAITING = (RequestState.OPEN, RequestState.LOCKED)


@dataclass(frozen=True, slots=True)
class ClosedRequests:
    """One page of closed requests, and how many there are in all."""

    entries: tuple[RequestEntry, ...]
    total: int
    page: int


def _closed(represented: UUID, environment: Environment) -> QuerySet[Request]:
    """An open request whose term has passed is closed too, whatever is stored (DM-23)."""
    waits = Q(state__in=WAITING, expires_at__gt=clock.now())
    return Request.objects.filter(represented_id=represented, environment=environment, mandate=None).exclude(
        waits
    )


def closed_requests(
    represented: UUID,
    *,
    environment: Environment,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> ClosedRequests:
    """One page of this person's requests that came to nothing, newest first; beyond the end: the last page."""
    found = _closed(represented, environment)
    total = found.count()
    page = min(max(1, page), max(1, -(-total // size)))
    rows = found.select_related("mandate").prefetch_related("codes").order_by("-made_at", "-id")
    part = rows[(page - 1) * size : page * size]
    return ClosedRequests(tuple(entry for row in part if (entry := as_entry(row))), total, page)
