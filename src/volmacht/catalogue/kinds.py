"""The closed vocabularies of the catalogue: relations, proposals, runs of metadata, why something is not done. Pure."""

from dataclasses import dataclass
from enum import StrEnum, auto


class RelationKind(StrEnum):
    """How two services hang together (DM-61). Values are stored: never rename one.

    Only what a set holds has a meaning yet. The others are kept, imported and exported; they open nothing (DM-38).
    """

    SERVICE_SET = "service_set"  # the source is a set, and holds the target
    MESSAGE_BOX = "message_box"  # Berichtenbox: the target is the Message Box of the provider
    MEDIATION = "mediation"  # Dienstbemiddeling


class ChangeKind(StrEnum):
    """What can be proposed (DM-64). Values are stored: never rename one."""

    ADD_PROVIDER = auto()
    ADD_CONNECTION = auto()
    ADD_SERVICE = auto()
    ADD_RELATION = auto()
    CHANGE_PROVIDER = auto()
    CHANGE_SERVICE = auto()
    CHANGE_CONNECTION = auto()
    CHANGE_RELATION = auto()
    SWITCH_PROVIDER = auto()
    SWITCH_CONNECTION = auto()
    SWITCH_SERVICE = auto()
    ADD_CLUSTER_MEMBER = auto()
    SWITCH_CLUSTER_MEMBER = auto()
    ADD_PEER = auto()
    CHANGE_PEER = auto()
    SWITCH_PEER = auto()
    ADD_CLIENT = auto()
    CHANGE_CLIENT = auto()
    SWITCH_CLIENT = auto()


class ProposalState(StrEnum):
    """Where a proposal stands."""

    TRIED = auto()  # an import after its dry run, not proposed yet
    OPEN = auto()
    APPROVED = auto()
    REJECTED = auto()


class RunOutcome(StrEnum):
    """How one reading of a peer's metadata ended (MD-21)."""

    ACCEPTED = auto()  # a document that was not known yet
    UNCHANGED = auto()  # the document that was known already
    REFUSED = auto()  # it has a fault: the last good one stays
    NOT_FETCHED = auto()  # the address gave no document: the last good one stays
    NOT_TRUSTED = (
        auto()
    )  # the stored document is no longer believed (SG-12): the peer is unknown until a new one


class FetchFault(StrEnum):
    """Why an address gave no document (MD-27, WK-27)."""

    ADDRESS_MALFORMED = auto()
    NOT_HTTPS = auto()
    HOST_UNKNOWN = auto()
    PRIVATE_ADDRESS = auto()
    UNREACHABLE = auto()
    CERTIFICATE = auto()
    REDIRECT = auto()
    STATUS = auto()
    ENCODED = auto()
    TOO_LARGE = auto()
    TOO_SLOW = auto()


class Objection(StrEnum):
    """Why a proposal was not approved or rejected."""

    PROPOSAL_UNKNOWN = auto()
    ALREADY_JUDGED = auto()
    OWN_PROPOSAL = auto()  # four eyes (DM-64)
    NOT_STAFF = auto()  # unknown or no longer active
    NO_LONGER_POSSIBLE = auto()  # the catalogue changed since it was proposed
    NOT_PROPOSED = auto()  # an import that nobody proposed yet
    NOT_YOURS = auto()  # only who uploaded an import proposes it
    HAS_FAULTS = auto()  # an import with a faulty row: all or nothing
    CHANGES_NOTHING = auto()
    TOO_MANY_CHANGES = auto()  # for one transaction; an import is cut in parts
    VERDICTS_DIFFER = auto()  # the catalogue changed since the dry run of an import
    ENTRY_CHANGED = auto()  # since the form that changes it was shown
    PROPOSED_ALREADY = auto()  # another proposal about the same field waits
    IMPORT_DAMAGED = auto()  # the stored rows are not those of the dry run


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A proposal that stays as it was, and why; `detail` names the field for NO_LONGER_POSSIBLE."""

    objection: Objection
    detail: str = ""
