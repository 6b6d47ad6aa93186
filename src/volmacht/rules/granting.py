"""May this mandate be requested or granted? Facts in, refusal or None out.

Used by every route, at the request and again at activation (DM-03, DM-04, DM-25, DM-36). A person of whom
the population register does not know the full birth date is taken to be old enough: incomplete dates belong
to adults born abroad, and refusing them for their age would be harsh and wrong.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.kinds import PartyKind, RepresentativeKind, allows
from volmacht.rules.periods import Period
from volmacht.rules.refusals import Refusal
from volmacht.rules.services import LookUpStatus, refusal_for


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A natural person in the population register. Died on an unknown day: give the day it became known."""

    birth_date: date | None
    died_on: date | None
    under_guardianship: bool


class Replacement(StrEnum):
    """What granting does to the mandates that exist for the same people and service (DM-36)."""

    NONE = "none"
    REPLACE = "replace"


def age_on(birth_date: date, day: date) -> int:
    """Age in whole years; who was born on 29 February turns a year older on 1 March in a common year."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def _younger_than(birth_date: date | None, age: int, today: date) -> bool:
    return birth_date is not None and age_on(birth_date, today) < age


def check_represented(person: PersonFacts, *, minimum_age: int, today: date) -> Refusal | None:
    """Alive, not under guardianship and old enough for the service, in that order (DM-04)."""
    if person.died_on is not None:
        return Refusal.REPRESENTED_DECEASED
    if person.under_guardianship:
        return Refusal.UNDER_GUARDIANSHIP
    if _younger_than(person.birth_date, minimum_age, today):
        return Refusal.REPRESENTED_TOO_YOUNG
    return None


def check_representative(person: PersonFacts, *, minimum_age: int, today: date) -> Refusal | None:
    """Alive and old enough (DM-04). Guardianship does not stand in the way of acting for somebody else."""
    if person.died_on is not None:
        return Refusal.REPRESENTATIVE_DECEASED
    if _younger_than(person.birth_date, minimum_age, today):
        return Refusal.REPRESENTATIVE_TOO_YOUNG
    return None


def check_different(represented_id: UUID, representative_id: UUID) -> Refusal | None:
    """Nobody represents themselves (DM-03)."""
    return Refusal.SAME_PERSON if represented_id == representative_id else None


def check_open_requests(open_requests: int, *, limit: int) -> Refusal | None:
    """Whether there is room for one more open request beside those that a represented person has (DM-25)."""
    return Refusal.TOO_MANY_OPEN_REQUESTS if open_requests >= limit else None


def check_service_for_grant(
    status: LookUpStatus,
    kind: RepresentativeKind,
    party_kind: PartyKind | None,
    *,
    level: LevelOfAssurance,
    minimum_level: LevelOfAssurance,
    that_log_in: Collection[PartyKind] = tuple(PartyKind),
) -> Refusal | None:
    """Service in force and mandatable, kind of representative allowed, level of this log-in high enough (DM-02).

    `party_kind` is None while the representative is not named yet (DM-16a); ask again at activation. `that_log_in`
    are the kinds that can log in here: what nobody could ever use is not given.
    """
    if status is not LookUpStatus.STATUS_OK:
        return refusal_for(status)
    candidates = tuple(PartyKind) if party_kind is None else (party_kind,)
    taken = [candidate for candidate in candidates if allows(kind, candidate)]
    if not taken:
        return Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED
    if not any(candidate in that_log_in for candidate in taken):
        return Refusal.REPRESENTATIVE_CANNOT_LOG_IN
    if level < minimum_level:
        return Refusal.LEVEL_TOO_LOW
    return None


def check_existing(new_first_day: date, existing: Sequence[Period], today: date) -> Refusal | None:
    """Refuse a mandate that would start later while one is active today (DM-36).

    `existing` are the mandates for the same people, service or set and environment that have not been ended.
    """
    if new_first_day > today and any(period.contains(today) for period in existing):
        return Refusal.MANDATE_EXISTS
    return None


def replacement(existing: Sequence[Period], today: date) -> Replacement:
    """Whether granting takes the place of a mandate that is active or to come (DM-36)."""
    if any(period.last_day >= today for period in existing):
        return Replacement.REPLACE
    return Replacement.NONE
