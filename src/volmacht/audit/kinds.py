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
    STAFF_PROPOSED = "staff.proposed"
    STAFF_CHANGED = "staff.changed"
    STAFF_REJECTED = "staff.rejected"
    STAFF_READ = (
        "staff.read"  # an employee looked at a case or an organisation: for what, never what they saw
    )
    ACCOUNT_CREATED = "account.created"
    ACCOUNT_LOGGED_IN = "account.logged-in"
    ACCOUNT_CHANGED = "account.changed"
    ORGANISATION_SIGNED_UP = "organisation.signed-up"
    ORGANISATION_PROVEN = "organisation.proven"
    ORGANISATION_RENAMED = "organisation.renamed"
    ORGANISATION_TAKEN_OVER = "organisation.taken-over"  # a sign-up that nobody proved, by who proved it
    SIGN_UP_LAPSED = "organisation.sign-up-lapsed"
    MEMBER_INVITED = "member.invited"
    MEMBER_JOINED = "member.joined"
    MEMBER_CHANGED = "member.changed"
    MEMBER_LEFT = "member.left"
    SIGNATORY_PROVEN = "signatory.proven"
    SUPPLIER_CONSENT_GIVEN = "supplier.consent-given"
    SUPPLIER_CONSENT_ENDED = "supplier.consent-ended"
    CATALOGUE_PROPOSED = "catalogue.proposed"
    CATALOGUE_APPROVED = "catalogue.approved"
    CATALOGUE_REJECTED = "catalogue.rejected"
    CATALOGUE_ISSUED = "catalogue.issued"  # a pre-production connection, by automatic checks
    CATALOGUE_IMPORT_PROPOSED = (
        "catalogue.import-proposed"  # a whole CSV file; each change in it has its own events
    )
    CATALOGUE_IMPORT_APPROVED = "catalogue.import-approved"
    CATALOGUE_IMPORT_REJECTED = "catalogue.import-rejected"
    METADATA_READ = "metadata.read"  # a document of a peer was taken in, refused, or is not believed any more
    CASE_OPENED = "case.opened"
    CASE_MOVED = "case.moved"
    CASE_SIGNED = "case.signed"
    CASE_FILE_ADDED = "case.file-added"
    CASE_ASSIGNED = "case.assigned"
    CERTIFICATE_ISSUED = "certificate.issued"  # a test certificate; its fingerprint, never its key
    CASE_WRITTEN_IN = "case.written-in"  # a message or an internal note; never its text
    CONFIGURATION_CARRIED_OUT = "configuration.carried-out"
    TEST_MANDATES_REMOVED = "test-mandates.removed"
    TARIFF_SET = "tariff.set"
    SENTENCE_KEPT = "sentence.kept"  # a standard sentence of the desk; never its text
    TEST_MANDATES_LAID_OUT = "test-mandates.laid-out"  # in pre-production, for a service that connects
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
        EventKind.CATALOGUE_ISSUED,
        EventKind.CATALOGUE_IMPORT_PROPOSED,
        EventKind.CATALOGUE_IMPORT_APPROVED,
        EventKind.CATALOGUE_IMPORT_REJECTED,
        EventKind.METADATA_READ,
        EventKind.STATEMENT_PASSED_ON,
        EventKind.CASE_OPENED,
        EventKind.CASE_MOVED,
        EventKind.CASE_SIGNED,
        EventKind.CASE_FILE_ADDED,
        EventKind.CASE_ASSIGNED,
        EventKind.CERTIFICATE_ISSUED,
        EventKind.CASE_WRITTEN_IN,
        EventKind.CONFIGURATION_CARRIED_OUT,
        EventKind.TEST_MANDATES_LAID_OUT,
        EventKind.TEST_MANDATES_REMOVED,
        EventKind.RETENTION_APPLIED,
        EventKind.KEYS_CHANGED,
        EventKind.STAFF_CREATED,
        EventKind.STAFF_PROPOSED,
        EventKind.STAFF_CHANGED,
        EventKind.STAFF_REJECTED,
        EventKind.STAFF_READ,
        EventKind.TARIFF_SET,
        EventKind.SENTENCE_KEPT,
        EventKind.ACCOUNT_CREATED,
        EventKind.ACCOUNT_LOGGED_IN,
        EventKind.ACCOUNT_CHANGED,
        EventKind.ORGANISATION_SIGNED_UP,
        EventKind.ORGANISATION_PROVEN,
        EventKind.ORGANISATION_RENAMED,
        EventKind.ORGANISATION_TAKEN_OVER,
        EventKind.SIGN_UP_LAPSED,
        EventKind.MEMBER_INVITED,
        EventKind.MEMBER_JOINED,
        EventKind.MEMBER_CHANGED,
        EventKind.MEMBER_LEFT,
        EventKind.SIGNATORY_PROVEN,
        EventKind.SUPPLIER_CONSENT_GIVEN,
        EventKind.SUPPLIER_CONSENT_ENDED,
    }
)


class ActorKind(StrEnum):
    """Who did it."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STAFF = "staff"
    ACCOUNT = "account"  # somebody who works for an organisation that connects
    PROVIDER = "provider"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: `id` is a party, a staff member, an account or a provider; None for the system itself.

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
