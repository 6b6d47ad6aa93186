"""Is this mandate the visitor's? Pages about one mandate ask it first."""

from uuid import UUID

from django.http import Http404, HttpRequest

from volmacht.mandates.queries import MandateEntry, mandate_for
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.login_session import visitor


def own_mandate(request: HttpRequest, mandate_id: UUID) -> MandateEntry:
    """A mandate that the visitor gave or received. Raises Http404, also for somebody else's."""
    entry = mandate_for(mandate_id, visitor(request).party_id, environment=environment_of(request))
    if entry is None:
        raise Http404
    return entry
