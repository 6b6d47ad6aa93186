"""Erasing a person, once nothing that must be kept is about them any more (DM-44, DM-64)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from volmacht.audit.kinds import Actor, ActorKind
from volmacht.mandates.models import Mandate, Request, Use
from volmacht.parties import operations as parties
from volmacht.rules.periods import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable


class KeptKind(StrEnum):
    """What of the register has a retention term, and says nothing without the person it is about."""

    MANDATES = auto()
    REQUESTS = auto()
    USES = auto()


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of these are kept about somebody, and the day on which the term of the last is over."""

    kind: KeptKind
    number: int
    until: date


@transaction.atomic
def erase_unless_kept(*, person: UUID, proposed_by: UUID, approved_by: UUID) -> tuple[Kept, ...]:
    """Remove the personal values of somebody the register keeps nothing about; else what it keeps, nothing changed.

    Four eyes: what is erased does not come back. Somebody who was erased already stays so.
    """
    if proposed_by == approved_by:
        raise ValueError("somebody else must approve")
    parties.hold(person)
    kept = _kept_about(person)
    if not kept:
        parties.erase_person(person, by=Actor(ActorKind.STAFF, approved_by), proposed_by=proposed_by)
    return kept


def _kept_about(person: UUID) -> tuple[Kept, ...]:
    """The same terms as `upkeep.apply_retention`, which removes each when its term is over."""
    either = Q(represented_id=person) | Q(representative_id=person)
    mandates = Mandate.objects.filter(either).values_list("last_day", "ended_at")
    requests = Request.objects.filter(represented_id=person, mandate=None)
    uses = Use.objects.filter(either).values_list("moment", flat=True)
    ends: dict[KeptKind, Iterable[date]] = {
        KeptKind.MANDATES: (min(last, day_of(ended)) if ended else last for last, ended in mandates),
        KeptKind.REQUESTS: (
            day_of(min(expires, closed) if closed else expires)
            for expires, closed in requests.values_list("expires_at", "closed_at")
        ),
        KeptKind.USES: (day_of(moment) for moment in uses),
    }
    found = [(kind, list(days)) for kind, days in ends.items()]
    return tuple(
        Kept(kind, len(days), max(days) + timedelta(days=settings.RETENTION[kind]))
        for kind, days in found
        if days
    )
