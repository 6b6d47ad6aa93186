"""The rules of validity as database filters: the second and last place where they stand (DM-32).

A property test holds these together with `volmacht.rules.validity`. Days are compared with the Amsterdam day
of the moment, so that the database needs no time zones.
"""

from datetime import datetime

from django.db.models import Q

from volmacht.rules.periods import day_of
from volmacht.rules.validity import Phase


def ended_early(moment: datetime) -> Q:
    """Revoked, given up, or ended for another reason by this moment."""
    return Q(ended_at__isnull=False, ended_at__lte=moment)


def in_phase(phase: Phase, moment: datetime) -> Q:
    """Mandates in this phase at this moment."""
    today = day_of(moment)
    if phase is Phase.ENDED:
        return ended_early(moment) | Q(last_day__lt=today)
    if phase is Phase.TO_COME:
        return ~ended_early(moment) & Q(first_day__gt=today)
    return ~ended_early(moment) & Q(first_day__lte=today, last_day__gte=today)


def active_or_to_come(moment: datetime) -> Q:
    """What has not ended yet at this moment."""
    return ~ended_early(moment) & Q(last_day__gte=day_of(moment))
