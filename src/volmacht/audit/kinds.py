"""The closed vocabularies of the audit chain: what can happen, and who can do it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from volmacht.rules.environment import Environment


class EventKind(StrEnum):
    """Everything that is recorded. A kind is never renamed: it stands in hashed events."""

    REQUEST_MADE = "request.made"
    REQUEST_WITHDRAWN = "request.withdrawn"
    REQUEST_DISPUTED = "request.disputed"
    CODE_REPLACED = "code.replaced"
    CODE_TRY_FAILED = "code.try-failed"
    CODE_LOCKED = "code.locked"
    REPRESENTATIVE_BLOCKED = "representative.blocked"
    MANDATE_ACTIVATED = "mandate.activated"
    MANDATE_GRANTED_DIRECTLY = "mandate.granted-directly"
    MANDATE_RESTRICTED = "mandate.restricted"
    MANDATE_RENEWED = "mandate.renewed"
    RENEWAL_PROPOSED = "mandate.renewal-proposed"
    RENEWAL_DECLINED = "mandate.renewal-declined"
    MANDATE_ENDED = "mandate.ended"
    MANDATE_DISPUTED = "mandate.disputed"  # when it had ended already; otherwise it ends
    MANDATE_USED = "mandate.used"
    USE_REFUSED = "use.refused"
    USE_DISPUTED = "use.disputed"
    STATEMENT_PASSED_ON = (
        "statement.passed-on"  # of an outside representation service; about whom is not known here
    )
    PERSON_REGISTERED = "person.registered"
    PERSON_FACTS_CHANGED = "person.facts-changed"
    PERSON_ERASED = "person.erased"
    PERSONAL_DATA_DOWNLOADED = "person.data-downloaded"
    EMAIL_ADDRESS_GIVEN = "email-address.given"
    EMAIL_ADDRESS_CONFIRMED = "email-address.confirmed"
    EMAIL_ADDRESS_REMOVED = "email-address.removed"
    ORGANISATION_REGISTERED = "organisation.registered"
    LOGGED_IN = "person.logged-in"
    STAFF_CREATED = "staff.created"
    CATALOGUE_PROPOSED = "catalogue.proposed"
    CATALOGUE_APPROVED = "catalogue.approved"
    CATALOGUE_REJECTED = "catalogue.rejected"
    METADATA_READ = "metadata.read"  # a document of a peer was taken in, refused, or is not believed any more
    RETENTION_APPLIED = "retention.applied"
    KEYS_CHANGED = "keys.changed"


# What an event about a person may hold: who downloads everything about themselves reads each of these in words (DM-44).
# Events about the installation and the catalogue are read by staff, and hold what they need.
DATA_OF_PEOPLE: frozenset[str] = frozenset(
    {
        "environment",
        "from",
        "last_day",
        "level",
        "proposed_by",
        "reason",
        "refusal",
        "removed",
        "representative",
        "request",
        "route",
        "service",
        "to",
        "use",
    }
)
NOT_ABOUT_PEOPLE: frozenset[EventKind] = frozenset(
    {
        EventKind.CATALOGUE_PROPOSED,
        EventKind.CATALOGUE_APPROVED,
        EventKind.CATALOGUE_REJECTED,
        EventKind.METADATA_READ,
        EventKind.STATEMENT_PASSED_ON,
        EventKind.RETENTION_APPLIED,
        EventKind.KEYS_CHANGED,
    }
)


class ActorKind(StrEnum):
    """Who did it."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STAFF = "staff"
    PROVIDER = "provider"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: `id` is a party, a staff member or a provider; None for the system itself.

    `employee` is the pseudonym of who acts for an organisation: every event names both (DM-02).
    """

    kind: ActorKind
    id: UUID | None = None
    employee: str = field(default="", repr=False)


SYSTEM = Actor(ActorKind.SYSTEM)

# Events about the installation as a whole have this subject.
INSTALLATION = UUID(int=0)


def told_apart(environment: Environment) -> dict[str, str]:
    """Data that each event of pre-production has; of production it is not said."""
    return {"environment": environment.value} if environment is Environment.PREPRODUCTION else {}


def told_in(data: Mapping[str, object]) -> Environment:
    """In which environment an event with this data happened; what is the party's alone counts as production."""
    return Environment(str(data.get("environment", Environment.PRODUCTION)))
