"""The closed vocabularies of the catalogue: relations, proposals, why one is not approved. Pure."""

from dataclasses import dataclass
from enum import StrEnum, auto


class RelationKind(StrEnum):
    """How two services hang together (DM-61)."""

    SERVICE_SET = "service_set"


class ChangeKind(StrEnum):
    """What can be proposed (DM-64). Values are stored: never rename one."""

    ADD_PROVIDER = auto()
    ADD_CONNECTION = auto()
    ADD_SERVICE = auto()
    ADD_RELATION = auto()
    CHANGE_SERVICE = auto()
    CHANGE_CONNECTION = auto()
    SWITCH_PROVIDER = auto()
    SWITCH_CONNECTION = auto()
    SWITCH_SERVICE = auto()


class ProposalState(StrEnum):
    """Where a proposal stands."""

    OPEN = auto()
    APPROVED = auto()
    REJECTED = auto()


class Objection(StrEnum):
    """Why a proposal was not approved or rejected."""

    PROPOSAL_UNKNOWN = auto()
    ALREADY_JUDGED = auto()
    OWN_PROPOSAL = auto()  # four eyes (DM-64)
    NOT_STAFF = auto()  # unknown or no longer active
    NO_LONGER_POSSIBLE = auto()  # the catalogue changed since it was proposed


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A proposal that stays as it was, and why; `detail` names the field for NO_LONGER_POSSIBLE."""

    objection: Objection
    detail: str = ""
