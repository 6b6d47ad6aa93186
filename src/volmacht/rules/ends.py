"""Why a mandate ended (DM-33, DM-36, DM-37, DM-39a). Ending is final; there is always exactly one reason."""

from enum import StrEnum, auto


class EndReason(StrEnum):
    """A closed list; each reason is worded for people wherever an ended mandate is shown."""

    REVOKED = auto()  # by the represented person
    GIVEN_UP = auto()  # by the representative
    REVOKED_BY_HELPDESK = auto()
    REVOKED_BY_PROVIDER = auto()  # counter and survivor mandates only
    EXPIRED = auto()  # the last day is over
    REPRESENTED_DIED = auto()
    REPRESENTATIVE_DIED = auto()
    UNDER_GUARDIANSHIP = auto()  # the represented person was placed under guardianship (curatele)
    SERVICE_WITHDRAWN = auto()  # the service or its connection
    REPLACED = auto()  # granted again: the new mandate took its place
    DISPUTED = auto()  # "this is not right"
