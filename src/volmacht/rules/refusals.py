"""Every reason for which Volmacht says no: one closed list for all doors.

A rule, operation or query that refuses returns one of these and nothing else; each door words the same
reason in its own form (page, REST, SAML, command). Where two situations must look alike from outside they
share one reason.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from volmacht.rules.assurance import LevelOfAssurance


class Refusal(StrEnum):
    """The reason of a "no". Values are stored and sent to software: never rename one."""

    # The one decision: may R act for P at this service, now, with this level?
    NO_MANDATE = auto()
    NOT_YET_VALID = auto()
    MANDATE_ENDED = auto()  # goes with an EndReason
    SERVICE_NOT_MANDATABLE = auto()
    REPRESENTATIVE_KIND_NOT_ALLOWED = auto()
    LEVEL_TOO_LOW = auto()
    REPRESENTED_DECEASED = auto()
    REPRESENTATIVE_DECEASED = auto()
    UNDER_GUARDIANSHIP = auto()
    CONNECTION_INACTIVE = auto()
    ORGANISATION_INACTIVE = auto()
    SERVICE_INACTIVE = auto()
    BLOCKED = auto()
    SERVICE_NOT_COVERED = auto()  # there is a valid mandate, but for another service
    NOT_OWN_SERVICE = auto()  # DM-43; unknown or another provider's: the same

    # Granting and requesting (DM-03, DM-04, DM-12, DM-25, DM-31, DM-36)
    SERVICE_UNKNOWN = auto()
    REPRESENTATIVE_CANNOT_LOG_IN = auto()  # nobody of the kind that the service takes can log in here yet
    START_IN_PAST = auto()
    START_TOO_FAR = auto()
    END_BEFORE_START = auto()
    PERIOD_TOO_LONG = auto()
    REPRESENTED_NOT_A_PERSON = auto()  # an organisation gives no mandates (DM-01)
    REPRESENTED_TOO_YOUNG = auto()
    REPRESENTATIVE_TOO_YOUNG = auto()
    SAME_PERSON = auto()
    TOO_MANY_OPEN_REQUESTS = auto()
    MANDATE_EXISTS = auto()  # one is active and the new one would start later
    NOT_KNOWN_REPRESENTATIVE = auto()  # route C takes only somebody mandated before

    # Activating with a code (DM-17, DM-22, DM-23)
    CODE_INVALID = auto()  # a typing error: costs no try
    CODE_NOT_RECOGNISED = auto()  # a wrong code or a wrong BSN: the same
    CODE_USED = auto()
    CODE_EXPIRED = auto()
    CODE_WITHDRAWN = auto()
    CODE_REPLACED = auto()
    CODE_LOCKED = auto()
    PERIOD_OVER = auto()  # the last day of the requested period has passed
    ACTIVATION_BLOCKED = auto()  # too many wrong tries by this representative
    BSN_INVALID = auto()  # a typing error: costs no try

    # A mandate's life: restrict, renew, revoke (DM-33, DM-34, DM-35)
    NOT_YOURS = auto()  # unknown or somebody else's: the same
    ALREADY_ENDED = auto()
    NOT_SHORTER = auto()
    NOTHING_LEFT = auto()  # no day or no service would be left: revoke instead
    RENEWAL_NOT_LONGER = auto()
    RENEWAL_TOO_EARLY = auto()  # to be proposed: the mandate goes on for long enough
    RENEWAL_DECLINED = auto()  # the represented person said no to a proposal
    SET_CHANGED = auto()  # asks for a service that the mandate does not cover

    # Neighbours and limits
    PERSON_UNKNOWN = auto()
    REGISTER_UNAVAILABLE = auto()
    TOO_MANY_ATTEMPTS = auto()
    NO_TEST_PERSON = auto()  # only who is listed for it logs in to pre-production


@dataclass(frozen=True, slots=True)
class Refused:
    """An operation's "no": the reason, and where it helps the day from which, or level at which, it would differ."""

    refusal: Refusal
    day: date | None = None
    level: LevelOfAssurance | None = None
