"""The rules of validity as database filters: the second and last place where they stand (DM-32).

A property test holds these together with `volmacht.rules.validity`. Days are compared with the Amsterdam day
of the moment, so that the database needs no time zones.
"""

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from volmacht.mandates.models import Coverage, Mandate
from volmacht.rules.living import PROPOSAL_TERM
from volmacht.rules.periods import day_of
from volmacht.rules.validity import Phase


def _ended_early(moment: datetime) -> Q:
    """Revoked, given up, or ended for another reason by this moment."""
    return Q(ended_at__isnull=False, ended_at__lte=moment)


def in_phase(phase: Phase, moment: datetime) -> Q:
    """Mandates in this phase at this moment."""
    today = day_of(moment)
    if phase is Phase.ENDED:
        return _ended_early(moment) | Q(last_day__lt=today)
    if phase is Phase.TO_COME:
        return ~_ended_early(moment) & Q(first_day__gt=today)
    return ~_ended_early(moment) & Q(first_day__lte=today, last_day__gte=today)


def waiting_proposals(moment: datetime) -> Q:
    """Proposals of renewal that wait for an answer: not closed, not too old, and their mandate goes on (DM-34)."""
    goes_on = Q(mandate__ended_at__isnull=True) | Q(mandate__ended_at__gt=moment)
    young = Q(closed_at__isnull=True, made_at__gt=moment - PROPOSAL_TERM)
    return young & goes_on & Q(mandate__last_day__gte=day_of(moment))


def with_parties(mandates: QuerySet[Mandate]) -> QuerySet[Mandate]:
    """With everything that `queries.overview.as_entry` reads, in two queries."""
    return mandates.select_related("represented", "representative").prefetch_related(
        Prefetch("coverage", Coverage.objects.order_by("id"))
    )
