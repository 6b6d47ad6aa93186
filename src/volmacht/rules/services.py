"""Whether a service can be used, from facts of the catalogue (DM-60 to DM-62).

Pure functions: the catalogue gathers the facts, this module says what they mean and in which order they
count.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.refusals import Refusal


class LookUpStatus(StrEnum):
    """Answers of a look-up, after `STATUS_OK` in the order in which they are checked (DM-62)."""

    STATUS_OK = "STATUS_OK"
    CONNECTION_NOT_FOUND = "CONNECTION_NOT_FOUND"
    CONNECTION_INACTIVE = "CONNECTION_INACTIVE"
    ORGANIZATION_INACTIVE = "ORGANIZATION_INACTIVE"
    ORGANIZATION_ROLE_INACTIVE = "ORGANIZATION_ROLE_INACTIVE"
    SERVICE_NOT_FOUND = "SERVICE_NOT_FOUND"
    SERVICE_INACTIVE = "SERVICE_INACTIVE"
    SERVICE_NOT_MANDATABLE = "SERVICE_NOT_MANDATABLE"


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What the catalogue knows. "Active" means in force at the moment of asking (`in_force`)."""

    connection_exists: bool
    connection_active: bool
    organisation_active: bool
    role_active: bool
    service_exists: bool
    service_active: bool
    mandatable: bool


def look_up(facts: ServiceFacts) -> LookUpStatus:
    """The first obstacle in the order of DM-62, or `STATUS_OK`."""
    checks = (
        (facts.connection_exists, LookUpStatus.CONNECTION_NOT_FOUND),
        (facts.connection_active, LookUpStatus.CONNECTION_INACTIVE),
        (facts.organisation_active, LookUpStatus.ORGANIZATION_INACTIVE),
        (facts.role_active, LookUpStatus.ORGANIZATION_ROLE_INACTIVE),
        (facts.service_exists, LookUpStatus.SERVICE_NOT_FOUND),
        (facts.service_active, LookUpStatus.SERVICE_INACTIVE),
        (facts.mandatable, LookUpStatus.SERVICE_NOT_MANDATABLE),
    )
    return next((status for fine, status in checks if not fine), LookUpStatus.STATUS_OK)


_REFUSALS: dict[LookUpStatus, Refusal] = {
    LookUpStatus.CONNECTION_NOT_FOUND: Refusal.CONNECTION_INACTIVE,
    LookUpStatus.CONNECTION_INACTIVE: Refusal.CONNECTION_INACTIVE,
    LookUpStatus.ORGANIZATION_INACTIVE: Refusal.ORGANISATION_INACTIVE,
    LookUpStatus.ORGANIZATION_ROLE_INACTIVE: Refusal.ORGANISATION_INACTIVE,
    LookUpStatus.SERVICE_NOT_FOUND: Refusal.SERVICE_UNKNOWN,
    LookUpStatus.SERVICE_INACTIVE: Refusal.SERVICE_INACTIVE,
    LookUpStatus.SERVICE_NOT_MANDATABLE: Refusal.SERVICE_NOT_MANDATABLE,
}


def refusal_for(status: LookUpStatus) -> Refusal | None:
    """The refusal that a look-up answer means for people; None for `STATUS_OK`."""
    return _REFUSALS.get(status)


def in_force(active: bool, from_: datetime | None, until: datetime | None, moment: datetime) -> bool:
    """Active flag set and from <= moment < until; no from or no until means no bound on that side (DM-61)."""
    return active and (from_ is None or from_ <= moment) and (until is None or moment < until)


def level_required(
    level: LevelOfAssurance,
    announced_level: LevelOfAssurance | None,
    announced_on: date | None,
    today: date,
) -> LevelOfAssurance:
    """The minimum level that counts today: from its date on the announced one (DM-60)."""
    if announced_level is None or announced_on is None or today < announced_on:
        return level
    return announced_level
